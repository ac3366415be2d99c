package views

import (
	"hash/fnv"
	"strconv"

	"quicktakes/content"
)

// hues is the number of colours for subjects: the classes hue-0 to hue-11 in
// css/site.css.
const hues = 12

// hue returns the class that colours a subject. It depends only on the slug, so a
// subject keeps its colour whatever happens to the others.
func hue(slug string) string { return "hue-" + strconv.Itoa(hueNumber(slug)) }

func hueNumber(slug string) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(slug)) // never fails
	// These bits give the eight largest subjects, which the home page shows, different hues.
	return int(h.Sum64() >> 23 % hues)
}

// HueDegrees returns the hue of a subject's colour in degrees of OKLCH, as
// set in css/site.css.
func HueDegrees(slug string) int { return 15 + 360/hues*hueNumber(slug) }

// linkHue returns the class that colours the subject of a link.
func linkHue(link content.Link) string { return hue(content.SubjectSlugOf(link.Path)) }
