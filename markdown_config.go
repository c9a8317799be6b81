package jam

import (
	"maps"
	"slices"

	"github.com/yuin/goldmark"
)

// Markdown sets how Markdown is rendered. Its zero value means: CommonMark with
// GitHub's tables, task lists, strikethrough and autolinks, footnotes,
// definition lists, heading ids, attributes, typographic quotes and dashes and
// alerts, and raw HTML left out.
type Markdown struct {
	// Unsafe lets raw HTML in Markdown through, and links of any scheme.
	// Without it both are left out, each with a warning.
	Unsafe bool

	// Untrusted are patterns of the files of the content whose authors nobody vouches for, such as
	// "guests/**", or "**" for all. What they write can't bring scripts, styles, event handlers or
	// addresses such as javascript: and data: into the site. Unsafe is without effect on it, and on what
	// markdownify and [Page.RenderString] render anywhere. Each thing that is left out is a warning with its position:
	//
	//   - HTML in Markdown, addresses other than relative ones and http:, https:, mailto: and tel:, and
	//     attributes but for a few, among which are neither class nor data-*;
	//   - HTML files, SVG images, and others but for images, sound, video, fonts, PDF, ZIP and plain data, and of these what has
	//     a name such as x.html.gz or begins with <;
	//   - front matter that reaches beyond the page: url, aliases, redirect, layout, type, outputs, menus, cascade,
	//     build, headless, sitemap, paginate and translationKey.
	//
	// In shortcodes, .Inner begins no tag. Templates must not pass what such pages say to safeHTML and its
	// like. docs/security.md has the details.
	Untrusted []string

	// Extensions are the caller's own goldmark extensions. Each Load applies them after the built-in ones, and
	// once more to what renders untrusted texts, if there are any. They must not keep nodes of a page's tree when
	// the page is rendered: others are made of them.
	Extensions []goldmark.Extender

	// KeepShortcodes leaves shortcodes that nobody defines as they are written, each with a
	// warning. Without it they are errors.
	KeepShortcodes bool

	// HardWraps turns each line break in a paragraph into a <br>.
	HardWraps bool

	// SummaryWords is how many words an automatic summary has at least.
	// Default: 70.
	SummaryWords int

	// Passthrough are delimiters between which text is no Markdown, such as formulas. Without a render
	// hook it is written as it is, with the delimiters, for a script such as KaTeX's, in an element of
	// class math.
	Passthrough []Delimiters

	// Math adds the delimiters \(…\) in lines, and \[…\] and $$…$$ for blocks, to Passthrough.
	Math bool

	// Diagrams writes code blocks of the language mermaid for the script of that name.
	Diagrams bool

	// Hooks are functions that render elements.
	Hooks Hooks

	// BlockImages lets a hook render an image that is a paragraph of its own in place of that
	// paragraph; see [ImageElement].
	BlockImages bool

	// DefinitionIDs gives the terms of definition lists ids, as headings have.
	DefinitionIDs bool

	// TOC sets which headings a table of contents has.
	TOC TOC

	// These switch single features off.
	NoTypographer, NoHeadingIDs, NoAttributes, NoAlerts, NoFootnotes, NoDefinitionLists, NoLinkify bool
}

// Delimiters enclose text that is no Markdown.
type Delimiters struct {
	Open, Close string
	Block       bool // the text is a block of its own, not a part of a line
}

// TOC sets which headings [Page.TableOfContents] has. Its zero value means levels 2 and 3.
type TOC struct {
	Start, End int  // the levels, from 1 to 6
	Ordered    bool // numbered
}

// check reports what is wrong with the settings of Markdown, whose defaults are filled in. What
// delimiters may be is for the Markdown engine to say.
func (m *Markdown) check() []*Error {
	var errs []*Error
	fail := func(format string, args ...any) { errs = append(errs, errorAt("config", "", format, args...)) }
	if t := m.TOC; t.Start < 1 || t.End > 6 || t.Start > t.End {
		fail("Markdown.TOC: Start is %d and End is %d: want levels from 1 to 6, in this order", t.Start, t.End)
	}
	for i, d := range m.Passthrough {
		if slices.ContainsFunc(m.Passthrough[:i], func(e Delimiters) bool { return e.Open == d.Open }) {
			fail("Markdown.Passthrough[%d]: there is another one that begins with %q", i, d.Open)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(m.Hooks.CodeBlock)) {
		if m.Hooks.CodeBlock[lang] == nil {
			fail("Markdown.Hooks.CodeBlock[%q] is nil", lang)
		}
	}
	return errs
}
