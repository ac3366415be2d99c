package answer_test

import (
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func styleSheet(t *testing.T, name string) string {
	t.Helper()
	css, err := os.ReadFile("../../assets/css/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(css)
}

var lightDark = regexp.MustCompile(`--(code-\w+): var\(--light, (#\w{6})\) var\(--dark, (#\w{6})\)`)

// TestCodeColours checks that the colours of code are legible on white, on black and on the
// tinted backgrounds between them.
func TestCodeColours(t *testing.T) {
	colours := lightDark.FindAllStringSubmatch(styleSheet(t, "code.css"), -1)
	if len(colours) < 6 {
		t.Fatalf("%d colours", len(colours))
	}
	for _, c := range colours {
		for _, background := range []string{"#ffffff", "#f5f5f3", "#f0efe9"} {
			if got := contrast(t, c[2], background); got < 4.5 {
				t.Errorf("%s: contrast %.2f of %s on %s", c[1], got, c[2], background)
			}
		}
		for _, background := range []string{"#000000", "#16181d", "#1e2127", "#2a2d35"} {
			if got := contrast(t, c[3], background); got < 4.5 {
				t.Errorf("%s: contrast %.2f of %s on %s", c[1], got, c[3], background)
			}
		}
	}
}

// contrast returns the contrast of two colours as WCAG 2 defines it.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	bright, dark := luminance(t, a), luminance(t, b)
	if bright < dark {
		bright, dark = dark, bright
	}
	return (bright + 0.05) / (dark + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		value, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		part := float64(value) / 255
		if part <= 0.03928 {
			sum += weight * part / 12.92
		} else {
			sum += weight * math.Pow((part+0.055)/1.055, 2.4)
		}
	}
	return sum
}

// TestClassesHaveLooks checks that every class that a formula or code can have
// is in the style sheet.
func TestClassesHaveLooks(t *testing.T) {
	r := renderer()
	css := styleSheet(t, "math.css") + styleSheet(t, "code.css")
	classes := map[string]bool{}
	raws := slices.Collect(maps.Values(sampleAnswers(t)))
	raws = append(raws,
		`$\vec{x}$ $\hat{y}$ $\overline{AB}$ $\underline{x}$ $\cancel{x}$ $\bcancel{x}$ $\sout{x}$ $\boxed{x}$ $A^T$ $f^2$ $\widehat{abc}$`,
		`$$x \tag{1}$$ $$\begin{align} a &= b \\ c &= d \end{align}$$ $\ce{^{14}_{6}C}$ $\mathclap{x}$ $\widetilde{abc}$`,
		"```python\\n@a\\nclass A(B):\\n    def f(x): return len(x) and 1.5 # c\\n```\\n```c\\n#include <x.h>\\nint main() {}\\n```")
	for _, raw := range raws {
		got, err := r.Answer(raw)
		if err != nil {
			t.Fatal(err)
		}
		document(t, got.HTML).Find("math, math [class], pre [class], [class^=formula]").Each(func(_ int, s *goquery.Selection) {
			for class := range strings.FieldsSeq(s.AttrOr("class", "")) {
				classes[class] = true
			}
		})
	}
	if len(classes) < 20 {
		t.Errorf("only %d classes", len(classes))
	}
	delete(classes, "notranslate") // for translators
	for class := range classes {
		if !regexp.MustCompile(`\.` + regexp.QuoteMeta(class) + `[ ,:{]`).MatchString(css) {
			t.Errorf("no style for %s", class)
		}
	}
}
