// Package content defines a post: the Markdown file with YAML front matter in
// which editors write one question and its answer. It reads folders of posts,
// renders posts and reports mistakes in them. It neither stores nor shows them.
package content

import (
	"crypto/sha256"
	"strings"
	"time"

	"quicktakes/content/answer"
)

// Post is one question with its answer, as written in its file. Text fields have
// their white space folded; Title, ArticleTitle and Question may hold inline
// Markdown; Answer is the raw answer text that package answer reads.
type Post struct {
	File         string    `json:"-"` // name of the file below the content folder, with slashes
	URLLine      int       `json:"-"` // line of the url field in the file, from 1; 0 in a post that was not read from its file
	Path         string    // address: /learn/{subject slug}/questions/{question slug}
	ID           int64     // not unique: one question can be filed under several subjects
	Date         time.Time // in UTC
	DateFormat   string    // in Moment tokens, see FormatDate
	PostedOn     string    // words before the date, such as "Posted on"
	Title        string    // leads the head
	ArticleTitle string
	Question     string // the h1
	SEO          SEO
	Author       string
	Answer       string
	Subject      string // display name of the subject, as this post spells it
	FileName     string // value of the file_name field
	Score        *float64
	Related      []RelatedLink // in order; may be dead, repeated or point to the post itself
	NoIndex      bool          // kept out of lists, feeds, sitemaps and search
	Aliases      []string      // old paths that redirect to Path
	Body         string        // Markdown shown after the answer, usually empty
	// FieldErrors are the mistakes in fields that were left out of the post.
	FieldErrors []*FileError `json:"-"`
}

// SEO is what a post says about itself to search engines, as plain text.
type SEO struct {
	Title       string // such as "QuickTakes | Biology"
	Description string
	Keywords    string // separated by commas of any script
}

// RelatedLink is one related_article of a post.
type RelatedLink struct {
	Field   string // the field that holds it, such as related_article1
	ID      int64
	Title   string
	Subject string
	Path    string // clean; as written if it is not a path on this site
}

// SubjectSlug returns the subject's part of the post's path.
func (p *Post) SubjectSlug() string { return SubjectSlugOf(p.Path) }

// Slug returns the question's part of the post's path.
func (p *Post) Slug() string { return SlugOf(p.Path) }

// Subject is a subject of the library.
type Subject struct {
	Slug  string // its address is /learn/{Slug}
	Name  string // the spelling that most of its posts use
	Count int    // number of its listed posts
}

// Path returns the subject's address.
func (s Subject) Path() string { return "/learn/" + s.Slug }

// FlashcardsPath returns the address of the subject's flashcards.
func (s Subject) FlashcardsPath() string { return s.Path() + "/flashcards" }

// Link is what a list shows for a post.
type Link struct {
	Path      string
	Title     string // plain text
	TitleHTML string // safe HTML, phrasing content only
	Subject   string // display name of the post's subject
	Date      time.Time
}

// SearchResult is what a list shows for a post that a search found.
type SearchResult struct {
	Link
	Snippet []answer.Fragment // excerpt of the answer's text, with the search terms marked
}

// Flashcard is a post as a flashcard shows it.
type Flashcard struct {
	Link
	Answer string // plain text, whole
}

// DuplicateKey returns a hash that is equal for posts with the same question,
// whatever its case, and the same answer, whatever its spacing.
func (p *Post) DuplicateKey() [sha256.Size]byte {
	question := strings.ToLower(p.Question)
	return sha256.Sum256([]byte(question + "\x00" + FoldSpace(p.Answer)))
}

// Slugify returns text in the form used in addresses: lower-case ASCII letters,
// digits, - and _, with spaces as hyphens and anything else left out.
func Slugify(text string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		start := b.Len()
		for _, r := range word {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
				if b.Len() == start && start > 0 {
					b.WriteByte('-')
				}
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// KeywordList returns the post's keywords in order, each once regardless of case.
func (s SEO) KeywordList() []string {
	var list []string
	seen := map[string]bool{}
	for keyword := range strings.FieldsFuncSeq(s.Keywords, isComma) {
		keyword = strings.TrimSpace(keyword)
		folded := strings.ToLower(keyword)
		if keyword != "" && !seen[folded] {
			list = append(list, keyword)
		}
		seen[folded] = true
	}
	return list
}

// isComma reports whether r is a comma of Latin, Arabic, Japanese or Chinese texts.
func isComma(r rune) bool { return r == ',' || r == '،' || r == '、' || r == '，' }
