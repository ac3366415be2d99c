package views

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"quicktakes/assets"
)

// rgb is a colour in linear light.
type rgb [3]float64

// luminance returns the relative luminance, as WCAG defines it.
func (c rgb) luminance() float64 { return .2126*c[0] + .7152*c[1] + .0722*c[2] }

// contrast returns the contrast of two colours, as WCAG defines it.
func contrast(a, b rgb) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + .05) / (dark + .05)
}

// hex reads a colour like #17191f.
func hex(t *testing.T, text string) rgb {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(text, "#"), 16, 32)
	if err != nil || len(text) != 7 {
		t.Fatalf("not a colour: %q", text)
	}
	var c rgb
	for i := range c {
		v := float64(n>>(16-8*i)&0xff) / 255
		if v <= .04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+.055)/1.055, 2.4)
		}
	}
	return c
}

// oklch returns a colour of OKLCH as screens without a wide gamut show it
// (https://bottosson.github.io/posts/oklab/).
func oklch(lightness, chroma, hue float64) rgb {
	a, b := chroma*math.Cos(hue*math.Pi/180), chroma*math.Sin(hue*math.Pi/180)
	l := math.Pow(lightness+.3963377774*a+.2158037573*b, 3)
	m := math.Pow(lightness-.1055613458*a-.0638541728*b, 3)
	s := math.Pow(lightness-.0894841775*a-1.2914855480*b, 3)
	c := rgb{
		4.0767416621*l - 3.3077115913*m + .2309699292*s,
		-1.2684380046*l + 2.6097574011*m - .3413193965*s,
		-.0041960863*l - .7034186147*m + 1.7076147010*s,
	}
	for i := range c {
		c[i] = min(max(c[i], 0), 1)
	}
	return c
}

// Text needs a contrast of 4.5 to 1 in both colour schemes and in every hue.
func TestContrast(t *testing.T) {
	css := assets.Style("css/site.css").Text
	find := func(pattern string) []string {
		t.Helper()
		match := regexp.MustCompile(pattern).FindStringSubmatch(css)
		if match == nil {
			t.Fatalf("site.css has no %s", pattern)
		}
		return match[1:]
	}
	plain := func(name string) [2]rgb {
		t.Helper()
		pair := find(`--` + name + `:var\(--light, (#\w{6})\) var\(--dark, (#\w{6})\)`)
		return [2]rgb{hex(t, pair[0]), hex(t, pair[1])}
	}
	paper, ink, soft, tint, noHue := plain("paper"), plain("ink"), plain("soft"), plain("tint"), plain("marker")
	check := func(what string, scheme int, text, ground rgb) {
		t.Helper()
		if got := contrast(text, ground); got < 4.5 {
			t.Errorf("%s in scheme %d: contrast %.2f, want at least 4.5", what, scheme, got)
		}
	}
	for scheme := range 2 {
		check("ink on paper", scheme, ink[scheme], paper[scheme])
		check("soft on paper", scheme, soft[scheme], paper[scheme])
		check("ink on tint", scheme, ink[scheme], tint[scheme])
		check("soft on tint", scheme, soft[scheme], tint[scheme])
		check("ink on the marker of no hue", scheme, ink[scheme], noHue[scheme])
	}
	const color = `oklch\(([\d.]+) ([\d.]+) var\(--hue\)\)`
	number := func(text string) float64 {
		t.Helper()
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	pen := find(`--pen:var\(--light, ` + color + `\) var\(--dark, ` + color + `\)`)
	marker := find(`--marker:var\(--light, ` + color + `\) var\(--dark, ` + color + `\)`)
	for n := range hues {
		hue := number(find(fmt.Sprintf(`\.hue-%d\{--hue:([\d.]+)`, n))[0])
		for scheme := range 2 {
			check(fmt.Sprintf("hue %d on paper", n), scheme, oklch(number(pen[2*scheme]), number(pen[2*scheme+1]), hue), paper[scheme])
			check(fmt.Sprintf("ink on marker %d", n), scheme, ink[scheme], oklch(number(marker[2*scheme]), number(marker[2*scheme+1]), hue))
		}
	}
	if strings.Contains(css, fmt.Sprintf(".hue-%d{", hues)) {
		t.Error("site.css has more hues than there are subjects' classes")
	}
}

func TestThemeColorsAreThePapers(t *testing.T) {
	if want := "--paper:var(--light, " + paperLight + ") var(--dark, " + paperDark + ")"; !strings.Contains(assets.Style("css/site.css").Text, want) {
		t.Errorf("site.css has no %s", want)
	}
}

func TestHueDegreesAreThoseOfTheClass(t *testing.T) {
	css := assets.Style("css/site.css").Text
	for i := range 100 {
		slug := fmt.Sprintf("subject-%d", i)
		if want := fmt.Sprintf(".%s{--hue:%d}", hue(slug), HueDegrees(slug)); !strings.Contains(css, want) {
			t.Errorf("site.css has no %s", want)
		}
	}
}

func TestHuesDiffer(t *testing.T) {
	seen := make(map[string]bool)
	// The largest subjects of the library.
	for _, slug := range []string{"biology", "economics", "education-studies", "psychology", "health-studies", "history-of-the-world", "sociology", "mathematics"} {
		seen[hue(slug)] = true
	}
	if len(seen) < 8 {
		t.Errorf("the eight subjects of the home page share %d hues", len(seen))
	}
}
