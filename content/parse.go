package content

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxSize is the size in bytes above which a file is not read as a post.
const MaxSize = 1 << 20

// FileError says why a file cannot be read as a post.
type FileError struct {
	File string // below the content folder
	Line int    // from 1; 0 when the reason has no line
	Err  error
}

// maxReason is how many bytes of a reason are shown: a reason may quote the file at any
// length.
const maxReason = 300

// Error gives file, line and reason as "file:line: reason".
func (e *FileError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Reason())
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason())
}

// Reason returns the beginning of the reason.
func (e *FileError) Reason() string {
	reason := e.Err.Error()
	if len(reason) <= maxReason {
		return reason
	}
	return strings.ToValidUTF8(reason[:maxReason], "") + "…"
}

// Unwrap returns the reason.
func (e *FileError) Unwrap() error { return e.Err }

// Parse reads a post from the data of the named file. Its errors are of type
// *FileError.
func Parse(file string, data []byte) (*Post, error) {
	document, err := parseDocument(file, data)
	if err != nil {
		return nil, err
	}
	return document.post, nil
}

// document is a post with what only the linter needs to know about its file.
type document struct {
	post    *Post
	lines   map[string]int // line of each field
	unknown []field
	front   []byte     // the YAML
	fields  *yaml.Node // read from it
	body    []byte     // as written after the front matter
}

// field is a key of the front matter with its line.
type field struct {
	name string
	line int
}

func parseDocument(file string, data []byte) (*document, error) {
	r := reader{document: document{post: &Post{File: file}, lines: map[string]int{}}}
	if len(data) > MaxSize {
		return nil, r.fail(1, "larger than the %d bytes that a post may have", MaxSize)
	}
	if i := invalidUTF8(data); i >= 0 {
		return nil, r.fail(1+bytes.Count(data[:i], []byte("\n")), "not UTF-8: byte %#x", data[i])
	}
	front, body, err := splitFrontMatter(data)
	if err != nil {
		return nil, r.fail(1, "%w", err)
	}
	fields, line, err := readFrontMatter(front)
	if err != nil {
		return nil, r.fail(line, "%w", err)
	}
	if i := bytes.IndexFunc(body, isPrivateUse); i >= 0 {
		character, _ := utf8.DecodeRune(body[i:])
		return nil, r.fail(1+bytes.Count(data[:len(data)-len(body)+i], []byte("\n")), "%w", privateUseError(character))
	}
	r.front, r.fields, r.body = front, fields, body
	if text := strings.TrimSpace(string(body)); text != "&nbsp;" {
		r.post.Body = text
	}
	if err := r.read("", fields, r.postField); err != nil {
		return nil, err
	}
	if err := r.finish(); err != nil {
		return nil, err
	}
	return &r.document, nil
}

// invalidUTF8 returns the index of the first byte that is not UTF-8, or -1.
func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

// reader fills a document from YAML nodes.
type reader struct {
	document
	related [5]RelatedLink
}

func (r *reader) fail(line int, format string, args ...any) error {
	return &FileError{File: r.post.File, Line: line, Err: fmt.Errorf(format, args...)}
}

// read calls readField for each field of a mapping. The names of nested fields begin
// with prefix, such as "seo.".
func (r *reader) read(prefix string, mapping *yaml.Node, readField func(name string, value *yaml.Node) error) error {
	lines := make(map[string]int, len(mapping.Content)/2)
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		line := key.Line + frontMatterLine - 1
		name := prefix + key.Value
		if strings.ContainsFunc(name, unicode.IsControl) { // it is unknown, and reaches logs and terminals
			name = strconv.Quote(name)
		}
		if earlier, ok := lines[name]; ok {
			return r.fail(line, "%s appears twice, first on line %d", name, earlier)
		}
		lines[name] = line
		r.lines[name] = line
		if value.Kind == yaml.AliasNode || value.Anchor != "" {
			return r.fail(line, "%s: YAML anchors are not supported", name)
		}
		if slices.Contains(proseFields, name) {
			joinLines(key, value, r.front)
		}
		err := readField(name, value)
		if _, isNested := errors.AsType[*FileError](err); isNested {
			return err
		} else if err != nil && isDispensable(name) {
			err = fmt.Errorf("%s: %w; %w", name, err, ErrFieldLeftOut)
			r.post.FieldErrors = append(r.post.FieldErrors, &FileError{File: r.post.File, Line: line, Err: err})
		} else if err != nil {
			return r.fail(line, "%s: %w", name, err)
		}
	}
	return nil
}

// ErrFieldLeftOut says that a post is loaded without a field that has a mistake.
var ErrFieldLeftOut = errors.New("the post is shown without it")

// isDispensable reports whether a post can be shown without the named field.
func isDispensable(name string) bool {
	switch name {
	case "id", "score", "aliases", "file_name":
		return true
	}
	return strings.HasPrefix(name, "related_article")
}

// postField reads one field of the front matter.
func (r *reader) postField(name string, value *yaml.Node) (err error) {
	p := r.post
	switch name {
	case "url":
		p.Path, err = text(value)
	case "id":
		p.ID, err = integer(value)
	case "date":
		p.Date, err = date(value)
	case "date_format":
		p.DateFormat, err = phrase(value)
	case "post_on_text":
		p.PostedOn, err = phrase(value)
	case "title":
		p.Title, err = phrase(value)
	case "article_title":
		p.ArticleTitle, err = phrase(value)
	case "question":
		p.Question, err = phrase(value)
	case "seo":
		return r.mapping(name, value, r.seoField)
	case "author":
		p.Author, err = phrase(value)
	case "answer":
		if err = scalar(value); err == nil && value.Tag != "!!null" {
			p.Answer = fromCell(strings.TrimSpace(value.Value))
		}
	case "subject":
		p.Subject, err = phrase(value)
	case "file_name":
		p.FileName, err = text(value)
	case "score":
		p.Score, err = number(value)
	case "no_index":
		p.NoIndex, err = boolean(value)
	case "aliases":
		p.Aliases, err = texts(value)
	case "related_article1", "related_article2", "related_article3", "related_article4", "related_article5":
		if value.Tag == "!!null" {
			return nil
		}
		link := &r.related[name[len(name)-1]-'1']
		link.Field = name
		return r.mapping(name, value, func(name string, value *yaml.Node) error {
			return r.relatedField(link, name, value)
		})
	case "_schema":
	default:
		r.unknown = append(r.unknown, field{name, r.lines[name]})
	}
	return err
}

// fromCell removes the quotes of CSV (https://www.rfc-editor.org/rfc/rfc4180) from an answer
// that was copied from a table: they enclose the whole answer, and each quote inside it is
// doubled. A single line in quotes is left as it is: it is a quotation.
func fromCell(answer string) string {
	const quote, escaped = `"`, `""`
	cell, isOpened := strings.CutPrefix(answer, quote)
	cell, isClosed := strings.CutSuffix(cell, quote)
	rest := strings.ReplaceAll(cell, escaped, "")
	isLine := !strings.Contains(cell, `\n`) && !strings.Contains(cell, "\n")
	isQuotation := rest == cell && isLine
	if !isOpened || !isClosed || isQuotation || strings.Contains(rest, quote) {
		return answer
	}
	return strings.ReplaceAll(cell, escaped, quote)
}

func (r *reader) mapping(name string, value *yaml.Node, read func(string, *yaml.Node) error) error {
	if value.Kind != yaml.MappingNode {
		return errors.New("not a list of fields")
	}
	return r.read(name+".", value, read)
}

func (r *reader) seoField(name string, value *yaml.Node) (err error) {
	switch name {
	case "seo.title":
		r.post.SEO.Title, err = phrase(value)
	case "seo.page_description":
		r.post.SEO.Description, err = phrase(value)
	case "seo.page_keywords":
		r.post.SEO.Keywords, err = phrase(value)
	default:
		r.unknown = append(r.unknown, field{name, r.lines[name]})
	}
	return err
}

func (r *reader) relatedField(link *RelatedLink, name string, value *yaml.Node) (err error) {
	switch _, last, _ := strings.Cut(name, "."); last {
	case "id":
		link.ID, err = integer(value)
	case "title":
		link.Title, err = phrase(value)
	case "subject":
		link.Subject, err = phrase(value)
	case "url":
		if link.Path, err = text(value); link.Path != "" && !strings.Contains(link.Path, "://") {
			path, _ := SplitTarget(link.Path)
			link.Path = CleanPath(path)
		}
	default:
		r.unknown = append(r.unknown, field{name, r.lines[name]})
	}
	return err
}

// finish checks that required fields are present, and fills in what follows from the
// other fields.
func (r *reader) finish() error {
	p := r.post
	line := func(name string) int { return max(r.lines[name], 1) }
	switch {
	case p.Path == "":
		return r.fail(line("url"), "%w", r.missing("no url"))
	case len(p.Path) > maxPath:
		return r.fail(line("url"), "url has %d characters, more than %d", len(p.Path), maxPath)
	case !IsPostPath(p.Path):
		return r.fail(line("url"), "url %q is not /learn/{subject}/questions/{question} in letters a to z, digits, hyphens and underscores", p.Path)
	case p.Date.IsZero():
		return r.fail(line("date"), "%w", r.missing("no date"))
	case p.Title == "" && p.Question == "" && p.ArticleTitle == "":
		return r.fail(line("title"), "%w", r.missing("no title and no question"))
	}
	titles := []*string{&p.Title, &p.Question, &p.ArticleTitle}
	for _, title := range titles {
		for _, other := range titles {
			if *title == "" {
				*title = *other
			}
		}
	}
	p.URLLine = line("url")
	if p.DateFormat == "" {
		p.DateFormat = "MMM DD, YYYY"
	}
	if p.Subject == "" {
		p.Subject = subjectName(p.SubjectSlug())
	}
	for _, link := range r.related {
		if link.Path != "" {
			p.Related = append(p.Related, link)
		}
	}
	return nil
}

// missing says what a post lacks, and names the unknown fields, which may be misspelled.
func (r *reader) missing(what string) error {
	if len(r.unknown) == 0 {
		return errors.New(what)
	}
	var names []string
	for _, field := range r.unknown {
		names = append(names, fmt.Sprintf("%s (line %d)", field.name, field.line))
	}
	return fmt.Errorf("%s, but the unknown field %s", what, strings.Join(names, ", "))
}

// subjectName makes a display name from a slug: "marine-biology" is "Marine biology".
func subjectName(slug string) string {
	name := strings.ReplaceAll(slug, "-", " ")
	return strings.ToUpper(name[:1]) + name[1:]
}
