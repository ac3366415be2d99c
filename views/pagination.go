package views

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A long list has more pages than fit in a row of links. The pages are split into
// blocks of about the square root of their number. Each page links to all pages of
// its own block and to the first page of every other block, so that any page is at
// most two clicks from any other.

// pageLink is a pagination link, to one page or to the first page of a block.
type pageLink struct {
	Page    int
	Last    int // last page of the block; equal to Page for a link to one page
	Current bool
}

// smallestBlock is the least number of pages in a block.
const smallestBlock = 10

// pageLinks returns the pagination links of a page, in order.
func pageLinks(page, pages int) []pageLink {
	block := max(smallestBlock, int(math.Ceil(math.Sqrt(float64(pages)))))
	if pages <= block+2 {
		block = pages // not worth a second block of one or two pages
	}
	var links []pageLink
	for first := 1; first <= pages; first += block {
		last := min(first+block-1, pages)
		if page < first || page > last {
			links = append(links, pageLink{Page: first, Last: last})
			continue
		}
		for n := first; n <= last; n++ {
			links = append(links, pageLink{Page: n, Last: n, Current: n == page})
		}
	}
	return links
}

// label returns the text of the link.
func (l pageLink) label() string {
	if l.Last == l.Page {
		return strconv.Itoa(l.Page)
	}
	return strconv.Itoa(l.Page) + "–" + strconv.Itoa(l.Last)
}

// pageOf returns ", page 2 of 7", or "" on the first page.
func pageOf(page, pages int) string {
	if page <= 1 {
		return ""
	}
	return fmt.Sprintf(", page %d of %d", page, pages)
}

// pagePath returns the address of a page of a list. The first page has no number.
func pagePath(path string, page int) string {
	if page <= 1 {
		return path
	}
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	return path + sign + "page=" + strconv.Itoa(page)
}
