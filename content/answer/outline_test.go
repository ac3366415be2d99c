package answer_test

import (
	"strings"
	"testing"

	"quicktakes/content/answer"
)

func TestOutline(t *testing.T) {
	long := strings.Repeat("Words go on and on. ", 10)
	for _, test := range []struct{ name, text, want string }{
		{"list with names", "Two things count. They are:\n1. Time: It flies.\n2. Place: Here\nor there.\nMore follows.", "Two things count. They are: 1._Time; 2._Place"},
		{"names alone", "Heading\nDo this:\n1. Stop.\n2. Look.", "Heading. Do this: 1._Stop; 2._Look"},
		{"a sign of its own", "Heading (short)\nDo this:\n1. Stop.\n2. Look.", "Heading (short). Do this: 1._Stop; 2._Look"},
		{"colons within names", "So:\n1. Ratio 3:1 of red\n2. At 10:30: The train leaves.", "So: 1._Ratio 3:1 of red; 2._At 10:30"},
		{"one sentence", "It is:\n1. red;\n2. green, and\n3. blue.", "It is: 1._red; 2._green; 3._blue"},
		{"no name", "So:\n1. Time: It flies.\n2. : Here.", "So: 1. Time: It flies. 2. : Here."},
		{"no list", "It is short.", "It is short."},
		{"one item", "This counts:\n1. Time.", "This counts: 1. Time."},
		{"no beginning", "1. Time: It flies.\n2. Place: Here.", "1. Time: It flies. 2. Place: Here."},
		{"items without names", "So:\n1. " + long + "\n2. Place: Here.", "So: 1. Words go on and on. Words go on and on. Words go on and on. Words go on and on."},
		{"lists in a list", "So:\n1. Time:\n1. Day\n2. Night\n2. Place: Here.", "So: 1. Time: 1. Day. 2. Night. 2. Place: Here."},
		{"far away", long + "\n1. Time: It flies.\n2. Place: Here.", "Words go on and on. Words go on and on. Words go on and on. Words go on and on."},
		{"many items", "All:\n1. A\n2. B\n3. C\n4. D\n5. E\n6. F\n7. G\n8. H\n9. I\n10. J\n11. K\n12. L\n13. M",
			"All: 1._A; 2._B; 3._C; 4._D; 5._E; 6._F; 7._G; 8._H; 9._I; 10._J; 11._K; 12._L; …"},
	} {
		want := strings.ReplaceAll(test.want, "_", "\u00a0")
		if got := answer.Outline(test.text, 90); got != want {
			t.Errorf("%s: %q, want %q", test.name, got, want)
		}
	}
}
