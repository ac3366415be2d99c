package views

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// SearchPage shows the results of a search, or asks for a query.
type SearchPage struct {
	Query     string   // as it was typed
	AsTyped   bool     // spelling was not corrected
	Corrected string   // query that was searched for instead; empty if Query was
	Dropped   []string // words that were left out
	Missing   []string // words missing from some of the results
	Results   []content.SearchResult
	Total     int
	More      bool              // there are more results than Total
	Page      int               // from 1
	Pages     int               // at least 1
	Subject   *content.Subject  // restricts the search; nil for all subjects
	Subjects  []content.Subject // with the number of results in each
	Browse    []content.Subject // all subjects, to browse if nothing was found
	// MoreSubjects says that the counts in Subjects, except that of Subject, are only
	// lower bounds.
	MoreSubjects bool
	// UnknownSubject says that all subjects were searched because the requested one does
	// not exist.
	UnknownSubject bool
}

// Meta returns what the head of the page says.
func (p SearchPage) Meta(site Site) Meta {
	title := "Search"
	if query := content.FoldSpace(cmp.Or(p.Corrected, p.Query)); query != "" {
		if p.Subject != nil {
			query += " in " + p.Subject.Name
		}
		if p.Total == 0 {
			query = "Nothing found: " + query
		}
		title = query + " – search"
	}
	links := make([]content.Link, len(p.Results))
	for i, result := range p.Results {
		links[i] = result.Link
	}
	return Meta{
		Title:       title + pageOf(p.Page, p.Pages) + " | " + site.Name,
		Description: "Search the questions and answers of " + site.Name + ".",
		NoIndex:     true,
		HasSearch:   true,
		Styles:      linkStyles(links),
	}
}

// Main returns the content of the main element.
func (p SearchPage) Main() templ.Component { return search(p) }

// subjectSlug returns the slug of the subject that the search is restricted to, or ""
// for all.
func (p SearchPage) subjectSlug() string {
	if p.Subject == nil {
		return ""
	}
	return p.Subject.Slug
}

// searchPath returns the address of a search.
func searchPath(query, subject string, asTyped bool) string {
	path := "/search?q=" + url.QueryEscape(query)
	if subject != "" {
		path += "&subject=" + url.QueryEscape(subject)
	}
	if asTyped {
		path += "&exact=1"
	}
	return path
}

// path returns the address of the search's first page.
func (p SearchPage) path() string { return searchPath(p.Query, p.subjectSlug(), p.AsTyped) }

// inSubject returns the address of the search in one subject, or in all if slug is
// empty.
func (p SearchPage) inSubject(slug string) string { return searchPath(p.Query, slug, p.AsTyped) }

// asTypedPath returns the address of the search without corrections.
func (p SearchPage) asTypedPath() string { return searchPath(p.Query, p.subjectSlug(), true) }

// found says how many questions the search found.
func (p SearchPage) found() string {
	text := count(p.lowerBound(), "question")
	if p.More {
		text = "At least " + text
	}
	if p.Subject != nil {
		text += " in " + p.Subject.Name
	}
	return text + pageOf(p.Page, p.Pages)
}

// lowerBound returns a lower bound of the number of questions found: Total, rounded down
// where there are more.
func (p SearchPage) lowerBound() int {
	if p.More && p.Total > 100 {
		return p.Total / 100 * 100
	}
	return p.Total
}

// inFacet says how many questions the search found in a subject.
func (p SearchPage) inFacet(s content.Subject) string {
	switch {
	case s.Slug != p.subjectSlug() && p.MoreSubjects:
		return number(s.Count) + "+"
	case s.Slug == p.subjectSlug() && p.More:
		return number(p.lowerBound()) + "+"
	}
	return number(s.Count)
}

// notFound says that nothing was found, and what to try next.
func (p SearchPage) notFound() string {
	where := ""
	if p.Subject != nil {
		where = " in " + p.Subject.Name
	}
	return "No questions found" + where + ". Try fewer or different words, or browse a subject."
}

// snippetText returns the text of a result's snippet.
func snippetText(result content.SearchResult) string {
	var b strings.Builder
	for _, fragment := range result.Snippet {
		b.WriteString(fragment.Text)
	}
	return b.String()
}

// quoted lists words in quotation marks.
func quoted(words []string) string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = "“" + word + "”"
	}
	return strings.Join(list, ", ")
}
