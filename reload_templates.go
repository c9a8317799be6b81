package jam

import (
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/layouts"
)

// sameTemplates tells whether new templates stand for the same pages as the last ones. Where they do not make the same of
// shortcodes, the texts that call some are read again.
func (r *reloader) sameTemplates(l *loader) bool {
	was, now := r.last.content, l.base.content
	if r.rescan = now.broken || !slices.Equal(was.shortcodeFiles(), now.shortcodeFiles()) || !now.takeUses(was); r.rescan {
		return false
	}
	a, b := templatesOf(r.last.renderer), templatesOf(l.base.renderer)
	switch {
	case (a == nil) != (b == nil):
		return false
	case len(l.errs) > 0 && a != nil && !l.set.Strict: // the plain theme may be in the place of what is broken
		return r.sameLayouts(l, a, b)
	case !slices.Equal(was.engine.Names(), now.engine.Names()):
		return false
	}
	return a == nil || a.builtin == b.builtin && slices.Equal(a.engine.Names(), b.engine.Names())
}

// shortcodeFiles returns the names of the templates of shortcodes.
func (c *contentTemplates) shortcodeFiles() []string {
	return slices.DeleteFunc(c.engine.Names(), func(name string) bool { return !strings.Contains(name, "shortcodes/") })
}

// takeUses notes the shortcodes that texts were seen to call, unless these are not read in the same way any more.
func (c *contentTemplates) takeUses(was *contentTemplates) bool {
	uses, same := make(map[*layouts.Template]shortcodeUse), true
	was.used.Range(func(t, use any) bool {
		u := use.(shortcodeUse)
		now, ok := c.engine.Shortcode(u.query, u.name)
		if same = ok && innerOf(now) == innerOf(t.(*layouts.Template)); same {
			uses[now] = u
		}
		return same
	})
	if same {
		for t, u := range uses {
			c.used.Store(t, u)
		}
	}
	return same
}

// sameLayouts tells whether two sets of templates have layouts for the same pages of the last snapshot, which makes the
// same routes of them.
func (r *reloader) sameLayouts(l *loader, a, b *templates) bool {
	for _, lc := range r.last.locals {
		if d := newPage(lc, Kind404, notFoundPath); !sameLayout(d, nil, a, b) && !r.isFree(l, d) {
			return false
		}
	}
	for _, d := range r.last.pages {
		if !sameLayout(d, nil, a, b) {
			return false
		}
		formats, _ := l.formatsOf(d)
		for _, f := range formats {
			if !sameLayout(d, f, a, b) {
				return false
			}
		}
	}
	return true
}

// sameLayout tells whether both or none of two sets of templates have a layout for a page in a format.
func sameLayout(d *pageData, f *format, a, b *templates) bool {
	q := layoutQuery(d, f)
	_, first := a.engine.Lookup(q)
	_, second := b.engine.Lookup(q)
	return first == second
}

// isFree tells whether nothing depends on there being a page: one that has one file, where there is no other.
func (r *reloader) isFree(l *loader, d *pageData) bool {
	formats, _ := l.formatsOf(d)
	file, err := l.set.pageFile(d)
	return err == nil && len(r.last.cascades.rules) == 0 && len(formats) == 1 && formats[0].isHTML() && r.last.routes.byFile[file] == nil
}
