package views

import (
	"math"
	"strconv"
)

// A long listing has more pages than a row of links can hold. They are cut into
// blocks of about as many pages as there are blocks. Each page links to all
// pages of its own block and to the first page of each other block, so that
// any page is at most two clicks from any other: one to its block, one to it.

// pageLink is a link of a pagination: to one page, or to the first of a block.
type pageLink struct {
	Page    int
	Last    int // of the block; Page itself where the link stands for one page
	Current bool
}

// smallestBlock is how many pages are shown one by one before there are blocks.
const smallestBlock = 10

// pageLinks returns the links of a page's pagination, in order.
func pageLinks(page, pages int) []pageLink {
	block := max(smallestBlock, int(math.Ceil(math.Sqrt(float64(pages)))))
	if pages <= block+2 {
		block = pages // a block of one or two pages would be silly
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
