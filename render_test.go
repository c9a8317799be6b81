package jam_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

func render(t *testing.T, r jam.Renderer, p *jam.Page) (string, error) {
	t.Helper()
	var b bytes.Buffer
	err := r.Render(t.Context(), &b, p)
	return b.String(), err
}

func TestTemplates(t *testing.T) {
	layouts := fstest.MapFS{
		"page.html":            {Data: []byte(`{{ shout .Title }} {{ upper "x" }} {{ partialCached "count.html" . .Section }} {{ eq (index site.Pages 0) page }}`)},
		"home.html":            {Data: []byte(`home`)},
		"_partials/count.html": {Data: []byte(`{{ len site.Pages }}`)},
	}
	r, err := jam.Templates(layouts, template.FuncMap{
		"shout": func(s string) string { return s + "!" },
		"upper": func(s string) string { return "mine" },
	})
	if err != nil {
		t.Fatal(err)
	}
	// One Renderer may serve two sites, and what is cached for one isn't for the other.
	one := mustLoad(t, fstest.MapFS{"content/a.md": {}}, &jam.Config{Renderer: r})
	two := mustLoad(t, fstest.MapFS{"content/a.md": {}, "content/b.md": {}}, &jam.Config{Renderer: r})
	for want, p := range map[string]*jam.Page{
		"A! mine 1 true": one.GetPage("a"), "A! mine 2 true": two.GetPage("a"), "B! mine 2 false": two.GetPage("b"),
	} {
		if got, err := render(t, r, p); err != nil || got != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
}

func TestTemplateErrors(t *testing.T) {
	_, err := jam.Templates(fstest.MapFS{
		"a.html": {Data: []byte("x\n  {{ nofunc }}")}, "b.html": {Data: []byte("{{ end }}")},
	}, nil)
	sitetest.WantErrors(t, err, `a.html:2:6: template: function "nofunc" not defined`, "b.html:1:1: template: unexpected {{end}}")
	cause := errors.New("the cause")
	r, err := jam.Templates(fstest.MapFS{"page.html": {Data: []byte("\n{{ fail }}")}, "home.html": {}},
		template.FuncMap{"fail": func() (string, error) { return "", cause }})
	if err != nil {
		t.Fatal(err)
	}
	site := mustLoad(t, fstest.MapFS{"content/a.md": {}}, &jam.Config{Renderer: r})
	_, err = site.Build(t.Context(), jam.Memory())
	if !errors.Is(err, cause) || !strings.HasPrefix(fmt.Sprint(err), "page.html:2:4: render: ") || !strings.Contains(err.Error(), "(page content/a.md)") {
		t.Errorf("err = %v", err)
	}
}

// TestMiddleware composes Renderers as http.Handlers are.
func TestMiddleware(t *testing.T) {
	inner := jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
		_, err := fmt.Fprintf(w, "<p>\n  %s\n</p>\n", p.Title())
		return err
	})
	site := mustLoad(t, fstest.MapFS{"content/a.md": {}}, nil)
	got, err := render(t, jam.NewMinifier(jam.Minify{}).Renderer(inner), site.GetPage("a"))
	if err != nil || got != "<p>\nA\n</p>\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestMinifierAlone(t *testing.T) {
	m := jam.NewMinifier(jam.Minify{KeepCSS: true})
	for name, want := range map[string]string{"a.json": `{"a":1}`, "a.css": "{ \"a\": 1 }\n", "a.txt": "{ \"a\": 1 }\n", "a.min.json": "{ \"a\": 1 }\n"} {
		if got, err := m.Bytes(t.Context(), name, []byte("{ \"a\": 1 }\n")); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
		}
	}
	_, err := m.Bytes(t.Context(), "x.json", []byte("{\n\"a\": }"))
	if list := jam.Errors(err); len(list) != 1 || list[0].Path != "x.json" || list[0].Line != 2 {
		t.Errorf("err = %v", err)
	}
	src := []byte("{ ,")
	if got, err := jam.NewMinifier(jam.Minify{Lenient: true}).Bytes(t.Context(), "x.json", src); err != nil || !bytes.Equal(got, src) {
		t.Errorf("lenient: got %q, %v", got, err)
	}
}

func TestPlainTheme(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(smallSite), &jam.Config{Title: "Small & plain", Language: "ar"})
	for name, want := range map[string]string{"/": "Small & plain", "/posts/": "Posts", "/posts/a/": "Text of A.", "/404.html": "الصفحة غير موجودة"} {
		page := s.Output(name)
		page.Find("html").WantAttr("dir", "rtl").WantAttr("lang", "ar")
		page.Find("body").WantContains(want)
	}
	s.Output("/posts/").Find("main a").WantText("A", "B").WantAttr("href", "/posts/a/", "/posts/b/")
}

func TestWarnf(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(`
-- layouts/page.html --
{{ warnf "page %s is odd" .Title }}{{ now.Year }}{{ (slice .).ByTitle.Len }}
-- layouts/home.html --
-- content/a.md --
`), &jam.Config{Now: now})
	s.WantWarnings("template: page A is odd")
	if got := s.Output("/a/").String(); strings.TrimSpace(got) != "20261" {
		t.Errorf("got %q", got)
	}
}
