package views

import (
	"net/url"

	"quicktakes/content"
)

// Node is a JSON-LD node of structured data, with the vocabulary of schema.org.
type Node map[string]any

// crumb is a step in a breadcrumb trail.
type crumb struct {
	Name string
	Path string
}

// breadcrumbs returns the breadcrumb trail of a page as structured data.
func breadcrumbs(site Site, way ...crumb) Node {
	items := make([]Node, len(way))
	for i, c := range way {
		items[i] = Node{"@type": "ListItem", "position": i + 1, "name": c.Name, "item": site.url(c.Path)}
	}
	return Node{"@type": "BreadcrumbList", "itemListElement": items}
}

// website returns the site as structured data.
func website(site Site) Node {
	node := Node{"@type": "WebSite", "name": site.Name, "url": site.url("/"), "inLanguage": "en"}
	// Search engines that do not accept the name fall back on the host.
	if base, err := url.Parse(site.BaseURL); err == nil && base.Hostname() != "" {
		node["alternateName"] = base.Hostname()
	}
	return node
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

// aboutGraph returns the structured data of a page about the site itself.
func aboutGraph(site Site, kind, title, path string) []Node {
	return []Node{
		breadcrumbs(site, crumb{"Home", "/"}, crumb{title, path}),
		{"@type": kind, "name": title, "url": site.url(path), "inLanguage": "en", "publisher": organization(site)},
	}
}

// collection returns the structured data of a list page. About may be nil.
func collection(site Site, name, path string, about Node) Node {
	node := Node{"@type": "CollectionPage", "name": name, "url": site.url(path), "inLanguage": "en"}
	if about != nil {
		node["about"] = about
	}
	return node
}

// subjectNode returns a subject as structured data.
func subjectNode(site Site, s content.Subject) Node {
	return Node{"@type": "Thing", "name": s.Name, "url": site.url(s.Path())}
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
