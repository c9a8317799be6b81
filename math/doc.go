// Package math turns formulas in LaTeX's language into MathML when a site is built. Browsers
// show MathML without JavaScript; screen readers read it, and may be asked for its parts.
//
//	cfg := &jam.Config{Markdown: jam.Markdown{
//		Math:  true, // \( … \), \[ … \] and $$ … $$
//		Hooks: jam.Hooks{Passthrough: math.Render},
//	}}
//
// Code blocks of the language math are formulas, too. [Hooks] sets the hooks for both, also where
// there are no delimiters, and [New] takes macros. In templates formulas are written with a
// function:
//
//	cfg.Funcs = template.FuncMap{"toMath": math.ToMath} // {{ toMath `\frac12` }}
//
// A mistake in a formula, and a command that the package does not know, fail the page, with the
// page's position and the place in the formula.
//
// # Formulas
//
// What is known of the language is what mathematical texts mostly need, under the names of LaTeX
// and amsmath:
//
//   - letters, numbers and more than 400 symbols, by name or as Unicode characters;
//   - scripts and primes, \limits, \nolimits, \substack;
//   - \frac, \dfrac, \tfrac, \cfrac, \binom, \sqrt[n]{x}, {a \over b}, {n \choose k};
//   - sums and integrals, functions such as \sin and \lim, \operatorname, \pmod;
//   - \left( … \middle| … \right), \bigl to \Biggr;
//   - matrix, pmatrix, bmatrix, Bmatrix, vmatrix, Vmatrix, smallmatrix, array, cases, dcases,
//     rcases, aligned, align, alignat, split, gather, multline, eqnarray, equation, with and
//     without a star, and \\ in a displayed formula;
//   - accents, \overline, \underbrace, \overset, \xrightarrow[below]{above};
//   - \mathbf, \mathbb, \mathcal, \mathfrak, \mathrm, \boldsymbol and others; \text, with $…$
//     within it;
//   - \color, \textcolor, \boxed, \phantom, \smash, \not, spaces, styles such as \displaystyle,
//     \tag, and comments.
//
// There is no numbering of formulas: \tag stands after its formula, and not at the
// margin. \label, \ref, \newcommand, links and chemical formulas (\ce) are errors.
//
// # Pages
//
// The element is
//
//	<math display="block"><semantics><mrow>…</mrow><annotation encoding="application/x-tex">…</annotation></semantics></math>
//
// of [MathML Core], with what the author wrote as annotation. Roots, braces and sums have the right
// sizes only with a font that is made for formulas. Windows and macOS have one, not every
// system does; and a formula that is wider than the page should scroll. The plain theme has
// these rules:
//
//	math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math }
//	math[display=block] { overflow: auto hidden }
//
// Alignment within tables, and lines, are style attributes, as MathML Core has nothing else for
// them: a Content-Security-Policy needs style-src-attr 'unsafe-inline' for them.
//
// [MathML Core]: https://www.w3.org/TR/mathml-core/
package math
