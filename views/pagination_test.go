package views

import "testing"

// Every page of a listing must be at most two clicks from any page, however
// long the listing, and no page may hold more links than a row of a few lines.
func TestPageLinksReachEveryPage(t *testing.T) {
	for pages := 1; pages <= 2000; pages++ {
		reached := make([]bool, pages+1)
		most := 0
		for _, first := range pageLinks(1, pages) {
			reached[first.Page] = true
			links := pageLinks(first.Page, pages)
			most = max(most, len(links))
			for _, second := range links {
				reached[second.Page] = true
			}
		}
		for page := 1; page <= pages; page++ {
			if !reached[page] {
				t.Fatalf("%d pages: page %d is not two clicks from the first", pages, page)
			}
		}
		if most > 100 {
			t.Fatalf("%d pages: %d links", pages, most)
		}
	}
}

func TestPageLinksStandForEachPageOnce(t *testing.T) {
	for _, pages := range []int{1, 2, 9, 10, 11, 12, 13, 20, 21, 99, 100, 101, 400, 1000, 2000} {
		for page := 1; page <= pages; page++ {
			next, current := 1, 0
			for _, link := range pageLinks(page, pages) {
				if link.Page != next || link.Last < link.Page {
					t.Fatalf("page %d of %d: link %+v, want one from %d", page, pages, link, next)
				}
				if link.Current {
					current++
					if link.Page != page || link.Last != page {
						t.Errorf("page %d of %d: %+v is current", page, pages, link)
					}
				}
				next = link.Last + 1
			}
			if next != pages+1 || current != 1 {
				t.Fatalf("page %d of %d: links end at %d, %d are current", page, pages, next-1, current)
			}
		}
	}
}

func TestPageLinkLabels(t *testing.T) {
	labels := func(page, pages int) string {
		text := ""
		for _, link := range pageLinks(page, pages) {
			text += link.label() + " "
		}
		return text
	}
	for _, test := range []struct {
		page, pages int
		want        string
	}{
		{1, 1, "1 "},
		{3, 11, "1 2 3 4 5 6 7 8 9 10 11 "},
		{1, 24, "1 2 3 4 5 6 7 8 9 10 11–20 21–24 "},
		{21, 21, "1–10 11–20 21 "},
		{12, 24, "1–10 11 12 13 14 15 16 17 18 19 20 21–24 "},
	} {
		if got := labels(test.page, test.pages); got != test.want {
			t.Errorf("page %d of %d: %q, want %q", test.page, test.pages, got, test.want)
		}
	}
}
