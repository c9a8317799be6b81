package layouts

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jam-go/jam/internal/suggest"
)

// register makes the partials known, and what their files define; also
// shortcodes, render hooks, and the expressions of try.
func (e *Engine) register() Errors {
	registerPartials(e, e.files, e.partials)
	errs := e.registerDefinitions()
	registerPartials(e, e.builtin, e.internal)
	for name, t := range e.internal {
		if e.partials[name] == nil {
			e.partials[name] = t
		}
	}
	for _, files := range []map[string]*file{e.files, e.builtin} {
		e.shortcodes.register(e, files, inShortcodes)
		e.markup.register(e, files, inMarkup)
	}
	for _, f := range e.byID {
		for _, expr := range f.tries {
			t := newTemplate(e, f.path, expr, f)
			t.format = plainText
			e.tries[expr.name] = t
		}
	}
	return errs
}

func registerPartials(e *Engine, files map[string]*file, to map[string]*Template) {
	for _, p := range slices.Sorted(maps.Keys(files)) {
		f := files[p]
		if f.place == inPartials {
			name, _ := partialName(p)
			// _partials sorts before partials, and goes before it.
			if to[name] == nil {
				to[name] = newTemplate(e, f.path, f.root, f)
			}
		}
	}
}

// registerDefinitions makes known what the files define.
func (e *Engine) registerDefinitions() Errors {
	var errs Errors
	for _, p := range slices.Sorted(maps.Keys(e.files)) {
		f := e.files[p]
		if f.place != inPartials && f.late() && !f.isContent() {
			continue
		}
		for _, def := range slices.Sorted(maps.Keys(f.defs)) {
			name, ok := partialName(def)
			switch {
			case !ok && f.place == inPartials:
				e.shared[def] = append(e.shared[def], f.defs[def])
			case ok && e.partials[name] != nil:
				errs = append(errs, f.errorAt(f.defineOffset(def),
					fmt.Errorf("partial %q is defined in %s too", name, e.partials[name].entry.file.path)))
			case ok:
				e.partials[name] = newTemplate(e, def, f.defs[def], f)
			}
		}
	}
	return errs
}

// checkLinks links every layout and partial, to find what cannot work.
func (e *Engine) checkLinks() Errors {
	templates := slices.Concat(slices.Collect(maps.Values(e.partials)), slices.Collect(maps.Values(e.internal)))
	for _, f := range e.byID {
		if f.place == inLayouts || f.place == inViews {
			templates = append(templates, e.ofFile(f))
		}
	}
	var errs Errors
	for _, t := range templates {
		if t.entry.file.late() {
			continue
		}
		_ = t.prepare()
		for _, err := range t.errs {
			// A page may have another base than the one nearest to the file.
			if f := e.shown[err.File]; (f == nil || f.place != inBases && !f.late()) && !errors.Is(err, errNoBase) {
				errs = append(errs, err)
			}
		}
	}
	return errs
}

// checkAllFuncs is checkFuncs for all templates but those of late files.
func (e *Engine) checkAllFuncs() Errors {
	var errs Errors
	for _, f := range e.byID {
		if f.late() {
			continue
		}
		for _, t := range f.templates() {
			errs = append(errs, e.checkFuncs(t)...)
		}
	}
	return errs
}

// checkFuncs reports the functions that t uses and nobody gives.
func (e *Engine) checkFuncs(t *tmpl) Errors {
	var errs Errors
	for _, fn := range t.funcs {
		if !e.known[fn.name] {
			errs = append(errs, t.file.errorAt(fn.offset, fmt.Errorf("function %q not defined%s",
				fn.name, suggest.DidYouMean(fn.name, slices.Collect(maps.Keys(e.known))))))
		}
	}
	return errs
}
