package sitetest

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/suggest"
)

// Site is a [jam.Site] in a test. What fails, fails the test, so that its methods return no errors. Those that may
// end the test are to be called by the goroutine that runs it; else a Site is safe for concurrent use.
type Site struct {
	*jam.Site
	t       testing.TB
	sources func() map[string]string // the page of each output file, as messages call it
}

// Load loads a site as [jam.Load] does. If it fails, t ends with every mistake, one per line.
func Load(t testing.TB, tree fs.FS, cfg *jam.Config) *Site {
	t.Helper()
	if bad, ok := tree.(badFS); ok {
		t.Fatal(bad.err)
	}
	site, err := jam.Load(t.Context(), tree, cfg)
	return New(t, site, err)
}

// New returns a Site for one that the program under test has loaded. If err is not nil, t ends with
// every mistake in it, one per line:
//
//	site, err := pipeline.Load(t.Context(), tree)
//	s := sitetest.New(t, site, err)
func New(t testing.TB, site *jam.Site, err error) *Site {
	t.Helper()
	if err != nil {
		t.Fatalf("the site cannot be loaded:\n%s", lines(jam.Errors(err)))
	}
	if site == nil {
		t.Fatal("there is no site: New was given nil")
	}
	return &Site{Site: site, t: t, sources: sync.OnceValue(func() map[string]string { return sources(site) })}
}

// In returns the site in the language with that code. If there is none, the test ends.
func (s *Site) In(code string) *Site {
	s.t.Helper()
	in := s.Site.In(code)
	if in == nil {
		var codes []string
		for _, l := range s.Languages() {
			codes = append(codes, l.Code)
		}
		s.t.Fatalf("the site has no language %q, but %s", code, quoted(codes))
	}
	return &Site{Site: in, t: s.t, sources: s.sources}
}

// Page returns the page with a path such as "/posts/hello", as [jam.Site.Page] does. If there is none, the test
// ends, and names a similar path.
func (s *Site) Page(path string) *jam.Page {
	s.t.Helper()
	p, err := s.Site.Page(path)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// Output renders a file of the output, and nothing else. It is named by its path in URLs, as
// [jam.Page.RelPermalink] gives it, or by its file's name: "/posts/hello/" is "posts/hello/index.html".
// If there is no such file, or it cannot be rendered, the test ends and says why.
func (s *Site) Output(name string) *Output {
	s.t.Helper()
	file, ok := s.file(name)
	if !ok {
		s.t.Fatalf("the site has no output %q%s", name, suggest.DidYouMean(name, s.names()))
	}
	b, err := fs.ReadFile(s.FS(s.t.Context()), file)
	if err != nil {
		s.t.Fatalf("%s cannot be rendered:\n%s", file, lines(jam.Errors(err)))
	}
	return s.output(file, b)
}

func (s *Site) output(file string, b []byte) *Output {
	return &Output{t: s.t, name: file, source: s.sources()[file], body: b}
}

// file returns the name of the output file that has a URL's path, or is called so.
func (s *Site) file(name string) (string, bool) {
	files := s.Files()
	exists := func(file string) bool {
		_, ok := slices.BinarySearch(files, file)
		return ok
	}
	if exists(name) {
		return name, true
	}
	rest, _, _ := strings.Cut(name, "#")
	if u, err := url.Parse(s.BaseURL()); err == nil && u.Host != "" {
		rest = strings.TrimPrefix(rest, u.Scheme+"://"+u.Host)
		rest = strings.TrimPrefix(rest, strings.TrimSuffix(u.Path, "/")+"/")
	}
	if plain, err := url.PathUnescape(rest); err == nil {
		rest = plain
	}
	rest = strings.Trim(path.Clean("/"+rest), "/")
	for _, file := range []string{rest, path.Join(rest, "index.html")} {
		if exists(file) {
			return file, true
		}
	}
	return "", false
}

// names returns what outputs are called, for suggestions.
func (s *Site) names() []string {
	var names []string
	for _, file := range s.Files() {
		names = append(names, "/"+strings.TrimSuffix(file, "index.html"), file)
	}
	return names
}

// sources tells for each output file which page it is of.
func sources(site *jam.Site) map[string]string {
	s := &Site{Site: site}
	sources := make(map[string]string)
	for _, p := range pages(site) {
		name := "the page " + p.Path()
		if f := p.File(); f != nil {
			name = f.Filename()
		}
		for _, o := range p.OutputFormats() {
			if file, ok := s.file(o.RelPermalink()); ok {
				sources[file] = name
			}
		}
		first := p.Paginator()
		if first == nil {
			continue
		}
		for _, part := range first.Pagers() {
			if file, ok := s.file(part.URL()); ok {
				sources[file] = name
			}
		}
	}
	return sources
}

// pages returns all pages of a site in all languages, lists included.
func pages(site *jam.Site) jam.Pages {
	all := slices.Clone(site.AllPages())
	for _, in := range site.Sites() {
		if home := in.Home(); !slices.ContainsFunc(all, home.Eq) {
			all = append(all, home)
		}
	}
	return all
}

// lines returns the texts of errors, each on a line.
func lines(errs []*jam.Error) string { return strings.Join(texts(errs), "\n") }

func texts(errs []*jam.Error) []string {
	list := make([]string, len(errs))
	for i, e := range errs {
		list[i] = e.Error()
	}
	return list
}
