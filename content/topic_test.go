package content_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
)

func TestTopicKeyFolds(t *testing.T) {
	seen := map[string]string{} // keyword by key
	for _, same := range [][]string{
		{"cell membrane", "Cell  membranes", "cell-membrane", "CELL MEMBRANE."},
		{"decision-making", "decision making", "Decision Making"},
		{"property", "properties"},
		{"movie", "movies"},
		{"class", "classes"},
		{"database", "databases"},
		{"gas", "gases"},
		{"potato", "potatoes"},
		{"Édouard Manet", "edouard manet"},
		{"Newton's law", "Newtons laws", "newton’s law"},
		{"C++", "C plus plus"},
		{"U.S. history", "US history"},
		{"Na⁺-K⁺ pump", "Na+ - K+ pump"},
		{"Hawaiʻi", "Hawaii"},
		{"كِتَاب", "كتاب"},
		{"タンパク質", "たんぱく質", "ﾀﾝﾊﾟｸ質"},
		{"analysis"}, {"virus"}, {"mass"}, {"state"}, {"stats"}, {"plan"}, {"planes"}, {"IDs"}, {"ID"},
		{"C"}, {"C#"}, {"#MeToo", "MeToo"}, {"β-1"}, {"α-1"}, {"1"}, {"生物学"}, {"कोशिका"},
	} {
		key := content.TopicKey(same[0])
		for _, keyword := range same {
			if got := content.TopicKey(keyword); got != key || got == "" {
				t.Errorf("TopicKey(%q) = %q, but for %q it is %q", keyword, got, same[0], key)
			}
			if got := content.TopicKey(content.TopicSlug(keyword)); got != key {
				t.Errorf("the slug of %q leads to %q, want %q", keyword, got, key)
			}
		}
		if other := seen[key]; other != "" {
			t.Errorf("%q and %q are one topic", other, same[0])
		}
		seen[key] = same[0]
	}
}

func TestTopicPath(t *testing.T) {
	for name, want := range map[string]string{
		"Cell membranes":         "/topics/cell-membranes",
		"C++":                    "/topics/c-plus-plus",
		"U.S. Constitution":      "/topics/us-constitution",
		"Martin Luther King Jr.": "/topics/martin-luther-king-jr",
		"ΔG":                     "/topics/%CE%B4g",
		"コード":                    "/topics/%E3%82%B3%E3%83%BC%E3%83%89",
		"100% / 50?":             "/topics/100-50",
	} {
		if got := content.TopicPath(name); got != want {
			t.Errorf("path of %q = %q, want %q", name, got, want)
		}
	}
}

func TestPostTopics(t *testing.T) {
	for _, test := range []struct {
		keywords string
		want     map[string]string
	}{
		{"", map[string]string{}},
		{"Enzymes, enzyme,osmosis,, ?", map[string]string{"enzyme": "Enzymes", "osmosis": "osmosis"}},
		{strings.Repeat("long ", 100) + ", short", map[string]string{"short": "short"}},
		{"النحو، اللغة العربية", map[string]string{"النحو": "النحو", "اللغة-العربية": "اللغة العربية"}},
		{"文法、助詞，漢字,  动词", map[string]string{"文法": "文法", "助詞": "助詞", "漢字": "漢字", "动词": "动词"}},
		{strings.Repeat("अ", 80) + "," + strings.Repeat("आ", 81), map[string]string{strings.Repeat("अ", 80): strings.Repeat("अ", 80)}},
	} {
		if diff := cmp.Diff(test.want, content.SEO{Keywords: test.keywords}.Topics()); diff != "" {
			t.Errorf("topics of %.40q (-want +got):\n%s", test.keywords, diff)
		}
	}
	many := "a0"
	for i := range 100 {
		many += "," + strings.Repeat("b", i+1)
	}
	if got := len(content.SEO{Keywords: many}.Topics()); got != 50 {
		t.Errorf("%d topics of 101 keywords, want 50", got)
	}
}
