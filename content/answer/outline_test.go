package answer_test

import (
	"strings"
	"testing"

	"quicktakes/content/answer"
)

func TestOutline(t *testing.T) {
	long := strings.Repeat("Words go on and on. ", 10)
	for _, test := range []struct{ name, text, want string }{
		{"list with names", "Two things count. They are:\n1. Time: It flies.\n2. Place: Here\nor there.\nMore follows.", "Two things count. They are: 1. Time; 2. Place"},
		{"names alone", "Heading\nDo this:\n1. Stop.\n2. Look.", "Heading. Do this: 1. Stop; 2. Look"},
		{"no list", "It is short.", "It is short."},
		{"one item", "This counts:\n1. Time.", "This counts: 1. Time."},
		{"no beginning", "1. Time: It flies.\n2. Place: Here.", "1. Time: It flies. 2. Place: Here."},
		{"items without names", "So:\n1. " + long + "\n2. Place: Here.", "So: 1. Words go on and on. Words go on and on. Words go on and on. Words go on and on."},
		{"lists in a list", "So:\n1. Time:\n1. Day\n2. Night\n2. Place: Here.", "So: 1. Time: 1. Day. 2. Night. 2. Place: Here."},
		{"far away", long + "\n1. Time: It flies.\n2. Place: Here.", "Words go on and on. Words go on and on. Words go on and on. Words go on and on."},
		{"many items", "All:\n1. A\n2. B\n3. C\n4. D\n5. E\n6. F\n7. G\n8. H\n9. I\n10. J\n11. K\n12. L\n13. M",
			"All: 1. A; 2. B; 3. C; 4. D; 5. E; 6. F; 7. G; 8. H; 9. I; 10. J; 11. K; 12. L; …"},
	} {
		if got := strings.ReplaceAll(answer.Outline(test.text, 90), "\u00a0", " "); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
