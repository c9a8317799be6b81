package jam

import "github.com/jam-go/jam/internal/layouts"

// trace records which templates are looked up by name.
type trace struct{ t *templates }

// Partial implements [layouts.Trace].
func (t trace) Partial(st *layouts.State, name string) { t.t.note(viewOf(st), depPartial, name) }

// Exists implements [layouts.Trace].
func (t trace) Exists(st *layouts.State, name string) { t.t.note(viewOf(st), depExists, name) }

// Part implements [layouts.Trace].
func (t trace) Part(st *layouts.State, name string, compute func()) any {
	v := viewOf(st)
	if v == nil || v.rec == nil {
		compute()
		return nil
	}
	return v.recorded("partial "+name, compute)
}

// Recall implements [layouts.Trace].
func (t trace) Recall(st *layouts.State, part any) {
	if v := viewOf(st); v != nil && v.rec != nil {
		v.rec.part(part.(*record))
	}
}

// Param implements [layouts.Trace].
func (t trace) Param(st *layouts.State, recv any, keys []string) { useParam(st, recv, keys) }

// viewOf returns the view of the page that an execution is for, or nil.
func viewOf(st *layouts.State) *view {
	if p, ok := st.Page.(*Page); ok {
		return p.v
	}
	return nil
}

// The templates that a site may have, in the keys of deps.
const (
	inLayouts = ""
	inContent = "content" // where shortcodes and render hooks have others than the renderer
)

// note notes that templates are looked for by their names.
func (t *templates) note(v *view, kind depKind, name string) {
	if v == nil || v.rec == nil {
		return
	}
	switch t {
	case templatesOf(v.snap.renderer):
		v.rec.name(kind, inLayouts, name)
	case v.snap.content.templates:
		v.rec.name(kind, inContent, name)
	default: // of the caller, who can't change them while the program runs
		v.rec.own().foreign = true
	}
}

// lookup finds a layout.
func (t *templates) lookup(v *view, q layouts.Query) (*layouts.Template, bool) {
	if v.rec != nil {
		t.note(v, depLayout, queryName(q))
	}
	return t.engine.Lookup(q)
}
