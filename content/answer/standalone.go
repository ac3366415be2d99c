package answer

import "regexp"

// What htmlWriter writes only for the site's own pages: headings that link to themselves, and
// boxes that scroll. Text cannot be taken for a tag, as its < is escaped.
var (
	selfLink  = regexp.MustCompile(`(?s)<(h[2-6]) id="[^"]*"><a href="#[^"]*"(?: aria-label="[^"]*")?>(.*?)</a></h[2-6]>`)
	headingID = regexp.MustCompile(`<(h[2-6]) id="[^"]*">`)
	scrollBox = regexp.MustCompile(`<((?:pre|div|span) class="[^"]*") tabindex="0" role="group" aria-label="[^"]*">`)
)

// Standalone returns an Answer's HTML for use outside the site. Its headings have no ids, which
// could clash with others there, and no links to themselves. Its boxes are not tab stops, as
// they scroll only with the site's style sheet. Links to paths of the site start with origin.
func Standalone(html, origin string) string {
	html = selfLink.ReplaceAllString(html, "<$1>$2</$1>")
	html = headingID.ReplaceAllString(html, "<$1>")
	html = scrollBox.ReplaceAllString(html, "<$1>")
	return withOrigin(html, origin)
}
