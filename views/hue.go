package views

import (
	"hash/fnv"
	"strconv"

	"quicktakes/content"
)

// hues is the number of colours that subjects can have: the classes hue-0 to
// hue-11 of css/site.css.
const hues = 12

// hue returns the class that colours a subject, which follows from its slug
// alone: a subject keeps its colour whatever happens to the others.
func hue(slug string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(slug)) // does not fail
	return "hue-" + strconv.Itoa(int(h.Sum32()%hues))
}

// linkHue returns the class of the subject that a link leads into.
func linkHue(link content.Link) string {
	post := content.Post{Path: link.Path}
	return hue(post.SubjectSlug())
}
