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
	h := fnv.New64a()
	_, _ = h.Write([]byte(slug)) // does not fail
	// Of short words, the upper half of the sum spreads best.
	return "hue-" + strconv.Itoa(int(h.Sum64()>>32%hues))
}

// linkHue returns the class of the subject that a link leads into.
func linkHue(link content.Link) string {
	post := content.Post{Path: link.Path}
	return hue(post.SubjectSlug())
}
