package web

import (
	"net/http"
	"strings"

	"quicktakes/content"
	"quicktakes/db"
)

// tagLists is the cache tag of lists of posts of all subjects. A post's own pages and those
// that link to it are tagged with its address, and a subject's lists with the subject's
// address.
const tagLists = "lists"

// TagsOfPost returns the cache tags of everything that shows the post at path.
func TagsOfPost(path string) []string { return []string{path, listTag(path), tagLists} }

// questionTags returns the addresses of the posts that a question's page shows.
func questionTags(q *db.Question) []string {
	tags := []string{q.Post.Path}
	for _, links := range [][]content.Link{q.Related, q.AlsoIn} {
		for _, link := range links {
			tags = append(tags, link.Path)
		}
	}
	for _, link := range []*content.Link{q.Newer, q.Older} {
		if link != nil {
			tags = append(tags, link.Path)
		}
	}
	return tags
}

// setCacheTags adds the cache tags of the document at path to header, in the formats of Fastly
// and Cloudflare. A document without tags of its own is a list. One that is the same whatever
// the posts say (isFixed) gets none.
func (s *Server) setCacheTags(header http.Header, path string, tags []string) {
	if !s.CacheTags {
		return
	}
	if len(tags) == 0 {
		tags = []string{listTag(path)}
	}
	header["Surrogate-Key"] = []string{strings.Join(tags, " ")}
	header["Cache-Tag"] = []string{strings.Join(tags, ",")}
}

// listTag returns the tag of the list at path: its subject's address, or tagLists without one.
func listTag(path string) string {
	parts := strings.SplitN(path, "/", 4)
	if len(parts) > 2 && parts[1] == "learn" {
		return "/learn/" + parts[2]
	}
	return tagLists
}
