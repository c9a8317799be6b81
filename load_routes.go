package jam

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/filename"
	"github.com/jam-go/jam/internal/suggest"
	"github.com/jam-go/jam/internal/work"
)

// route names every file of the output.
func (l *loader) route() error {
	if err := l.callPermalink(); err != nil {
		return err
	}
	list, fileless, err := l.documentRoutes()
	if err != nil {
		return err
	}
	static, err := l.staticRoutes()
	if err != nil {
		return err
	}
	list = append(list, static...)
	// Resources of the fileless first: one may be the index file that stands in for its owner's page.
	for _, d := range fileless {
		list = append(list, l.resourceRoutes(d, strings.TrimPrefix(path.Join("/", d.local.prefix, sanitizePath(d.path))+"/", "/"))...)
	}
	aliases := l.aliasRoutes()
	taken := make(takenFiles, len(list)+len(fileless))
	taken.add(list)
	for _, more := range []func() []*route{
		func() []*route { return l.filelessRoutes(fileless, taken, aliases) },
		func() []*route { return l.formatRoutes(taken) },
		func() []*route { return l.redirectRoutes(taken, aliases) },
	} {
		added := more()
		list = append(list, added...)
		taken.add(added)
	}
	if most := l.set.Limits.Files; len(list) > most {
		return l.stop("route", diag.Beyond("Files", "the site has %d files, %d are allowed", len(list), most))
	}
	table, errs := newRouteTable(list)
	l.snap.routes = table
	l.fail(errs...)
	l.warnOfDropped()
	l.buildMenus()
	return nil
}

// warnOfDropped tells of names that Windows has under other names, once of each folder.
func (l *loader) warnOfDropped() {
	told := ""
	for _, r := range l.snap.routes.list {
		part := filename.Dropped(r.file)
		if part == "" || part == told {
			continue
		}
		told = part
		l.warn(errorAt("route", r.source(), "makes the file %s: Windows drops the dots and spaces at the end of %q; set a slug or url, or rename it", r.file, path.Base(part)))
	}
}

// documentRoutes returns the routes of the pages that documents make, and the other pages.
func (l *loader) documentRoutes() (list []*route, fileless []*pageData, err error) {
	pages := l.snap.pages
	made := make([][]*route, len(pages))
	err = l.eachOf(len(pages), func(i int) {
		if d := pages[i]; d.doc != nil && d.meta.Redirect == "" {
			made[i] = l.pageRoutes(d)
		}
	})
	for i, d := range pages {
		switch {
		case d.doc == nil:
			fileless = append(fileless, d)
		case d.meta.Redirect != "": // redirects are listed in order of their pages
			list = append(list, l.pageRoutes(d)...)
		default:
			list = append(list, made[i]...)
		}
	}
	return list, fileless, err
}

// eachOf calls do for each number below n, on all cores. What do does is little: each takes several at a time.
func (l *loader) eachOf(n int, do func(i int)) error {
	const some = 64
	if n <= some {
		for i := range n {
			do(i)
		}
		return l.ctx.Err()
	}
	return work.Each(l.ctx, l.set.Workers, (n+some-1)/some, func(_, k int) {
		for i := some * k; i < min(n, some*(k+1)); i++ {
			do(i)
		}
	})
}

// callPermalink asks the caller for URLs.
func (l *loader) callPermalink() error {
	if l.set.Permalink == nil {
		return nil
	}
	l.snap.routes, _ = newRouteTable(nil) // so that there is one to ask
	v := newView(l.snap)
	// What the caller read was rendered without the URLs that its links lead to.
	defer l.snap.forget()
	for _, d := range l.snap.pages {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		if d.kind() == Kind404 || d.meta.URL != "" {
			continue
		}
		err := guard("route", func() error {
			d.own().permalink = l.set.Permalink(v.page(d.id))
			return nil
		})
		if err != nil {
			return wrapOp(l.ctx, "route", d.source(), err)
		}
	}
	return nil
}

// filelessRoutes returns the routes of pages that no file of the content makes, but
// for those whose place a file has taken, or of a section an alias.
func (l *loader) filelessRoutes(pages []*pageData, taken takenFiles, aliases []*route) []*route {
	former := make(takenFiles, len(aliases))
	former.add(aliases)
	var list []*route
	for _, d := range pages {
		file, err := l.set.pageFile(d)
		if err == nil && taken.by(file) != nil {
			d.route = taken.by(file) // links to the page lead to the file
		} else if err == nil && d.kind() == KindSection && yieldsTo(d, former.by(file)) {
			d.route = former.by(file) // what somebody wrote goes before a list that nobody did
		} else if r := l.pageRoute(d); r != nil {
			list = append(append(list, r), l.pagerRoutes(d, r)...)
		}
	}
	return list
}

// yieldsTo tells whether a section without a file leaves its place to an alias: to one of its own language.
func yieldsTo(d *pageData, alias *route) bool {
	return alias != nil && alias.redirect.page.local == d.local
}

// pageRoutes returns the routes of a page and its resources.
func (l *loader) pageRoutes(d *pageData) []*route {
	var list []*route
	if r := l.pageRoute(d); r != nil {
		list = append(append(list, r), l.pagerRoutes(d, r)...)
	}
	if len(d.resources) == 0 {
		return list
	}
	file, err := l.set.pageFile(d)
	if err != nil {
		return nil // reported by pageRoute
	}
	return append(list, l.resourceRoutes(d, resourceDir(file))...)
}

// pageRoute returns a page's route, or nil for one that is not rendered.
func (l *loader) pageRoute(d *pageData) *route {
	file, err := l.set.pageFile(d)
	first := l.firstFormat(d)
	if d.meta.Redirect != "" {
		first = l.set.formats[formatHTML] // which is what leads on
	}
	if err == nil {
		var r *route
		if !first.isHTML() {
			file = first.file(file, d.local.prefix)
		}
		if r, err = l.set.newRoute(file, ""); err == nil {
			if !first.isHTML() {
				r.format = first
			}
			switch {
			case d.meta.Build.Render == "never":
				return nil
			case d.meta.Build.Render == "link":
				d.own().link = r.rel
				return nil
			case d.meta.Redirect == "" && !l.hasLayout(d, r.format) && d.kind() != KindPage:
				return nil // for a page it is an error, but its place is taken
			}
			d.route = r
			if d.meta.Redirect != "" {
				r.own().origin = d.source()
				return l.redirectPage(d, r)
			}
			r.page = d
			if r.format != nil {
				d.own().formats = []*route{r}
			}
			return r
		}
	}
	switch {
	case d.meta.URL != "":
		l.fail(l.snap.fieldError(d, "url", "route", err))
	case errors.Is(err, errSlug):
		l.fail(l.snap.fieldError(d, "slug", "route", err))
	case d.kind() == KindTerm && d.doc == nil:
		l.fail(errorAt("route", d.source(), "%w; give the term a page with a url, such as %s/_index.md", err, path.Join(l.set.ContentDir, d.path)))
	default:
		l.fail(&Error{Op: "route", Path: d.source(), Err: err})
	}
	return nil
}

// resourceRoutes returns the routes of a page's resources, which go to the folder dir.
func (l *loader) resourceRoutes(d *pageData, dir string) []*route {
	var list []*route
	for _, res := range d.resources {
		if res.text || res.owner != d || !d.meta.Build.PublishResources {
			continue
		}
		r, err := l.set.newRoute(strings.TrimPrefix(dir, "/")+res.file, res.doc.name)
		if err != nil {
			l.fail(errorAt("route", res.doc.name, "%w", err))
			continue
		}
		r.own().resource, res.route = res, r
		list = append(list, r)
	}
	return list
}

// hasLayout tells whether the page can be rendered. That a page or the home page
// can't is a mistake; a section may do without.
func (l *loader) hasLayout(d *pageData, f *format) bool {
	t := templatesOf(l.snap.renderer)
	if t == nil || f != nil && (f.Render != nil || f.builtin != nil) {
		return true
	}
	found, tried := t.findLayout(d, f)
	switch {
	case found:
		l.checkLayout(d)
	case d.kind() == KindTaxonomy, d.kind() == KindTerm: // by default there are some
	case d.kind() == KindSection:
		l.warn(errorAt("template", d.source(), "no layout for this section: it is left out (looked for %s)", tried))
	default:
		l.fail(errorAt("template", d.source(), "no layout for this page (looked for %s)", tried))
	}
	return found
}

// checkLayout warns of a layout that the front matter asks for, and that is not there: another one takes its place.
func (l *loader) checkLayout(d *pageData) {
	t := templatesOf(l.snap.renderer)
	if t == nil || t.builtin || d.meta.Layout == "" {
		return
	}
	l.listing.Do(func() { l.layouts = t.views() })
	if name := path.Base(d.meta.Layout); !slices.Contains(l.layouts, name) {
		l.warn(l.snap.fieldError(d, "layout", "front matter", fmt.Errorf("there is no layout %q%s: another one is taken", name, suggest.DidYouMean(name, l.layouts))))
	}
}

// staticRoutes returns the routes of the files in the static folder.
func (l *loader) staticRoutes() ([]*route, error) {
	if !l.staticListed {
		if err := l.listStatic(); err != nil {
			return nil, err
		}
	}
	l.snap.static = l.static
	var list []*route
	for _, doc := range l.static {
		r, err := l.set.newRoute(doc.path(), doc.name)
		if err != nil {
			l.fail(errorAt("route", doc.name, "%w", err))
			continue
		}
		r.own().static = doc
		list = append(list, r)
	}
	return list, nil
}

// listStatic lists the files in the static folder.
func (l *loader) listStatic() error {
	tree, err := l.subtree("static")
	l.static = nil
	listed := 0
	if tree == nil || err != nil {
		return err
	}
	var documents slab[document]
	src := &fsSource{fsys: tree, name: "static", hidden: true}
	for doc, err := range src.Documents(l.ctx) {
		if l.ctx.Err() != nil {
			return l.ctx.Err()
		}
		if err != nil {
			l.fail(Errors(wrapOp(l.ctx, "read", "static", err))...)
		} else if !l.set.ignoredStatic(doc.Path) && l.hasRoom(&listed, "static files") {
			l.static = append(l.static, src.keep(doc, &documents))
		}
	}
	if listed > l.set.Limits.Files {
		return joinErrors(l.errs)
	}
	return nil
}
