package answer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits on the names of items in an Outline.
const (
	maxOutlined = 12 // items
	maxItemName = 80 // characters
)

// Outline returns on one line what an Answer's text says before its numbered list, and the
// names of the list's items: "Two things count: 1. Time; 2. Place". A no-break space keeps each
// number with its name. If there is no such list, if its items have no short names or if more
// than limit characters come before it, Outline returns what Summary does.
func Outline(text string, limit int) string {
	lines := strings.Split(text, "\n")
	start := max(slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "1. ") }), 0)
	intro := joinLines(strings.Join(lines[:start], "\n"))
	names := itemNames(lines[start:])
	if intro == "" || utf8.RuneCountInString(intro) > limit || len(names) < 2 {
		return Summary(text, limit)
	}
	return withStops(intro) + " " + strings.Join(names, "; ")
}

var numberedItem = regexp.MustCompile(`^(\d+)\. (.+)$`)

// nameEnd matches what follows the name of an item: a colon and all after it, or the signs
// between the items of one sentence.
var nameEnd = regexp.MustCompile(`:(\s.*)?$|[.,;]\s*$|[,;] (and|or)\s*$`)

// itemNames returns the numbers and names of the items in the numbered list that lines
// begin with, or nil if a name is empty or too long or if lists cannot be told apart.
func itemNames(lines []string) []string {
	var names []string
	for _, line := range lines {
		item := numberedItem.FindStringSubmatch(line)
		switch {
		case item == nil:
			continue
		case item[1] == strconv.Itoa(len(names)+1):
			if len(names) == maxOutlined {
				return append(names, "…")
			}
			name := strings.TrimSpace(nameEnd.ReplaceAllString(item[2], ""))
			if name == "" || utf8.RuneCountInString(name) > maxItemName {
				return nil
			}
			names = append(names, item[1]+".\u00a0"+name)
		case item[1] == "1": // a list within the list, or another one
			return nil
		}
	}
	return names
}
