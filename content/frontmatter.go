package content

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// frontMatterLine is the line of the file on which the YAML begins.
const frontMatterLine = 2

// splitFrontMatter cuts a file into the YAML between its first two --- lines
// and the body after them.
func splitFrontMatter(data []byte) (front, body []byte, err error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if string(bytes.TrimRight(first, " \t\r")) != "---" {
		return nil, nil, errors.New("no front matter: the first line is not ---")
	}
	for start := 0; start < len(rest); {
		end := start + bytes.IndexByte(rest[start:], '\n')
		if end < start {
			end = len(rest)
		}
		if string(bytes.TrimRight(rest[start:end], " \t\r")) == "---" {
			return rest[:start], rest[min(end+1, len(rest)):], nil
		}
		start = end + 1
	}
	return nil, nil, errors.New("front matter has no closing --- line")
}

// readFrontMatter returns the mapping of a post's fields. The line is that of the error.
func readFrontMatter(front []byte) (fields *yaml.Node, line int, err error) {
	if fields := readPlainYAML(front); fields != nil {
		return fields, 0, nil
	}
	var root yaml.Node
	if err := yaml.Unmarshal(front, &root); err != nil {
		line, reason := yamlError(front, err)
		return nil, line, reason
	}
	if root.Kind != yaml.DocumentNode || root.Content[0].Kind != yaml.MappingNode {
		err := errors.New("front matter is not a list of fields")
		if line := wideColonLine(front); line > 0 {
			return nil, line, fmt.Errorf("%w: %s", err, wideColonHint)
		}
		return nil, frontMatterLine, err
	}
	return root.Content[0], 0, nil
}

// What the YAML library's errors look like.
var (
	yamlLine       = regexp.MustCompile(`^yaml: line (\d+): `)
	fromYAMLParser = regexp.MustCompile(`^(did not find expected (key|node|',|'-|<)|found a tab)`)
	yamlAnchor     = regexp.MustCompile(`^yaml: unknown anchor '(.*)' referenced$`)
)

// yamlError returns the line of the file that err is about, and the reason.
func yamlError(front []byte, err error) (line int, reason error) {
	text := err.Error()
	if match := yamlAnchor.FindStringSubmatch(text); match != nil {
		before, _, _ := bytes.Cut(front, []byte("*"+match[1]))
		line := frontMatterLine + bytes.Count(before, []byte("\n"))
		return line, errors.New("bad YAML: a value that begins with * must be in quotes")
	}
	line = frontMatterLine
	problem := strings.TrimPrefix(text, "yaml: ")
	if match := yamlLine.FindStringSubmatch(text); match != nil {
		problem = text[len(match[0]):]
		line, _ = strconv.Atoi(match[1])
		line += frontMatterLine - 1
		// Errors of the library's parser count lines from 0, those of its scanner from 1.
		if fromYAMLParser.MatchString(problem) {
			line++
		}
	}
	if wide := wideColonLine(front); wide > 0 {
		return wide, fmt.Errorf("bad YAML: %s: %s", problem, wideColonHint)
	}
	if hint := yamlHint(problem, valueOnLine(front, line)); hint != "" {
		problem += ": " + hint
	}
	return line, fmt.Errorf("bad YAML: %s", problem)
}

// fieldWithWideColon matches a field whose name is followed by the colon of Chinese and Japanese,
// which is none to YAML.
var fieldWithWideColon = regexp.MustCompile(`(?m)^[a-z_0-9]+：`)

const wideColonHint = `write ": " instead of "："`

// wideColonLine returns the line of the file that has the first field with a wide colon, or 0.
func wideColonLine(front []byte) int {
	at := fieldWithWideColon.FindIndex(front)
	if at == nil {
		return 0
	}
	return frontMatterLine + bytes.Count(front[:at[0]], []byte("\n"))
}

// valueOnLine returns what follows the name of a field on a line of the file.
func valueOnLine(front []byte, line int) string {
	lines := bytes.Split(front, []byte("\n"))
	if line -= frontMatterLine; line < 0 || line >= len(lines) {
		return ""
	}
	_, value, _ := strings.Cut(string(lines[line]), ":")
	return strings.TrimSpace(value)
}

// yamlHint returns how to write a value so that YAML accepts it, or "".
func yamlHint(problem, value string) string {
	switch {
	case strings.Contains(problem, "mapping values are not allowed"):
		return "a value with a colon and a space must be in quotes"
	case strings.Contains(problem, "unknown escape character"), strings.Contains(problem, "hexdecimal"):
		return "a value with backslashes must be in single quotes or below >-"
	case strings.Contains(problem, "expected comment or line break"):
		return "a value after > or | must begin on the next line"
	case strings.Contains(problem, "found a tab"), value == "":
		return ""
	case value[0] == '[' || value[0] == '{':
		return fmt.Sprintf("text that begins with %c must be in quotes, and so must a list item with ?, # or a colon in it", value[0])
	case strings.IndexByte("*&!%@`", value[0]) >= 0:
		return fmt.Sprintf("a value that begins with %c must be in quotes", value[0])
	case strings.Contains(problem, "expected key") && value[0] == '"':
		return `a value with " in it must be in single quotes or below >-`
	case strings.Contains(problem, "expected key") && value[0] == '\'':
		return "a value with ' in it must be in double quotes or below >-"
	}
	return ""
}
