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
func hue(slug string) string { return "hue-" + strconv.Itoa(hueNumber(slug)) }

func hueNumber(slug string) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(slug)) // does not fail
	// These bits of the sum tell the largest subjects apart: home shows eight of them.
	return int(h.Sum64() >> 23 % hues)
}

// HueDegrees returns the hue of a subject's colour in degrees of OKLCH, as
// css/site.css has it.
func HueDegrees(slug string) int { return 15 + 360/hues*hueNumber(slug) }

// linkHue returns the class of the subject that a link leads into.
func linkHue(link content.Link) string { return hue(content.SubjectSlugOf(link.Path)) }
