package jam

import (
	"context"
	"io"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
)

// unread are the methods that read nothing that could change while the page is the same.
var unread = map[string]bool{
	"Page.Page": true, "Page.Site": true, "Page.Eq": true,
	"Page.RenderString": true,                                                                                   // depends on its argument
	"Site.Build":        true, "Site.Explain": true, "Site.FS": true, "Site.Handler": true, "Site.Reload": true, // not for renderers
	"Site.Warnings": true,

	// These are the same as long as the configuration is.
	"Page.Lang": true, "Page.Language": true, "Site.BaseURL": true, "Site.BuildDrafts": true, "Site.Config": true,
	"Site.FormatDate": true, "Site.FormatNumber": true, "Site.Home": true, "Site.In": true, "Site.IsDefault": true,
	"Site.IsMultilingual": true, "Site.Language": true, "Site.LanguageCode": true, "Site.LanguagePrefix": true,
	"Site.Languages": true, "Site.Sites": true,
}

// TestEveryReadIsRecorded calls every method of a page and a site that a render
// receives, and expects each to pass by the recorder.
func TestEveryReadIsRecorded(t *testing.T) {
	tree := fstest.MapFS{
		"content/s/_index.md": {}, "content/s/a.md": {Data: []byte("text")}, "content/s/b.md": {},
		"content/s/x.png": {},
	}
	s, err := load(t.Context(), tree, nil)
	if err != nil {
		t.Fatal(err)
	}
	v := newView(s)
	id, _ := s.main.find("/s/a")
	for _, recv := range []any{&v.pages[id], v.site(s.main), v.pages[id].Parent().Resources()[0]} {
		val := reflect.ValueOf(recv)
		for i := range val.NumMethod() {
			name := val.Elem().Type().Name() + "." + val.Type().Method(i).Name
			if unread[name] {
				continue
			}
			v.startRecording(newLedger(s, s.table))
			v.renderState = renderState{}
			outer := v.begin()
			call(val.Method(i), &v.pages[id])
			if rec := v.end(outer); len(rec.pages)+len(rec.deps)+len(rec.parts) == 0 {
				t.Errorf("%s reads past the recorder", name)
			}
		}
	}
}

func call(m reflect.Value, p *Page) {
	var args []reflect.Value
	for i := range m.Type().NumIn() {
		if m.Type().IsVariadic() && i == m.Type().NumIn()-1 {
			break
		}
		switch typ := m.Type().In(i); typ {
		case reflect.TypeFor[*Page]():
			args = append(args, reflect.ValueOf(p))
		case reflect.TypeFor[string](), reflect.TypeFor[any]():
			args = append(args, reflect.ValueOf("tags"))
		default:
			args = append(args, reflect.Zero(typ))
		}
	}
	m.Call(args)
}

// TestRendersReceiveViews shows that what a render reaches leads back to its own view.
func TestRendersReceiveViews(t *testing.T) {
	tree := fstest.MapFS{"content/s/a.md": {}, "content/s/b.md": {}}
	var s *snapshot
	checked := 0
	cfg := &Config{Renderer: RendererFunc(func(_ context.Context, _ io.Writer, p *Page) error {
		checked++
		for _, q := range slices.Concat(p.Pages(), p.Ancestors(), p.Site().Pages(), p.Site().Sections(),
			p.RegularPagesRecursive(), Pages{p.Site().Home(), p.Site().GetPage("/s/a"), p.GetPage("/s/b")}) {
			if q.v != p.v {
				t.Errorf("%s reaches a page of another view", p.Path())
			}
		}
		if p.v == s.base {
			t.Error("a render has the view that Load returned")
		}
		return nil
	}), Workers: 1}
	var err error
	if s, err = load(t.Context(), tree, cfg); err != nil {
		t.Fatal(err)
	}
	if _, err := s.base.site(s.main).Build(t.Context(), Memory()); err != nil {
		t.Fatal(err)
	}
	if checked != 4 {
		t.Errorf("%d pages rendered, want 4", checked)
	}
}
