package content

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"quicktakes/content/answer"
)

// remark is what the linter says about a line of a file.
type remark struct {
	line int
	text string
}

// markdownRemarks finds Markdown that readers will not see as the post means it.
func (d *document) markdownRemarks(renderer *answer.Renderer) []remark {
	var remarks []remark
	add := func(field string, problems []string) {
		for _, problem := range problems {
			remarks = append(remarks, remark{d.line(field), problem})
		}
	}
	p := d.post
	add(d.firstOf("title", "question", "article_title"), renderer.TitleProblems(p.Title))
	if p.Question != p.Title {
		add(d.firstOf("question", "title", "article_title"), renderer.TitleProblems(p.Question))
	}
	add("answer", renderer.Problems(p.markdown()))
	return remarks
}

// firstOf returns the first of the fields that the post has, or fields[0] if it has none.
func (d *document) firstOf(fields ...string) string {
	for _, field := range fields {
		if d.lines[field] > 0 {
			return field
		}
	}
	return fields[0]
}

// dateRemarks finds a date that is surely a mistake, as of now, and a bad date format.
func (d *document) dateRemarks(now time.Time) []remark {
	var remarks []remark
	p := d.post
	if p.Date.Year() < 1900 || p.Date.After(now.Add(24*time.Hour)) {
		when := "in the future"
		if p.Date.Before(now) {
			when = "before 1900"
		}
		remarks = append(remarks, remark{d.line("date"), fmt.Sprintf("date %s is %s", p.Date.Format(time.DateOnly), when)})
	}
	if problem := dateFormatProblem(p.DateFormat); problem != "" {
		remarks = append(remarks, remark{d.line("date_format"), problem})
	}
	return remarks
}

// proseFields are the fields that hold prose: where no space follows a #, it is part of the
// prose rather than the beginning of a comment.
var proseFields = []string{"title", "article_title", "question", "answer", "author", "subject", "post_on_text",
	"seo.title", "seo.page_description", "seo.page_keywords"}

// yamlRemarks finds values that YAML reads as something other than what was meant.
func (d *document) yamlRemarks() []remark {
	remarks := d.bodyRemarks()
	d.eachScalar("", d.fields, func(name string, key, value *yaml.Node) {
		if d.lines[name] == 0 { // within an unknown field
			return
		}
		line := key.Line + frontMatterLine - 1
		if cut := cutOff(name, key, value); cut != "" && slices.Contains(proseFields, name) {
			remarks = append(remarks, remark{line, fmt.Sprintf("%s is cut off because # begins a comment: %s: put the value in quotes", name, cut)})
		}
		if value.Style&yaml.DoubleQuotedStyle != 0 {
			for _, command := range escapedCommands(value.Value) {
				remarks = append(remarks, remark{line, fmt.Sprintf(`%s: %s in double quotes begins with YAML's \%c: write \%s, or put the value below >-`, name, command, command[1], command)})
			}
		}
		if name == "answer" {
			if line := lostLine(key, value, d.front); line > 0 {
				lines := "lines of >"
				if value.Style&yaml.FoldedStyle == 0 {
					lines = "lines of a value"
				}
				remarks = append(remarks, remark{line + frontMatterLine - 1, lines + ` are folded into one: write \n, or use |`})
			}
		}
	})
	return remarks
}

// eachScalar calls visit for each field with a single value.
func (d *document) eachScalar(prefix string, mapping *yaml.Node, visit func(name string, key, value *yaml.Node)) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		switch value.Kind {
		case yaml.ScalarNode:
			visit(prefix+key.Value, key, value)
		case yaml.MappingNode:
			d.eachScalar(prefix+key.Value+".", value, visit)
		}
	}
}

// cutOff returns the comment on a plain value if it surely was meant as part of the value,
// or "": "#1 cause" was, but "# cause" may be meant as a comment, except after a question or
// title that does not end.
func cutOff(name string, key, value *yaml.Node) string {
	comment := value.LineComment
	if value.Tag == "!!null" { // the value is all comment
		comment = key.LineComment
	}
	if value.Style != 0 || len(comment) < 2 {
		return ""
	}
	isQuestion := name == "title" || name == "article_title" || name == "question"
	if strings.ContainsAny(comment[1:2], " \t#!-=") && (!isQuestion || value.Value == "" || endsSentence.MatchString(value.Value)) {
		return ""
	}
	return comment
}

// endsSentence matches text that ends with the end of a sentence.
var endsSentence = regexp.MustCompile(`[.!?…。！？｡؟۔।॥]["'”’)\]」』）】》]*$`)

// bodyStart matches the beginning of a body that was meant to be front matter.
var bodyStart = regexp.MustCompile(`^(?:---\s*\n\s*)?(\w+):(?:\s|$)`)

// bodyRemarks finds a body that begins with a field.
func (d *document) bodyRemarks() []remark {
	match := bodyStart.FindStringSubmatch(d.post.Body)
	if match == nil || !slices.Contains(fieldNames, match[1]) && !isDocument(d.post.Body) {
		return nil
	}
	before, _, _ := bytes.Cut(d.body, []byte(match[0]))
	line := frontMatterLine + bytes.Count(d.front, []byte("\n")) + 1 + bytes.Count(before, []byte("\n"))
	return []remark{{line, fmt.Sprintf("the body, which is shown below the answer, begins with a field, %s: front matter ends at the second --- line", match[1])}}
}

// isDocument reports whether a body stands between --- lines, as front matter does.
func isDocument(body string) bool {
	return strings.HasPrefix(body, "---") && strings.Contains(body[len("---"):], "\n---")
}

// fieldNames are the fields whose names prose does not begin with.
var fieldNames = []string{"url", "date", "title", "article_title", "question", "answer", "subject", "seo", "date_format",
	"post_on_text", "file_name", "no_index", "aliases", "related_article1"}

// yamlSigns are the letters of the escapes in double quotes for characters that a post may
// hold, but that are surely not meant before a letter in a formula.
var yamlSigns = map[rune]string{'\t': "t", '\u0085': "N", '\u2028': "L", '\u2029': "P"}

// maxCommands is how many commands of a value are reported.
const maxCommands = 5

// escapedCommands returns the first LaTeX commands in formulas whose beginning was read as an
// escape in double quotes, such as \times and \neq.
func escapedCommands(value string) []string {
	if !strings.ContainsAny(value, "\t\n\u0085\u2028\u2029") {
		return nil
	}
	var commands []string
	for _, span := range answer.Spans(value) {
		if !span.IsFormula {
			continue
		}
		formula := value[span.Start:span.End]
		for i, sign := range formula {
			rest := leadingLetters(strings.TrimPrefix(formula[i:], string(sign)))
			command := ""
			switch {
			case rest == "":
			case sign == '\n' && len(rest) > 1 && answer.IsCommandWithN("n"+rest):
				command = `\n` + rest
			case yamlSigns[sign] != "":
				command = `\` + yamlSigns[sign] + rest
			}
			if command == "" || slices.Contains(commands, command) {
				continue
			}
			if commands = append(commands, command); len(commands) == maxCommands {
				return commands
			}
		}
	}
	return commands
}

// valueLine is a line of a value that YAML may join with others.
type valueLine struct {
	number int // in the front matter, from 1
	text   string
	start  int   // its byte offset in the joined value
	before joint // what YAML makes of the line break before it
}

// joint is what YAML makes of the end of a line.
type joint int

const (
	otherJoint  joint = iota // a line break, written or not, or nothing
	spaceJoint               // a space
	singleJoint              // an empty line that becomes a line break, not the end of a paragraph
)

// lostLine returns the line of the front matter that begins a list, a table, a heading,
// code or a paragraph, but no longer does once YAML has joined it with others, or 0 if
// there is none.
func lostLine(key, value *yaml.Node, front []byte) int {
	if value.Style&yaml.LiteralStyle != 0 || value.Tag == "!!null" {
		return 0
	}
	lines, folded := valueLines(key, value, string(front))
	if len(lines) < 2 {
		return 0
	}
	spans := answer.Spans(folded)
	for i, line := range lines {
		for len(spans) > 0 && spans[0].End <= line.start {
			spans = spans[1:]
		}
		inSpan := len(spans) > 0 && spans[0].Start < line.start
		if !inSpan && isLost(lines, i) {
			return line.number
		}
	}
	return 0
}

// isLost reports whether the line at i has a meaning only on a line of its own, and is no
// longer on one.
func isLost(lines []valueLine, i int) bool {
	line := lines[i]
	var previous, next valueLine
	if i > 0 {
		previous = lines[i-1]
	}
	if i+1 < len(lines) {
		next = lines[i+1]
	}
	followsOn := next.before == spaceJoint && !strings.Contains(line.text, `\n`)
	switch joined := line.before == spaceJoint; {
	case listItem.MatchString(line.text):
		return joined
	case firstItem.MatchString(line.text):
		return joined && !strings.HasSuffix(previous.text, "#")
	case numberedItem.MatchString(line.text):
		return joined && itemNumber(previous.text) > 0 && itemNumber(line.text) == itemNumber(previous.text)+1
	case heading.MatchString(line.text), codeFence.MatchString(line.text):
		return joined || followsOn
	case tableRow.MatchString(line.text):
		return followsOn && tableRow.MatchString(next.text)
	}
	return line.before == singleJoint && !endsBlock.MatchString(previous.text) && !heading.MatchString(previous.text) &&
		!strings.HasPrefix(line.text, "$$") && !strings.HasPrefix(line.text, `\[`)
}

// itemNumber returns the number of a list item, or 0 if text is not a numbered item.
func itemNumber(text string) int {
	match := numberedItem.FindStringSubmatch(text)
	if match == nil {
		return 0
	}
	number, err := strconv.Atoi(match[1])
	if err != nil {
		return 0
	}
	return number
}

var (
	listItem     = regexp.MustCompile(`^[-*+][ \t]+\S`)
	firstItem    = regexp.MustCompile(`^1[.)][ \t]+\S`)
	numberedItem = regexp.MustCompile(`^(\d{1,9})[.)][ \t]+\S`)
	heading      = regexp.MustCompile(`^#{1,6}[ \t]+\S`)
	codeFence    = regexp.MustCompile("^(?:```|~~~)")
	tableRow     = regexp.MustCompile(`^\|[^\\]*(?:\\[^n][^\\]*)*\|$`)
	endsBlock    = regexp.MustCompile("(?:\\$\\$|\\\\\\]|```|~~~|\\|)$")
)

// valueLines returns the lines of a folded, plain or quoted value, and the text that they
// are joined into.
func valueLines(key, value *yaml.Node, front string) (lines []valueLine, folded string) {
	all := strings.Split(front, "\n")
	if value.Line > len(all) { // YAML has line ends other than \n
		return nil, ""
	}
	keyIndent := indentOf(all[key.Line-1])
	number := value.Line
	isFolded := value.Style&yaml.FoldedStyle != 0
	var text strings.Builder
	if !isFolded { // the value begins on this line
		first := all[number-1]
		if value.Line == key.Line {
			_, first, _ = strings.Cut(first, ":")
		}
		first = strings.TrimLeft(strings.TrimSpace(first), `"'`)
		lines = append(lines, valueLine{number: number, text: first})
		text.WriteString(first)
	}
	block, empty := -1, 0
	wasDeeper := false
	for _, raw := range all[number:] {
		number++
		indent := indentOf(raw)
		line := strings.TrimSpace(raw)
		if line == "" {
			empty++
			continue
		}
		if indent <= keyIndent {
			break
		}
		if block < 0 {
			block = indent
		}
		isDeeper := isFolded && indent > block // stays a line of its own
		before := text.String()
		joint := otherJoint
		switch {
		case before == "":
		case empty == 0 && !isDeeper && !wasDeeper:
			text.WriteByte(' ')
			joint = spaceJoint
		default:
			text.WriteString(strings.Repeat("\n", max(empty, 1)))
			if empty == 1 && !isDeeper && !wasDeeper {
				joint = singleJoint
			}
		}
		if strings.HasSuffix(before, `\n`) || strings.HasPrefix(line, `\n`) {
			joint = otherJoint
		}
		lines = append(lines, valueLine{number, line, text.Len(), joint})
		text.WriteString(line)
		empty, wasDeeper = 0, isDeeper
	}
	return lines, text.String()
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
