package answer

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// mathElements are the elements that a formula may contain.
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
	tml-lrg-pad chr-sml chr-med chr-lrg tml-tag`)

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
	"border-top:0.06em dashed":    "rule-top dashed-top",
	"border-top:0.15em double":    "rule-top double-top",
	"border-bottom:0.06em solid":  "rule-bottom",
	"border-bottom:0.06em dashed": "rule-bottom dashed-bottom",
	"border-bottom:0.15em double": "rule-bottom double-bottom",
	"border-left:0.06em solid":    "rule-left",
	"border-left:0.06em dashed":   "rule-left dashed-left",
	"border-left:0.15em double":   "rule-left double-left",
	"border-right:0.06em solid":   "rule-right",
	"border-right:0.06em dashed":  "rule-right dashed-right",
	"border-right:0.15em double":  "rule-right double-right",
}

// maxMathMLNesting is how deep the elements of a formula may nest: browsers have limits somewhat
// above it.
const maxMathMLNesting = 200

// cleanMathML returns Temml's MathML with known elements, attributes and classes
// only. Nothing else gets into a page, whatever the engine writes. It returns a
// refusedError if elements nest too deeply.
func cleanMathML(mathML string) (string, error) {
	var out strings.Builder
	out.Grow(len(mathML))
	depth := 0
	tokens := nethtml.NewTokenizer(strings.NewReader(mathML))
	var open nethtml.Token // not written yet: its attributes may depend on its text
	for {
		kind := tokens.Next()
		var text string
		if kind == nethtml.TextToken {
			text = tokens.Token().Data
		}
		if open.Data != "" {
			var class string
			text, class = adapt(&open, text)
			writeMathTag(&out, open, class)
			open = nethtml.Token{}
		}
		switch kind {
		case nethtml.ErrorToken:
			return setApart(out.String()), nil
		case nethtml.TextToken:
			out.WriteString(html.EscapeString(text))
		case nethtml.StartTagToken:
			if depth++; depth > maxMathMLNesting {
				return "", refusedError{reason: "nested too deeply"}
			}
			open = tokens.Token()
		case nethtml.EndTagToken:
			depth--
			if name, _ := tokens.TagName(); mathElements[string(name)] {
				out.WriteString("</" + string(name) + ">")
			}
		}
	}
}

var (
	// applied matches the invisible operator after a function's name, and the space after it.
	applied = strings.NewReplacer(
		"<mo>\u2061</mo><mspace width=\"0.1667em\"></mspace>", "<mo lspace=\"0\" rspace=\"0.1667em\">\u2061</mo>",
		"<mo>\u2061</mo>", "<mo lspace=\"0\" rspace=\"0\">\u2061</mo>",
	)
	// accent matches an accent over a letter.
	accent = regexp.MustCompile(`<mo( stretchy="false"[^>]*>[^<]*</mo></mover>)`)
)

// setApart makes spacing explicit where browsers differ: Firefox adds space after functions,
// WebKit around accents.
func setApart(mathML string) string {
	return accent.ReplaceAllString(applied.Replace(mathML), `<mo lspace="0" rspace="0"$1`)
}

// adapt makes browsers agree on an element of MathML. It may change the tag's attributes, and
// returns the text to write in the element and the class to give it, if any.
func adapt(tag *nethtml.Token, text string) (adapted, class string) {
	switch tag.Data {
	case "math":
		// Without it Firefox and WebKit take slanted letters from a mathematical font. Names
		// of one letter do not get it: screen readers would call them "normal x".
		tag.Attr = append(tag.Attr, nethtml.Attribute{Key: "mathvariant", Val: "normal"})
		return text, "notranslate" // for translators: MathML has no translate attribute
	case "mi", "mn", "mtext":
		return plainLetters(tag, text)
	case "mo":
		switch {
		case text == "~" && slices.Contains(tag.Attr, isStretchy):
			text = "˜" // the font has this one in several lengths
		case text == "∙":
			text = "•" // ∙ looks like the dot of a product
		case hasAttribute(tag, "minsize") && !hasAttribute(tag, "lspace"): // \big|
			tag.Attr = append(tag.Attr, nethtml.Attribute{Key: "lspace", Val: "0"}, nethtml.Attribute{Key: "rspace", Val: "0"})
		}
		return text, operatorClass(tag, text)
	case "mspace":
		if hasAttribute(tag, "mathbackground") { // \rule
			return text, "filled"
		}
	}
	return text, ""
}

// variants are the letters and digits of Unicode that only mathematical fonts have, with
// their names in MathML's mathvariant (https://www.w3.org/TR/MathML3/chapter3.html#presm.commatt).
var variants = []struct {
	first, last rune
	name        string
}{
	{'𝐀', '𝐳', "bold"},
	{'𝐴', '𝑧', "italic"},
	{'ℎ', 'ℎ', "italic"}, // its place in Unicode is elsewhere, as Planck's constant
	{'𝑨', '𝒛', "bold-italic"},
	{'𝚨', '𝛡', "bold"},
	{'𝛢', '𝜛', "italic"},
	{'𝜜', '𝝕', "bold-italic"},
	{'𝟎', '𝟗', "bold"},
}

// plainLetters returns text in plain letters, which any font can show bold or slanted, and
// their variant. The variant is empty if it is the usual one: slanted for names of one letter,
// upright for all others.
func plainLetters(tag *nethtml.Token, text string) (plain, variant string) {
	plain = strings.Map(func(r rune) rune {
		for _, v := range variants {
			if v.first <= r && r <= v.last {
				variant = v.name
				r, _ = utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
			}
		}
		return r
	}, text)
	if tag.Data != "mi" {
		return plain, variant
	}
	isLetter := utf8.RuneCountInString(plain) == 1 && !slices.Contains([]string{"$", "%", "&", "£"}, plain)
	isUpright := hasAttribute(tag, "mathvariant")
	switch {
	case variant == "italic":
		variant = ""
	case variant == "" && (isUpright || !isLetter):
		variant = "normal"
	}
	return plain, variant
}

// growing are the operators in stix-two-math-signs.woff2 that stretch or are larger in display
// formulas. If the space character comes from another font file, Chromium shows them small and
// WebKit not at all: their class makes both use this file first.
const growing = `∥∏∐∬∭∮∯∰⋀⋁⋂⋃⨀⨁⨂⨄⨆\⌈⌉⌊⌋⟦⟧⎰⎱⏞⏟←↑↓↔↕↦↩↪↼↽⇀⇁⇐⇑⇒⇓⇔⇕⟺ˆ˜`

var isStretchy = nethtml.Attribute{Key: "stretchy", Val: "true"}

// operatorClass returns the class of an operator, if it has one.
func operatorClass(tag *nethtml.Token, sign string) string {
	isFixed := slices.Contains(tag.Attr, nethtml.Attribute{Key: "stretchy", Val: "false"})
	if sign == "" || isFixed || !strings.Contains(growing, sign) {
		return ""
	}
	return "sign"
}

func hasAttribute(tag *nethtml.Token, name string) bool {
	return slices.ContainsFunc(tag.Attr, func(a nethtml.Attribute) bool { return a.Key == name })
}

func writeMathTag(out *strings.Builder, tag nethtml.Token, class string) {
	if !mathElements[tag.Data] {
		return
	}
	if tag.Data == "annotation" {
		out.WriteByte(' ') // text browsers show the source after the formula
	}
	out.WriteString("<" + tag.Data)
	var classes []string
	if class != "" {
		classes = append(classes, class)
	}
	for _, a := range tag.Attr {
		switch {
		case a.Key == "class" && strings.Contains(a.Val, "tml-prime"): // is set off from its letter anyway
		case a.Key == "class":
			for class := range strings.FieldsSeq(a.Val) {
				if mathClasses[class] {
					classes = append(classes, class)
				}
			}
		case a.Key == "style":
			classes = append(classes, classesOfStyle(a.Val)...)
		case a.Key == "notation" && (a.Val == "top" || a.Val == "bottom"): // math.css draws these lines
			out.WriteString(` notation="none"`)
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
