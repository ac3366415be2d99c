package answer

import (
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
)

// mathElements are the elements that a formula may be made of.
var mathElements = setOf(`math semantics annotation mrow mi mn mo ms mtext mspace
	mpadded mphantom mfrac msqrt mroot msub msup msubsup mover munder munderover
	mmultiscripts mprescripts mtable mtr mtd mstyle menclose`)

// mathAttributes are the attributes that a formula may have, besides class.
// fence and separator are left out: they have no effect.
var mathAttributes = setOf(`accent accentunder columnspan depth display
	displaystyle encoding form height largeop linethickness lspace mathsize
	mathvariant maxsize minsize movablelimits notation rowspan rspace
	scriptlevel stretchy symmetric voffset width`)

// mathClasses are Temml's classes that math.css has a rule for.
var mathClasses = setOf(`lines tml-left tml-right tml-jot tml-fbox tml-overline
	tml-underline tml-cancel downstrike sout tml-sml-pad tml-med-pad
	tml-lrg-pad chr-sml chr-med chr-lrg tml-tag tml-hat-2 tml-hat-3
	tml-tilde-2 tml-tilde-3`)

// styleClasses are the classes of math.css that stand for Temml's styles: a
// strict Content-Security-Policy allows no style attribute. A style that is not
// here, such as a colour, is dropped.
var styleClasses = map[string]string{
	"math-depth:0":                "unscaled",
	"padding:0":                   "glue",
	"padding-left:0em":            "left-0",
	"padding-left:0pt":            "left-0",
	"padding-left:1em":            "left-1",
	"padding-right:0em":           "right-0",
	"padding-right:0pt":           "right-0",
	"text-align:left":             "tml-left",
	"border:1px solid":            "tml-fbox",
	"position:relative":           "lap",
	"position:absolute":           "lapped",
	"border-top:0.06em solid":     "rule-top",
	"border-top:0.06em dashed":    "rule-top",
	"border-top:0.15em double":    "rule-top",
	"border-bottom:0.06em solid":  "rule-bottom",
	"border-bottom:0.06em dashed": "rule-bottom",
	"border-bottom:0.15em double": "rule-bottom",
	"border-left:0.06em solid":    "rule-left",
	"border-left:0.06em dashed":   "rule-left",
	"border-right:0.06em solid":   "rule-right",
	"border-right:0.06em dashed":  "rule-right",
}

// deepestMathML is how deep the elements of a formula nest at most: browsers
// stop somewhere above.
const deepestMathML = 200

// cleanMathML returns Temml's MathML with known elements, attributes and classes
// only. Nothing else gets into a page, whatever the engine writes. It returns a
// refusedError if elements nest too deep.
func cleanMathML(mathML string) (string, error) {
	var out strings.Builder
	out.Grow(len(mathML))
	depth := 0
	tokens := nethtml.NewTokenizer(strings.NewReader(mathML))
	for {
		switch tokens.Next() {
		case nethtml.ErrorToken:
			return out.String(), nil
		case nethtml.TextToken:
			out.WriteString(html.EscapeString(tokens.Token().Data))
		case nethtml.StartTagToken:
			if depth++; depth > deepestMathML {
				return "", refusedError{"nested too deep"}
			}
			writeMathTag(&out, tokens.Token())
		case nethtml.EndTagToken:
			depth--
			if name, _ := tokens.TagName(); mathElements[string(name)] {
				out.WriteString("</" + string(name) + ">")
			}
		}
	}
}

func writeMathTag(out *strings.Builder, tag nethtml.Token) {
	if !mathElements[tag.Data] {
		return
	}
	out.WriteString("<" + tag.Data)
	var classes []string
	for _, a := range tag.Attr {
		switch {
		case a.Key == "class" && strings.Contains(a.Val, "tml-prime"): // stands off by itself
		case a.Key == "class":
			for class := range strings.FieldsSeq(a.Val) {
				if mathClasses[class] {
					classes = append(classes, class)
				}
			}
		case a.Key == "style":
			classes = append(classes, classesOfStyle(a.Val)...)
		case mathAttributes[a.Key]:
			out.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
		}
	}
	if len(classes) > 0 {
		out.WriteString(` class="` + html.EscapeString(strings.Join(classes, " ")) + `"`)
	}
	out.WriteString(">")
}

func classesOfStyle(style string) []string {
	var classes []string
	for declaration := range strings.SplitSeq(style, ";") {
		if class := styleClasses[strings.TrimSpace(declaration)]; class != "" {
			classes = append(classes, class)
		}
	}
	return classes
}
