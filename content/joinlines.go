package content

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"quicktakes/content/answer"
)

// joinLines removes the spaces that YAML puts between the lines of a value where the line
// breaks mean nothing, as in Chinese and Japanese. The breaks below | are left to FoldSpace and
// to Markdown.
func joinLines(key, value *yaml.Node, front []byte) {
	if value.Kind != yaml.ScalarNode || value.Style&yaml.LiteralStyle != 0 || !strings.ContainsFunc(value.Value, maybeCJK) {
		return
	}
	lines, folded := valueLines(key, value, string(front))
	const ends = "\n\"'"
	if strings.TrimRight(folded, ends) != strings.TrimRight(value.Value, ends) { // there are escapes or comments
		return
	}
	var joined strings.Builder
	start := 0
	for i := 1; i < len(lines); i++ {
		if lines[i].before == spaceJoint && answer.JoinWithoutSpace(lines[i-1].text, lines[i].text) {
			joined.WriteString(value.Value[start : lines[i].start-len(" ")])
			start = lines[i].start
		}
	}
	value.Value = joined.String() + value.Value[start:]
}

// maybeCJK reports whether r may be Chinese or Japanese. Quotes and most signs of
// mathematics are not.
func maybeCJK(r rune) bool {
	const firstRadical = 0x2E80
	return r >= firstRadical
}
