package views

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"quicktakes/assets"
	"quicktakes/content"
)

// Meta is the content of a page's head: for search engines, for sites where the page
// is shared, and for the browser.
type Meta struct {
	Title       string // content of the title element
	ShareTitle  string // title for sharing; Title if empty
	Description string
	Keywords    string   // separated by commas; none if empty
	Author      string   // none if empty
	Canonical   string   // path and query of the URL that search engines should index; none if empty
	NoIndex     bool     // search engines should not index the page
	Article     *Article // nil unless the page is a question
	Alternates  []Alternate
	Graph       []Node   // structured data
	Picture     Picture  // for sharing; the site's if its Path is empty
	Hue         string   // class for the subject's colour; none if empty
	HasSearch   bool     // the page has its own search form, so the frame shows none
	Styles      []string // names of style sheets besides SiteStyle
	Script      string   // name of the page's script, as for assets.ScriptURL; "site" if empty
	ShowsMath   bool     // whether formulas are on the page before a script of its own runs
}

// Alternate is another representation of the page, such as a feed.
type Alternate struct {
	Type  string // media type
	Path  string
	Title string // none if empty
}

// Picture is the image shown where the page is shared: a PNG of 1200 by 630 pixels.
type Picture struct {
	Path string
	Alt  string
}

// Article is what the head of a question page says about its publication.
type Article struct {
	Published time.Time
	Modified  time.Time
	Section   string
	Tags      []string
}

// The default share picture, made from assets/source/share.html.
const (
	shareImage       = "img/share.png"
	shareImageWidth  = 1200
	shareImageHeight = 630
)

// The background colours of css/site.css, for the browser's own interface around the
// page.
const (
	paperLight = "#fdfdfb"
	paperDark  = "#15171c"
)

// siteFeeds returns the feeds of the whole site.
func siteFeeds(site Site) []Alternate {
	return []Alternate{
		{"application/atom+xml", "/feed.xml", site.Name + ": newest questions"},
		{"application/feed+json", "/feed.json", site.Name + ": newest questions"},
	}
}

// subjectFeed returns the feed of a subject.
func subjectFeed(site Site, subject content.Subject) Alternate {
	return Alternate{"application/atom+xml", subject.Path() + "/feed.xml", site.Name + ": newest questions in " + subject.Name}
}

// sharePicture returns the picture to show where the page is shared.
func (m Meta) sharePicture(site Site) Picture {
	if m.Picture.Path != "" {
		return m.Picture
	}
	return Picture{assets.URL(shareImage), site.Name + ": good questions, clear answers"}
}

// shareTitle returns the title to show where the page is shared.
func (m Meta) shareTitle() string {
	return cmp.Or(m.ShareTitle, m.Title)
}

// robots returns the content of the robots meta tag.
func (m Meta) robots() string {
	if m.NoIndex {
		return "noindex"
	}
	return "max-image-preview:large"
}

// ogType returns the Open Graph type of the page.
func (m Meta) ogType() string {
	if m.Article != nil {
		return "article"
	}
	return "website"
}

// graph returns the structured data of the page as one JSON-LD document.
func (m Meta) graph() Node {
	return Node{"@context": "https://schema.org", "@graph": m.Graph}
}

// SiteStyle is the style sheet of all pages.
const SiteStyle = "css/site.css"

// The style sheets that only some pages need.
const (
	codeStyle  = "css/code.css"  // highlighted code
	listStyle  = "css/lists.css" // all pages except question pages
	mathStyle  = "css/math.css"  // formulas
	studyStyle = "css/study.css" // saved questions and flashcards
)

// studyStyles are the style sheets of pages whose script shows cards from other pages,
// which may hold formulas and code.
var studyStyles = []string{codeStyle, mathStyle, studyStyle}

// linkStyles returns the style sheets that the titles of links require.
func linkStyles(links []content.Link) []string {
	if slices.ContainsFunc(links, func(link content.Link) bool { return holdsMath(link.TitleHTML) }) {
		return []string{mathStyle}
	}
	return nil
}

// script returns the name of the page's script.
func (m Meta) script() string {
	return cmp.Or(m.Script, "site")
}

// showsMath reports whether the page has formulas from the start, before its script runs.
func (m Meta) showsMath() bool {
	isFilledByScript := m.Script != "" // most formulas come with its cards
	return m.ShowsMath || slices.Contains(m.Styles, mathStyle) && !isFilledByScript
}

// holdsMath reports whether html contains a formula.
func holdsMath(html string) bool { return strings.Contains(html, "<math") }

// styleElement returns a style sheet as a style element. It panics on an unknown name,
// which is a programming error.
func styleElement(name string) string {
	element, ok := styleElements[name]
	if !ok {
		panic("views: no style sheet " + name)
	}
	return element
}

// styleElements maps the names of style sheets to their elements. The text must stay
// byte for byte as assets has it, because its hash is in the Content-Security-Policy.
var styleElements = func() map[string]string {
	elements := map[string]string{}
	for _, name := range assets.StyleNames() {
		elements[name] = "<style>" + assets.Style(name).Text + "</style>"
	}
	return elements
}()
