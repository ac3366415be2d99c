package answer_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/content/answer"
)

func TestFormulaIsMathML(t *testing.T) {
	r := renderer()
	for _, test := range []struct{ raw, want string }{
		{`$x \neq 0$`, `<math mathvariant="normal" class="notranslate"><semantics><mrow><mi>x</mi><mo>≠</mo><mn>0</mn></mrow>`},
		{`$x < y$`, `</mrow> <annotation encoding="application/x-tex">x &lt; y</annotation>`},
		{`$$x$$`, `<span class="formula"><math display="block" mathvariant="normal" class="notranslate">`},
		{`$\mathbb{R}$`, `<mi>ℝ</mi>`},
		{`$\mathbf{v}$`, `<mi class="bold">v</mi>`},
		{`$\boldsymbol{\omega}$`, `<mi class="bold-italic">ω</mi>`},
		{`$\mathbf{12}$`, `<mn class="bold">12</mn>`},
		{`$\textbf{to be}$`, `<mtext class="bold">to be</mtext>`},
		{`$\mathit{ab}$`, `<mi>ab</mi>`},
		{`$\mathit{the}$`, `<mi>the</mi>`},
		{`$\sin x$`, "<mi class=\"normal\">sin</mi><mo lspace=\"0\" rspace=\"0.1667em\">\u2061</mo>"},
		{`$\mathrm{d}x$`, `<mi mathvariant="normal" class="normal">d</mi>`},
		{`$\nicefrac{1}{2}$`, `<mfrac><mn>1</mn><mn>2</mn></mfrac>`},
		{`$\ce{H2O}$`, `<mn>2</mn>`},
		{`$\left( \frac{1}{2} \right)$`, `stretchy="true"`},
		{`$\begin{array}{|c|} \hline a \\ \hline \end{array}$`, `class="rule-top rule-bottom left-0 rule-left rule-right"`},
		{`$$a \\ b$$`, `<mrow class="lines"><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mrow>`},
		{`$$a \equiv b \pmod{n}$$`, `<mrow><mi>a</mi><mo>≡</mo><mi>b</mi><mspace width="1em"></mspace>`},
		{`$$\prod_i x_i$$`, `<mo movablelimits="false" class="sign">∏</mo>`},
		{`$\overbrace{ab}^n$`, `<mo stretchy="true" class="sign unscaled">⏞</mo>`},
		{`$p \Rightarrow q$`, `<mo stretchy="false">⇒</mo>`},
		{`$\widetilde{xyz}$`, `<mo stretchy="true" class="sign unscaled">˜</mo>`},
		{`$\widehat{AB}$`, `<mo stretchy="true" class="sign unscaled">ˆ</mo>`},
		{`$\vec{a}$`, `<mo lspace="0" rspace="0" stretchy="false">→</mo>`},
		{`$\overline{x}$`, `<menclose notation="none" class="tml-overline">`},
		{`$\cancel{x}$`, `<menclose notation="updiagonalstrike">`},
		{`$\textcolor{red}{x}$`, `<mi>x</mi>`},
		{`$\mathrm{C6H12O6}$`, `>C6H12O6</mi>`},
		{`$\overset{n}{X}$`, `<mover><mi>X</mi><mi>n</mi></mover>`},
		{`$a \overset{?}{=} b$`, `<mover><mo>=</mo><mo form="postfix"`},
		{`$\underset{x}{\operatorname{arg\,min}}$`, `</mrow><mi>x</mi></munder>`},
		{`$\R$`, `ℝ`},
		{`$\infin$`, `<mi>∞</mi>`},
		{`$x \mbox{ if } y$`, "<mtext>\u00a0if\u00a0</mtext>"},
		{`$\abs{x}$`, `<mo form="prefix" stretchy="true">|</mo>`},
		{`$\norm{v}$`, `<mo form="prefix" stretchy="true">‖</mo>`},
		{`$\require{cancel}\cancel{x}$`, `<menclose notation="updiagonalstrike">`},
		{`$\sech x$`, `<mi class="normal">sech</mi>`},
		{`$\mathbbm{1}$`, `<mn>𝟙</mn>`},
		{`$$\begin{flalign} a &= b \end{flalign}$$`, `<mtable`},
		{`$\newcommand{\R}{\mathbb{Q}}\renewcommand{\mine}{y}\R\mine$`, `<mi>ℚ</mi><mi>y</mi>`},
		{`$\newcommand{\norm}[1]{\lVert #1\rVert}\norm{v}$`, `‖`},
		{`$a \bullet b$`, `<mo>•</mo>`},
		{`$\rule{2em}{1pt}$`, `<mspace width="2em" height="0.9963pt" class="filled">`},
		{`$\begin{array}{c||c} a & b \end{array}$`, `class="left-0 rule-right double-right"`},
		{`$\begin{array}{c:c} a & b \end{array}$`, `class="left-0 rule-right dashed-right"`},
		{`$100\%$`, `<mi class="normal">%</mi>`},
	} {
		got, err := r.Answer(test.raw)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(got.HTML, test.want) || !got.HasMath || len(got.Failed) > 0 {
			t.Errorf("%s gives\n%s\nwithout\n%s", test.raw, got.HTML, test.want)
		}
	}
}

// TestFormulaKeepsWhatStandsNextToIt compares the texts of the elements in which no line may
// break.
func TestFormulaKeepsWhatStandsNextToIt(t *testing.T) {
	r := renderer()
	const wide = `a + b + c + d + e + f + g + h + i + j + k + l + m + n`
	for _, test := range []struct {
		raw  string
		want []string // texts, with the formula as x
	}{
		{`the $x$-th term`, []string{"x-th"}},
		{`the term ($x$), then`, []string{"(x),"}},
		{`a $x$ and “$x$” $x$.`, []string{"“x”", "x."}},
		{`**$x$**, & "$x$"`, []string{`"x"`}},
		{`$x$/$x$;`, []string{"x/", "x;"}},
		{"by\u00a0$x$ metres", []string{"by\u00a0x"}},
		{"($x$)\u202f$x$", []string{"(x)\u202f"}},
		{"so\u2003$x$, then", []string{"x,"}},
		{`$x$ alone`, nil},
		{`$x$-averyveryverylongword`, nil},
		{`in ($` + wide + `$).`, []string{"(x)."}},
		{`$$x$$.`, nil},
	} {
		got, err := r.Answer(test.raw)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(got.HTML) {
			t.Errorf("%s gives broken characters: %q", test.raw, got.HTML)
		}
		page := document(t, got.HTML)
		page.Find("math").ReplaceWithHtml("x")
		texts := page.Find(".unbroken, .formula-inline").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
		if !slices.Equal(texts, test.want) {
			t.Errorf("%s keeps together %q, want %q", test.raw, texts, test.want)
		}
	}
}

// The keyboard reaches a link anyway: a box in it is not a tab stop of its own.
func TestWideFormulaInALinkIsNoStop(t *testing.T) {
	const wide = `$a + b + c + d + e + f + g + h + i + j + k + l + m + n$`
	r := renderer()
	for raw, want := range map[string]int{wide: 1, `[` + wide + `](/learn/x)`: 0, `### ` + wide: 0} {
		got, err := r.Answer(raw)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(got.HTML, "tabindex"); n != want || !strings.Contains(got.HTML, `class="formula-inline"`) {
			t.Errorf("%s has %d stops, want %d: %s", raw, n, want, got.HTML)
		}
	}
}

func TestFormulaThatCannotBeRead(t *testing.T) {
	r := renderer()
	for _, source := range []string{
		`\unknowncommand{x}`, `\frac{1}{2`, `x^{`, `}`, `\begin{pmatrix} 1`, `\href{javascript:alert(1)}{x}`,
		`\includegraphics{x.png}`, `\htmlClass{a}{b}`, `\def\a{\a\a}\a`,
		`a \nsqsubseteq b`, `\normalfont a`,
		strings.Repeat(`\frac{1}{`, 300) + strings.Repeat(`}`, 300),
		strings.Repeat(`{`, 4000) + strings.Repeat(`}`, 4000),
		strings.Repeat(`x`, 20000),
		`\begin{matrix}` + strings.Repeat(`&`, 8000) + `\end{matrix}`,
	} {
		got, err := r.Answer(`a $` + source + `$ b $y$`)
		if err != nil {
			t.Fatalf("%.40s: %v", source, err)
		}
		if len(got.Failed) != 1 || got.Failed[0].Source != source || got.Failed[0].Reason == "" {
			t.Errorf("%.40s: failed %.200v", source, got.Failed)
		}
		if !strings.Contains(got.HTML, `<code class="tex" translate="no">`) || !strings.Contains(got.HTML, `<mi>y</mi>`) {
			t.Errorf("%.40s gives %.400s", source, got.HTML)
		}
	}
}

// TestEngineSurvives checks that formulas that exhaust the engine's memory or time do not affect
// later ones.
func TestEngineSurvives(t *testing.T) {
	r := answer.NewRenderer(nil)
	defer r.Close()
	tower := `\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}\c\c\c\c\c\c\c\c\c\c`
	for range 5 {
		for _, raw := range []string{`$` + tower + `$`, `$` + strings.Repeat(`x^{`, 2000) + strings.Repeat(`}`, 2000) + `$`} {
			if _, err := r.Answer(raw); err != nil {
				t.Fatal(err)
			}
		}
		got, err := r.Answer(`$\def\x{1}\gdef\y{2} z$ and $\frac{1}{2}$`)
		if err != nil || len(got.Failed) > 0 {
			t.Fatalf("%v, %v", got, err)
		}
	}
	got, err := r.Answer(`$\y$`)
	if err != nil || len(got.Failed) != 1 {
		t.Errorf("a formula knows the macro of another: %v, %v", got, err)
	}
	// At another time the formula may be within the limits.
	for _, made := range r.TakeMade() {
		if made.Source == tower {
			t.Error("the formula that reached a limit would be stored as unreadable")
		}
	}
}

// TestFormulasWithoutEnd checks that rendering a text of many endless formulas takes only the
// time of a few of them.
func TestFormulasWithoutEnd(t *testing.T) {
	const formulas = 20
	var text strings.Builder
	for i := range formulas {
		fmt.Fprintf(&text, `$\def\a#1{\a{#1xx}}\a{%d}$ `, i)
	}
	got, err := renderer().Answer(text.String() + `$x$`)
	if err != nil || len(got.Failed) != formulas+1 {
		t.Fatalf("%d formulas failed (%v), want %d", len(got.Failed), err, formulas+1)
	}
	tried := slices.IndexFunc(got.Failed, func(f answer.FailedFormula) bool { return strings.Contains(f.Reason, "before it") })
	if tried < 1 || tried > 5 {
		t.Errorf("%d of them were tried, want a few", tried)
	}
}

func TestFormulasAreMadeOnce(t *testing.T) {
	made := map[answer.Formula]string{}
	r := answer.NewRenderer(nil)
	defer r.Close()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := r.Answer(`$x$ $y$ $$x$$ $\bad$ $x$`); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, m := range r.TakeMade() {
		if _, ok := made[m.Formula]; ok {
			t.Errorf("%v was made twice", m.Formula)
		}
		made[m.Formula] = m.MathML
	}
	if len(made) != 4 || made[answer.Formula{Source: `\bad`}] != "" || made[answer.Formula{Source: "x"}] == "" {
		t.Errorf("made %v", made)
	}
	if again := r.TakeMade(); len(again) != 0 {
		t.Errorf("taken again: %v", again)
	}

	// A renderer that knows them makes none.
	second := answer.NewRenderer(func(f answer.Formula) (string, bool) {
		mathML, ok := made[f]
		return mathML, ok
	})
	defer second.Close()
	first, err := r.Answer(`$x$ $\bad$`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := second.Answer(`$x$ $\bad$`)
	if err != nil {
		t.Fatal(err)
	}
	if got.HTML != first.HTML || len(got.Failed) != 1 || len(second.TakeMade()) != 0 {
		t.Errorf("got %v, want %v", got, first)
	}
}

func TestRendererAfterClose(t *testing.T) {
	r := answer.NewRenderer(nil)
	for _, raw := range []string{"$x$", "$y$"} {
		if _, err := r.Answer(raw); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestVendoredFiles checks that the files of temml are those that its README
// names.
func TestVendoredFiles(t *testing.T) {
	readme, err := os.ReadFile("temml/README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("temml/*.js")
	if err != nil || len(files) != 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, name := range slices.Sorted(slices.Values(files)) {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		if !strings.Contains(string(readme), hex.EncodeToString(sum[:])) {
			t.Errorf("%s is not the file that temml/README.md names", name)
		}
	}
}
