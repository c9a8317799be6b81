package sitetest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

func TestRecorder(t *testing.T) {
	rec := sitetest.Record(nil)
	s := sitetest.Load(t, sitetest.FS(archive), &jam.Config{Renderer: rec})
	if got := rec.Calls(); len(got) != 0 {
		t.Errorf("loading rendered %v", got)
	}
	s.Output("/posts/other/").Find("title").WantText("Other & more")
	if got := rec.URLs(); !slices.Equal(got, []string{"/posts/other/"}) {
		t.Errorf("one output rendered %q", got)
	}
	rec.Reset()
	s.Build()
	want := []string{"/", "/posts/", "/posts/hello/", "/posts/other/", "/posts/page/2/"}
	if got := rec.URLs(); !slices.Equal(got, want) {
		t.Errorf("a build rendered %q, want %q", got, want)
	}
	call := rec.Calls()[2]
	if call.Page != "/posts/hello" || call.Kind != jam.KindPage || call.Language != "en" || call.Format != "html" || call.Err != nil ||
		!strings.Contains(string(call.Output), "<em>first</em>") {
		t.Errorf("call %+v", call)
	}
}

// TestRecorderReload shows a use: what a change reaches.
func TestRecorderReload(t *testing.T) {
	rec := sitetest.Record(nil)
	tree := fstest.MapFS{"content/a.md": {Data: []byte("A")}, "content/b.md": {Data: []byte("B")}}
	s := sitetest.Load(t, tree, &jam.Config{Renderer: rec})
	out := jam.Memory()
	if _, err := s.Site.Build(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	rec.Reset()
	tree["content/b.md"] = &fstest.MapFile{Data: []byte("changed")}
	site, err := s.Reload(t.Context(), "content/b.md")
	s = sitetest.New(t, site, err)
	if _, err := s.Site.Build(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	if got := rec.URLs(); !slices.Equal(got, []string{"/b/"}) {
		t.Errorf("the change of a text rendered %q", got)
	}
}

func TestRecorderOfFailures(t *testing.T) {
	cause := errors.New("the cause")
	rec := sitetest.Record(jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
		if p.Path() == "/a" {
			panic("no")
		}
		return cause
	}))
	site, err := jam.Load(t.Context(), sitetest.FS("-- content/a.md --\n"), &jam.Config{Renderer: rec})
	if err != nil {
		t.Fatal(err)
	}
	_, err = site.Build(t.Context(), jam.Memory())
	sitetest.WantErrors(t, err, "content/a.md: render: panic: no", "home /: render: the cause")
	calls := rec.Calls()
	if len(calls) != 2 || calls[0].Err != cause || calls[1].Err == nil || calls[1].Err.Error() != "panicked" {
		t.Errorf("calls %+v", calls)
	}
}

func TestRecorderIsSafe(t *testing.T) {
	rec := sitetest.Record(nil)
	s := sitetest.Load(t, sitetest.FS(archive), &jam.Config{Renderer: rec, Workers: 4})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, err := s.Site.Build(t.Context(), jam.Memory()); err != nil {
				t.Error(err)
			}
			rec.Calls()
		})
	}
	wg.Wait()
}

// TestRecorderOfTemplates has a site find the same layouts with a Recorder as without.
func TestRecorderOfTemplates(t *testing.T) {
	tree := fstest.MapFS{
		"content/posts/a.md": {Data: []byte("---\ntags: [x]\nlayout: wyde\n---\nA")}, "content/posts/b.md": {Data: []byte("B")},
		"content/draws/a.md": {Data: []byte("A")},
	}
	layouts := fstest.MapFS{
		"home.html": {Data: []byte("{{ .Title }}")}, "page.html": {Data: []byte("{{ .Content }}{{ .Render `card` }}")}, "card.html": {Data: []byte("card")},
		"posts/section.html": {Data: []byte(`{{ range (.Paginate (where .Pages "Title" "B") 1).Pages }}{{ .Title }}{{ end }}`)}, "404.html": {Data: []byte("none")},
	}
	templates, err := jam.Templates(layouts, nil)
	if err != nil {
		t.Fatal(err)
	}
	rec := sitetest.Record(templates)
	var files [2]map[string][]byte
	var warnings [2]string
	for i, r := range []jam.Renderer{templates, rec} {
		site, err := jam.Load(t.Context(), tree, &jam.Config{BaseURL: "https://example.com/", Renderer: r})
		if err != nil {
			t.Fatal(err)
		}
		out := jam.Memory()
		report, err := site.Build(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = out.Files()
		for _, w := range report.Warnings {
			warnings[i] += w.Error() + "\n"
		}
	}
	if !maps.EqualFunc(files[0], files[1], bytes.Equal) {
		t.Errorf("files %q without, %q with a Recorder", files[0], files[1])
	}
	if warnings[0] != warnings[1] || !strings.Contains(warnings[0], "wyde") || !strings.Contains(warnings[0], "draws") {
		t.Errorf("warnings without:\n%s\nand with a Recorder:\n%s", warnings[0], warnings[1])
	}
	if got := rec.URLs(); !slices.Contains(got, "/404.html") || slices.Contains(got, "/draws/") {
		t.Errorf("rendered %q", got)
	}
}
