package jam

import (
	"maps"
	"slices"
)

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
