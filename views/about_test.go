package views_test

import (
	"net/url"
	"strings"
	"testing"

	"quicktakes/views"
)

const reportLink = "main a:contains('Report a mistake')"

func TestReportLinkNamesThePage(t *testing.T) {
	page := osmosis()
	page.Rendered.Title.Text = "Is 1 + 1 = 2 & more?"
	for _, test := range []struct {
		reportTo string
		query    map[string]string
	}{
		{"mailto:mistakes@example.org", map[string]string{
			"subject": "Mistake in: Is 1 + 1 = 2 & more?",
			"body":    "Page: https://quicktakes.example/learn/biology/questions/what-is-osmosis\r\n\r\nWhat is wrong, and how do you know?\r\n",
		}},
		{"https://example.org/report?page={url}&about={title}", map[string]string{
			"page":  "https://quicktakes.example/learn/biology/questions/what-is-osmosis",
			"about": "Is 1 + 1 = 2 & more?",
		}},
	} {
		page.Site.ReportTo = test.reportTo
		href := render(t, page).Find(reportLink).AttrOr("href", "")
		if base, _, _ := strings.Cut(test.reportTo, "?"); !strings.HasPrefix(href, base+"?") {
			t.Errorf("the link leads to %s, want %s", href, base)
		}
		if strings.Contains(href, "+") {
			t.Errorf("%s: in a mailto address a plus sign is no space", href)
		}
		link, err := url.Parse(href)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range test.query {
			if got := link.Query().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", test.reportTo, name, got, want)
			}
		}
	}
}

func TestWithoutReportsNothingInvitesThem(t *testing.T) {
	for _, page := range []views.Page{osmosis(), views.AboutPage{}, views.PrivacyPage{}} {
		if strings.Contains(renderText(t, page), "Report a mistake") {
			t.Errorf("%T speaks of reports, which nobody takes", page)
		}
	}
}

func TestFooterLinksToOwnPages(t *testing.T) {
	for _, k := range kinds() {
		for _, path := range []string{"/about", "/privacy", "/saved"} {
			if render(t, k.page).Find("footer a[href='"+path+"']").Length() != 1 {
				t.Errorf("%s: the footer has no link to %s", k.name, path)
			}
		}
	}
}
