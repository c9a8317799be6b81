package math

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// The tables below have the name of a command, then what it stands for.

const greek = `
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς
tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω
partial ∂ imath ı jmath ȷ`

const upright = `
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
infty ∞ nabla ∇ ell ℓ hbar ℏ hslash ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ gimel ℷ daleth ℸ emptyset ∅ varnothing ∅
forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ sphericalangle ∢ triangle △ Box □ square □
blacksquare ■ Diamond ◊ lozenge ◊ bigstar ★ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮
sharp ♯ prime ′ backprime ‵ checkmark ✓ dagger † ddagger ‡ S § P ¶ pounds £ yen ¥ euro € copyright © degree °
complement ∁ eth ð mho ℧ Bbbk 𝕜 surd √ $ $ % % # # & & _ _ vartriangle △ triangledown ▽ blacktriangle ▲`

const bigOperators = `
sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆`

const integrals = `int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ smallint ∫`

const functions = `
arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh`

const functionsWithLimits = `det gcd inf lim max min Pr sup limsup liminf injlim projlim`

const binary = `
pm ± mp ∓ times × div ÷ cdot ⋅ cdotp ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ Cap ⋒ Cup ⋓ uplus ⊎ sqcap ⊓ sqcup ⊔
vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ bigtriangleup △ bigtriangledown ▽
triangleleft ◃ triangleright ▹ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ bigcirc ◯ amalg ⨿ ltimes ⋉ rtimes ⋊
bowtie ⋈ dotplus ∔ divideontimes ⋇ barwedge ⊼ veebar ⊻ curlywedge ⋏ curlyvee ⋎ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡
circledast ⊛ circledcirc ⊚ circleddash ⊝ centerdot ⋅ intercal ⊺ leftthreetimes ⋋ rightthreetimes ⋌`

const relations = `
lt < gt > le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ leqq ≦ geqq ≧ leqslant ⩽ geqslant ⩾ ll ≪ gg ≫ lll ⋘ ggg ⋙
equiv ≡ sim ∼ simeq ≃ approx ≈ approxeq ≊ cong ≅ propto ∝ varpropto ∝ asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ eqqcolon ≕
in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉
sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ Subset ⋐ Supset ⋑ prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽
mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ nvDash ⊭ smile ⌣ frown ⌢
trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲ vartriangleright ⊳ between ≬ pitchfork ⋔ therefore ∴ because ∵
nless ≮ ngtr ≯ nleq ≰ ngeq ≱ nsim ≁ ncong ≇ lesssim ≲ gtrsim ≳ lessgtr ≶ gtrless ≷ lessdot ⋖ gtrdot ⋗ bumpeq ≏ Bumpeq ≎
circeq ≗ eqsim ≂ backsim ∽ precsim ≾ succsim ≿ nprec ⊀ nsucc ⊁
to → gets ← leftarrow ← rightarrow → leftrightarrow ↔ Leftarrow ⇐ Rightarrow ⇒ Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺
longleftarrow ⟵ longrightarrow ⟶ longleftrightarrow ⟷ Longleftarrow ⟸ Longrightarrow ⟹ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼
hookleftarrow ↩ hookrightarrow ↪ leftharpoonup ↼ leftharpoondown ↽ rightharpoonup ⇀ rightharpoondown ⇁ rightleftharpoons ⇌
leftrightharpoons ⇋ rightleftarrows ⇄ leftrightarrows ⇆ rightrightarrows ⇉ leftleftarrows ⇇ leadsto ⇝ rightsquigarrow ⇝
nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ nrightarrow ↛ nleftarrow ↚
nRightarrow ⇏ nLeftarrow ⇍ nLeftrightarrow ⇎ dashrightarrow ⇢ dashleftarrow ⇠ multimap ⊸ circlearrowleft ↺ circlearrowright ↻
curvearrowleft ↶ curvearrowright ↷ Lleftarrow ⇚ Rrightarrow ⇛
uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ upuparrows ⇈ downdownarrows ⇊`

const openings = `{ { lbrace { lbrack [ langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lgroup ⟮ lmoustache ⎰ ulcorner ⌜ llcorner ⌞ llbracket ⟦`

const closings = `} } rbrace } rbrack ] rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rgroup ⟯ rmoustache ⎱ urcorner ⌝ lrcorner ⌟ rrbracket ⟧`

// Bars are on either side, so TeX takes them for ordinary.
const bars = `vert | Vert ‖ | ‖ backslash \`

const dots = `ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰ mathellipsis …`

const punctuation = `ldotp .`

const accents = `hat ^ check ˇ tilde ~ acute ´ grave ` + "`" + ` dot ˙ ddot ¨ dddot … breve ˘ bar ¯ vec → mathring ˚`

const wideAccents = `widehat ^ widecheck ˇ widetilde ~ overrightarrow → overleftarrow ← overleftrightarrow ↔ overparen ⏜`

const underAccents = `underrightarrow → underleftarrow ← underleftrightarrow ↔ underparen ⏝`

const braces = `overbrace ⏞ underbrace ⏟ overbracket ⎴ underbracket ⎵`

const wideArrows = `
xrightarrow → xleftarrow ← xleftrightarrow ↔ xRightarrow ⇒ xLeftarrow ⇐ xLeftrightarrow ⇔ xmapsto ↦ xhookrightarrow ↪
xhookleftarrow ↩ xrightharpoonup ⇀ xrightleftharpoons ⇌ xlongequal =`

// Spaces have their width in em.
const spaces = `
, 0.1667 : 0.2222 > 0.2222 ; 0.2778 ! -0.1667 nobreakspace 0.3333 thinspace 0.1667 medspace 0.2222 thickspace 0.2778
negthinspace -0.1667 negmedspace -0.2222 negthickspace -0.2778 enspace 0.5 enskip 0.5 quad 1 qquad 2 space 0.3333`

// sizes are the heights of delimiters.
var sizes = map[string]string{"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}

// kind is what a command does.
type kind uint8

const (
	kindLetter kind = iota + 1
	kindUpright
	kindOperator
	kindIntegral
	kindFunction
	kindFunctionLimits
	kindBinary
	kindRelation
	kindOpening
	kindClosing
	kindBar
	kindDots
	kindPunctuation
	kindAccent
	kindWideAccent
	kindUnderAccent
	kindBrace
	kindWideArrow
	kindSpace
	kindSize
	kindFont
	kindFontSwitch
	kindText
	kindStyle
	kindClass
	kindOther // by its name
)

// command is what is known of a command, or of a character.
type command struct {
	kind kind
	text string
	font font
	as   class
}

// table is text as above.
type table struct {
	kind  kind
	pairs string
}

func (t table) addTo(all map[string]command) {
	words := strings.Fields(t.pairs)
	for i := 0; i+1 < len(words); i += 2 {
		if _, ok := all[words[i]]; !ok {
			all[words[i]] = command{kind: t.kind, text: words[i+1]}
		}
	}
}

var tables = []table{
	{kindLetter, greek}, {kindUpright, upright}, {kindOperator, bigOperators}, {kindIntegral, integrals},
	{kindBinary, binary}, {kindRelation, relations}, {kindOpening, openings}, {kindClosing, closings},
	{kindBar, bars}, {kindDots, dots}, {kindPunctuation, punctuation}, {kindAccent, accents},
	{kindWideAccent, wideAccents}, {kindUnderAccent, underAccents}, {kindBrace, braces},
	{kindWideArrow, wideArrows}, {kindSpace, spaces},
}

// commands are those that all formulas know.
var commands = sync.OnceValue(func() map[string]command {
	all := map[string]command{" ": {kind: kindSpace, text: "0.3333"}}
	for _, t := range tables {
		t.addTo(all)
	}
	for _, name := range strings.Fields(functions) {
		all[name] = command{kind: kindFunction, text: name}
	}
	words := strings.NewReplacer("limsup", "lim\u2009sup", "liminf", "lim\u2009inf", "injlim", "inj\u2009lim", "projlim", "proj\u2009lim")
	for _, name := range strings.Fields(functionsWithLimits) {
		all[name] = command{kind: kindFunctionLimits, text: words.Replace(name)}
	}
	for name, height := range sizes {
		for suffix, c := range map[string]class{"": ord, "l": opening, "r": closing, "m": rel} {
			all[name+suffix] = command{kind: kindSize, text: height, as: c}
		}
	}
	for name, f := range fontCommands {
		all[name] = command{kind: kindFont, font: f}
	}
	for name, f := range fontSwitches {
		all[name] = command{kind: kindFontSwitch, font: f}
	}
	for name, css := range textCommands {
		all[name] = command{kind: kindText, text: css}
	}
	for name := range styles {
		all[name] = command{kind: kindStyle, text: name}
	}
	for name, c := range classes {
		all[name] = command{kind: kindClass, as: c}
	}
	for _, name := range strings.Fields(others) {
		all[name] = command{kind: kindOther}
	}
	return all
})

// characters are those that stand for themselves, other than letters and digits.
var characters = sync.OnceValue(func() map[string]command {
	all := map[string]command{}
	for _, t := range []table{
		{kindBinary, "+ + - − * ∗"}, {kindRelation, "= = : : < < > >"}, {kindOpening, "( ( [ ["}, {kindClosing, ") ) ] ] ! ! ? ?"},
		{kindBar, "| | / /"}, {kindPunctuation, ", , ; ;"}, {kindSpace, "~ 0.3333 \u00a0 0.3333"},
	} {
		t.addTo(all)
	}
	for _, t := range tables {
		switch t.kind {
		case kindOperator, kindIntegral, kindBinary, kindRelation, kindOpening, kindClosing, kindDots, kindUpright:
			words := strings.Fields(t.pairs)
			for i := 1; i < len(words); i += 2 {
				if _, ok := all[words[i]]; !ok && words[i][0] >= utf8.RuneSelf {
					all[words[i]] = command{kind: t.kind, text: words[i]}
				}
			}
		}
	}
	return all
})

var fontCommands = map[string]font{
	"mathrm": fontRoman, "mathup": fontRoman, "mathnormal": fontNone, "mathit": fontItalic, "mathbf": fontBold, "mathbb": fontBlackboard,
	"mathcal": fontScript, "mathscr": fontScript, "mathfrak": fontFraktur, "mathsf": fontSans, "mathtt": fontMono,
	"boldsymbol": fontBoldItalic, "bm": fontBoldItalic, "Bbb": fontBlackboard, "frak": fontFraktur,
}

var fontSwitches = map[string]font{"rm": fontRoman, "it": fontItalic, "bf": fontBold, "cal": fontScript, "sf": fontSans, "tt": fontMono}

// textCommands have the style of the text.
var textCommands = map[string]string{
	"text": "", "mbox": "", "hbox": "", "textrm": "", "textnormal": "", "textup": "", "textbf": "font-weight:bold",
	"textit": "font-style:italic", "emph": "font-style:italic", "texttt": "font-family:monospace", "textsf": "font-family:sans-serif",
}

// style is how large formulas are set.
type style struct {
	display bool
	level   int // of scripts
}

var styles = map[string]style{
	"displaystyle": {display: true}, "textstyle": {}, "scriptstyle": {level: 1}, "scriptscriptstyle": {level: 2},
}

var classes = map[string]class{
	"mathord": ord, "mathop": op, "mathbin": bin, "mathrel": rel, "mathopen": opening, "mathclose": closing,
	"mathpunct": punct, "mathinner": inner,
}

const others = `
frac dfrac tfrac cfrac binom dbinom tbinom sqrt left begin operatorname overset underset stackrel
substack color textcolor hspace mspace kern mkern mskip phantom hphantom vphantom smash boxed not pmod bmod mod pod
tag notag nonumber colon overline underline`
