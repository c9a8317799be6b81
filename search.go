package jam

import (
	"context"
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/jam-go/jam/internal/search"
	"github.com/jam-go/jam/internal/suggest"
	"github.com/jam-go/jam/internal/work"
)

// searchDir is the folder of a language's search index, in the folder of the language.
const searchDir = "search-index"

// siteSearch says what the search index of the site in a language is made of. It is made when the first of its files is.
type siteSearch struct {
	local *local
	lang  language.Tag
	pages []*pageData
	dir   string // path part of the URL of its folder, with a slash at the end
}

// searchIndex is the index that is made of the texts of a snapshot.
type searchIndex struct {
	mu      sync.Mutex
	builder *search.Builder
	read    []*record // for it
	err     error
}

// searchRoutes returns the files of the search index, its script and its style sheet.
func (l *loader) searchRoutes(home *pageData) []*route {
	lc := home.local
	s := &siteSearch{local: lc, lang: lc.tag}
	for _, d := range l.snap.pages {
		if d.local == lc && l.inSearch(d) {
			s.pages = append(s.pages, d)
		}
	}
	var list []*route
	add := func(name string, make func(context.Context, *view) ([]byte, error)) {
		r := l.specialRoute(path.Join(lc.prefix, searchDir, name), home, make)
		if r != nil {
			r.special.recorded = true
			list = append(list, r)
		}
	}
	add("search.js", func(context.Context, *view) ([]byte, error) { return search.Script(), nil })
	add("search.css", func(context.Context, *view) ([]byte, error) { return search.Style(), nil })
	for _, name := range search.Names(len(s.pages)) {
		add(name, func(ctx context.Context, v *view) ([]byte, error) { return v.searchFile(ctx, s, name) })
	}
	if len(list) > 0 {
		s.dir = strings.TrimSuffix(list[0].rel, "search.js")
		lc.search = s
	}
	return list
}

// inSearch tells whether the search finds the page: a regular page that is rendered, unless it is in
// no list or its parameter search is false.
func (l *loader) inSearch(d *pageData) bool {
	if d.kind() != KindPage || d.route == nil || d.route.page != d || d.meta.Build.List == "never" {
		return false
	}
	v, _ := lookupParam(l.paramsOf(d), "search")
	return v != false
}

func (v *view) searchFile(ctx context.Context, of *siteSearch, name string) ([]byte, error) {
	made, _ := v.snap.searches.LoadOrStore(of, new(searchIndex))
	ix := made.(*searchIndex)
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.builder == nil && ix.err == nil {
		b, read, err := of.build(ctx, v)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		ix.builder, ix.read, ix.err = b, read, err
	}
	if v.rec != nil {
		v.note(depSearch, of.local.Code, "")
		if ix.read == nil {
			v.taint("search index made before")
		}
		for _, part := range ix.read {
			v.rec.part(part)
		}
	}
	if ix.err != nil {
		return nil, ix.err
	}
	return ix.builder.File(name), nil
}

// build reads the content of all pages.
func (s *siteSearch) build(ctx context.Context, by *view) (*search.Builder, []*record, error) {
	snap := by.snap
	b := search.New(len(s.pages), search.Options{Language: s.lang})
	views := make([]*view, snap.set.Workers)
	errs := make([]error, len(s.pages))
	err := work.Each(ctx, len(views), len(s.pages), func(worker, i int) {
		if views[worker] == nil {
			v := snap.acquire()
			if by.rec != nil {
				v.startRecording(by.recording.ledger)
				v.begin()
			}
			views[worker] = v
		}
		v := views[worker]
		var failed error
		v.work(ctx, renderState{failed: &failed})
		errs[i] = b.Add(i, v.page(s.pages[i].id).searchDoc())
		failed = v.late(s.pages[i], failed)
		v.rest()
		if failed != nil {
			errs[i] = failed
		}
	})
	var read []*record
	for _, v := range views {
		if v == nil {
			continue
		}
		if rec := v.end(nil); rec != nil {
			rec.own().what = "search index"
			read = append(read, rec)
		}
		snap.release(v)
	}
	if err != nil {
		return nil, nil, err
	}
	for _, err := range errs {
		if err != nil {
			return nil, nil, err
		}
	}
	return b, read, nil
}

// searchDoc returns what the search knows of the page.
func (p *Page) searchDoc() search.Doc {
	d := search.Doc{
		URL: p.RelPermalink(), Title: p.Title(), Section: p.sectionTitle(), Description: p.Description(),
		Keywords: slices.Concat(p.Keywords(), p.Tags()), Text: p.Plain(),
	}
	p.Fragments().each(func(h *Heading) { d.Headings = append(d.Headings, search.Heading{ID: h.ID, Text: h.Title}) })
	return d
}

// SearchForm sets the form of [Site.SearchForm].
type SearchForm struct {
	// Page makes the form that of a search page: results stand below it in the page, and the query is
	// in the page's URL. Without it, they are in a panel over the page.
	Page bool

	// Action is the URL of a search page, to which the form leads. Without one it opens the first result.
	Action string

	// Shortcuts lets the keys / and Ctrl+K lead to the form.
	Shortcuts bool

	// ID begins the ids of the form's elements. Two forms on one page need different ones.
	ID string

	// Labels are the texts by name: search, placeholder, none, partial, searching, hint, more, close, failed, noScript, and
	// the number of results, "%d results", by its plural form as results.one, results.other and so on. Default: English.
	Labels map[string]string
}

// SearchForm returns the form that searches the site, with its script and style sheet: HTML for the place where it is to
// be. It is empty if the home page does not have the output format search. In templates it is the function searchForm,
// which takes a map of the fields of [SearchForm]:
//
//	{{ searchForm (dict "shortcuts" true) }}
func (s *Site) SearchForm(f SearchForm) (template.HTML, error) {
	lc := s.read(settingSearch)
	labels, err := f.labels()
	if err != nil || lc.search == nil {
		return "", err
	}
	action := f.Action
	if action != "" {
		if u, err := url.Parse(action); err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
			return "", fmt.Errorf("action %q of a search form: want the URL of a page", action)
		}
		action = s.v.relURL(action)
	}
	dir := lc.search.dir
	var b strings.Builder
	b.WriteString(`<link rel="stylesheet" href="` + template.HTMLEscapeString(dir) + `search.css">`)
	b.WriteString(search.Form(search.FormOptions{
		Index: dir, Base: escapePath(s.v.basePath()), Action: action, Page: f.Page, Shortcuts: f.Shortcuts, ID: f.ID, Labels: labels,
	}))
	b.WriteString(`<script type="module" src="` + template.HTMLEscapeString(dir) + `search.js"></script>`)
	return template.HTML(b.String()), nil
}

func (f *SearchForm) labels() (search.Labels, error) {
	var l search.Labels
	fields := map[string]*string{
		"search": &l.Search, "placeholder": &l.Placeholder, "none": &l.None, "partial": &l.Partial, "searching": &l.Searching,
		"hint": &l.Hint, "more": &l.More, "close": &l.Close, "failed": &l.Failed, "noscript": &l.NoScript,
	}
	for _, name := range slices.Sorted(maps.Keys(f.Labels)) {
		key := strings.ToLower(name)
		if form, ok := strings.CutPrefix(key, "results."); ok {
			if l.Results == nil {
				l.Results = make(map[string]string)
			}
			l.Results[form] = f.Labels[name]
		} else if field := fields[key]; field != nil {
			*field = f.Labels[name]
		} else {
			return l, fmt.Errorf("unknown label %q of a search form%s", name, suggest.DidYouMean(name, slices.Sorted(maps.Keys(fields))))
		}
	}
	if l.Placeholder == "" && !f.Page {
		l.Placeholder = firstOf(l.Search, "Search")
	}
	return l, nil
}

// searchForm is the function of templates.
func (b binding) searchForm(options ...map[string]any) (template.HTML, error) {
	var f SearchForm
	for _, o := range options {
		if err := setFields(&f, o); err != nil {
			return "", err
		}
	}
	return b.site().SearchForm(f)
}
