package content

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// readPlainYAML reads YAML in the plain form that posts are written in: one field per
// line, its value on the same line, in quotes or not, or folded below it (>-), nested by
// indentation. It returns what the YAML library would, which takes about fifteen times
// as long. For anything else, valid or not, it returns nil: the library must read it.
func readPlainYAML(text []byte) *yaml.Node {
	if len(text) == 0 || !isPlainText(text) {
		return nil
	}
	r := plainYAML{rest: text, line: 1}
	return r.mapping(0)
}

// isPlainText reports whether text, which is UTF-8, has no characters that are
// special to YAML wherever they stand: no control characters but \n, no other line ends, no
// byte order mark.
func isPlainText(text []byte) bool {
	for i, c := range text {
		switch {
		case c < ' ' && c != '\n', c == 0x7F, c == 0xEF:
			return false
		case c == 0xC2 && text[i+1] < 0xA0: // U+0080 to U+009F
			return false
		case c == 0xE2 && text[i+1] == 0x80 && (text[i+2] == 0xA8 || text[i+2] == 0xA9): // U+2028 and U+2029
			return false
		}
	}
	return true
}

// plainYAML is the text that is still to be read.
type plainYAML struct {
	rest []byte // from the beginning of a line
	line int    // its number, from 1
}

// peek returns the next line and how far it is indented.
func (r *plainYAML) peek() (line []byte, indent int) {
	line = r.rest
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	for indent < len(line) && line[indent] == ' ' {
		indent++
	}
	return line, indent
}

// skip moves past line, which is the next.
func (r *plainYAML) skip(line []byte) {
	r.rest = r.rest[min(len(line)+1, len(r.rest)):]
	r.line++
}

// mapping reads the fields at an indent. It returns nil if they are not plain.
func (r *plainYAML) mapping(indent int) *yaml.Node {
	mapping := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: r.line}
	for len(r.rest) > 0 {
		line, at := r.peek()
		if at < indent {
			break
		}
		key, value := cutPlainKey(line[indent:])
		if key == nil {
			return nil
		}
		field := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: string(key), Line: r.line}
		r.skip(line)
		content := r.value(value, indent, field.Line)
		if content == nil {
			return nil
		}
		mapping.Content = append(mapping.Content, field, content)
	}
	return mapping
}

// maxPlainKey is in bytes. YAML's own limit is 1024.
const maxPlainKey = 100

// cutPlainKey cuts a line into the name of a field and what follows it. The
// key is nil if it is not plain.
func cutPlainKey(line []byte) (key, value []byte) {
	end := bytes.IndexByte(line, ':')
	if end < 1 || end > maxPlainKey || end+1 < len(line) && line[end+1] != ' ' {
		return nil, nil
	}
	key = line[:end]
	for _, c := range key {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return nil, nil
		}
	}
	return key, bytes.Trim(line[end+1:], " ")
}

// value reads the value of a field at an indent: what follows the field's name on its
// line, or the lines below it. It returns nil if they are not plain.
func (r *plainYAML) value(value []byte, indent, line int) *yaml.Node {
	switch {
	case len(value) == 0:
		if _, at := r.peek(); at > indent {
			return r.mapping(at)
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: line}
	case string(value) == ">-":
		text := r.folded(indent)
		if text == nil {
			return nil
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.FoldedStyle, Value: string(text), Line: line}
	case value[0] == '\'', value[0] == '"':
		inner := value[1:max(len(value)-1, 1)]
		if len(value) < 2 || value[len(value)-1] != value[0] || bytes.IndexByte(inner, value[0]) >= 0 ||
			value[0] == '"' && bytes.IndexByte(inner, '\\') >= 0 {
			return nil
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: string(inner), Line: line}
	case isPlainScalar(value):
		tag := "!!str"
		switch string(value) {
		case "null", "Null", "NULL", "~":
			tag = "!!null"
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: string(value), Line: line}
	}
	return nil
}

// isPlainScalar reports whether value, which is on one line, stands for itself.
func isPlainScalar(value []byte) bool {
	if strings.IndexByte("?:,[]{}#&*!|>%@`-", value[0]) >= 0 {
		isNegative := value[0] == '-' && len(value) > 1 && value[1] >= '0' && value[1] <= '9'
		if !isNegative {
			return false
		}
	}
	return value[len(value)-1] != ':' && !bytes.Contains(value, []byte(": ")) && !bytes.Contains(value, []byte(" #"))
}

// folded reads the lines of a folded value below a field at an indent. It returns nil
// if there are empty or deeper lines, which are not joined with others.
func (r *plainYAML) folded(indent int) []byte {
	line, block := r.peek()
	if block <= indent {
		return nil
	}
	var lines [][]byte
	for at := block; at == block && len(line) > at; line, at = r.peek() {
		lines = append(lines, line[block:])
		r.skip(line)
	}
	if _, at := r.peek(); len(lines) == 0 || at > indent {
		return nil
	}
	if len(lines) == 1 {
		return lines[0]
	}
	return bytes.Join(lines, []byte(" "))
}
