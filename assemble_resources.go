package jam

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/glob"
)

// addResources gives each file that is no page to the page whose folder it is in. One whose name
// has no language is there for that page's translations, too, unless they have their own.
func (l *loader) addResources() {
	var shared []*item
	own := make(map[*item]*resourceData)
	l.parts = make(map[*item]*pageData)
	for i, it := range l.items {
		if d := l.made[i]; d != nil && d.part {
			l.parts[it] = d
		}
		if it.broken || l.made[i] != nil && !l.made[i].part {
			continue
		}
		if l.snap.locals[it.loc.index].bySource[it.path].left != "" {
			continue // a text that is a draft, or the like
		}
		if it.neutral {
			shared = append(shared, it)
			continue
		}
		l.addResource(it, l.snap.locals[it.loc.index])
	}
	// Those in the folder of a language are its own before they are other languages'.
	for _, it := range shared {
		lc := l.snap.locals[it.loc.index]
		if leaf := l.leafOf(it); it.root() != "" && (leaf == "" || l.hasLeaf(lc, leaf)) {
			own[it] = l.addResource(it, lc)
		}
	}
	main := l.snap.main.index // the site's own language goes first
	locals := slices.Concat(l.snap.locals[main:main+1], l.snap.locals[:main], l.snap.locals[main+1:])
	for _, it := range shared {
		l.share(it, own[it], locals)
	}
	for _, d := range l.snap.pages {
		slices.SortFunc(d.resources, func(a, b *resourceData) int { return strings.Compare(a.name, b.name) })
		l.describeResources(d)
	}
	l.warnOfTexts()
	l.warnOfFormats()
}

func (l *loader) addResource(it *item, lc *local) *resourceData {
	e := lc.bySource[it.path]
	if e == nil {
		e = &entry{}
		lc.bySource[it.path] = e
	}
	owner, dir, left := l.ownerOf(it, lc)
	if owner == nil {
		e.left = left
		return nil
	}
	name := strings.TrimPrefix(strings.TrimPrefix(it.path, dir), "/")
	e.resource = &resourceData{doc: it.doc, name: name, owner: owner, text: isContent(name) && !it.whole}
	e.resource.file = path.Join(path.Dir(name), path.Base(it.doc.path()))
	if d := l.parts[it]; d != nil && d.id == noPage {
		d.id = pageID(len(l.snap.pages) + len(l.snap.parts))
		d.parent = owner.id
		l.snap.parts = append(l.snap.parts, d)
		l.snap.texts = append(l.snap.texts, it.text)
		e.resource.part = d
	}
	owner.own().resources = append(owner.resources, e.resource)
	return e.resource
}

// share gives a file to the page of the first of the languages that has it, unless it has been given
// to one, and lets the page's translations use it.
func (l *loader) share(it *item, res *resourceData, locals []*local) {
	leaf := l.leafOf(it)
	for _, lc := range locals {
		if e := lc.bySource[it.path]; e != nil && e.resource != nil {
			continue // it has its own
		}
		if leaf != "" && !l.hasLeaf(lc, leaf) {
			continue
		}
		switch {
		case res == nil:
			res = l.addResource(it, lc)
		case leaf != "":
			if owner, _, _ := l.ownerOf(it, lc); owner != nil {
				owner.own().resources = append(owner.resources, res)
				lc.bySource[it.path] = &entry{resource: res}
			}
		default:
			lc.bySource[it.path] = &entry{resource: res}
			if owner, _, _ := l.ownerOf(it, lc); owner != nil && owner.kind() == res.owner.kind() && owner.path == res.owner.path {
				owner.own().resources = append(owner.resources, res)
			}
		}
	}
	if res == nil && l.snap.main.bySource[it.path] == nil {
		l.addResource(it, l.snap.main)
	}
}

// textExtensions are those of texts that make pages.
var textExtensions = []string{".md", ".markdown", ".mdown", ".html", ".htm"}

// leafEntry returns what became of the text of a bundle, or nil.
func (l *loader) leafEntry(lc *local, leaf string) *entry {
	for _, ext := range textExtensions {
		if e := lc.bySource[leaf+"/index"+ext]; e != nil && (e.page != nil || e.left != "") {
			return e
		}
	}
	return nil
}

func (l *loader) hasLeaf(lc *local, leaf string) bool {
	e := l.leafEntry(lc, leaf)
	return e != nil && e.page != nil
}

// describeResources applies what a page's front matter says of its resources: of several
// rules that match, the first with a name, and with a title; of params, all.
func (l *loader) describeResources(d *pageData) {
	if len(d.meta.Resources) == 0 {
		return
	}
	counters := make(map[string]int)
	named := make(map[*resourceData]bool)
	titled := make(map[*resourceData]bool)
	for _, rule := range d.meta.Resources {
		g, err := glob.Compile(strings.ToLower(rule.src))
		if err != nil {
			l.failIn(d, rule.line, rule.column, err)
			continue
		}
		matched := false
		for _, r := range d.resources {
			if !g.Match(strings.ToLower(r.name)) {
				continue
			}
			matched = true
			if r.owner != d {
				continue // the owner's front matter describes it
			}
			if rule.name != "" && !named[r] {
				r.meta.name, named[r] = count(rule.name, "name:"+rule.src, counters), true
			}
			if rule.title != "" && !titled[r] {
				r.meta.title, titled[r] = count(rule.title, "title:"+rule.src, counters), true
			}
			if rule.params != nil {
				r.meta.params = fill(r.meta.params, rule.params)
			}
		}
		// A pattern may be there for files that are yet to come.
		if !matched && (!strings.ContainsAny(rule.src, "*?[{") || len(d.resources) > 0 && !l.inherited(rule.line)) {
			l.warn(d.errorAt("front matter", rule.line, rule.column, "resources: no file of this page matches %q", rule.src))
		}
	}
}

// count fills in the placeholder for how many resources have matched.
func count(text, rule string, counters map[string]int) string {
	if !strings.Contains(text, ":counter") {
		return text
	}
	counters[rule]++
	return strings.ReplaceAll(text, ":counter", fmt.Sprint(counters[rule]))
}

// failIn notes a mistake in a page's front matter.
func (l *loader) failIn(d *pageData, line, column int, err error) {
	l.fail(d.errorAt("front matter", line, column, "%w", err))
}

// warnOfTexts tells of texts that are no pages because of an index.md beside them,
// which who comes from another generator may not expect.
func (l *loader) warnOfTexts() {
	for _, d := range l.snap.pages {
		var texts []*resourceData
		for _, r := range d.resources {
			if r.text {
				texts = append(texts, r)
			}
		}
		if len(texts) > 0 && d.doc != nil {
			l.warn(errorAt("content", d.source(), "texts in this page's folder are its resources, not pages: %s%s "+
				"(call it _index%s to make it a section, or set Config.NoBundles)", texts[0].name, more(len(texts)-1), path.Ext(d.doc.path())))
		}
	}
}

// leftSection says why the section of a folder is left out, "" if it is not.
func (l *loader) leftSection(lc *local, dir string) string {
	for _, ext := range textExtensions {
		if e := lc.bySource[dir+"/_index"+ext]; e != nil && e.left != "" {
			return e.left
		}
	}
	return ""
}

func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// warnOfFormats tells of texts in formats that other generators make pages of.
func (l *loader) warnOfFormats() {
	first, count := make(map[string]string), make(map[string]int)
	for _, it := range l.items {
		switch ext := strings.ToLower(path.Ext(it.doc.path())); ext {
		case ".mdx", ".rst", ".adoc", ".asciidoc", ".org", ".textile":
			if count[ext]++; count[ext] == 1 {
				first[ext] = it.doc.name
			}
		}
	}
	for _, ext := range slices.Sorted(maps.Keys(first)) {
		l.warn(errorAt("content", first[ext], "%s is no format that pages are made of: this file%s is copied as it is", ext, more(count[ext]-1)))
	}
}

// ownerOf returns the page to which a file belongs and that page's folder; no page
// when the page is left out, and why.
func (l *loader) ownerOf(it *item, lc *local) (owner *pageData, dir, left string) {
	if leaf := l.leafOf(it); leaf != "" {
		if e := l.leafEntry(lc, leaf); e != nil {
			return e.page, leaf, "a file of " + e.left
		}
	}
	for dir := path.Dir(it.path); dir != "."; dir = path.Dir(dir) {
		if id, ok := lc.byPath["/"+dir]; ok && l.snap.pages[id].isList() && l.snap.pages[id].doc != nil {
			break
		}
		if left := l.leftSection(lc, dir); left != "" {
			return nil, "", "a file of " + left
		}
	}
	owner = lc.sectionOf(path.Dir(it.path))
	return owner, strings.Trim(owner.dir(), "/"), ""
}

// fill adds to a map what it lacks, and to maps in it; it changes the map, and none of under's.
func fill(m, under map[string]any) map[string]any {
	if m == nil {
		m = make(map[string]any, len(under))
	}
	for k, v := range under {
		below, ok := v.(map[string]any)
		have, there := m[k]
		switch over, both := have.(map[string]any); {
		case !there && ok:
			m[k] = fill(nil, below)
		case !there:
			m[k] = v
		case ok && both:
			fill(over, below)
		}
	}
	return m
}
