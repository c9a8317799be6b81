package jam

import (
	"reflect"
	"strings"
	"unsafe"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/exec"
	"github.com/jam-go/jam/internal/layouts"
)

// lentMap is a map in a tree of data or of a site's parameters.
type lentMap struct {
	kind depKind
	lang string
	path string // the keys that lead to it
	m    any    // keeps it in memory
	keys map[string]string
}

// lentFront are the parameters of a page, or of a resource.
type lentFront struct {
	page     *Page
	resource *Resource
	values   map[string]any
}

// use notes that all of the parameters are read.
func (f *lentFront) use() {
	if f.resource != nil {
		f.resource.read(resourceParams)
	} else {
		f.page.read(facetParams)
	}
}

// useKeys notes that a parameter, or a key in it, is read.
func (f *lentFront) useKeys(keys ...string) {
	var rec *recorder
	if f.resource != nil {
		rec = f.resource.page.v.rec
	} else {
		rec = f.page.v.rec
	}
	name, ok := paramName(keys)
	switch {
	case rec == nil:
	case !ok:
		f.use()
	case f.resource != nil:
		rec.resource(f.resource.page.d, resourceParam, f.resource.d, name)
	default:
		rec.param(f.page.d.id, name, paramSum(f.values, name))
	}
}

// lendMap is false for a map that is known by another path already, or empty.
func (w *watcher) lendMap(kind depKind, lang, path string, m map[string]any) bool {
	if len(m) == 0 {
		return false
	}
	at := addressOf(m)
	known, ok := w.maps[at]
	if !ok {
		w.maps[at] = &lentMap{kind, lang, path, m, make(map[string]string)}
		return true
	}
	return known.kind == kind && known.lang == lang && known.path == path
}

func addressOf(m any) unsafe.Pointer { return reflect.ValueOf(m).UnsafePointer() }

func (w *watcher) useMap(m map[string]any, how exec.Use) {
	at := addressOf(m)
	if f := w.front[at]; f != nil {
		f.use()
		return
	}
	if d := w.data[at]; d != nil {
		d.page.useData()
		d.page.pageList()
		if ps := d.values["Pages"].(Pages); len(ps) > 0 {
			w.useList(ps, exec.UseAll, 0)
		}
		return
	}
	l := w.maps[at]
	switch {
	case l == nil:
	case how == exec.UseSome && l.kind == depData:
		w.v.rec.name(depDataSome, l.lang, l.path)
	default:
		w.v.rec.name(l.kind, l.lang, l.path)
	}
}

// Key implements [exec.Watcher].
func (w *watcher) Key(m any, key string, value any) {
	if w.v.rec == nil {
		return
	}
	values, ok := m.(map[string]any)
	if !ok {
		if menus, ok := m.(Menus); ok {
			w.menuKey(menus, key)
		}
		w.termsKey(m, key)
		return
	}
	at := addressOf(values)
	if f := w.front[at]; f != nil {
		f.useKeys(key)
		return
	}
	if d := w.data[at]; d != nil {
		if term := d.page.d.term; term != nil && key == "Term" {
			w.v.rec.readTerm(term.taxonomy, d.page.d.local.Code, termText, term.key, "")
		}
		return
	}
	l := w.maps[at]
	if l == nil {
		return
	}
	path, ok := l.keys[key]
	if !ok {
		path = key
		if l.path != "" {
			path = l.path + "\x00" + key
		}
		l.keys[key] = path
	}
	if key == "" || strings.Contains(key, "\x00") { // which no path can have
		w.v.rec.name(l.kind, l.lang, l.path)
		return
	}
	if sub, ok := value.(map[string]any); ok && l.kind == depData && w.lendMap(l.kind, l.lang, path, sub) {
		return
	}
	w.v.rec.name(l.kind, l.lang, path)
}

// paramName returns the name of the parameter that keys lead to, if there can be one.
func paramName(keys []string) (name string, ok bool) {
	name = keys[0]
	if len(keys) > 1 {
		name = strings.Join(keys, "\x00")
	}
	return name, strings.Count(name, "\x00") == len(keys)-1 && !strings.HasPrefix(name, "\x00")
}

// dotted makes the name of a parameter in which dots lead into maps one for paramSum.
func dotted(name string) string { return "\x00" + name }

// paramSum returns a checksum of the parameter that keys lead to, or of what is on the way there.
func paramSum(values map[string]any, name string) uint64 {
	h := digest.Hash(0)
	if text, ok := strings.CutPrefix(name, "\x00"); ok {
		v, found := lookupParam(values, text)
		return h.Bool(found).Value(v).Sum()
	}
	var v any = values
	for name != "" {
		m, ok := v.(map[string]any)
		if !ok {
			break
		}
		var key string
		key, name = cutKey(name)
		_, exact := m[key]
		var found bool
		v, found = lookupFold(m, key)
		h = h.Bool(exact).Bool(found)
	}
	return h.Value(v).Sum()
}

// useParam records that a template asks for keys of what may be parameters.
func useParam(st *layouts.State, recv any, keys []string) {
	v := viewOf(st)
	if v == nil || v.rec == nil || v.recording.watcher == nil {
		return
	}
	w := v.recording.watcher
	switch recv := recv.(type) {
	case map[string]any:
		if len(recv) == 0 || len(keys) == 0 {
			return
		}
		at := addressOf(recv)
		if f := w.front[at]; f != nil {
			f.useKeys(keys...)
		} else if l := w.maps[at]; l != nil && l.kind == depSiteParam && l.path == "" {
			v.rec.name(depSiteParam, l.lang, strings.Join(keys, "\x00"))
		} else if l != nil {
			v.rec.name(l.kind, l.lang, l.path)
		} else if w.data[at] != nil {
			w.useMap(recv, exec.UseAll)
		}
	default:
		if n := reflect.ValueOf(recv).Len(); n > 0 {
			w.Use(recv, exec.UseAll, 0)
		}
	}
}
