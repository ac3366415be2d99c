package answer

import "regexp"

// What htmlWriter writes for the page that shows an answer: headings that are links to
// themselves, and boxes that scroll. A tag can be told from words, in which < is escaped.
var (
	selfLink  = regexp.MustCompile(`(?s)<(h[2-6]) id="[^"]*"><a href="#[^"]*">(.*?)</a></h[2-6]>`)
	headingID = regexp.MustCompile(`<(h[2-6]) id="[^"]*">`)
	scrollBox = regexp.MustCompile(`<((?:pre|div|span) class="[^"]*") tabindex="0" role="group" aria-label="[^"]*">`)
)

// Standalone returns an Answer's HTML without what belongs to its page alone, for other
// places: headings have no ids, which may be there already, and no links to themselves,
// and the keyboard does not stop at boxes, which scroll only by the page's styles. Links to
// paths of the site lead to it at origin.
func Standalone(html, origin string) string {
	html = selfLink.ReplaceAllString(html, "<$1>$2</$1>")
	html = headingID.ReplaceAllString(html, "<$1>")
	html = scrollBox.ReplaceAllString(html, "<$1>")
	return withOrigin(html, origin)
}
