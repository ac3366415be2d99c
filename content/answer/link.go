package answer

import (
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// link writes n's children as a link to destination, or without a link if it may not lead
// there.
func (w *htmlWriter) link(destination string, n ast.Node) {
	w.openLink(w.scanned.asWritten(destination))
	w.links++
	w.children(n)
	w.links--
	w.closeLink(w.scanned.asWritten(destination))
}

func (w *htmlWriter) autoLink(n *ast.AutoLink) {
	label := w.scanned.asWritten(string(n.Label(w.source)))
	destination := w.scanned.asWritten(string(n.URL(w.source)))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(destination), "mailto:") {
		destination = "mailto:" + destination
	}
	w.openLink(destination)
	w.write(html.EscapeString(label))
	w.closeLink(destination)
}

func (w *htmlWriter) openLink(destination string) {
	if w.inTitle || w.links > 0 {
		return
	}
	w.answer.Links = append(w.answer.Links, destination)
	switch kindOf(destination) {
	case noLink:
	case externalLink:
		w.write(`<a href="`, hrefOf(destination), `" rel="nofollow noopener">`)
	case siteLink:
		w.write(`<a href="`, hrefOf(destination), `">`)
	}
}

func (w *htmlWriter) closeLink(destination string) {
	if !w.inTitle && w.links == 0 && kindOf(destination) != noLink {
		w.write("</a>")
	}
}

func hrefOf(destination string) string { return html.EscapeString(escapedURL(destination)) }

// escapedURL returns destination with all that a URL may not hold percent-encoded.
func escapedURL(destination string) string {
	return string(util.URLEscape([]byte(destination), false))
}

type linkKind int

const (
	noLink       linkKind = iota // not allowed: its words are shown without a link
	siteLink                     // a path of this site, or a mail address
	externalLink                 // another site
)

// kindOf decides where a link may lead: to http, https and mailto addresses
// and to absolute paths of this site.
func kindOf(destination string) linkKind {
	if strings.ContainsFunc(destination, func(r rune) bool { return r <= ' ' || r == 0x7F || r == '\\' }) {
		return noLink // browsers drop or change these before they read the URL
	}
	u, err := url.Parse(escapedURL(destination))
	if err != nil {
		return noLink
	}
	switch {
	case u.Scheme == "http" && u.Host != "", u.Scheme == "https" && u.Host != "":
		return externalLink
	case u.Scheme == "mailto" && u.Opaque != "":
		return siteLink
	case u.Scheme == "" && u.Host == "" && strings.HasPrefix(destination, "/") && !strings.HasPrefix(destination, "//"):
		return siteLink
	}
	return noLink
}

// isPath reports whether a link leads to a path of this site.
func isPath(destination string) bool {
	return strings.HasPrefix(destination, "/") && kindOf(destination) == siteLink
}

// withOrigin returns HTML with origin before the paths of the site that links lead to. Text
// cannot be taken for a tag, as its < is escaped.
func withOrigin(html, origin string) string {
	const link = `<a href="`
	return strings.NewReplacer(link+"//", link+"//", link+"/", link+origin+"/").Replace(html)
}
