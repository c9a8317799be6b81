package jam

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Rendered says of a file that a build made why it did.
type Rendered struct {
	// File is the name of the output file.
	File string

	// Why is the first thing found that has changed since the file was made last: "content/posts/x.md: content changed",
	// "partial nav.html changed", "pages of /posts: new member"; "new file"; or, for all files, "first build", "program changed" or
	// "configuration changed", where what the cache has is of another one.
	Why string
}

// String returns the file and the reason.
func (r Rendered) String() string { return r.File + ": " + r.Why }

// Explanation says what a file was made of.
type Explanation struct {
	File   string   // name of the output file
	Source string   // what messages call that from which it comes, such as "content/posts/x.md"
	Why    string   // as in [Rendered], when it was made last
	Reads  []string // what its rendering read, sorted: "content/posts/x.md: title, URL", "partial nav.html" …
}

// Explain returns the record of an output file: what its rendering read in the last build of the site, or in an earlier one
// if it has not been made since. The error is an [fs.ErrNotExist] when no build has written such a file.
func (s *Site) Explain(file string) (*Explanation, error) {
	l := s.v.snap.last.Load()
	if l != nil {
		if i, ok := slices.BinarySearch(l.files, file); ok && l.routes[i] != nil {
			return l.explain(i), nil
		}
	}
	return nil, &Error{Op: "explain", Path: file, Err: fmt.Errorf("no build has made this file: %w", fs.ErrNotExist)}
}

func (l *ledger) explain(i int) *Explanation {
	r := l.routes[i]
	e := &Explanation{File: l.files[i], Why: r.why}
	if r.page != noPage {
		e.Source = l.names[r.page]
	}
	pages, others := make(map[pageID]facets), make(map[string]bool)
	seen := make(map[*record]bool)
	var visit func(r *record)
	visit = func(r *record) {
		for _, p := range r.pages {
			pages[p.page()] |= p.facets()
		}
		for _, p := range r.params {
			others[l.names[p.page]+": "+describePart(l.table.key(p.key))] = true
		}
		for _, p := range r.rest().resources {
			others[l.names[p.page]+": "+l.describeResource(p)] = true
		}
		for _, id := range r.deps {
			others[l.table.key(id).describe()] = true
		}
		for _, part := range r.parts {
			if !seen[part] {
				seen[part] = true
				visit(part)
			}
		}
	}
	visit(&r.record)
	for id, f := range pages {
		others[l.names[id]+": "+strings.Join(f.names(), ", ")] = true
	}
	for what := range others {
		e.Reads = append(e.Reads, what)
	}
	slices.Sort(e.Reads)
	return e
}

// describePart is what reports call a part of a facet.
func describePart(k depKey) string {
	switch k.kind {
	case depPageTerms:
		return strings.TrimSpace("terms " + k.name)
	case depTermPages:
		return "pages of terms " + k.name
	case depAnchor:
		return strings.TrimSpace("anchor " + k.name)
	}
	return "parameter " + strings.ReplaceAll(strings.TrimPrefix(k.name, "\x00"), "\x00", ".")
}

func (l *ledger) describeResource(r resourceRead) string {
	if r.what.keyed() {
		return r.describe(l.table.key(r.key).name)
	}
	return r.describe("")
}

// names returns what reports call the facets.
func (f facets) names() []string {
	var list []string
	for i, name := range facetNames {
		if f&(1<<i) != 0 && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// describe is what reports call a dep.
func (k depKey) describe() string {
	in := ""
	if k.lang != "" && k.kind != depPartial && k.kind != depShortcode && k.kind != depHook && k.kind != depHooks && k.kind != depLayout && k.kind != depExists {
		in = " in " + k.lang
	}
	switch k.kind {
	case depDataSome:
		return "data " + strings.ReplaceAll(k.name, "\x00", ".")
	case depSiteParam:
		return strings.TrimSpace("the site's parameter " + strings.ReplaceAll(strings.TrimPrefix(k.name, "\x00"), "\x00", "."))
	case depList:
		return describeList(k.name)
	case depQuery:
		text, _ := cutPart(k.name)
		if q, err := parseQueryText(text); err == nil {
			return q.describe()
		}
		return "a query"
	case depLookup:
		if path.Ext(k.name) == "" {
			return "/" + k.name + in
		}
		return k.name + in
	case depNamed:
		return "page named " + k.name + in
	case depSuggest:
		_, name, _ := strings.Cut(k.name, ":")
		return "what is meant by " + name + in
	case depSite:
		return "the site's " + k.name + in
	case depData:
		return strings.TrimSuffix("data "+strings.ReplaceAll(k.name, "\x00", "."), " ")
	case depMessage:
		id, _ := cutPart(k.name)
		return "message " + id + in
	case depLayout:
		q := parseQuery(k.name)
		return strings.TrimSpace("layout for " + strings.Join(slices.DeleteFunc([]string{q.Kind, q.Layout, q.Type, q.Dir, q.Format}, func(s string) bool { return s == "" }), " "))
	case depPartial:
		if path.Ext(k.name) == "" {
			return "partial " + k.name + ".html"
		}
		return "partial " + k.name
	case depShortcode:
		name, _ := parseVariant(k.name)
		return "shortcode " + name
	case depHooks, depHook:
		name, _ := parseVariant(k.name)
		return "render hook " + name
	case depExists:
		return "template " + k.name
	case depTaxonomy:
		return strings.TrimSuffix("taxonomy "+k.name, " ") + in
	case depMenus:
		return "menus" + in
	case depTerms:
		f := append(strings.Split(k.name, "\x00"), "", "")
		return strings.TrimSpace("taxonomy " + f[0] + in + ": " + f[1] + " " + f[2])
	case depMenu:
		name, field := cutPart(k.name)
		return "menu " + name + in + ": " + field
	case depSpecial:
		return "site"
	case depNow:
		return "the time"
	case depFiles:
		return "names of all files"
	case depSearch:
		return "pages of the search index" + in
	}
	return k.name
}

// describeList is what reports call a list, by its key.
func describeList(key string) string {
	key, _ = cutPart(key)
	what, of, _ := strings.Cut(key, ":")
	if _, path, ok := strings.Cut(of, ":"); ok {
		of = path
	}
	what, order, _ := strings.Cut(what, " by ")
	switch what {
	case "site":
		what = "the site's pages"
	case "all", "all pages":
		what = "all pages"
	case "collection":
		what = "pages of a collection"
	case "feed":
		what = "pages in the feed of " + of
	case relatedName:
		what = "pages related to " + of
	case belowName:
		what = "pages below " + of
	default:
		what += " of " + of
	}
	if order != "" {
		what += " by " + order
	}
	return what
}
