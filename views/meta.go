package views

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"quicktakes/assets"
	"quicktakes/content"
)

// Meta is what the head of a page says: to search engines, to those who share
// the page, and to the browser.
type Meta struct {
	Title       string // content of the title element
	ShareTitle  string // title where the page is shared; Title if empty
	Description string
	Keywords    string   // separated by commas; none if empty
	Author      string   // none if empty
	Canonical   string   // path and query of the address that search engines should keep; none if empty
	NoIndex     bool     // search engines should not keep the page at all
	Article     *Article // only on pages that are one
	Alternates  []Alternate
	Graph       []Node   // structured data
	Picture     Picture  // the site's if it has no path
	Hue         string   // class that colours the page for its subject; none if empty
	HasSearch   bool     // the page holds the search form itself; on all others the frame does
	Styles      []string // names of style sheets that the page needs besides the site's own
	Script      string   // name of the page's script, as assets.ScriptURL has it; "site" if empty
}

// Alternate is another form of what the page shows.
type Alternate struct {
	Type  string // media type
	Path  string
	Title string // none if empty
}

// Picture stands for the page where it is shared. It is a PNG of 1200 by 630
// pixels.
type Picture struct {
	Path string
	Alt  string
}

// Article is what the head says of a question that has been published.
type Article struct {
	Published time.Time
	Modified  time.Time
	Section   string
	Tags      []string
}

// Node is a node of structured data, in the words of schema.org.
type Node map[string]any

// The share picture, drawn from assets/source/share.html.
const (
	shareImage       = "img/share.png"
	shareImageWidth  = 1200
	shareImageHeight = 630
)

// The colours of the page behind its text, as css/site.css has them, for the
// browser's own frame around the page.
const (
	paperLight = "#fdfdfb"
	paperDark  = "#15171c"
)

// siteFeeds are the feeds of the whole site.
func siteFeeds(site Site) []Alternate {
	return []Alternate{
		{"application/atom+xml", "/feed.xml", site.Name + ": newest questions"},
		{"application/feed+json", "/feed.json", site.Name + ": newest questions"},
	}
}

// subjectFeed is the feed of a subject.
func subjectFeed(site Site, subject content.Subject) Alternate {
	return Alternate{"application/atom+xml", subject.Path() + "/feed.xml", site.Name + ": newest questions in " + subject.Name}
}

// sharePicture returns the picture where the page is shared.
func (m Meta) sharePicture(site Site) Picture {
	if m.Picture.Path != "" {
		return m.Picture
	}
	return Picture{assets.URL(shareImage), site.Name + ": good questions, clear answers"}
}

// pictureNode returns a share picture as structured data.
func pictureNode(site Site, picture Picture) Node {
	return Node{
		"@type":  "ImageObject",
		"url":    site.url(picture.Path),
		"width":  shareImageWidth,
		"height": shareImageHeight,
	}
}

// shareTitle returns the title where the page is shared.
func (m Meta) shareTitle() string {
	if m.ShareTitle != "" {
		return m.ShareTitle
	}
	return m.Title
}

// robots returns what search engines may do with the page.
func (m Meta) robots() string {
	if m.NoIndex {
		return "noindex"
	}
	return "max-image-preview:large"
}

// ogType returns the kind of the page in the words of Open Graph.
func (m Meta) ogType() string {
	if m.Article != nil {
		return "article"
	}
	return "website"
}

// graph returns the structured data of the page as one document.
func (m Meta) graph() Node {
	return Node{"@context": "https://schema.org", "@graph": m.Graph}
}

// SiteStyle is the style sheet of all pages.
const SiteStyle = "css/site.css"

// The style sheets that only some pages need.
const (
	codeStyle  = "css/code.css"  // highlighted code
	listStyle  = "css/lists.css" // all pages but those of a question
	mathStyle  = "css/math.css"  // formulas
	studyStyle = "css/study.css" // saved questions and flashcards
)

// linkStyles returns the style sheets that the titles of links need.
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

// showsMath reports whether the page comes with formulas.
func (m Meta) showsMath() bool {
	isFilledByScript := m.Script != "" && m.NoIndex // with cards, which may have some
	return slices.Contains(m.Styles, mathStyle) && !isFilledByScript
}

// holdsMath reports whether there is a formula in html.
func holdsMath(html string) bool { return strings.Contains(html, "<math") }

// styleElement returns a style sheet as an element. It panics on an unknown name, which
// is a slip in the program.
func styleElement(name string) string {
	element, ok := styleElements[name]
	if !ok {
		panic("views: no style sheet " + name)
	}
	return element
}

// styleElements are the style sheets as elements, by name. Their text is the program's
// own and stands in them to the byte, as its hash demands.
var styleElements = func() map[string]string {
	elements := map[string]string{}
	for _, name := range assets.StyleNames() {
		elements[name] = "<style>" + assets.Style(name).Text + "</style>"
	}
	return elements
}()

// crumb is a step of the way from the home page to a page.
type crumb struct {
	Name string
	Path string
}

// breadcrumbs returns the way to a page as structured data.
func breadcrumbs(site Site, way ...crumb) Node {
	items := make([]Node, len(way))
	for i, c := range way {
		items[i] = Node{"@type": "ListItem", "position": i + 1, "name": c.Name, "item": site.url(c.Path)}
	}
	return Node{"@type": "BreadcrumbList", "itemListElement": items}
}

// organization returns the publisher as structured data.
func organization(site Site) Node {
	return Node{
		"@type": "Organization",
		"name":  site.Name,
		"url":   site.url("/"),
		"logo": Node{
			"@type":  "ImageObject",
			"url":    site.url("/icon-512.png"),
			"width":  512,
			"height": 512,
		},
	}
}

// website returns the site as structured data.
func website(site Site) Node {
	node := Node{"@type": "WebSite", "name": site.Name, "url": site.url("/"), "inLanguage": "en"}
	// Search engines that do not take to the name fall back on the host.
	if base, err := url.Parse(site.BaseURL); err == nil && base.Hostname() != "" {
		node["alternateName"] = base.Hostname()
	}
	return node
}
