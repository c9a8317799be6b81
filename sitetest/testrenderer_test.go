package sitetest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// TestRenderers tests those of package jam.
func TestRenderers(t *testing.T) {
	quickstart, err := fs.Sub(os.DirFS("../examples/quickstart"), "layouts")
	if err != nil {
		t.Fatal(err)
	}
	templates, err := jam.Templates(quickstart, nil)
	if err != nil {
		t.Fatal(err)
	}
	minifier := jam.NewMinifier(jam.Minify{})
	for name, r := range map[string]jam.Renderer{
		"PlainTheme": jam.PlainTheme(), "Templates": templates, "Minifier": minifier.Renderer(jam.PlainTheme()),
		"Recorder": sitetest.Record(nil), "Recorder of Templates": sitetest.Record(templates),
	} {
		for _, example := range []string{"quickstart", "formats/site"} {
			if strings.Contains(name, "Templates") && example != "quickstart" {
				continue
			}
			cfg := &jam.Config{BaseURL: "https://example.org/", Shortcodes: map[string]jam.ShortcodeFunc{"celsius": celsius}}
			if name == "Recorder of Templates" { // of which a site does not know what it has layouts for
				cfg.Taxonomies = []string{}
			}
			if err := sitetest.TestRenderer(r, os.DirFS("../examples/"+example), cfg); err != nil {
				t.Errorf("%s, %s: %v", name, example, err)
			}
		}
	}
}

func celsius(_ context.Context, w io.Writer, _ *jam.Shortcode) error {
	_, err := io.WriteString(w, "°C")
	return err
}

// TestBrokenRenderers holds TestRenderer against one Renderer for each of its checks.
func TestBrokenRenderers(t *testing.T) {
	tree := sitetest.FS("-- content/a.md --\nA\n-- content/b.md --\nB\n")
	cause := errors.New("the cause")
	var n atomic.Int64
	title := func(w io.Writer, p *jam.Page) error {
		_, err := fmt.Fprintf(w, "<p>%s\n<p>%s\n", p.Path(), p.Title())
		return err
	}
	tests := []struct {
		name   string
		render func(ctx context.Context, w io.Writer, p *jam.Page) error
		want   string
	}{
		{"error", func(context.Context, io.Writer, *jam.Page) error { return cause }, "Render of /a/: the cause"},
		{"panic", func(context.Context, io.Writer, *jam.Page) error { panic("no") }, "Render of / panics: no (in github.com/jam-go/jam/sitetest_test.TestBrokenRenderers.func3, testrenderer_test.go:"},
		{"other each time", func(_ context.Context, w io.Writer, p *jam.Page) error {
			_, err := fmt.Fprintf(w, "a\n%d\n", n.Add(1))
			return err
		}, "Render of /b/, a second time, writes something else:\n--- first\n+++ then\n"},
		{"other among others", func() func(context.Context, io.Writer, *jam.Page) error {
			var calls, inside atomic.Int64
			var met atomic.Bool
			return func(_ context.Context, w io.Writer, p *jam.Page) error {
				defer inside.Add(-1)
				inside.Add(1)
				for n := calls.Add(1); n > 3*5 && n < 3*6 && !met.Load(); { // the first of those that are concurrent wait for others
					met.CompareAndSwap(false, inside.Load() > 1)
					time.Sleep(time.Millisecond)
				}
				_, err := fmt.Fprintf(w, "others: %v", met.Load())
				return err
			}
		}(), ", beside other pages, writes something else"},
		{"error the second time", func() func(context.Context, io.Writer, *jam.Page) error {
			var calls atomic.Int64
			return func(_ context.Context, w io.Writer, p *jam.Page) error {
				if calls.Add(1) > 3 {
					return cause
				}
				return title(w, p)
			}
		}(), "Render of /b/, a second time: the cause"},
		{"lost error", func(_ context.Context, w io.Writer, p *jam.Page) error {
			_ = title(w, p)
			return nil
		}, "Render of /a/ to a writer that fails after 0 bytes returns the error <nil>, want the writer's"},
		{"lost error after some bytes", func(_ context.Context, w io.Writer, p *jam.Page) error {
			if _, err := io.WriteString(w, "12"); err != nil {
				return err
			}
			_, _ = io.WriteString(w, "34")
			return nil
		}, "Render of /a/ to a writer that fails after 2 bytes returns the error <nil>, want the writer's"},
		{"half a page", func(ctx context.Context, w io.Writer, p *jam.Page) error {
			if ctx.Err() != nil {
				return nil
			}
			return title(w, p)
		}, "Render of /a/ with a context that has ended returns no error, and writes something else"},
		{"late", func(_ context.Context, w io.Writer, p *jam.Page) error {
			last := late.Swap(&w)
			if last != nil {
				_, _ = io.WriteString(*last, "later")
			}
			return title(w, p)
		}, "writes after it has returned"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := sitetest.TestRenderer(jam.RendererFunc(tt.render), tree, nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("have %v\nwant %s", err, tt.want)
			}
			if strings.Contains(tt.want, cause.Error()) && !errors.Is(err, cause) {
				t.Errorf("the cause is not within %v", err)
			}
		})
	}
	if err := sitetest.TestRenderer(nil, tree, nil); err == nil {
		t.Error("no Renderer is no error")
	}
	if err := sitetest.TestRenderer(jam.PlainTheme(), sitetest.FS(""), nil); err == nil {
		t.Error("a site that cannot be loaded is no error")
	}
}

// late is a writer of a call that is over.
var late atomic.Pointer[io.Writer]

func ExampleTestRenderer() {
	careless := jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
		var page bytes.Buffer
		page.WriteString(p.Title())
		w.Write(page.Bytes()) // the error is lost
		return nil
	})
	fmt.Println(sitetest.TestRenderer(careless, sitetest.FS("-- content/_index.md --\n---\ntitle: Hello\n---\n"), nil))
	// Output:
	// Render of / to a writer that fails after 0 bytes returns the error <nil>, want the writer's
	// Render of / to a writer that fails after 2 bytes returns the error <nil>, want the writer's
}
