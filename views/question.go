package views

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// QuestionPage shows a question and its answer.
type QuestionPage struct {
	Site           Site // named in citations of the page
	Post           *content.Post
	Rendered       *content.Rendered
	Subject        content.Subject // its name may differ in spelling from Post.Subject
	Canonical      string          // path of the primary post with this question and answer
	Modified       time.Time       // when the post's content last changed, never before Post.Date
	Picture        string          // path of its share picture; the site's if empty
	Related        []content.Link
	Topics         []string                  // names
	AlsoIn         []content.Link            // the same question and answer under other subjects
	Previous, Next *content.Link             // neighbours in the subject, nil at its ends; Next is older
	DirAndLang     func() (dir, lang string) // of the answer: see AnswerDirAndLang
}

// Meta returns what the head of the page says.
func (p QuestionPage) Meta(site Site) Meta {
	title := content.FoldSpace(p.Rendered.Title.Text)
	description := content.FoldSpace(p.Post.SEO.Description)
	if description == "" {
		description = cmp.Or(answer.Summary(p.Rendered.Answer.Text, descriptionLength), title)
	}
	meta := Meta{
		Title:       p.title(site),
		ShareTitle:  title,
		Description: description,
		Keywords:    content.FoldSpace(p.Post.SEO.Keywords),
		Author:      content.FoldSpace(p.Post.Author),
		Canonical:   p.Canonical,
		NoIndex:     p.Post.NoIndex,
		Article: &Article{
			Published: p.Post.Date,
			Modified:  p.modified(),
			Section:   content.FoldSpace(p.Post.Subject),
			Tags:      p.Post.SEO.KeywordList(),
		},
		Alternates: []Alternate{
			{Type: "text/markdown", Path: p.Post.Path + ".md"},
			{Type: "application/json", Path: p.Post.Path + ".json"},
			subjectFeed(site, p.Subject),
		},
		Picture: Picture{p.Picture, fmt.Sprintf("%s A question in %s on %s.", stop(title), p.Subject.Name, site.Name)},
		Hue:     hue(p.Post.SubjectSlug()),
		Styles:  p.styles(),
	}
	meta.Graph = p.graph(site, meta)
	return meta
}

// descriptionLength is how many characters search engines show of a description.
const descriptionLength = 160

// Main returns the content of the main element.
func (p QuestionPage) Main() templ.Component { return question(p) }

// modified returns when the content last changed, never before the post's date.
func (p QuestionPage) modified() time.Time {
	if p.Modified.Before(p.Post.Date) {
		return p.Post.Date
	}
	return p.Modified
}

// styles returns the style sheets that the question, its answer and the links need.
func (p QuestionPage) styles() []string {
	var styles []string
	if p.Rendered.Answer.HasCode {
		styles = append(styles, codeStyle)
	}
	if p.Rendered.Answer.HasMath || holdsMath(p.Rendered.Question.HTML) {
		return append(styles, mathStyle)
	}
	links := slices.Clone(p.Related)
	for _, neighbour := range []*content.Link{p.Previous, p.Next} {
		if neighbour != nil {
			links = append(links, *neighbour)
		}
	}
	return append(styles, linkStyles(links)...)
}

// longQuestion is the number of characters above which a question is set smaller, to
// leave room for the answer on the first screen.
const longQuestion = 100

func (p QuestionPage) isLong() bool {
	return utf8.RuneCountInString(p.Rendered.Question.Text) > longQuestion
}

// AnswerDirAndLang returns content.DirAndLang for the HTML of an answer, without its code and
// formulas. It looks at the letters when it is first called: a page that has not changed since
// it was sent is never rendered.
func AnswerDirAndLang(html string) func() (dir, lang string) {
	return sync.OnceValues(func() (string, string) { return content.DirAndLang(prose(html)) })
}

// prose returns the text of HTML without code and formulas, which have Latin letters
// in any language. Letters of character references are too few to matter.
func prose(html string) string {
	var b strings.Builder
	b.Grow(len(html))
	for html != "" {
		var text, tag string
		text, html, _ = strings.Cut(html, "<")
		b.WriteString(text)
		switch tag, html, _ = strings.Cut(html, ">"); {
		case strings.HasPrefix(tag, "code"):
			_, html, _ = strings.Cut(html, "</code>")
		case strings.HasPrefix(tag, "math"):
			_, html, _ = strings.Cut(html, "</math>")
		}
	}
	return b.String()
}

// leastContents is the number of headings from which an answer has a contents list.
const leastContents = 3

// wordsPerMinute is roughly how fast students read to understand.
const wordsPerMinute = 200

// readingTime returns how long the answer takes to read, such as "2 min".
func (p QuestionPage) readingTime() string {
	words := countWords(p.Rendered.Answer.Text)
	return number(max(1, (words+wordsPerMinute/2)/wordsPerMinute)) + " min"
}

// countWords returns roughly how many words a text has. Chinese and Japanese have no spaces
// between words, so two of their letters count as a word.
func countWords(text string) int {
	words, letters := 0, 0
	for field := range strings.FieldsSeq(text) {
		before := letters
		for _, r := range field {
			if r >= firstHan && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
				letters++
			}
		}
		if letters == before {
			words++
		}
	}
	return words + letters/2
}

// firstHan is the first character of Chinese and Japanese: a bound that spares other texts
// the search in tables.
const firstHan = '\u2E80'

// graph returns the structured data of the page.
func (p QuestionPage) graph(site Site, meta Meta) []Node {
	canonical := site.url(p.Canonical)
	author := organization(site)
	if name := content.FoldSpace(p.Post.Author); name != "" && name != site.Name {
		author = Node{"@type": "Organization", "name": name}
	}
	article := Node{
		"@type":                []string{"Article", "LearningResource"},
		"headline":             meta.ShareTitle,
		"name":                 meta.ShareTitle,
		"description":          meta.Description,
		"datePublished":        p.Post.Date.Format(time.RFC3339),
		"dateModified":         p.modified().Format(time.RFC3339),
		"author":               author,
		"publisher":            organization(site),
		"about":                subjectNode(site, p.Subject),
		"image":                pictureNode(site, meta.sharePicture(site)),
		"learningResourceType": "Question and answer",
		"isAccessibleForFree":  true,
		"mainEntityOfPage":     canonical,
		"url":                  canonical,
	}
	if _, lang := p.DirAndLang(); lang != content.UnknownLanguage {
		article["inLanguage"] = cmp.Or(lang, "en")
	}
	return []Node{
		breadcrumbs(site,
			crumb{"Home", "/"},
			crumb{"Subjects", "/learn"},
			crumb{p.Subject.Name, p.Subject.Path()},
			crumb{meta.ShareTitle, p.Canonical},
		),
		article,
	}
}
