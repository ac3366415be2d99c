package answer

import (
	"strings"
	"testing"
)

func TestFormulaText(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{`x`, "x"},
		{"e\u0301", "\u00e9"},
		{`E = mc^2`, "E = mc²"},
		{`a^2 + b^2 = c^2`, "a² + b² = c²"},
		{`x_1, x_{n+1}`, "x₁, xₙ₊₁"},
		{`V_{out}`, "V_out"},
		{`e^{i\pi} + 1 = 0`, "e^(iπ) + 1 = 0"},
		{`\frac{1}{2}`, "1/2"},
		{`\frac{a+b}{c}`, "(a+b)/c"},
		{`\frac{1}{2}mv^2`, "(1/2)mv²"},
		{`2\frac{1}{2}`, "2(1/2)"},
		{`\left(\frac{1}{2}\right)^4`, "(1/2)⁴"},
		{`\frac{n(n+1)}{2}`, "n(n+1)/2"},
		{`\frac{f(x)}{2a}`, "f(x)/2a"},
		{`\frac{\frac{a}{b}}{c}`, "(a/b)/c"},
		{`\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}`, "(-b ± √(b² - 4ac))/2a"},
		{`\nicefrac{1}{2}`, "1/2"},
		{`\sqrt{x}`, "√x"},
		{`\sqrt{x + 1}`, "√(x + 1)"},
		{`\sqrt[3]{x}`, "∛x"},
		{`\sqrt[n]{x}`, "ⁿ√x"},
		{`x \leq y \neq z`, "x ≤ y ≠ z"},
		{`x\leq y`, "x ≤ y"},
		{`2\pi r`, "2πr"},
		{`\sin x + \cos(y)`, "sin x + cos(y)"},
		{`\sin^2 \theta`, "sin² θ"},
		{`\gamma = \sin \theta \cos \phi + \alpha \beta \pi r`, "γ = sin θ cos φ + αβπr"},
		{`\alpha < 0.7 \theta ^2`, "α < 0.7 θ²"},
		{`30^\circ`, "30°"},
		{`f \circ g`, "f ∘ g"},
		{`\vec{v}`, "v⃗"},
		{`\bar{x}`, "x̄"},
		{`\hat{H}`, "\u0124"}, // not H and an accent
		{`\R \rarr \infin`, "ℝ → ∞"},
		{`\newcommand{\R}[1]{\mathbb{R}^{#1}} f: \R{2} \to \N`, "f: ℝ2 → ℕ"},
		{`\newcommand{\R}[2][n]{\mathbb{R}^{#1}} f: \R`, "f: ℝ"},
		{`\begin{cases} x, & \text{if } x \ge 0,\\ -x, & x < 0 , \\ y \end{cases}`, "{ x, if x ≥ 0; -x, x < 0; y"},
		{`\require{cancel} \abs{x} = \norm{v} \mbox{ for } \sech x`, "|x| = ‖v‖ for sech x"},
		{`\text{It is }\rule{2cm}{1pt}`, "It is __"},
		{`A \xLeftrightarrow{k} B`, "A ⇔[k] B"},
		{`\mathbb{R}^n`, "ℝⁿ"},
		{`\mathbf{F} = m\mathbf{a}`, "F = ma"},
		{`\text{if } x > 0`, "if x > 0"},
		{`5\%`, "5%"},
		{`50%`, "50"},
		{"a%b\nc", "ac"},
		{"\\text{a%b\n c} \\\\% d", "a c;"},
		{`\{1, 2\}`, "{1, 2}"},
		{`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, "(1 2; 3 4)"},
		{`\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}`, "{ 1 x > 0; 0 else"},
		{`\begin{array}{cc} a & b \end{array}`, "a b"},
		{`a &= b \\ c &= d`, "a = b; c = d"},
		{`\int_0^\infty f(x)\,dx`, "∫₀^∞ f(x) dx"},
		{`\sum_{i=1}^{n} i`, "∑ᵢ₌₁ⁿ i"},
		{`\ce{2H2 + O2 -> 2H2O}`, "2H₂ + O₂ → 2H₂O"},
		{`\ce{SO4^2-}`, "SO₄²⁻"},
		{`\ce{Na+}`, "Na⁺"},
		{`\ce{H２O}`, "H２O"},
		{`\ce{Fe^{3+}}`, "Fe³⁺"},
		{`A \xrightarrow{heat} B`, "A →[heat] B"},
		{`f'(x)`, "f′(x)"},
		{`\not\equiv`, "≢"},
		{`\unknown{x}`, "unknownx"},
		{`a } b`, "a b"},
		{`{`, ""},
		{`\`, ""},
		{`\frac`, "/"},
		{`x^`, "x"},
		{`\begin{pmatrix} 1`, "(1)"},
		{`\sqrt[3`, "√([)3"},
	} {
		if got := formulaText(test.source); got != test.want {
			t.Errorf("formulaText(%q) = %q, want %q", test.source, got, test.want)
		}
	}
}

func FuzzFormulaText(f *testing.F) {
	f.Add(`\frac{1}{\sqrt{x_1^2}}`)
	f.Add(`\begin{cases} a & b \\ c \end{cases}`)
	f.Fuzz(func(t *testing.T, source string) {
		if got := formulaText(source); len(got) > 8*len(source)+64 {
			t.Errorf("%d bytes of text for %d of source", len(got), len(source))
		}
	})
}

// The engine refuses such a formula; reading it as text would take minutes.
func TestTextOfFormulaThatIsTooLong(t *testing.T) {
	source := strings.Repeat(`\frac{`, maxSourceBytes)
	if got := formulaText(source); got != source {
		t.Errorf("%d bytes became %.40q", len(source), got)
	}
}
