package jam

import (
	"context"
	"html/template"
	"path"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/jam-go/jam/internal/search"
	"github.com/jam-go/jam/internal/work"
)

// searchDir is the folder of a language's search index, in the folder of the language.
const searchDir = "search"

// siteSearch is the search index of the site in a language. It is made when the first of its files is.
type siteSearch struct {
	snap  *snapshot
	lang  language.Tag
	pages []*pageData
	dir   string // path part of the URL of its folder, with a slash at the end

	mu      sync.Mutex
	builder *search.Builder
}

// searchRoutes returns the files of the search index, its script and its style sheet.
func (l *loader) searchRoutes(home *pageData) []*route {
	lc := home.local
	s := &siteSearch{snap: l.snap, lang: lc.tag}
	for _, d := range l.snap.pages {
		if d.local == lc && d.inSearch() {
			s.pages = append(s.pages, d)
		}
	}
	var list []*route
	add := func(name string, make func(ctx context.Context) ([]byte, error)) {
		r := l.specialRoute(path.Join(lc.prefix, searchDir, name), home, make)
		if r != nil {
			list = append(list, r)
		}
	}
	add("search.js", func(context.Context) ([]byte, error) { return search.Script(), nil })
	add("search.css", func(context.Context) ([]byte, error) { return search.Style(), nil })
	for _, name := range search.Names(len(s.pages)) {
		add(name, func(ctx context.Context) ([]byte, error) { return s.file(ctx, name) })
	}
	if len(list) > 0 {
		s.dir = strings.TrimSuffix(list[0].rel, "search.js")
		lc.search = s
	}
	return list
}

// inSearch tells whether the search finds the page: a regular page that is rendered, unless its
// parameter search is false.
func (d *pageData) inSearch() bool {
	if d.kind != KindPage || d.route == nil || d.route.page != d {
		return false
	}
	v, _ := lookupParam(d.meta.Params, "search")
	return v != false
}

func (s *siteSearch) file(ctx context.Context, name string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.builder == nil {
		b, err := s.build(ctx)
		if err != nil {
			return nil, err
		}
		s.builder = b
	}
	return s.builder.File(name), nil
}

// build reads the content of all pages.
func (s *siteSearch) build(ctx context.Context) (*search.Builder, error) {
	b := search.New(len(s.pages), search.Options{Language: s.lang})
	views := make([]*view, s.snap.set.Workers)
	errs := make([]error, len(s.pages))
	err := work.Each(ctx, len(views), len(s.pages), func(worker, i int) {
		if views[worker] == nil {
			views[worker] = s.snap.acquire()
		}
		v := views[worker]
		var failed error
		v.ctx, v.failed = ctx, &failed
		errs[i] = b.Add(i, v.page(s.pages[i].id).searchDoc())
		v.ctx, v.failed = nil, nil
		if failed != nil {
			errs[i] = failed
		}
	})
	for _, v := range views {
		if v != nil {
			s.snap.release(v)
		}
	}
	if err != nil {
		return nil, err
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

// searchDoc returns what the search knows of the page.
func (p *Page) searchDoc() search.Doc {
	d := search.Doc{
		URL: p.RelPermalink(), Title: p.Title(), Section: p.sectionTitle(), Description: p.Description(),
		Keywords: append(p.Keywords(), p.Tags()...), Text: p.Plain(),
	}
	p.Fragments().each(func(h *Heading) { d.Headings = append(d.Headings, search.Heading{ID: h.ID, Text: h.Title}) })
	return d
}

// SearchForm returns the form that searches the site: HTML with a script and a style sheet. It is empty if
// the home page does not have the output format search.
func (s *Site) SearchForm() template.HTML {
	lc := s.read(facetConfig)
	if lc.search == nil {
		return ""
	}
	return template.HTML(search.Form(search.FormOptions{}))
}
