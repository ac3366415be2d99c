package answer

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// shown returns what scan makes of raw, with I[…] for an inline formula and D[…] for a display
// formula.
func shown(raw string) string {
	s := scan(raw)
	return fillSlots(s.markdown, func(i int) string {
		f := s.formulas[i]
		if f.Display {
			return "D[" + f.Source + "]"
		}
		return "I[" + f.Source + "]"
	})
}

// TestScanVectors checks the examples in testdata/vectors.json: the rules that hold for the
// whole library.
func TestScanVectors(t *testing.T) {
	file, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ Name, Raw, Want string }
	if err := json.Unmarshal(file, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 83 {
		t.Fatalf("%d vectors, want at least 83", len(vectors))
	}
	for _, v := range vectors {
		if got := strings.TrimSpace(shown(v.Raw)); got != v.Want {
			t.Errorf("%s:\n%q\n got %q\nwant %q", v.Name, v.Raw, got, v.Want)
		}
	}
}

func TestScan(t *testing.T) {
	for _, test := range []struct{ name, raw, want string }{
		{"nothing", ``, ``},
		{"only a line break", `\n`, "\n"},
		{"only a backslash", `\`, `\`},
		{"real line breaks stay", "a\nb\r\nc", "a\nb\nc"},
		{"number set in words", `set\nnumber line`, "set\nnumber line"},
		{"not a command in words", `is\nnot so`, "is\nnot so"},
		{"not, without a letter between", `is\not so`, "is\not so"},
		{"forgotten dollars", `for a \neq b, \neg p, x\notin A and \nabla f`, `for a \neq b, \neg p, x\notin A and \nabla f`},
		{"words that only look like commands", `many:\neg: cats (see\neq. 5):\n\neg so, \negative`, "many:\neg: cats (see\neq. 5):\n\neg so, \negative"},
		{"two backslashes and n end a line", `a\\nb`, "a\\\nb"},
		{"other escapes stay", `a\tb \* c`, `a\tb \* c`},

		{"environment without dollars", `So\n\n\begin{align}\nx &= 1 \\\ny &\neq 2\n\end{align}\n\nand \begin{gather*}a \\ b\end{gather*}`, "So\n\nD[\\begin{align}\nx &= 1 \\\\\ny &\\neq 2\n\\end{align}]\n\nand D[\\begin{gather*}a \\\\ b\\end{gather*}]"},
		{"environment that the engine lacks", `\begin{eqnarray}a &=& b\end{eqnarray} $$\begin{eqnarray*}a &=& b\end{eqnarray*}$$`, `D[\begin{array}{rcl}a &=& b\end{array}] D[\begin{array}{rcl}a &=& b\end{array}]`},
		{"environment with formulas in words", `\begin{equation} a = b \text{ if $x$}\end{equation} and $y$`, `D[\begin{equation} a = b \text{ if $x$}\end{equation}] and I[y]`},
		{"environment in a formula", `$\begin{align} a &= b\end{align}$, $$\begin{align} a &= b\end{align}$$`, `I[\begin{align} a &= b\end{align}], D[\begin{align} a &= b\end{align}]`},
		{"environment in code", "`\\begin{align} a &= b\\end{align}`", "`\\begin{align} a &= b\\end{align}`"},
		{"environment that does not end", `\begin{align} a &= b`, `\begin{align} a &= b`},
		{"environment that is mentioned", `Use \begin{align} and \end{align}.`, `Use \begin{align} and \end{align}.`},
		{"environment of text", `\begin{itemize} a = b\end{itemize}`, `\begin{itemize} a = b\end{itemize}`},
		{"commands with two backslashes", `$\\theta$, \(\\frac{1}{2}\), $x \\neq y$ and $\\left(\\sqrt{x}\\right)$`, `I[\theta], I[\frac{1}{2}], I[x \neq y] and I[\left(\sqrt{x}\right)]`},
		{"display in which all commands have two backslashes", `$$\n\\nabla f = \\frac{1}{2}\\, x \\neq 0\\n\\hbar\n$$ and \[\\sum_{i \\in S} i\\%\]`, "D[\\nabla f = \\frac{1}{2}\\, x \\neq 0\n\\hbar] and D[\\sum_{i \\in S} i\\%]"},
		{"rows between commands with two backslashes", `$$\\begin{cases} 1 \\\\ 2 \\ 3 \\\\\n4 \\\\\\alpha\\end{cases}$$ and $\\begin{pmatrix} a \\\\ b \\end{pmatrix}$`,
			"D[\\begin{cases} 1 \\\\ 2 \\\\ 3 \\\\\n4 \\\\\\alpha\\end{cases}] and I[\\begin{pmatrix} a \\\\ b \\end{pmatrix}]"},
		{"rows of a display", `$$a = 1 \\pi = \sin x$$, $$a \\b \\ c$$, $$a = 1 \\nu = 2$$, $$a \\\nb$$, $$\\alpha\,b$$ and $$\\alpha \\\beta$$`,
			"D[a = 1 \\\\pi = \\sin x,] D[a \\\\b \\\\ c,] D[a = 1 \\\nu = 2,] D[a \\\\\nb,] D[\\\\alpha\\,b] and D[\\\\alpha \\\\\\beta]"},
		{"rows in a formula", `$\begin{pmatrix}a\\b\\\theta\\pi\end{pmatrix}$, $a\\b$, $\substack{a\\pi}$ and $a\\ \pi$`, `I[\begin{pmatrix}a\\b\\\theta\\pi\end{pmatrix}], I[a\\b], I[\substack{a\\pi}] and I[a\\ \pi]`},
		{"in a formula not only a line", `$p \not= q$`, `I[p \not= q]`},
		{"notin first", `$\notin A$`, `I[\notin A]`},
		{"ni", `$A \ni x$`, `I[A \ni x]`},
		{"nearrow and nwarrow", `$\nearrow \nwarrow$`, `I[\nearrow \nwarrow]`},
		{"nleq ngeq nsubseteq", `$a \nleq b \ngeq c \nsubseteq d$`, `I[a \nleq b \ngeq c \nsubseteq d]`},
		{"commands that the engine lacks", `$\nicefrac{1}{2} \nsqsubseteq \normalfont a \napprox b$`, `I[\nicefrac{1}{2} \nsqsubseteq \normalfont a \napprox b]`},
		{"a line break before n", `$a \nn$`, "I[a \nn]"},
		{"a line break before a number", `$$a = 1\n2 = b$$`, "D[a = 1\n2 = b]"},
		{"a word that only begins like a command", `$$x\nuv = 1$$`, "D[x\nuv = 1]"},
		{"three backslashes", `$a \\\nb$`, "I[a \\\\\nb]"},
		{"four backslashes", `$a \\\\nb$`, "I[a \\\\\\\nb]"},
		{"array argument, then a letter", `$$\begin{array}{cc}\nu & 1\end{array}$$`, "D[\\begin{array}{cc}\nu & 1\\end{array}]"},
		{"nu after an environment", `$$\begin{cases} 1 \end{cases}\nu$$`, `D[\begin{cases} 1 \end{cases}\nu]`},
		{"escaped brace at the end", `$\{a\}$`, `I[\{a\}]`},
		{"display between words", `so $$x$$ is`, "so D[x] is"},
		{"punctuation after a display", `so $$x = 2$$. And \[y\],\n$$z$$;`, "so D[x = 2.] And D[y,]\nD[z;]"},
		{"punctuation that stays after a display", `$$x$$! $$y$$.5, $$z,$$, $$a \tag{1}$$. "$$b$$." $$c % d$$.`, `D[x]! D[y].5, D[z,], D[a \tag{1}]. "D[b]." D[c % d].`},
		{"punctuation after a display whose last command takes all that follows", `$$a \over b$$. $$n\choose k$$, $$a \atop{b}$$; $$\overline{x}$$.`, `D[a \over b]. D[n\choose k], D[a \atop{b}]; D[\overline{x}.]`},
		{"display that is never closed", `$$x = 1`, `$$x = 1`},
		{"empty display", `a $$$$ b`, `a D[] b`},
		{"empty dollars", `a $ $ b`, `a $ $ b`},
		{"display in brackets over lines", `\[\nx \neq 1\n\]`, "D[x \\neq 1]"},
		{"a display in which u begins a line of its own", `\[\nu = 1\n\]`, "D[u = 1]"},
		{"brackets of Markdown are no formula", `\\[a\\]`, `\\[a\\]`},
		{"brackets and commands with two backslashes", `\\(x^2\\), \\[y = \\frac{1}{2}\\] and $z$, not \\(a\n\nb\\) or \\(c`, "I[x^2], D[y = \\frac{1}{2}] and I[z], not \\\\(a\n\nb\\\\) or \\\\(c"},
		{"brackets with two backslashes", `\\( \frac12 \\), \\(x\\) and \(y\)`, `I[\frac12], I[x] and I[y]`},
		{"brackets with two backslashes and other commands", `\\(x\\) with \\frac{1}{2}, \\[\\theother\\]`, `\\(x\\) with \\frac{1}{2}, \\[\\theother\\]`},
		{"words in brackets with two backslashes", `\\(\\alpha\\), \\( and \\), \\[Link\\](x), \\[The answer\\] and \\(ABC\\) = \\(mgh\\)`, `I[\alpha], \\( and \\), \\[Link\\](x), \\[The answer\\] and I[ABC] = I[mgh]`},
		{"an escaped bracket is one", `\\\(x\\\)`, `\\\(x\\\)`},
		{"brackets over a blank line", `\(a\n\nb\)`, "\\(a\n\nb\\)"},
		{"brackets around a dollar", `\(a $5 b\)`, `\(a $5 b\)`},
		{"bracket in a bracket", `\(a \(b\)`, `\(a I[b]`},
		{"an escaped dollar is money", `\$5 and $x$`, `\$5 and I[x]`},
		{"two escaped dollars", `\$x\$`, `\$x\$`},

		{"amount at the end of a formula", `At $P^* = $20$, $Q^*=60$ and $R = $1,200$.`, `At I[P^* = \$20], I[Q^*=60] and I[R = \$1,200].`},
		{"amount after a sign", `$\Delta P = -$71.33$, $P \approx $5$ and $N \times $2$`, `I[\Delta P = -\$71.33], I[P \approx \$5] and I[N \times \$2]`},
		{"amounts in a formula", `$FV = $1,000(1.05)^{10} = $1,628.89$. $C = $50$ and $Y = 6\%$, $a < ($2 + b)$`, `I[FV = \$1,000(1.05)^{10} = \$1,628.89]. I[C = \$50] and I[Y = 6\%], I[a < (\$2 + b)]`},
		{"amounts of two names in a formula", `$P_b = $22, P_s = $18$.`, `I[P_b = \$22, P_s = \$18].`},
		{"amount after a formula", `$P = $20 per unit and $F = $5 more; $x =$5 and $y$`, `$P = $20 per unit and $F = $5 more; $x =$5 and I[y]`},
		{"formulas between numbers", `$a \times$10$^{-3}$, $x=$1$y$ and $20 - $12 = $8, $z$`, `I[a \times]10I[^{-3}], $x=I[1]y$ and $20 - $12 = $8, I[z]`},
		{"amount in a formula of a cell", `| a $x | b =$5$ |\n| $|x| = $5$ | $y = $6$ |`, "| a $x | b =I[5] |\n| I[|x| = \\$5] | I[y = \\$6] |"},
		{"amount in the next cell", `| $x =$5 | $y$ |`, `| $x =$5 | I[y] |`},
		{"price with a dash of words", `a $5-per-unit tax and $10 more`, `a $5-per-unit tax and $10 more`},
		{"price, then a formula that begins with a number", `for $5, $2x$ is`, `for $5, I[2x] is`},
		{"foreign amounts", `US$ 5, CA$ 6, A$7 and HK$8`, `US$ 5, CA$ 6, A$7 and HK$8`},
		{"amount before a foreign one", `$4.75; US$ 141`, `$4.75; US$ 141`},
		{"amounts with words between", `$5 for one and $6 for two`, `$5 for one and $6 for two`},
		{"range of amounts with spaces", `$ 500 - $ 600, $ 5K – $ 6K`, `$ 500 - $ 600, $ 5K – $ 6K`},
		{"list of amounts with spaces", `$ 5, $ 6; $ 7: $ 8. $ 9 < $ 10 and $ 11`, `$ 5, $ 6; $ 7: $ 8. $ 9 < $ 10 and $ 11`},
		{"sum of amounts with spaces", `$ 500 + $ 300 = $ 800`, `$ 500 + $ 300 = $ 800`},
		{"amount over a formula", `$5/$x$, **$5**/**$x$**`, `$5/I[x], **$5**/**I[x]**`},
		{"amounts before their dollars", `5$, 6$ and 1$ = 0.9€ for $x$`, `5$, 6$ and 1$ = 0.9€ for I[x]`},
		{"rate", `$1 = €0.9; 1$ = 0.9€`, `$1 = €0.9; 1$ = 0.9€`},
		{"formulas that end like an amount before another", `$ 5, $ $3,$ $4$; $2 + 3 =$ 5, $3-$form, $5/2$`, `I[5,] I[3,] I[4]; I[2 + 3 =] 5, I[3-]form, I[5/2]`},
		{"formulas behind a number", `10$^\circ$, 5$ \mu $m, 2$(x)$`, `10I[^\circ], 5I[\mu]m, 2I[(x)]`},
		{"money in Chinese", `每本售價$30元，買了$n$本；$30元的書買$n$本。定價是$100,優惠$x$元`, `每本售價$30元，買了I[n]本；$30元的書買I[n]本。定價是$100,優惠I[x]元`},
		{"money in Arabic", `ثمن الكتاب $30 دولارًا و$x$`, `ثمن الكتاب $30 دولارًا وI[x]`},
		{"money in other scripts", `ค่า$30บาทและ$x$ เป็น; цена $5 за книгу$x$; 가격은 $30, 즉 $n$; $30コーヒー($x$); $30 ל$x$, 共$3個$x$`, `ค่า$30บาทและI[x] เป็น; цена $5 за книгуI[x]; 가격은 $30, 즉 I[n]; $30コーヒー(I[x]); $30 לI[x], 共$3個I[x]`},
		{"dollars behind amounts in Chinese", `這本30$，那本20$。`, `這本30$，那本20$。`},
		{"units in other scripts", `масса $5 кг$ и $3 км/ч$，距離為$30千米$，$30n$元，距離$5米$(約)或$5千米$\n長`, "масса I[5 кг] и I[3 км/ч]，距離為I[30千米]，I[30n]元，距離I[5米](約)或I[5千米]\n長"},
		{"formulas with wide punctuation", `$12，$x$、$3！$、$1，2，3$ 和 $2x，\text{其中}x$ 與 $3(縦×横)$ $2𝑥𝑦$ 和 $2^n，其中n为整数$`, `$12，I[x]、I[3！]、I[1，2，3] 和 I[2x，\text{其中}x] 與 I[3(縦×横)] I[2𝑥𝑦] 和 I[2^n，其中n为整数]`},
		{"formulas of other money", `$10 €$, $10€ + 2€$, $P = 5€/x$`, `I[10 €], I[10€ + 2€], I[P = 5€/x]`},
		{"sum of a formula", `$2 + 3 = 5$`, `I[2 + 3 = 5]`},
		{"units in a formula", `$5 \text{ kg per person}$`, `I[5 \text{ kg per person}]`},
		{"a formula with one word", `$10 kg$`, `I[10 kg]`},
		{"a formula over two lines", `$a +\nb$`, "I[a +\nb]"},
		{"a formula with a sign at the beginning of a line", `$x = 1\n+ \text{so much}\n- y_{max}$`, "I[x = 1\n+ \\text{so much}\n- y_{max}]"},
		{"pair may not cross an item", `- $Y\n- C costs $\n- $5\n- $6\n+ $a$`, "- $Y\n- C costs $\n- $5\n- $6\n+ I[a]"},
		{"pair may not cross a heading", `a $x\n### y$ b`, "a $x\n### y$ b"},
		{"pair may not cross a row", `| $a |\n| b$ |`, "| $a |\n| b$ |"},
		{"pair may not cross an item with a bracket", `1) pay $x\n2) then y$`, "1) pay $x\n2) then y$"},
		{"pair may not cross a cell", `| $x | $y |\n| $ 5 | $ 6 |\n|$a|$b|`, "| $x | $y |\n| $ 5 | $ 6 |\n|$a|$b|"},
		{"pair may not cross a cell with more in it", `|x=$a|y=$b|\n|5$|6$|`, "|x=$a|y=$b|\n|5$|6$|"},
		{"bars in cells", `| $|x|$ | $a|b$ | so $P(A|B)$ | a $|0\rangle$ or $f|_0$ |`, `| I[|x|] | I[a|b] | so I[P(A|B)] | a I[|0\rangle] or I[f|_0] |`},
		{"bar in words", `So $P(A|B)$ or\n$a|b$`, "So I[P(A|B)] or\nI[a|b]"},
		{"commands beside digits and spaces", `1.5$\times$10$^{-3}$ m, $\sim$100 K, $\pm$5 V, $\alpha $ and $x^2 $ of $\neq $`, `1.5I[\times]10I[^{-3}] m, I[\sim]100 K, I[\pm]5 V, I[\alpha] and I[x^2] of I[\neq]`},
		{"relations behind a digit", `if 0$\leq$x$<$1 and 2$<x$`, `if 0I[\leq]xI[<]1 and 2I[<x]`},
		{"names with dollars", `In PHP $first and $last hold names: $name, $age and $city, $HOME or $PATH`, `In PHP $first and $last hold names: $name, $age and $city, $HOME or $PATH`},
		{"calls with dollars", `$(document).ready or $.ajax, and $x$`, `$(document).ready or $.ajax, and I[x]`},
		{"cells of a spreadsheet", `=$A$1+$B$1, =$B$1+$C$1 and =SUM($AB$1:$AB$10)`, `=$A$1+$B$1, =$B$1+$C$1 and =SUM($AB$1:$AB$10)`},
		{"formulas with spaces", `$ a $ and $ b$`, `I[a] and I[b]`},
		{"pair may not cross code", "$a `b` c$", "$a `b` c$"},
		{"a conjunction after money", `about $and more$`, `about $and more$`},

		{"code over a line break keeps it", "`a\\nb`", "`a\\nb`"},
		{"code over a blank line is none", "`a\\n\\nb`", "`a\n\nb`"},
		{"lone backticks in two items", "k `\\n- a\\n- b` The \"`n\" is a line\\n- `$x` and\\n2. `a\\n### b` or\\n| c` $y$ |", "k `\n- a\n- b` The \"`n\" is a line\n- `$x` and\n2. `a\n### b` or\n| c` I[y] |"},
		{"code with an item in a string", "`print(\"a\\n- b\\n1. c\")` and `x\n- y`", "`print(\"a\\n- b\\n1. c\")` and `x\n- y`"},
		{"code with a comment or the mark of an item", "Use `x = 1\\n# comment\\ny = 2` here. Type `\\n- ` to begin an item.", "Use `x = 1\\n# comment\\ny = 2` here. Type `\\n- ` to begin an item."},
		{"code of two backticks", "``a ` \\n b``", "``a ` \\n b``"},
		{"backticks that do not pair", "`a ``b", "`a ``b"},
		{"formula after a lone backtick", "Kamakawiwo`ole $x$", "Kamakawiwo`ole I[x]"},
		{"dollar in code", "`$` x `$`", "`$` x `$`"},
		{"lost bracket in code", "`$a \\ b \\(c$` and `x` $x^2 \\ b \\(c$", "`$a \\ b \\(c$` and `x` I[x^2] b I[c]"},

		{"bars in code in a table", "| `a | b` | c |\\n|:--|---|\\n| OR | `5 | 3` gives `[^|]+` |\\n| `\\\\|` | `d\\\\|e` | `\\n|` |\\n| ` | grave | ` |\\n\\n| `a|b` |",
			"| `a \\| b` | c |\n|:--|---|\n| OR | `5 \\| 3` gives `[^\\|]+` |\n| `\\\\|` | `d\\\\|e` | `\\n\\|` |\n| ` | grave | ` |\n\n| `a|b` |"},
		{"bars in code in a quoted table", "> | a |\\n> |---|\\n> | `b|c` |\\n| `d|e` |", "> | a |\n> |---|\n> | `b\\|c` |\n| `d|e` |"},
		{"bars in code outside of tables", "`a|b`\\n|---|\\n\\n|---|\\n| `a|b` |", "`a|b`\n|---|\n\n|---|\n| `a|b` |"},
		{"bars in code below a row of dashes that is none", "| a | b | c |\\n|---|---|\\n| `x|y` | z |", "| a | b | c |\n|---|---|\n| `x|y` | z |"},
		{"bars in code below a table", "| a |\\n|---|\\n# H\\n| `c|d` |", "| a |\n|---|\n# H\n| `c|d` |"},
		{"bars in code below a list", "| a |\\n|---|\\n- item\\n| `p|q` |", "| a |\n|---|\n- item\n| `p|q` |"},
		{"bars in indented code", "    | a |\n    |---|\n    | `x|y` |", "    | a |\n    |---|\n    | `x|y` |"},
		{"string that never closes", "```c\\nchar *s = \"a;\\nx();\\n```", "```c\nchar *s = \"a;\nx();\n```"},
		{"string of four lines is none", "```c\\n\"a\\nb\\nc\\nd\\ne\"\\n```", "```c\n\"a\nb\nc\nd\ne\"\n```"},
		{"two strings in a line", "```c\\nf(\"a\\n\", \"b\\n\");\\n```", "```c\nf(\"a\\n\", \"b\\n\");\n```"},
		{"escaped quote", "```c\\nf(\"a\\\"b\\n\");\\n```", "```c\nf(\"a\\\"b\\n\");\n```"},
		{"SQL comment with a quote", "```sql\\nSELECT 1 -- it's\\nFROM t\\n```", "```sql\nSELECT 1 -- it's\nFROM t\n```"},
		{"address is no comment", "```js\\nx = 'http://a';\\ny = 'b\\n';\\n```", "```js\nx = 'http://a';\ny = 'b\\n';\n```"},
		{"apostrophe of a word", "```bash\\necho don't\\nls\\necho won't\\n```", "```bash\necho don't\nls\necho won't\n```"},
		{"string that goes on with a letter", "```python\\nprint('Hello\\nWorld')\\nprint('(a\\n(b', 'c\\n# d')\\n```", "```python\nprint('Hello\\nWorld')\nprint('(a\\n(b', 'c\\n# d')\n```"},
		{"string with a blank or indented line", "```java\\nprintln(\"Menu:\\n\\nAdd\\n  All\");\\nint x = 1;\\nprint(\"b\");\\n```", "```java\nprintln(\"Menu:\\n\\nAdd\\n  All\");\nint x = 1;\nprint(\"b\");\n```"},
		{"prefix of a string", "```python\\nf'Total: {x}\\n'\\nx = rb'\\n' + U'\\nb'\\n```", "```python\nf'Total: {x}\\n'\nx = rb'\\n' + U'\\nb'\n```"},
		{"prefix of a character", "```c\\nx = L'\\n';\\n```\\n```rust\\nx = b'\\n';\\n```", "```c\nx = L'\\n';\n```\n```rust\nx = b'\\n';\n```"},
		{"prefix in no language", "```\\nprint(f'{x}\\n', r'a\\n')\\n```", "```\nprint(f'{x}\\n', r'a\\n')\n```"},
		{"primes", "```\\ny = f'(x)\\nz = f' + b'\\nw = (AB)'\\nC'\\nv = A[1]'\\nu' = 1\\n```", "```\ny = f'(x)\nz = f' + b'\nw = (AB)'\nC'\nv = A[1]'\nu' = 1\n```"},
		{"symbols of a Lisp in no language", "```\\n(f 'a)\\n(f 'b)\\n(f '(c))\\n(f '(d))\\n```", "```\n(f 'a)\n(f 'b)\n(f '(c))\n(f '(d))\n```"},
		{"primes of Matlab", "```matlab\\nA = (B)';\\nfprintf('%d\\n', A') % it's\\nx'\\n```", "```matlab\nA = (B)';\nfprintf('%d\\n', A') % it's\nx'\n```"},
		{"strings of more languages", "```typescript\\n'a\\nb'\\n```\\n```c#\\n'\\n'\\n```\\n```golang\\n'\\n'\\n```\\n```prolog\\nwrite('a\\nb').\\n```", "```typescript\n'a\\nb'\n```\n```c#\n'\\n'\n```\n```golang\n'\\n'\n```\n```prolog\nwrite('a\\nb').\n```"},
		{"string in a language that is not known", "```zig\\n'\\n'\\n```", "```zig\n'\\n'\n```"},
		{"characters and lifetimes", "```rust\\nfn f<'a>(x: &'a str,\\n  y: &'a str) { '\"'; '\\''; '\\n' }\\n\"\\n\"\\n```", "```rust\nfn f<'a>(x: &'a str,\n  y: &'a str) { '\"'; '\\''; '\\n' }\n\"\\n\"\n```"},
		{"quote in a comment of PowerShell", "```powershell\\nls # 5\" long\\necho \"a\"\\n```", "```powershell\nls # 5\" long\necho \"a\"\n```"},
		{"commands in LaTeX", "```latex\\n\\nabla \\times E &= \\nu \\\\\\nu\\n\\newcommand{\\R}{x}\\n\\noindent\\begin{tikzpicture}\\n\\node at (0,0) {};\\n```\\n```math\\nu = \\nu\\n```\\n```bibtex\\n@book{a,\\nnote = {b},\\nnumber = 1}\\n```",
			"```latex\n\\nabla \\times E &= \\nu \\\\\nu\n\\newcommand{\\R}{x}\n\\noindent\\begin{tikzpicture}\n\\node at (0,0) {};\n```\n```math\nu = \\nu\n```\n```bibtex\n@book{a,\nnote = {b},\nnumber = 1}\n```"},
		{"quote after an option", "```bash\\nawk -F'|' '{ print $1 }' file | uniq -c\\necho \"cost\" && echo 'ab'\\nls -I'a\\nb'\\n```", "```bash\nawk -F'|' '{ print $1 }' file | uniq -c\necho \"cost\" && echo 'ab'\nls -I'a\\nb'\n```"},
		{"apostrophe after a hyphen", "```bash\\necho self-employed's\\nls\\necho won't\\n```", "```bash\necho self-employed's\nls\necho won't\n```"},
		{"program of awk", "```bash\\nawk 'BEGIN { print \"a\" }\\n# it is \"so\\n/\\n$/ { print $1 \"\\n\" }\\n\\nEND {\\n  print \"\\n\" n\\n}' f\\necho 'a\\nb' # awk '{\\n\\n```\\n```sh\\nsed 's/\\n/{ }/' f | gawk -v s='{\\n' -F '\\n' '{ x = a / b\\ny = c / d }'\\n```",
			"```bash\nawk 'BEGIN { print \"a\" }\n# it is \"so\n/\\n$/ { print $1 \"\\n\" }\n\nEND {\n  print \"\\n\" n\n}' f\necho 'a\\nb' # awk '{\n\n```\n```sh\nsed 's/\\n/{ }/' f | gawk -v s='{\\n' -F '\\n' '{ x = a / b\ny = c / d }'\n```"},
		{"regular expressions of JavaScript", "```js\\nconst a = text.split(/\\r?\\n/);\\nb = a.map(l => l.replace( /[/\"\\n]+/g, ' '));\\nreturn /\\/\\n'/.test(a) || /\\n/\\nc = a / b\\nd = e / f;\\n/\\n$/.test(b) /* \\n / */ (\\n/>\\n<hr\\n/>\\n```",
			"```js\nconst a = text.split(/\\r?\\n/);\nb = a.map(l => l.replace( /[/\"\\n]+/g, ' '));\nreturn /\\/\\n'/.test(a) || /\\n/\nc = a / b\nd = e / f;\n/\\n$/.test(b) /* \n / */ (\n/>\n<hr\n/>\n```"},
		{"regular expressions of Perl", "```perl\\n$s =~ s/\\n/\\n\\n/g;\\nprint \"x\\n\" if /^\\n$/;\\n($t = $s) =~ tr/\\n/ /;\\n@a = split /\\n/, $s;\\nm/\\n/;\\n$x = $s/2;\\n$y = $m /2;\\n$h{s}/2;\\n$o->s/2;\\n```",
			"```perl\n$s =~ s/\\n/\\n\\n/g;\nprint \"x\\n\" if /^\\n$/;\n($t = $s) =~ tr/\\n/ /;\n@a = split /\\n/, $s;\nm/\\n/;\n$x = $s/2;\n$y = $m /2;\n$h{s}/2;\n$o->s/2;\n```"},
		{"regular expressions of Ruby", "```ruby\\ns.split(/\\r?\\n/)\\ns.gsub /\\n/, ' '\\nputs 1 if s =~ /\\n\\n/\\nx = s/2\\ny = s/2\\n```",
			"```ruby\ns.split(/\\r?\\n/)\ns.gsub /\\n/, ' '\nputs 1 if s =~ /\\n\\n/\nx = s/2\ny = s/2\n```"},
		{"comment of Visual Basic", "```vb\\nx = 1 ' it's \"so\\ny = \"\\n\"\\n```", "```vb\nx = 1 ' it's \"so\ny = \"\\n\"\n```"},
		{"more words after the name of a language", "```scheme title=a\\n(list 'one\\n'two)\\n```", "```scheme title=a\n(list 'one\n'two)\n```"},
		{"fence in a list keeps its lines in", "1. a\\n   ```\\nx\\n   ```", "1. a\n   ```\n   x\n   ```"},
		{"fence in a quotation", "> ```\\n> x\\n> ```", "> ```\n> x\n> ```"},
		{"fence with real lines keeps \\n", "```\nprintf(\"\\n\") \\n\n```", "```\nprintf(\"\\n\") \\n\n```"},
		{"fence that is never closed, before a body", "```java\\nint x = 1;\\nint y;\n\nbody", "```java\nint x = 1;\nint y;\n\nbody"},
		{"formula after a fence", "```\\nx\\n```\\n$y$", "```\nx\n```\nI[y]"},
		{"slot characters", "\uE0001\uE001 $x$", "\uFFFD1\uFFFD I[x]"},
		{"invalid bytes", "a\xffb\x00c", "a\uFFFDb\uFFFDc"},
	} {
		if got := shown(test.raw); got != test.want {
			t.Errorf("%s:\n%q\n got %q\nwant %q", test.name, test.raw, got, test.want)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add(`a\nb $x \neq y$ $5 and $6`)
	f.Add("```c\\nprintf(\"\\n\");\\n```")
	f.Fuzz(func(t *testing.T, raw string) {
		s := scan(raw)
		slots := strings.Count(s.markdown, string(slotStart))
		if slots != len(s.formulas) || slots != strings.Count(s.markdown, string(slotEnd)) {
			t.Errorf("%d slots for %d formulas in %q", slots, len(s.formulas), s.markdown)
		}
		if !strings.ContainsAny(raw, "\\$`~\r\x00") && len(raw) < boundedSize && clean(raw) == raw && s.markdown != raw {
			t.Errorf("%q without a backslash became %q", raw, s.markdown)
		}
	})
}
