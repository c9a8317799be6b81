package layouts

import (
	"maps"
	"slices"

	"github.com/jam-go/jam/internal/digest"
)

// Sum returns a checksum of everything that the template's output depends on besides its dot and its functions: the text of all
// files that it, or a template that it calls, is written in, and which of them are meant by the names in it. Partials
// that are called by a function are not among them.
func (t *Template) Sum() uint64 { return t.sum() }

func (t *Template) makeSum() uint64 {
	err := t.prepare()
	h := digest.Hash(0).String(t.name).Bool(err == nil)
	for _, f := range t.spaces {
		h = h.String(f.path).Uint(f.sum)
	}
	for _, p := range t.parts {
		h = h.String(p.file.path).Uint(p.file.sum)
		for _, to := range p.targets {
			h = h.String(to.file.path).Uint(to.file.sum)
		}
	}
	return h.Sum()
}

// PartialSum returns the Sum of the partial of that name, 0 when there is none.
func (e *Engine) PartialSum(name string) uint64 {
	if t := e.partial(name); t != nil {
		return t.Sum()
	}
	return 0
}

// LookupSum returns the Sum of the layout for q, 0 when there is none.
func (e *Engine) LookupSum(q Query) uint64 {
	if t, ok := e.Lookup(q); ok {
		return t.Sum()
	}
	return 0
}

// ShortcodeSum returns the Sum of the template of a shortcode for q, 0 when there is none.
func (e *Engine) ShortcodeSum(q Query, name string) uint64 { return e.shortcodes.sum(q, name, true) }

// MarkupSum returns the Sum of the template of a render hook for q, or a checksum of its file's name only, 0 when there is none.
func (e *Engine) MarkupSum(q Query, name string, text bool) uint64 {
	return e.markup.sum(q, name, text)
}

// MarkupName returns the name of the render hook that the template is of.
func (t *Template) MarkupName() string {
	name, _ := variantOf(t.entry.file.rel)
	return name
}

func (vs variants) sum(q Query, name string, text bool) uint64 {
	t := vs.best(q, name)
	switch {
	case t == nil:
		return 0
	case text:
		return t.Sum()
	}
	return digest.Hash(0).String(t.entry.file.path).Sum()
}

// Sum returns a checksum of all templates.
func (e *Engine) Sum() uint64 {
	h := digest.Hash(0)
	for _, files := range []map[string]*file{e.files, e.builtin} {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			h = h.String(name).Uint(files[name].sum)
		}
	}
	return h.Sum()
}
