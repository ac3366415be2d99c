package answer

import "strings"

// The LaTeX commands and their equivalents in Unicode. Those in operatorSigns stand between
// operands and are set off by spaces.
var (
	letterSigns = pairs(`alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η
		theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ
		rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
		Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
		hbar ℏ ell ℓ infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ aleph ℵ Re ℜ Im ℑ wp ℘
		imath ı jmath ȷ degree ° prime ′ angle ∠ triangle △ square □ Box □ blacksquare ■
		forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ ldots … dots … cdots ⋯ dotsc …
		dotsb ⋯ vdots ⋮ ddots ⋱ sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃
		bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋
		lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ lbrace { rbrace } lbrack [
		rbrack ] backslash \ dagger † ddagger ‡ S § P ¶ pounds £ euro € copyright © checkmark ✓
		bigstar ★ surd √ complement ∁ diamond ◇ AA Å textdegree ° textbullet •`)
	operatorSigns = pairs(`circ ∘ times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ bullet • oplus ⊕ ominus ⊖
		otimes ⊗ odot ⊙ leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ ll ≪ gg ≫ lt < gt >
		approx ≈ approxeq ≊ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ doteq ≐ triangleq ≜ in ∈ notin ∉
		ni ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ supset ⊃ supseteq ⊇ nsubseteq ⊈ cup ∪ cap ∩ setminus ∖
		smallsetminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ to → rightarrow → leftarrow ← leftrightarrow ↔
		longrightarrow → longleftarrow ← longleftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
		Leftrightarrow ⇔ Longrightarrow ⇒ Longleftarrow ⇐ Longleftrightarrow ⇔ iff ⇔ implies ⇒
		impliedby ⇐ mapsto ↦ longmapsto ↦ uparrow ↑ downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘
		swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightleftharpoons ⇌ leftrightharpoons ⇋
		leftrightarrows ⇆ rightleftarrows ⇄ hookrightarrow ↪ twoheadrightarrow ↠ mid | nmid ∤
		parallel ∥ nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ nvdash ⊬ nvDash ⊭ prec ≺
		preceq ⪯ succ ≻ succeq ⪰ therefore ∴ because ∵ colon : coloneqq ≔ bowtie ⋈ asymp ≍
		nleq ≰ ngeq ≱ nless ≮ ngtr ≯ ncong ≇ nsim ≁ rightsquigarrow ⇝ lhd ⊲ rhd ⊳ trianglelefteq ⊴`)
	// synonyms are commands that mean the same as another.
	synonyms = pairs(`empty emptyset infin infty exist exists isin in sub subset sube subseteq supe supseteq
		lang langle rang rangle sdot cdot plusmn pm bull bullet alef aleph alefsym aleph weierp wp
		thetasym vartheta sect S Dagger ddagger real Re image Im clubs clubsuit hearts heartsuit
		spades spadesuit diamonds diamondsuit larr leftarrow rarr rightarrow harr leftrightarrow
		uarr uparrow darr downarrow lrarr leftrightarrow lArr Leftarrow rArr Rightarrow hArr Leftrightarrow
		uArr Uparrow dArr Downarrow Larr Leftarrow Rarr Rightarrow Harr Leftrightarrow Uarr Uparrow
		Darr Downarrow Lrarr Leftrightarrow lrArr Leftrightarrow nicefrac frac mbox text mathbbm mathbb mathds mathbb qed square
		angstrom AA ohm Omega`)
	numberSets = pairs("C ℂ cnums ℂ Complex ℂ N ℕ natnums ℕ R ℝ reals ℝ Reals ℝ Z ℤ")
	// functions are those that the engine lacks.
	functions    = strings.Fields("sech csch arcsec arccsc arccot arsinh arcosh artanh arcsinh arccosh arctanh lcm rank diag")
	wordCommands = setOf(strings.Join(functions, " ") + ` sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln
		lg exp lim limsup liminf max min sup inf arg det dim deg gcd ker hom Pr mod bmod`)
	// Arrows that grow with the text on them, with signs for those that are not in
	// operatorSigns without their x.
	longArrows = setOf(`xrightarrow xleftarrow xrightleftharpoons xleftrightarrow xRightarrow xLeftarrow
		xLeftrightarrow xlongequal xhookrightarrow xmapsto xtofrom`)
	longSigns  = pairs("xlongequal = xtofrom ⇄")
	blackboard = pairs("A 𝔸 B 𝔹 C ℂ D 𝔻 E 𝔼 F 𝔽 G 𝔾 H ℍ I 𝕀 K 𝕂 L 𝕃 N ℕ P ℙ Q ℚ R ℝ S 𝕊 T 𝕋 Z ℤ 1 𝟙")
	accents    = pairs("vec ⃗ overrightarrow ⃗ hat ̂ widehat ̂ bar ̄ overline ̄ tilde ̃ widetilde ̃ dot ̇ ddot ̈ " +
		"check ̌ breve ̆ acute ́ grave ̀ underline ̲ mathring ̊")
	textCommands   = setOf(`text textrm textbf textit textsf texttt mbox hbox textnormal emph`)
	delimiterSizes = setOf(`left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr middle`)
	spaceCommands  = setOf(`quad qquad enspace hfill newline thinspace`)
	unreadCommands = setOf(`end label vspace hspace color phantom hphantom vphantom require`) // with an argument
	// styleCommands change how their argument looks, if they have one, but not what it says.
	styleCommands = setOf(`displaystyle textstyle scriptstyle limits nolimits hline nonumber notag rm bf it
		mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak boldsymbol bm operatorname boxed fbox
		cancel bcancel xcancel underbrace overbrace mathop mathbin mathrel mathord substack large Large
		small rlap llap mathrlap mathllap mathclap smash hdashline`)
	superscripts = charPairs("0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθ′*°∘",
		"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿ′*°°")
	subscripts = charPairs("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")
)

// pairs returns a map of words, given as alternating keys and values.
func pairs(words string) map[string]string {
	fields := strings.Fields(words)
	m := make(map[string]string, len(fields)/2)
	for i := 0; i+1 < len(fields); i += 2 {
		m[fields[i]] = fields[i+1]
	}
	return m
}

// charPairs returns a map from each character of from to the one at the same place in to.
func charPairs(from, to string) map[rune]rune {
	m := make(map[rune]rune)
	values := []rune(to)
	for i, r := range []rune(from) {
		m[r] = values[i]
	}
	return m
}
