package answer_test

import (
	"strings"
	"testing"
)

func TestRulesAndTablesOfLongAnswers(t *testing.T) {
	raw := strings.Repeat(`word `, 4_000) + `\n\n` + strings.Repeat(`-`, 40) + `\n\n` + strings.Repeat(`*`, 40) +
		`\n\na | b\n` + strings.Repeat(`-`, 40) + `|---\nc | d\n\n` + strings.Repeat(`> `, 40) + `e`
	got, err := renderer().Answer(raw)
	if err != nil {
		t.Fatal(err)
	}
	page := document(t, got.HTML)
	for selector, want := range map[string]int{"hr": 2, "table": 1, "blockquote": 32} {
		if n := page.Find(selector).Length(); n != want {
			t.Errorf("%d %s, want %d", n, selector, want)
		}
	}
}
