package jam

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/suggest"
)

// metaFields reads the fields that jam knows. Their names are compared without
// regard to case.
var metaFields = map[string]func(r *metaReader, n *matter.Node){
	"title":          func(r *metaReader, n *matter.Node) { r.m.Title = r.str(n) },
	"linktitle":      func(r *metaReader, n *matter.Node) { r.m.own().LinkTitle = r.str(n) },
	"description":    func(r *metaReader, n *matter.Node) { r.m.Description = r.str(n) },
	"summary":        func(r *metaReader, n *matter.Node) { r.m.own().Summary = r.str(n) },
	"date":           func(r *metaReader, n *matter.Node) { r.m.Date = r.time(n) },
	"lastmod":        func(r *metaReader, n *matter.Node) { r.m.own().Lastmod = r.time(n) },
	"modified":       func(r *metaReader, n *matter.Node) { r.m.own().Lastmod = r.time(n) },
	"publishdate":    func(r *metaReader, n *matter.Node) { r.m.own().PublishDate = r.time(n) },
	"pubdate":        func(r *metaReader, n *matter.Node) { r.m.own().PublishDate = r.time(n) },
	"published":      (*metaReader).published,
	"expirydate":     func(r *metaReader, n *matter.Node) { r.m.own().ExpiryDate = r.time(n) },
	"unpublishdate":  func(r *metaReader, n *matter.Node) { r.m.own().ExpiryDate = r.time(n) },
	"draft":          func(r *metaReader, n *matter.Node) { r.draft(r.bool(n)) },
	"weight":         func(r *metaReader, n *matter.Node) { r.m.Weight = r.int(n) },
	"slug":           func(r *metaReader, n *matter.Node) { r.m.own().Slug = r.str(n) },
	"url":            func(r *metaReader, n *matter.Node) { r.m.own().URL = r.str(n) },
	"layout":         func(r *metaReader, n *matter.Node) { r.m.own().Layout = r.str(n) },
	"type":           func(r *metaReader, n *matter.Node) { r.m.own().Type = r.str(n) },
	"translationkey": func(r *metaReader, n *matter.Node) { r.m.own().TranslationKey = r.str(n) },
	"aliases":        func(r *metaReader, n *matter.Node) { r.m.own().Aliases = r.strs(n) },
	"keywords":       func(r *metaReader, n *matter.Node) { r.m.own().Keywords = r.strs(n) },
	"outputs":        func(r *metaReader, n *matter.Node) { r.m.own().Outputs = r.strs(n) },
	"menu":           (*metaReader).menus,
	"menus":          (*metaReader).menus,
	"cascade":        (*metaReader).cascade,
	"sitemap":        (*metaReader).sitemap,
	"build":          (*metaReader).build,
	"_build":         (*metaReader).build,
	"redirect":       func(r *metaReader, n *matter.Node) { r.m.own().Redirect = r.str(n) },
	"headless":       (*metaReader).headless,
	"resources":      (*metaReader).resources,
	"paginate":       (*metaReader).paginate,
	"taxonomies":     (*metaReader).taxonomies,
	"params":         (*metaReader).params,
}

// knownKeys are the names of the fields, as documentation writes them.
var knownKeys = []string{
	"title", "linkTitle", "description", "summary", "date", "lastmod", "publishDate", "expiryDate",
	"draft", "weight", "slug", "url", "layout", "type", "translationKey", "aliases", "keywords",
	"outputs", "menus", "cascade", "sitemap", "build", "params", "headless", "resources", "paginate", "taxonomies", "redirect",
}

// metaReader reads front matter and collects what is wrong with it.
type metaReader struct {
	set    *settings
	loc    *locale
	m      *meta
	values map[string]any // everything by key; nil: not asked for
	errs   diag.List
}

// readMeta reads a page's front matter; root may be nil.
func readMeta(loc *locale, set *settings, root *matter.Node) (meta, diag.List) {
	m := meta{metaMore: &plainMeta}
	r := &metaReader{set: set, loc: loc, m: &m}
	r.read(root)
	return m, r.errs
}

// readParams returns what is in a page's front matter by key; root may be nil.
func readParams(loc *locale, set *settings, root *matter.Node) map[string]any {
	r := &metaReader{set: set, loc: loc, m: &meta{metaMore: &plainMeta}}
	r.values = make(map[string]any, len(root.Entries()))
	r.read(root)
	r.normaliseParams(root)
	return r.values
}

func (r *metaReader) read(root *matter.Node) {
	entries := root.Entries()
	var seen seenKeys
	for i := range entries {
		e := &entries[i]
		key := r.set.canonical(e.Key)
		field := metaFields[key]
		if field != nil {
			if first, ok := seen.add(key, e.Key); ok {
				if e.Line < inheritedLines { // the page's own goes before it
					r.errs.Add(e.Line, e.Column, "duplicate key %q (%q is the same)", e.Key, first)
				}
				continue
			}
		}
		if r.values != nil {
			r.values[e.Key] = e.Value.ValueIn(r.set.Location)
		}
		if field != nil {
			field(r, e.Value)
		}
		r.classify(e, key)
	}
}

// seenKeys are the fields that were read, and how they are written. There are not more of them than jam knows.
type seenKeys struct {
	list  [16][2]string
	n     int
	table map[string]string // of the further ones
}

// add notes a key, unless it is there: then it returns how that is written.
func (s *seenKeys) add(key, written string) (first string, there bool) {
	for _, k := range s.list[:s.n] {
		if k[0] == key {
			return k[1], true
		}
	}
	if first, there = s.table[key]; there {
		return first, true
	}
	if s.n < len(s.list) {
		s.list[s.n] = [2]string{key, written}
		s.n++
		return "", false
	}
	if s.table == nil {
		s.table = make(map[string]string)
	}
	s.table[key] = written
	return "", false
}

// classify reads a taxonomy's terms, and the weight that a page has among those of its terms.
func (r *metaReader) classify(e *matter.Entry, key string) {
	if r.loc.known[key] {
		terms := r.strs(e.Value)
		r.addTerms(key, terms)
		if r.values != nil && e.Value.Kind == matter.List {
			r.values[e.Key] = terms
		}
		return
	}
	if name, ok := strings.CutSuffix(key, "_weight"); ok && r.loc.known[name] {
		if r.m.TermWeights == nil {
			r.m.own().TermWeights = make(map[string]int)
		}
		r.m.TermWeights[name] = r.int(e.Value)
	}
}

func (r *metaReader) addTerms(taxonomy string, terms []string) {
	last := &r.m.Terms
	for ; *last != nil; last = &(*last).next {
		if t := *last; t.taxonomy == taxonomy {
			t.texts = append(slices.Clip(t.texts), terms...)
			return
		}
	}
	if len(terms) == 0 {
		terms = nil
	}
	*last = &termTexts{taxonomy: taxonomy, texts: terms}
}

// taxonomies reads a map from taxonomies to terms, as Zola has it.
func (r *metaReader) taxonomies(n *matter.Node) {
	if !r.isMap(n, "taxonomies") {
		return
	}
	for _, e := range n.Entries() {
		if key := strings.ToLower(e.Key); r.loc.known[key] {
			r.addTerms(key, r.strs(e.Value))
		} else if r.loc.declared {
			r.errs.Add(e.Line, e.Column, "unknown taxonomy %q%s", e.Key, suggest.DidYouMean(e.Key, r.loc.plurals))
		}
	}
}

// headless reads whether a bundle's page is not rendered and in no list, though its
// resources are there.
func (r *metaReader) headless(n *matter.Node) {
	if r.bool(n) {
		r.m.own().Build.Render, r.m.own().Build.List = "never", "never"
	}
}

// normaliseParams gives params the type that the fields have.
func (r *metaReader) normaliseParams(root *matter.Node) {
	for _, e := range root.Entries() {
		switch strings.ToLower(e.Key) {
		case "date":
			r.values[e.Key] = r.m.Date
		case "lastmod", "modified":
			r.values[e.Key] = r.m.Lastmod
		case "publishdate", "pubdate":
			r.values[e.Key] = r.m.PublishDate
		case "expirydate", "unpublishdate":
			r.values[e.Key] = r.m.ExpiryDate
		case "keywords":
			r.values[e.Key] = r.m.Keywords
		case "aliases":
			r.values[e.Key] = r.m.Aliases
		}
	}
}

func (r *metaReader) fail(err error) {
	if err != nil {
		r.errs = append(r.errs, diag.Of(err)...)
	}
}

func (r *metaReader) str(n *matter.Node) string {
	v, err := n.String()
	r.fail(err)
	return v
}

func (r *metaReader) strs(n *matter.Node) []string {
	v, err := n.Strings()
	r.fail(err)
	return v
}

func (r *metaReader) bool(n *matter.Node) bool {
	v, err := n.Bool()
	r.fail(err)
	return v
}

func (r *metaReader) int(n *matter.Node) int {
	v, err := n.Int()
	r.fail(err)
	return v
}

func (r *metaReader) time(n *matter.Node) time.Time {
	v, err := n.Time(r.set.Location)
	r.fail(err)
	return v
}

func (r *metaReader) draft(is bool) {
	if is {
		r.m.own().Draft = true
	}
}

// published reads a key that is a date to some, and to Jekyll whether the page is shown.
func (r *metaReader) published(n *matter.Node) {
	if n.Kind == matter.Bool {
		r.draft(!r.bool(n))
		return
	}
	r.m.own().PublishDate = r.time(n)
}

// params lifts the entries of params among the others.
func (r *metaReader) params(n *matter.Node) {
	if !r.isMap(n, "params") {
		return
	}
	if r.values != nil {
		values, _ := n.ValueIn(r.set.Location).(map[string]any)
		maps.Copy(r.values, values)
	}
}

// isMap reports whether n is a map; what is neither that nor empty is an error.
func (r *metaReader) isMap(n *matter.Node, name string) bool {
	if n.Kind != matter.Map && n.Kind != matter.Null {
		r.errs.Add(n.Line, n.Column, "%s: want a map, have %s", name, n.Kind.Article())
	}
	return n.Kind == matter.Map
}

// fields reads the entries of a map of which every key must be known.
func (r *metaReader) fields(n *matter.Node, what string, known map[string]func(*matter.Node)) {
	for _, e := range n.Entries() {
		read := known[strings.ToLower(e.Key)]
		if read == nil {
			r.errs.Add(e.Line, e.Column, "unknown key %q in %s%s", e.Key, what,
				suggest.DidYouMean(e.Key, slices.Collect(maps.Keys(known))))
			continue
		}
		read(e.Value)
	}
}

func (r *metaReader) cascade(n *matter.Node) {
	items := n.Items()
	if n.Kind != matter.List {
		items = []*matter.Node{n}
	}
	for _, item := range items {
		if r.isMap(item, "cascade") {
			v, _ := item.ValueIn(r.set.Location).(map[string]any)
			r.m.own().Cascade = append(r.m.Cascade, v)
		}
	}
}

func (r *metaReader) sitemap(n *matter.Node) {
	if n.Kind == matter.Bool { // Jekyll's "sitemap: false"
		r.m.own().Sitemap.Disable = !r.bool(n)
		return
	}
	if !r.isMap(n, "sitemap") {
		return
	}
	r.fields(n, "sitemap", map[string]func(*matter.Node){
		"changefreq": func(n *matter.Node) {
			r.m.own().Sitemap.ChangeFreq = r.str(n)
			if err := checkChangeFreq(r.m.Sitemap.ChangeFreq); err != nil {
				r.errs.Add(n.Line, n.Column, "changefreq: %w", err)
			}
		},
		"filename": func(n *matter.Node) { r.m.own().Sitemap.Filename = r.str(n) },
		"disable":  func(n *matter.Node) { r.m.own().Sitemap.Disable = r.bool(n) },
		"priority": func(n *matter.Node) {
			switch v := n.Value().(type) {
			case float64:
				r.m.own().Sitemap.Priority = v
			case int:
				r.m.own().Sitemap.Priority = float64(v)
			default:
				r.errs.Add(n.Line, n.Column, "priority: want a number from 0 to 1, have %s", n.Kind.Article())
				return
			}
			if p := r.m.Sitemap.Priority; p != -1 && !(p >= 0 && p <= 1) {
				r.errs.Add(n.Line, n.Column, "priority: want a number from 0 to 1, have %v", p)
			}
		},
	})
}

func (r *metaReader) build(n *matter.Node) {
	if n.Kind == matter.Bool { // Zola's "render: false"
		if !r.bool(n) {
			r.m.own().Build.Render = "never"
		}
		return
	}
	if !r.isMap(n, "build") {
		return
	}
	r.fields(n, "build", map[string]func(*matter.Node){
		"render":           func(n *matter.Node) { r.m.own().Build.Render = r.oneOf(n, "render", "always", "never", "link") },
		"list":             func(n *matter.Node) { r.m.own().Build.List = r.oneOf(n, "list", "always", "never", "local") },
		"publishresources": func(n *matter.Node) { r.m.own().Build.PublishResources = r.bool(n) },
	})
}

// oneOf reads one of several words; true and false mean the first and the second.
func (r *metaReader) oneOf(n *matter.Node, name string, words ...string) string {
	if n.Kind == matter.Bool {
		if r.bool(n) {
			return words[0]
		}
		return words[1]
	}
	v := r.str(n)
	if !slices.Contains(words, v) {
		r.errs.Add(n.Line, n.Column, "%s: want one of %s, have %q", name, strings.Join(words, ", "), v)
	}
	return v
}
