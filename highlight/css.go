package highlight

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// layout is the part of the style sheet that does not depend on the style. Numbers and signs
// are generated content, which is not copied, and after the slash not read aloud.
// A line is as wide as the widest, so that a mark's background does not end where
// the page does.
const layout = `.highlight{margin-inline:0}
.highlight>figcaption{padding:.45em 1.1em;border-radius:4px 4px 0 0;border-block-end:1px solid color-mix(in srgb,currentColor 20%,transparent);font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.8125em;overflow-wrap:anywhere}
.highlight>figcaption+pre{margin-block-start:0;border-start-start-radius:0;border-start-end-radius:0}
pre.chroma{padding:.9em 0;overflow-x:auto;line-height:1.5;tab-size:4;white-space:pre;direction:ltr;text-align:left}
pre.chroma>code{display:block;box-sizing:border-box;width:max-content;min-width:100%;padding:0 1.1em;background:none;color:inherit;font-size:1em}
pre.chroma .line{display:block;position:relative;margin:0 -1.1em;padding:0 1.1em;color:inherit;text-decoration:none}
pre.chroma .hl{box-shadow:inset 3px 0}
pre.chroma .line[data-line]::before,pre.chroma .ln::before{content:attr(data-line);content:attr(data-line) / "";padding-right:1.25em}
pre.chroma .ln{color:inherit;text-decoration:none}
pre.chroma ins.line::after,pre.chroma del.line::after{content:"+";position:absolute;top:0;left:.35em}
pre.chroma del.line::after{content:"\2212"}
pre.chroma .ln:target::before{text-decoration:underline}
@media (forced-colors:active){pre.chroma .hl{border-left:3px solid}}
`

// CSS writes a style sheet for the classes of highlighted code: with the style light,
// and with the style dark where the reader prefers dark colours. Both empty, they are
// "light" and "dark"; if one is empty, the other one is for all. It fails if a style
// is unknown, see [Styles], or w fails. It is safe for concurrent use.
func CSS(w io.Writer, light, dark string) error {
	switch {
	case light == "" && dark == "":
		light, dark = lightStyle, darkStyle
	case light == "":
		light = dark
	case dark == "":
		dark = light
	}
	byDay, err := findStyle(light)
	if err != nil {
		return fmt.Errorf("highlight: %w", err)
	}
	byNight, err := findStyle(dark)
	if err != nil {
		return fmt.Errorf("highlight: %w", err)
	}
	first := sheet(byDay)
	var b strings.Builder
	b.WriteString(layout)
	first.write(&b)
	if byDay != byNight {
		second := sheet(byNight)
		second.reset(first)
		b.WriteString("@media screen and (prefers-color-scheme:dark){\n")
		second.write(&b)
		b.WriteString("}\n")
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// rules are the declarations of a style sheet by selector.
type rules map[string]decl

// sheet returns the rules of a style.
func sheet(s *chroma.Style) rules {
	r := make(rules)
	all := base(s)
	r[".chroma"] = all
	r[".highlight>figcaption"] = all
	for t, class := range chroma.StandardTypes {
		if class == "" || t == chroma.Error || t == chroma.TextWhitespace || t < 0 {
			continue
		}
		if d := declarations(s, t); d != (decl{}) {
			r[".chroma ."+class] = d
		}
	}
	number := decl{color: declarations(s, chroma.LineNumbers).color}.over(decl{color: all.color})
	r["pre.chroma ::before"] = number
	r["pre.chroma .hl"] = decl{background: declarations(s, chroma.LineHighlight).background}
	return r
}

// reset adds to r what undoes the declarations of other that r has nothing for.
func (r rules) reset(other rules) {
	for selector, before := range other {
		d := r[selector]
		undo := func(now *string, before, initial string) {
			if *now == "" && before != "" {
				*now = initial
			}
		}
		undo(&d.color, before.color, "inherit")
		undo(&d.background, before.background, "transparent")
		undo(&d.weight, before.weight, "inherit")
		undo(&d.slant, before.slant, "inherit")
		undo(&d.underline, before.underline, "none")
		r[selector] = d
	}
}

// write writes the rules, those of the same declarations as one.
func (r rules) write(b *strings.Builder) {
	selectors := make(map[string][]string)
	for selector, d := range r {
		selectors[d.String()] = append(selectors[d.String()], selector)
	}
	var lines []string
	for d, list := range selectors {
		slices.Sort(list)
		lines = append(lines, strings.Join(list, ",")+"{"+d+"}\n")
	}
	slices.Sort(lines) // no element has two of the classes of tokens: their order means nothing
	for _, line := range lines {
		b.WriteString(line)
	}
}
