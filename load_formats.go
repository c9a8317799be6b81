package jam

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/feeds"
	"github.com/jam-go/jam/internal/filename"
)

// formatsOf returns the formats of a page, and whether somebody asked for them.
func (l *loader) formatsOf(d *pageData) ([]*format, bool) {
	set := l.set.outputs[d.kind()]
	if len(d.meta.Outputs) == 0 {
		return set.formats, set.declared
	}
	var list []*format
	for _, name := range d.meta.Outputs {
		// A name that is wrong, or wrong for this kind, is reported by checkOutputs.
		if f, err := l.set.format(name, d.kind()); err == nil && !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return set.formats, set.declared
	}
	return list, true
}

// checkOutputs reports what is wrong with the outputs of a page's front matter. What a page inherits
// is meant for those to which it applies.
func (l *loader) checkOutputs(d *pageData) {
	for i, name := range d.meta.Outputs {
		_, err := l.set.format(name, d.kind())
		if err == nil {
			continue
		}
		line, column := l.snap.valuePlace(d, "outputs", i)
		switch known := l.set.formats[strings.ToLower(name)] != nil; {
		case errors.Is(err, errNoBaseURL):
			l.warn(d.errorAt("front matter", line, column, "outputs: %w: it is left out", err))
		case line < inheritedLines || !known:
			l.failIn(d, line, column, err)
		}
	}
}

// firstFormat returns the format that is at the page's URL.
func (l *loader) firstFormat(d *pageData) *format {
	list, _ := l.formatsOf(d)
	for _, f := range list {
		if f.isHTML() {
			return f
		}
	}
	for _, f := range list {
		if f.hasOwnFile() {
			return f
		}
	}
	return l.set.formats[formatHTML]
}

// hasOwnFile tells a format that is one file of a page from one that is about the whole site.
func (f *format) hasOwnFile() bool { return !f.once && f.Name != "search" }

// formatRoutes returns the routes of the pages' further formats, given those of everything else but
// redirects.
func (l *loader) formatRoutes(taken takenFiles) []*route {
	var list []*route
	for _, d := range l.snap.pages {
		l.checkOutputs(d)
		first := d.route
		if first == nil || first.page != d {
			continue
		}
		formats, asked := l.formatsOf(d)
		for _, f := range formats {
			if f.isHTML() && first.format == nil || f == first.format {
				continue
			}
			for _, r := range l.formatRoute(d, f, asked) {
				if !asked && taken.by(r.file) != nil {
					continue
				}
				list = append(list, r)
				if r.page == d {
					d.addFormat(first, r)
				}
			}
		}
		l.addFeed(d)
	}
	return list
}

func (d *pageData) addFormat(first, r *route) {
	if d.formats == nil {
		d.own().formats = []*route{first}
	}
	d.own().formats = append(d.formats, r)
}

// formatRoute returns the files of a page in a format.
func (l *loader) formatRoute(d *pageData, f *format, asked bool) []*route {
	switch {
	case f.Name == "sitemap" && l.set.Sitemap.Disable:
		return nil
	case f.once && d.local != l.snap.main && !l.hasTemplate(d, f):
		return nil
	case f.dated && !asked && !l.hasNews(d) && !l.hasTemplate(d, f):
		return nil
	case f.Name == "sitemap" && !l.hasTemplate(d, f):
		return l.sitemapRoutes(d, asked)
	case f.Name == "search":
		return l.searchRoutes(d)
	case !l.hasTemplate(d, f) && !l.hasFormat(d, f):
		return nil
	}
	file, err := l.set.pageFile(d)
	if err != nil {
		return nil // reported with the page
	}
	file = f.file(file, d.local.prefix)
	if f.Name == "sitemap" {
		file = d.local.prefix + l.set.Sitemap.Filename
	}
	r, err := l.set.newRoute(file, "")
	if err != nil {
		l.fail(errorAt("route", d.source(), "%w", err))
		return nil
	}
	r.page, r.format = d, f
	return []*route{r}
}

// hasTemplate tells whether a template makes a format of a page.
func (l *loader) hasTemplate(d *pageData, f *format) bool {
	t := templatesOf(l.snap.renderer)
	if t == nil || f.Render != nil {
		return false
	}
	return t.hasLayout(d, f)
}

// hasFormat reports a page in a format that nobody can make.
func (l *loader) hasFormat(d *pageData, f *format) bool {
	if f.Render != nil || f.builtin != nil {
		return true
	}
	t := templatesOf(l.snap.renderer)
	if t == nil {
		return true // the renderer knows
	}
	_, tried := t.findLayout(d, f)
	err := errorAt("template", d.source(), "no template for the output format %s (looked for %s)", f.Name, tried)
	if len(d.meta.Outputs) > 0 {
		err = l.snap.fieldError(d, "outputs", "template", err.Err)
	}
	l.fail(err)
	return false
}

// addFeed keeps the pages of a list's feeds.
func (l *loader) addFeed(d *pageData) {
	if !slices.ContainsFunc(d.formats, func(r *route) bool { return r.format != nil && r.format.dated }) {
		return
	}
	d.own().feed = &pageList{what: "feed", of: d.listName(), ids: l.newest(l.newsOf(d), l.set.feedLimit())}
}

// newsOf returns the list that a list's feed has the newest pages of.
func (l *loader) newsOf(d *pageData) []pageID {
	list := d.children
	switch d.kind() {
	case KindHome:
		list = d.local.regular
	case KindSection:
		list = l.snap.recursiveList(d)
	}
	if list == nil {
		return nil
	}
	return list.ids
}

// isNews tells whether feeds have a page: one that has a date.
func (l *loader) isNews(id pageID) bool {
	p := l.snap.pages[id]
	return !p.meta.Date.IsZero() && p.route != nil && p.route.page == p
}

// hasNews tells whether a list's feed has any page.
func (l *loader) hasNews(d *pageData) bool { return slices.ContainsFunc(l.newsOf(d), l.isNews) }

// newest returns those of a list that feeds have, the newest first: at most so many, or all for a negative number.
func (l *loader) newest(list []pageID, most int) []pageID {
	later := func(a, b pageID) int {
		return cmp.Or(l.snap.pages[b].meta.Date.Compare(l.snap.pages[a].meta.Date), cmp.Compare(a, b))
	}
	const few = 100
	var ids []pageID
	for _, id := range list {
		switch full := most >= 0 && most <= few && len(ids) == most; {
		case !l.isNews(id), full && (most == 0 || later(ids[most-1], id) < 0):
		case full: // most are older than those that are found by then
			at, _ := slices.BinarySearchFunc(ids, id, later)
			ids = slices.Insert(ids[:most-1], at, id)
		default:
			ids = append(ids, id)
			if len(ids) == most && most <= few {
				slices.SortFunc(ids, later)
			}
		}
	}
	slices.SortFunc(ids, later)
	if most >= 0 {
		ids = ids[:min(most, len(ids))]
	}
	return slices.Clone(ids)
}

// settleFeeds checks what is said of feeds and sitemaps.
func (s *settings) settleFeeds() []*Error {
	var errs []*Error
	m := &s.Sitemap
	if m.Filename == "" {
		m.Filename = "sitemap.xml"
	}
	if err := filename.Check(m.Filename); err != nil {
		errs = append(errs, errorAt("config", "", "Sitemap.Filename: %w", err))
	} else if path.Ext(m.Filename) != ".xml" {
		errs = append(errs, errorAt("config", "", "Sitemap.Filename: want the extension .xml, have %q", m.Filename))
	}
	if m.Priority < 0 || m.Priority > 1 {
		errs = append(errs, errorAt("config", "", "Sitemap.Priority is %v: want a number from 0 to 1", m.Priority))
	}
	if err := checkChangeFreq(m.ChangeFreq); err != nil {
		errs = append(errs, errorAt("config", "", "Sitemap.ChangeFreq: %w", err))
	}
	return errs
}

func checkChangeFreq(v string) error {
	if v != "" && !slices.Contains(feeds.ChangeFreqs, v) {
		return errors.New("want one of " + strings.Join(feeds.ChangeFreqs, ", ") + `, have "` + v + `"`)
	}
	return nil
}
