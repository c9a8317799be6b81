package jam

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/filename"
	"github.com/jam-go/jam/internal/suggest"
)

// Pagination divides the list of a home page, a section, a taxonomy or a term into
// pagers, each with a file of its own. It is declared, in [Config.Pagination] or in the front
// matter of the list's page, since the names of all files are known before anything is
// rendered:
//
//	paginate: 20
//	paginate: {size: 20, order: -date, path: page, of: recursive}
type Pagination struct {
	// Size is how many pages a pager has, at least 1. Default in front matter: 10.
	Size int

	// Path is where the second and further pagers are, from the list's own URL: "page",
	// the default, makes page/2/. The token :num stands for the number: "page:num".
	Path string

	// Order is the order of the pages: "date", "lastmod", "publishDate", "title",
	// "linkTitle", "weight", "path" or a parameter, ascending, or after a
	// hyphen descending: "-date" is the newest first. Default: the list's own.
	Order string

	// Of is the list: "pages", "regular" for regular pages, "sections", "recursive" for the
	// regular pages in sections below as well, "site" for the site's, or the path of a
	// section such as "/posts" for the regular pages in and below that.
	// Default: "site" for the home page, "pages" for taxonomies and terms, and
	// "regular" for sections.
	Of string

	line, column int // in front matter
}

const defaultPagerSize = 10

// settlePagination checks what does not depend on pages.
func (s *settings) settlePagination() []*Error {
	var errs []*Error
	for _, key := range slices.Sorted(maps.Keys(s.Pagination)) {
		p := s.Pagination[key]
		fail := func(format string, args ...any) {
			errs = append(errs, errorAt("config", "", "Pagination[%q]: %w", key, fmt.Errorf(format, args...)))
		}
		if !strings.HasPrefix(key, "/") && !slices.Contains(listKinds, key) {
			fail("want the path of a list, such as /posts, or a kind of lists%s", suggest.DidYouMean(key, listKinds))
		}
		if p.Size < 1 {
			fail("Size is %d: want the number of pages per pager, at least 1", p.Size)
		}
		if err := checkPagerPath(p.Path); err != nil {
			fail("Path: %w", err)
			delete(s.Pagination, key)
		}
	}
	return errs
}

var (
	kinds     = []string{KindHome, KindSection, KindPage, KindTaxonomy, KindTerm, Kind404}
	listKinds = []string{KindHome, KindSection, KindTaxonomy, KindTerm}
)

// checkPagerPath refuses paths that lead elsewhere.
func checkPagerPath(p string) error {
	if p == "" {
		return nil
	}
	plain := strings.Trim(p, "/")
	if plain == "" {
		return fmt.Errorf("%q is no path below the list's own", p)
	}
	return filename.Check(strings.ReplaceAll(plain, ":num", "1"))
}

// pagers is a list that is divided.
type pagers struct {
	whole *pageList
	size  int
	path  string
	parts []*pageList
	rel   []string // path parts of their URLs; the first is the page's own
}

// paginate divides the lists that are to be.
func (l *loader) paginate() error {
	used := make(map[string]bool)
	for _, d := range l.snap.pages {
		if !d.isList() {
			if p := d.meta.Pagination; p != nil && p.Size > 0 && !l.inherited(p.line) {
				l.failIn(d, p.line, p.column, errors.New("paginate: this page is no list"))
			}
			continue
		}
		p, ok := d.meta.Pagination, true
		if p == nil {
			var c Pagination
			if c, ok = l.set.Pagination[d.path]; !ok {
				c, ok = l.set.Pagination[d.kind()]
			}
			p = &c
		}
		used[d.path] = true
		if !ok || p.Size < 1 {
			continue
		}
		err := l.divide(d, p)
		if err != nil {
			if p.line > 0 {
				l.failIn(d, p.line, p.column, fmt.Errorf("paginate: %w", err))
			} else {
				l.fail(errorAt("config", "", "Pagination of %s: %w", d.source(), err))
			}
		}
		if errors.Is(err, ErrLimit) {
			return joinErrors(l.errs)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l.set.Pagination)) {
		if strings.HasPrefix(key, "/") && !used[key] {
			err := fmt.Errorf("there is no list with that path%s", l.snap.main.suggestPath(key))
			if id, ok := l.snap.main.find(key); ok {
				err = notList(l.snap.pages[id])
			}
			l.fail(errorAt("config", "", "Pagination[%q]: %w", key, err))
		}
	}
	return nil
}

func (l *loader) inherited(line int) bool { return line >= inheritedLines }

func (l *loader) divide(d *pageData, p *Pagination) error {
	whole, err := l.listOf(d, p.Of)
	if err != nil {
		return err
	}
	if p.Order != "" {
		if whole, err = l.reorder(whole, p.Order); err != nil {
			return err
		}
	}
	if l.divided += len(whole.ids) / p.Size; l.divided > l.set.Limits.Files {
		return diag.Beyond("Files", "lists have more than %d parts", l.set.Limits.Files)
	}
	pg := &pagers{whole: whole, size: p.Size, path: strings.Trim(cmp.Or(p.Path, "page"), "/")}
	for i := 0; i == 0 || i < len(whole.ids); i += p.Size {
		pg.parts = append(pg.parts, &pageList{
			what: "pager", of: d.path + "#" + strconv.Itoa(len(pg.parts)+1), ids: whole.ids[i:min(i+p.Size, len(whole.ids))],
		})
	}
	d.own().pagers = pg
	return nil
}

// listOf returns the list that a pagination divides.
func (l *loader) listOf(d *pageData, of string) (*pageList, error) {
	if of == "" {
		switch d.kind() {
		case KindHome:
			of = "site"
		case KindSection:
			of = "regular"
		default:
			of = "pages"
		}
	}
	switch of {
	case "pages":
		return d.children, nil
	case "regular":
		return d.regular, nil
	case "sections":
		return d.sections, nil
	case "site":
		return d.local.regular, nil
	case "recursive":
		if d.kind() == KindHome {
			return d.local.regular, nil
		}
		return l.snap.recursiveList(d), nil
	}
	if !strings.HasPrefix(of, "/") {
		return nil, fmt.Errorf("of: unknown list %q%s", of, suggest.DidYouMean(of, []string{"pages", "regular", "sections", "site", "recursive"}))
	}
	id, ok := d.local.find(of)
	if ok && !l.snap.pages[id].isList() {
		return nil, fmt.Errorf("of: %w", notList(l.snap.pages[id]))
	}
	if !ok {
		return nil, fmt.Errorf("of: there is no list %s%s", of, d.local.suggestPath(of))
	}
	return l.snap.recursiveList(l.snap.pages[id]), nil
}

func notList(d *pageData) error { return fmt.Errorf("%s is a regular page, not a list", d.source()) }

// reorder returns the list in another order.
func (l *loader) reorder(list *pageList, order string) (*pageList, error) {
	key := reordered{list, order}
	if got := l.reordered[key]; got != nil {
		return got, nil
	}
	out, err := l.sortList(list, order)
	if l.reordered == nil {
		l.reordered = make(map[reordered]*pageList)
	}
	l.reordered[key] = out
	return out, err
}

// reordered is a list in another order: many pages may divide the same.
type reordered struct {
	list  *pageList
	order string
}

func (l *loader) sortList(list *pageList, order string) (*pageList, error) {
	key, descending := strings.CutPrefix(order, "-")
	compare := pageOrders[strings.ToLower(key)]
	byParam := compare == nil
	if byParam {
		have := func(id pageID) bool { _, ok := lookupParam(l.paramsOf(l.snap.pages[id]), key); return ok }
		if len(list.ids) > 0 && !slices.ContainsFunc(list.ids, have) {
			return nil, fmt.Errorf("order: no page has the parameter %q%s", key, suggest.DidYouMean(key, slices.Sorted(maps.Keys(pageOrders))))
		}
		compare = func(a, b *ordered) int { return compareParams(a.local.collation, a.param, b.param) }
	}
	sorted := make([]ordered, len(list.ids))
	for i, id := range list.ids {
		d := l.snap.pages[id]
		sorted[i] = ordered{pageData: d}
		switch name := strings.ToLower(key); {
		case byParam:
			sorted[i].param, _ = lookupParam(l.paramsOf(d), key)
		case name == "title":
			sorted[i].title = d.local.collation.key(d.meta.Title)
		case name == "linktitle":
			sorted[i].title = d.local.collation.key(d.linkTitle())
		}
	}
	slices.SortStableFunc(sorted, func(a, b ordered) int {
		if descending {
			return -compare(&a, &b)
		}
		return compare(&a, &b)
	})
	out := &pageList{what: list.what + " by " + order, of: list.of, ids: make([]pageID, len(sorted))}
	for i := range sorted {
		out.ids[i] = sorted[i].id
	}
	return out, nil
}

// ordered is a page to be sorted, with what is made for that once per page.
type ordered struct {
	*pageData
	title string // or link title, as it is compared
	param any
}

var pageOrders = map[string]func(a, b *ordered) int{
	"date":        func(a, b *ordered) int { return a.meta.Date.Compare(b.meta.Date) },
	"lastmod":     func(a, b *ordered) int { return a.lastmod().Compare(b.lastmod()) },
	"publishdate": func(a, b *ordered) int { return a.meta.published().Compare(b.meta.published()) },
	"title":       func(a, b *ordered) int { return strings.Compare(a.title, b.title) },
	"linktitle":   func(a, b *ordered) int { return strings.Compare(a.title, b.title) },
	"weight":      func(a, b *ordered) int { return compareWeight(a.meta.Weight, b.meta.Weight) },
	"path":        func(a, b *ordered) int { return strings.Compare(a.path, b.path) },
}

// pagerRoutes returns the routes of a list's pagers after the first.
func (l *loader) pagerRoutes(d *pageData, first *route) []*route {
	pg := d.pagers
	if pg == nil || first.redirect != nil {
		return nil
	}
	pg.rel = []string{first.rel}
	var list []*route
	dir := resourceDir(first.file)
	for n := 2; n <= len(pg.parts); n++ {
		p := path.Join(pg.path, strconv.Itoa(n))
		if strings.Contains(pg.path, ":num") {
			p = strings.ReplaceAll(pg.path, ":num", strconv.Itoa(n))
		}
		r, err := l.set.newRoute(path.Join(dir, p, "index.html"), "")
		if err != nil {
			l.fail(errorAt("route", d.source(), "%w", err))
			return nil
		}
		r.page, r.pager = d, int32(n)
		pg.rel = append(pg.rel, r.rel)
		list = append(list, r)
	}
	return list
}
