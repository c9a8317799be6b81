package jam_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

// atLimit is a site, its configuration, and the error that it must end with; "" for none.
type atLimit struct {
	name, site string
	cfg        jam.Config
	want       string
}

func TestLimits(t *testing.T) {
	text := func(l jam.Limits) jam.Config { return jam.Config{Limits: l} }
	for _, test := range []atLimit{
		{"text", "-- content/a.md --\n0123456789\n", text(jam.Limits{TextSize: 10}),
			"content/a.md: read: larger than 10 bytes (Config.Limits.TextSize sets the limit)"},
		{"text of just that size", "-- content/a.md --\n0123456789\n", text(jam.Limits{TextSize: 11}), ""},
		{"data", "-- content/a.md --\n-- data/a.yaml --\na: 12345678901234567890\n", text(jam.Limits{FileSize: 20}),
			"data/a.yaml: read: larger than 20 bytes (Config.Limits.FileSize sets the limit)"},
		{"messages", "-- content/a.md --\n-- i18n/en.toml --\na = '12345678901234567890'\n", text(jam.Limits{FileSize: 20}),
			"i18n/en.toml: read: larger than 20 bytes (Config.Limits.FileSize sets the limit)"},
		{"minified file", "-- content/a.md --\n-- static/a.css --\na { b: c; d: e; f: g }\n", text(jam.Limits{FileSize: 20}),
			"static/a.css: read: larger than 20 bytes (Config.Limits.FileSize sets the limit)"},
		{"resource of a template", "-- content/a/index.md --\n{{< show >}}\n-- content/a/b.txt --\n01234567890\n" +
			"-- layouts/_shortcodes/show.html --\n{{ (.Page.Resources.Get \"b.txt\").Content }}\n", text(jam.Limits{FileSize: 100}), ""},
		{"larger resource of a template", "-- content/a/index.md --\n{{< show >}}\n-- content/a/b.txt --\n" + strings.Repeat("0", 200) + "\n" +
			"-- layouts/_shortcodes/show.html --\n{{ (.Page.Resources.Get \"b.txt\").Content }}\n", text(jam.Limits{FileSize: 100}),
			"layouts/_shortcodes/show.html:1:33: render: at <(.Page.Resources.Get \"b.txt\").Content>: content/a/b.txt: read: larger than 100 bytes (Config.Limits.FileSize sets the limit) (page content/a/index.md:1:1)"},
		{"file read by a template", "-- content/a.md --\n{{< show >}}\n-- README --\n" + strings.Repeat("0", 200) + "\n" +
			"-- layouts/_shortcodes/show.html --\n{{ readFile \"README\" }}\n", text(jam.Limits{FileSize: 100}),
			"layouts/_shortcodes/show.html:1:4: render: at <readFile \"README\">: larger than 100 bytes (Config.Limits.FileSize sets the limit) (page content/a.md:1:1)"},
		{"copy", "-- content/a.md --\n-- static/a.bin --\n0123456789\n", text(jam.Limits{CopySize: 10}),
			"static/a.bin: read: larger than 10 bytes (Config.Limits.CopySize sets the limit)"},
		{"front matter", "-- content/a.md --\n---\ntitle: Long\n---\n", text(jam.Limits{FrontMatterSize: 10}),
			"content/a.md:1:1: front matter: 12 bytes are more than the limit of 10 (Config.Limits.FrontMatterSize sets the limit)"},
		{"depth of front matter", "-- content/a.md --\n---\na: {b: {c: {}}}\n---\n", text(jam.Limits{Depth: 3}),
			"content/a.md:2:12: front matter: lists and maps are nested more than 3 deep (Config.Limits.Depth sets the limit)"},
		{"depth of data", "-- content/a.md --\n-- data/a.json --\n[[[[1]]]]\n", text(jam.Limits{Depth: 3}),
			"data/a.json:1:4: data: lists and maps are nested more than 3 deep (Config.Limits.Depth sets the limit)"},
		{"aliases", "-- content/a.md --\n---\na: &a [1, 2, 3]\nb: [*a, *a, *a]\n---\n", text(jam.Limits{FrontMatterValues: 12}),
			"content/a.md:3:9: front matter: more than 12 values (Config.Limits.FrontMatterValues sets the limit)"},
		{"aliases in data", "-- content/a.md --\n-- data/a.yaml --\na: &a [1, 2, 3]\nb: [*a, *a, *a]\n", text(jam.Limits{DataValues: 12}),
			"data/a.yaml:2:9: data: more than 12 values (Config.Limits.DataValues sets the limit)"},
		{"pages", "-- content/a.md --\n---\ntags: [x, y, z]\n---\n", text(jam.Limits{Pages: 5}),
			"content: the site has 6 pages, those of lists and terms included; 5 are allowed (Config.Limits.Pages sets the limit)"},
		{"documents", "-- content/a.md --\n-- content/b.md --\n-- content/c.md --\n", text(jam.Limits{Files: 2}),
			"read: more than 2 documents (Config.Limits.Files sets the limit)"},
		{"static files", "-- content/a.md --\n-- static/a --\n-- static/b --\n-- static/c --\n", text(jam.Limits{Files: 2}),
			"read: more than 2 static files (Config.Limits.Files sets the limit)"},
		{"files", "-- content/a.md --\n---\naliases: [/x, /y, /z]\n---\n", text(jam.Limits{Files: 4}),
			"route: the site has 5 files, 4 are allowed (Config.Limits.Files sets the limit)"},
		{"parts of lists", strings.ReplaceAll(manyPages(10), "content/", "content/s/"), jam.Config{
			Pagination: map[string]jam.Pagination{"home": {Size: 1}, "section": {Size: 1}}, Limits: jam.Limits{Files: 15},
		}, "config: Pagination of section /s: lists have more than 15 parts (Config.Limits.Files sets the limit)"},
		{"partials", "-- content/a.md --\n{{< a >}}\n-- layouts/_shortcodes/a.html --\n{{ partial \"b\" 3 }}\n" +
			"-- layouts/_partials/b.html --\n{{ if . }}{{ partial \"b\" (sub . 1) }}{{ end }}\n", text(jam.Limits{CallDepth: 3}),
			"templates call each other more than 3 deep (Config.Limits.CallDepth sets the limit)"},
		{"fewer partials", "-- content/a.md --\n{{< a >}}\n-- layouts/_shortcodes/a.html --\n{{ partial \"b\" 3 }}\n" +
			"-- layouts/_partials/b.html --\n{{ if . }}{{ partial \"b\" (sub . 1) }}{{ end }}\n", text(jam.Limits{CallDepth: 4}), ""},
		{"nested shortcodes", "-- content/a.md --\n{{< a >}}{{< a >}}{{< a >}}x{{< /a >}}{{< /a >}}{{< /a >}}\n-- layouts/_shortcodes/a.html --\n{{ .Inner }}\n",
			text(jam.Limits{CallDepth: 2}), "content/a.md:1:19: shortcode: shortcodes nest deeper than 2 levels (Config.Limits.CallDepth sets the limit)"},
		{"inclusions", "-- content/a.md --\n{{% i b %}}{{% i c %}}\n-- content/b.md --\n{{< x >}}\n-- content/c.md --\n{{< x >}}\n" +
			"-- layouts/_shortcodes/x.html --\nx\n-- layouts/_shortcodes/i.html --\n{{ with .Site.GetPage (.Get 0) }}{{ .RenderShortcodes }}{{ end }}\n",
			text(jam.Limits{Inclusions: 1}), "more than 1 texts are included (Config.Limits.Inclusions sets the limit)"},
		{"output of a template", "-- content/a.md --\n-- layouts/all.html --\n{{ range 100 }}0123456789{{ end }}\n", text(jam.Limits{OutputSize: 100}),
			"layouts/all.html: render: more than 100 bytes of output (Config.Limits.OutputSize sets the limit) (page content/a.md and 1 more)"},
		{"output of shortcodes", "-- content/a.md --\n{{< a >}}{{< a >}}\n-- layouts/_shortcodes/a.html --\n{{ range 6 }}0123456789{{ end }}\n", text(jam.Limits{OutputSize: 100}),
			"content/a.md:1:10: shortcode: shortcodes give more than 100 bytes (Config.Limits.OutputSize sets the limit)"},
		{"addresses with shortcodes", "-- content/a.md --\n[b]: x{{< a >}}\n\n" + strings.Repeat("[b]\n\n", 100) + "\n-- layouts/_shortcodes/a.html --\n{{ range 6 }}0123456789{{ end }}\n",
			text(jam.Limits{OutputSize: 4000}), "more than 4000 bytes of output (Config.Limits.OutputSize sets the limit)"},
		{"output of a hook", "-- content/a.md --\n" + strings.Repeat("> ", 12) + "a\n-- layouts/_markup/render-blockquote.html --\n{{ .Text }}{{ .Text }}\n", text(jam.Limits{OutputSize: 4000}),
			"more than 4000 bytes of output (Config.Limits.OutputSize sets the limit)"},
		{"output of a renderer", "-- content/a.md --\n", jam.Config{Limits: jam.Limits{OutputSize: 100}, Renderer: jam.RendererFunc(func(_ context.Context, w io.Writer, _ *jam.Page) error {
			for range 100 {
				if _, err := io.WriteString(w, "0123456789"); err != nil {
					return err
				}
			}
			return nil
		})}, "content/a.md: render: more than 100 bytes of output (Config.Limits.OutputSize sets the limit)"},
		{"output of a shortcode's function", "-- content/a.md --\n{{< a >}}\n", jam.Config{Limits: jam.Limits{OutputSize: 100}, Shortcodes: map[string]jam.ShortcodeFunc{
			"a": func(_ context.Context, w io.Writer, _ *jam.Shortcode) error {
				_, err := w.Write(make([]byte, 101))
				return err
			}}}, "content/a.md:1:1: shortcode: more than 100 bytes of output (Config.Limits.OutputSize sets the limit)"},
		{"store", "-- content/a.md --\n{{< a >}}\n-- layouts/_shortcodes/a.html --\n{{ $s := slice }}{{ range 100 }}{{ $s = slice $s $s }}{{ end }}{{ .Page.Store.Set \"a\" $s }}\n", jam.Config{},
			"content/a.md: render: Page.Store: the value has more than 4194304 parts, or contains itself, and can't be kept for others"},
		{"value of a cached partial", "-- content/a.md --\n-- layouts/all.html --\n{{ $x := partialCached \"a\" . }}\n-- layouts/_partials/a.html --\n{{ $s := slice }}{{ range 100 }}{{ $s = slice $s $s }}{{ end }}{{ return $s }}\n", jam.Config{},
			"layouts/all.html:1:10: render: at <partialCached \"a\" .>: the value has more than 4194304 parts, or contains itself, and can't be kept for others (page content/a.md and 1 more)"},
		{"list in JSON", "-- content/a.md --\n---\noutputs: [json]\n---\n-- layouts/page.json --\n{{ $s := slice }}{{ range 100 }}{{ $s = slice $s $s }}{{ end }}{{ $s }}\n", jam.Config{},
			"layouts/page.json:1:67: render: the value has more than 4194304 parts or 64 MiB of text, or contains itself, and can't be printed (page content/a.md)"},
		{"time of a template", "-- content/a.md --\n-- layouts/all.html --\n{{ range 1000000000 }}{{ end }}\n", text(jam.Limits{RenderTime: 1}),
			"takes longer than 1ns (Config.Limits.RenderTime sets the limit)"},
		{"time of a shortcode", "-- content/a.md --\n{{< a >}}\n-- layouts/_shortcodes/a.html --\n{{ range 1000000000 }}{{ end }}\n", text(jam.Limits{RenderTime: 1}),
			"takes longer than 1ns (Config.Limits.RenderTime sets the limit)"},
		{"time of a renderer", "-- content/a.md --\n", jam.Config{Limits: jam.Limits{RenderTime: 1}, Renderer: jam.RendererFunc(func(ctx context.Context, _ io.Writer, _ *jam.Page) error {
			<-ctx.Done()
			return ctx.Err()
		})}, "takes longer than 1ns (Config.Limits.RenderTime sets the limit)"},
		{"no limits", "-- content/a.md --\n---\na: {b: {c: [1, 2]}}\ntags: [x, y]\naliases: [/b]\n---\n{{< a >}}*x*{{< /a >}}\n-- layouts/_shortcodes/a.html --\n{{ .Inner }}\n-- data/a.json --\n[[[[1]]]]\n-- static/z --\n-- static/a.css --\na{}\n",
			text(jam.Limits{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.cfg.Now, test.cfg.Workers = now, 1
			site := test.site
			if !strings.Contains(site, "-- layouts/all.html") {
				site += "-- layouts/all.html --\n{{ .Content }}\n"
			}
			err := loadThenBuild(t.Context(), archive(t, site), &test.cfg)
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("have %v\nwant %s", err, test.want)
			case test.want != "" && !errors.Is(err, jam.ErrLimit):
				t.Errorf("%v is no ErrLimit", err)
			case test.want != "" && len(jam.Errors(err)) != 1 && test.cfg.Renderer == nil: // which fails on each page
				t.Errorf("more than one error: %v", err)
			}
		})
	}
}

func manyPages(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "-- content/p%d.md --\n", i)
	}
	return b.String()
}

func loadThenBuild(ctx context.Context, tree fs.FS, cfg *jam.Config) error {
	site, err := jam.Load(ctx, tree, cfg)
	if err == nil {
		_, err = site.Build(ctx, jam.Memory())
	}
	return err
}

// A file of a Source may be of any length, whatever it says of itself.
func TestLimitsOfSources(t *testing.T) {
	endless := func(path string) jam.Source {
		return jam.Documents(&jam.Document{Path: "a.md"}, &jam.Document{Path: path, Open: func() (io.ReadCloser, error) { return io.NopCloser(zeros{}), nil }})
	}
	for path, field := range map[string]string{"x.md": "TextSize", "x.css": "FileSize", "x.bin": "CopySize"} {
		cfg := &jam.Config{Now: now, Sources: []jam.Source{endless(path)}, Limits: jam.Limits{TextSize: 1 << 16, FileSize: 1 << 16, CopySize: 1 << 16}}
		err := loadThenBuild(t.Context(), fstest.MapFS{}, cfg)
		if want := fmt.Sprintf("larger than 64 KiB (Config.Limits.%s sets the limit)", field); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A build ends with the first page that takes too long, and tells the context from the limit.
func TestRenderTimeEndsBuild(t *testing.T) {
	site := mustLoad(t, archive(t, manyPages(1000)), &jam.Config{Now: now, Workers: 2, Limits: jam.Limits{RenderTime: time.Nanosecond},
		Renderer: jam.RendererFunc(func(ctx context.Context, _ io.Writer, _ *jam.Page) error {
			<-ctx.Done()
			return fmt.Errorf("stopped: %w", ctx.Err())
		})})
	_, err := site.Build(t.Context(), jam.Memory())
	list := jam.Errors(err)
	if !errors.Is(err, jam.ErrLimit) || len(list) == 0 || len(list) > 2 {
		t.Errorf("%d errors: %v", len(list), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := site.Build(ctx, jam.Memory()); !errors.Is(err, context.Canceled) || errors.Is(err, jam.ErrLimit) {
		t.Errorf("canceled: %v", err)
	}
	if _, err := fs.ReadFile(site.FS(t.Context()), "p7/index.html"); !errors.Is(err, jam.ErrLimit) {
		t.Errorf("reading a file: %v", err)
	}
}

// A page that is quick enough keeps its context, and one after a slow one has a new one.
func TestRenderTimeStartsAnew(t *testing.T) {
	calls := 0
	site := mustLoad(t, archive(t, manyPages(3)), &jam.Config{Now: now, Workers: 1, Limits: jam.Limits{RenderTime: time.Hour},
		Renderer: jam.RendererFunc(func(ctx context.Context, w io.Writer, _ *jam.Page) error {
			calls++
			return ctx.Err()
		})})
	if _, err := site.Build(t.Context(), jam.Memory()); err != nil || calls != 4 {
		t.Errorf("%d calls: %v", calls, err)
	}
}

// No limit is beyond what can be counted or nested.
func TestMostOfLimits(t *testing.T) {
	const most = 1 << 25
	beyond := jam.Limits{Depth: 1 << 30, CallDepth: 1 << 30, Pages: 1 << 30, Files: 1 << 30}
	for _, l := range []jam.Limits{beyond, {Depth: -1, CallDepth: -1, Pages: -1, Files: -1}} {
		have := jam.Settled(l)
		if have.Depth != 10_000 || have.CallDepth != 10_000 || have.Pages != most || have.Files != most {
			t.Errorf("%+v become %+v", l, have)
		}
	}
	if last := 2*most - 1; jam.PageOfRead(last) != last { // after as many pages, as many texts in bundles
		t.Errorf("a record takes page %d for %d", last, jam.PageOfRead(last))
	}
}

// A file that says of itself that it is too large is not read.
func TestLimitInGibibytes(t *testing.T) {
	file := func() (io.ReadCloser, error) { return hugeFile{}, nil }
	cfg := &jam.Config{Now: now, Sources: []jam.Source{jam.Documents(&jam.Document{Path: "a.md"}, &jam.Document{Path: "x.bin", Open: file})}}
	err := loadThenBuild(t.Context(), fstest.MapFS{}, cfg)
	if want := "x.bin: read: larger than 4 GiB (Config.Limits.CopySize sets the limit)"; err == nil || err.Error() != want {
		t.Errorf("have %v, want %s", err, want)
	}
}

// hugeFile is a file of more than the default of CopySize, which can't be read.
type hugeFile struct{ fs.File }

func (hugeFile) Close() error { return nil }

func (hugeFile) Stat() (fs.FileInfo, error) {
	info, err := fs.Stat(fstest.MapFS{"x": {}}, "x")
	return wrongSize{info, 5 << 30}, err
}
