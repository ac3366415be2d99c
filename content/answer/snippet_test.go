package answer_test

import (
	"strings"
	"testing"

	"quicktakes/content/answer"
)

func TestSnippet(t *testing.T) {
	latin := strings.Repeat("Nothing is here. ", 40) + "The cell has a wall and the membrane of a leaf. " + strings.Repeat("More is not said. ", 40)
	cyrillic := strings.Repeat("Ничего здесь нет. ", 40) + "Здесь клетка имеет стенку и ещё семь других слов и мембрану листа. " + strings.Repeat("Больше нет. ", 40)
	for _, test := range []struct {
		name, text, words string
		want              string // with marks
	}{
		{"nothing", "", "cell", ""},
		{"short", "A cell\nis small.", "cell", "A [cell] is small."},
		{"no word of the search", "One. Two.", "cell", "One. Two."},
		{"within a long text", latin, "cell membrane", "… The [cell] has a wall and the [membrane] of a leaf. More is not said. More is not …"},
		{"letters of two bytes", cyrillic, "клетка мембрану", "… Здесь [клетка] имеет стенку и ещё семь других слов и [мембрану] листа. Больше нет. …"},
		{"after a heading", strings.Repeat("Nothing is here. ", 10) + "\nThe Cell (Small)\nIt has a wall. " + strings.Repeat("More is not said. ", 10), "wall",
			"… It has a [wall]. More is not said. More is not said. More is not said. More is not …"},
		{"vowel signs", "यह कोशिका है।", "कोशिका", "यह [कोशिका] है।"},
		{"accents apart from their letters", "Un cafe\u0301 est la\u0300.", "cafe\u0301 la\u0300", "Un [cafe\u0301] est [la\u0300]."},
		{"invisible characters", "Die Donau\u00addampf می\u200cخواهم", "Donau\u00addampf می\u200cخواهم", "Die [Donau\u00addampf] [می\u200cخواهم]"},
		{"no space before a mark", "あ" + strings.Repeat("か\u3099", 100), "cell", "あ" + strings.Repeat("か\u3099", 39) + " …"},
		{"no space", strings.Repeat("細胞", 100), "cell", strings.Repeat("細胞", 40) + " …"},
		{"sentences without spaces", strings.Repeat("何もない。", 30) + "ここに細胞がある。" + strings.Repeat("以上。", 40), "細胞", "… ここに[細胞]がある。" + strings.Repeat("以上。", 23) + "以上 …"},
		{"letters after other letters", "ATP合成とDNA。", "ATP 合成", "[ATP合成]とDNA。"},
		{"a title and no more spaces", "題\n" + strings.Repeat("か", 10) + "細胞" + strings.Repeat("き", 100), "細胞", "題 " + strings.Repeat("か", 10) + "[細胞]" + strings.Repeat("き", 66) + " …"},
		{"a space and no more spaces", "細胞 " + strings.Repeat("か", 300), "細胞", "[細胞] " + strings.Repeat("か", 77) + " …"},
	} {
		wanted := strings.Fields(test.words)
		var got strings.Builder
		for _, fragment := range answer.Snippet(test.text, 80, func(word string) []answer.Match {
			for _, want := range wanted {
				if at := strings.Index(word, want); at >= 0 {
					return []answer.Match{{Start: at, End: at + len(want), Key: want}}
				}
			}
			return nil
		}) {
			if fragment.Marked {
				got.WriteString("[" + fragment.Text + "]")
			} else {
				got.WriteString(fragment.Text)
			}
		}
		if got.String() != test.want {
			t.Errorf("%s: %q, want %q", test.name, got.String(), test.want)
		}
	}
}
