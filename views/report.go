package views

import (
	"net/url"
	"strings"

	"quicktakes/content"
)

// reportLink returns the link for reporting a mistake on the page: see Site.reportLink.
func (p QuestionPage) reportLink() string {
	return p.Site.reportLink(content.FoldSpace(p.Rendered.Title.Text), p.Post.Path)
}

// reportLink returns the link for reporting a mistake on the page at path, or "" if
// the site takes no reports. ReportTo is either a mailto: address, which gets a subject
// and a body (https://www.rfc-editor.org/rfc/rfc6068), or the URL of a form, in which
// {url} and {title} are replaced by those of the page.
func (s Site) reportLink(title, path string) string {
	address := s.url(path)
	if strings.HasPrefix(s.ReportTo, "mailto:") {
		body := "Page: " + address + "\r\n\r\nWhat is wrong, and how do you know?\r\n"
		return s.ReportTo + "?subject=" + escape("Mistake in: "+title) + "&body=" + escape(body)
	}
	return strings.NewReplacer("{url}", escape(address), "{title}", escape(title)).Replace(s.ReportTo)
}

// escape escapes text for a query string, with %20 for a space: in a mailto address a
// plus sign is not a space.
func escape(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}
