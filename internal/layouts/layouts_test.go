package layouts

import (
	"context"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	texttemplate "text/template"
	"time"

	"golang.org/x/tools/txtar"
)

// page is what the templates of the tests see.
type page struct {
	Title  string
	Params map[string]any
	Pages  []*page
}

func (p *page) RelPermalink() string { return "/" + strings.ToLower(p.Title) + "/" }

// Day returns a date of which one half is not there.
func (p *page) Day() (t time.Time) {
	if p.Title == "q" {
		t = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}

func (p *page) Fail() (string, error) { return "", errBoom }

func (p *page) Site() *siteInfo { return &siteInfo{Name: "Site"} }

type siteInfo struct{ Name string }

func (s *siteInfo) BaseURL() string { return "https://example.com/" }

var errBoom = errors.New("boom")

func testFuncs() texttemplate.FuncMap {
	return texttemplate.FuncMap{
		"upper":  strings.ToUpper,
		"dict":   dict,
		"add":    func(a, b int) int { return a + b },
		"boom":   func() (string, error) { return "", errBoom },
		"crash":  func() string { panic("crashed") },
		"index2": func(s []int, i int) int { return s[i] },
		"where":  func(v any, args ...any) any { return v },
	}
}

func dict(kv ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(kv); i += 2 {
		m[fmt.Sprint(kv[i])] = kv[i+1]
	}
	return m
}

// tree makes a file system of a txtar archive.
func tree(archive string) fs.FS {
	out := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		out[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return out
}

func mustNew(t testing.TB, archive string) *Engine {
	t.Helper()
	e, err := New(tree(archive), Options{Funcs: testFuncs()})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// render executes the file called name and returns its trimmed output.
func render(t testing.TB, e *Engine, name string, st *State) (string, error) {
	t.Helper()
	tm, ok := e.Template(name)
	if !ok {
		t.Fatalf("no template %s", name)
	}
	var b strings.Builder
	err := e.Execute(&b, tm, st)
	return strings.TrimSpace(b.String()), err
}

func TestExecute(t *testing.T) {
	for _, tt := range []struct{ name, tree, want string }{
		{"alone", "-- page.html --\n<h1>{{ .Title }}</h1>", "<h1>A &amp; B</h1>"},
		{"base", "-- baseof.html --\n[{{ block \"main\" . }}default{{ end }}]\n-- page.html --\n{{ define \"main\" }}{{ .Title }}{{ end }}", "[A &amp; B]"},
		{"base default", "-- baseof.html --\n[{{ block \"main\" . }}default{{ end }}]\n-- page.html --\n{{ define \"other\" }}x{{ end }}", "[default]"},
		{"empty definition replaces", "-- baseof.html --\n[{{ block \"main\" . }}default{{ end }}]\n-- page.html --\n{{ define \"main\" }}{{ end }}", "[]"},
		{"comments do not count", "-- baseof.html --\n[{{ block \"main\" . }}{{ end }}]\n-- page.html --\n{{/* x */}} <!-- y\n --> {{ $x := 1 }}{{ define \"main\" }}m{{ end }}", "[m]"},
		{"own text, no base", "-- baseof.html --\nbase\n-- page.html --\ntext {{ define \"main\" }}m{{ end }}", "text"},
		{"blank without definitions", "-- baseof.html --\nbase\n-- page.html --\n\n", ""},
		{"base uses template", "-- baseof.html --\n{{ template \"main\" . }}\n-- page.html --\n{{ define \"main\" }}m{{ end }}", "m"},
		{"base definition seen by layout", "-- baseof.html --\n{{ block \"main\" . }}{{ end }}{{ define \"b\" }}B{{ end }}\n-- page.html --\n{{ define \"main\" }}{{ template \"b\" . }}{{ end }}", "B"},
		{"block in a block", "-- baseof.html --\n{{ block \"a\" . }}({{ block \"b\" . }}b{{ end }}){{ end }}\n-- page.html --\n{{ define \"b\" }}B{{ end }}", "(B)"},
		{"partial", "-- page.html --\n{{ partial \"x.html\" . }}{{ partial \"x\" . }}{{ partial \"_partials/x.html\" . }}{{ partial \"partials/x\" . }}\n-- _partials/x.html --\n<b>{{ .Title }}</b>{{- /**/ -}}", "<b>A &amp; B</b><b>A &amp; B</b><b>A &amp; B</b><b>A &amp; B</b>"},
		{"partial without value", "-- page.html --\n{{ partial \"x.html\" }}\n-- partials/x.html --\n[{{ . }}]", "[]"},
		{"_partials before partials", "-- page.html --\n{{ partial \"x.html\" . }}\n-- partials/x.html --\nold\n-- _partials/x.html --\nnew", "new"},
		{"older path by name", "-- page.html --\n{{ template \"partials/x.html\" . }}\n-- partials/x.html --\nold", "old"},
		{"template partial", "-- page.html --\n{{ template \"_partials/x.html\" .Title }}\n-- _partials/x.html --\n[{{ . }}]", "[A &amp; B]"},
		{"template file", "-- page.html --\n{{ template \"_default/x.html\" . }}\n-- _default/x.html --\nx", "x"},
		{"template in attribute", "-- page.html --\n<a title=\"{{ template \"_partials/x.html\" . }}\">\n-- _partials/x.html --\n{{ .Title -}}", "<a title=\"A &amp; B\">"},
		{"inline partial", "-- page.html --\n{{ partial \"in/x.html\" 1 }}{{ partial \"in/y\" 2 }}{{ define \"_partials/in/x.html\" }}<i>{{ . }}</i>{{ end }}{{ define \"partials/in/y\" }}y{{ end }}", "<i>1</i>y"},
		{"inline partial of another file", "-- page.html --\n{{ partial \"in.html\" 1 }}\n-- list.html --\n{{ define \"_partials/in.html\" }}in{{ . }}{{ end }}x", "in1"},
		{"definition of a partial's file", "-- page.html --\n{{ template \"arrow\" . }}\n-- _partials/x.html --\n{{ define \"arrow\" }}=>{{ end }}", "=>"},
		{"partial keeps to its own names", "-- page.html --\n{{ define \"n\" }}page{{ end }}{{ partial \"x\" . }}{{ template \"_partials/x.html\" . }}{{ template \"n\" . }}\n-- _partials/x.html --\n{{ define \"n\" }}partial{{ end }}{{ template \"n\" . }}{{- /**/ -}}", "partialpartialpage"},
		{"return of a call", "-- page.html --\n{{ partial \"x\" 20 }}\n-- _partials/x.html --\n{{ return printf \"<%d>\" . | upper }}", "&lt;20&gt;"},
		{"return", "-- page.html --\n{{ $r := partial \"x\" 20 }}{{ $r.sum }}\n-- _partials/x.html --\ntext {{ if gt . 10 }}{{ return (dict \"sum\" (add . 1)) }}{{ end }} more", "21"},
		{"return not reached", "-- page.html --\n{{ partial \"x\" 2 }}\n-- _partials/x.html --\n{{ if gt . 10 }}{{ return 1 }}{{ end }}<p>", "<p>"},
		{"return nil", "-- page.html --\n{{ with partial \"x\" 2 }}yes{{ else }}no{{ end }}\n-- _partials/x.html --\n{{ return }}", "no"},
		{"return false in a range", "-- page.html --\n{{ partial \"x\" (where .Pages) }}\n-- _partials/x.html --\n{{ range . }}{{ if eq .Title \"q\" }}{{ return .Title }}{{ end }}{{ end }}{{ return false }}", "q"},
		{"return from a template", "-- page.html --\n{{ partial \"x\" . }}\n-- _partials/x.html --\n{{ define \"t\" }}{{ return 7 }}{{ end }}a{{ template \"t\" . }}b", "7"},
		{"name spaces", "-- page.html --\n{{ partials.Include \"x\" 1 }}{{ partials.IncludeCached \"x\" 2 }}{{ templates.Exists \"_partials/x.html\" }}{{ templates.Exists \"partials/x.html\" }}{{ templates.Exists \"page.html\" }}{{ templates.Exists \"partials/y.html\" }}\n-- _partials/x.html --\n{{- . -}}", "12truetruetruefalse"},
		{"recursive template", "-- page.html --\n{{ define \"n\" }}<li>{{ .Title }}{{ range .Pages }}{{ template \"n\" . }}{{ end }}</li>{{ end }}{{ template \"n\" . }}", "<li>A &amp; B<li>p</li><li>q</li></li>"},
		{"recursive partial", "-- page.html --\n{{ partial \"n\" . }}\n-- _partials/n.html --\n<li>{{ .Title }}{{ range .Pages }}{{ partial \"n\" . }}{{ end }}</li>{{- /**/ -}}", "<li>A &amp; B<li>p</li><li>q</li></li>"},
		{"loop without output", "-- page.html --\n{{ $n := 0 }}{{ range 5 }}{{ $n = add $n . }}{{ end }}{{ range .Pages }}{{ if eq .Title \"q\" }}{{ break }}{{ end }}{{ end }}{{ $n }}", "10"},
		{"else of an empty loop", "-- page.html --\n{{ range 0 }}{{ else }}none{{ end }}", "none"},
		{"a date that is not there", "-- page.html --\n{{ range .Pages }}{{ .Title }}{{ with .Day }} {{ .Year }}{{ else }} none{{ end }}{{ if .Day }}!{{ end }}" +
			"{{ $d := .Day }}{{ if not $d.IsZero }}{{ with $d }}{{ .Year }}{{ end }}{{ end }};{{ end }}{{ with .Params.x.y }}{{ else }}-{{ end }}", "p none;q 2026!2026;-"},
		{"BOM and CRLF", "-- page.html --\n\ufeff{{ define \"main\" }}a\r\n{{- .Title }}\r\nb{{ end }}\r\n-- baseof.html --\n{{ block \"main\" . }}{{ end }}", "aA &amp; B\nb"},
		{"caller's function wins", "-- page.html --\n{{ upper \"x\" }}{{ len \"abc\" }}", "X3"},
		{"script and style", "-- page.html --\n<script>var x = {{ .Title }};</script>", "<script>var x = \"A \\u0026 B\";</script>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := mustNew(t, tt.tree)
			p := &page{Title: "A & B", Pages: []*page{{Title: "p"}, {Title: "q"}}}
			for range 2 { // the second time with an escaped set
				got, err := render(t, e, "page.html", &State{Page: p})
				if err != nil || got != tt.want {
					t.Fatalf("got  %q, %v\nwant %q", got, err, tt.want)
				}
			}
		})
	}
}

func TestTextFormats(t *testing.T) {
	e := mustNew(t, `
-- baseof.json --
{"v": {{ block "main" . }}{{ end }}}
-- home.json --
{{ define "main" }}"{{ .Title }}"{{ end }}
-- rss.xml --
<?xml version="1.0"?>{{ partial "item.xml" . }}{{ partial "b.html" . }}
-- page.html --
{{ partial "item.xml" . }}
-- _partials/item.xml --
<t>{{ .Title }}</t>
-- _partials/b.html --
<b>{{ .Title }}</b>
`)
	for name, want := range map[string]string{
		"home.json": `{"v": "A \u0026 B"}`,
		"rss.xml":   "<?xml version=\"1.0\"?><t>A &amp; B</t>\n<b>A &amp; B</b>",
		"page.html": "&lt;t&gt;A &amp;amp; B&lt;/t&gt;",
	} {
		if got, err := render(t, e, name, &State{Page: &page{Title: "A & B"}}); got != want || err != nil {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func TestDefinitionsAreIsolated(t *testing.T) {
	e := mustNew(t, `
-- baseof.html --
{{ block "main" . }}{{ end }}
-- page.html --
{{ define "main" }}page{{ end }}
-- list.html --
{{ define "main" }}list{{ end }}
`)
	for range 3 {
		for name, want := range map[string]string{"page.html": "page", "list.html": "list"} {
			if got, err := render(t, e, name, nil); got != want || err != nil {
				t.Errorf("%s: got %q, %v", name, got, err)
			}
		}
	}
}

func TestNames(t *testing.T) {
	e := mustNew(t, `
-- page.html --
{{ define "_partials/in.html" }}x{{ end }}
-- .hidden.html --
{{ if }}
-- .git/x.html --
{{ if }}
-- page.html~ --
{{ if }}
-- _shortcodes/fig.html --
{{ notAFunction }}
`)
	want := []string{"_partials/in.html", "_shortcodes/fig.html", "page.html"}
	if got := e.Names(); !slices.Equal(got, want) {
		t.Errorf("Names() = %q, want %q", got, want)
	}
	for name, want := range map[string]bool{"page.html": true, "partials/in.html": true, "_partials/in": true, "in.html": false, "": false, "_partials/": false} {
		if e.Has(name) != want {
			t.Errorf("Has(%q) = %v", name, !want)
		}
		if _, ok := e.Template(name); ok != want {
			t.Errorf("Template(%q) = %v", name, ok)
		}
	}
	_, err := render(t, e, "_shortcodes/fig.html", nil)
	if want := `_shortcodes/fig.html:1:4: function "notAFunction" not defined`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestFilesPassedOver(t *testing.T) {
	fsys := fstest.MapFS{
		"page.html": {Data: []byte("x")},
		"logo.png":  {Data: []byte("\x89PNG\x00{{")},
		"big.html":  {Data: make([]byte, maxFileSize+1)},
	}
	_, err := New(fsys, Options{})
	if want := "big.html: 4194305 bytes are too many for a template, 4194304 are allowed"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, err := New(nil, Options{}); err == nil {
		t.Error("no error for a nil file system")
	}
	missing, _ := fs.Sub(fstest.MapFS{}, "layouts")
	if _, err := New(missing, Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing root: %v", err)
	}
}

func TestBadFunctions(t *testing.T) {
	bind := func(fm texttemplate.FuncMap) Options {
		return Options{Bind: func(func() *State) texttemplate.FuncMap { return fm }}
	}
	for name, opt := range map[string]Options{
		"no function":    {Funcs: texttemplate.FuncMap{"x": 1}},
		"no result":      {Funcs: texttemplate.FuncMap{"x": func() {}}},
		"bad name":       bind(texttemplate.FuncMap{"a-b": func() int { return 1 }}),
		"panicking bind": {Bind: func(func() *State) texttemplate.FuncMap { panic("no") }},
	} {
		if _, err := New(fstest.MapFS{}, opt); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestBind(t *testing.T) {
	opt := Options{
		Funcs: texttemplate.FuncMap{"both": func() string { return "funcs" }},
		Bind: func(cur func() *State) texttemplate.FuncMap {
			return texttemplate.FuncMap{
				"both":  func() string { return "bind" },
				"title": func() string { return cur().Page.(*page).Title },
			}
		},
	}
	e, err := New(tree("-- page.html --\n{{ both }} {{ title }} {{ . }}"), opt)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := render(t, e, "page.html", &State{Page: &page{Title: "T"}, Dot: "dot"}); got != "funcs T dot" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestNestedExecute(t *testing.T) {
	var e *Engine
	opt := Options{Bind: func(cur func() *State) texttemplate.FuncMap {
		return texttemplate.FuncMap{"render": func(name string, dot any) (string, error) {
			tm, _ := e.Template(name)
			var b strings.Builder
			err := e.Execute(&b, tm, cur().Child(cur().Page, dot))
			return b.String(), err
		}}
	}}
	e, err := New(tree(`
-- page.html --
a{{ render "li.html" 1 }}{{ render "li.html" 2 }}
-- li.html --
{{- . -}}
-- loop.html --
{{ render "loop.html" . }}
`), opt)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := render(t, e, "page.html", nil); got != "a12" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	_, err = render(t, e, "loop.html", nil)
	if err == nil || !strings.Contains(err.Error(), "more than 200 deep") {
		t.Errorf("got %.200v", err)
	}
}

// TestHugoDocs parses the layouts of a large site.
func TestHugoDocs(t *testing.T) {
	root := corpus(t, "hugoDocs/layouts")
	funcs := testFuncs()
	noop := func(...any) any { return nil }
	for name := range strings.FieldsSeq(`absURL after anchorize append apply cond css collections compare crypto
		cast chomp countrunes debug default delimit diagrams echoParam emojify encoding errorf fileExists findRE
		first float fmt getenv getJSON global group hash highlight hugo htmlEscape humanize i18n images in int intersect
		inflect isset js jsonify jsonEscape lang last lower markdownify math md5 merge mod modBool newScratch now os
		openapi path plainify pluralize printf querify ref reflect relURL relref replace replaceRE resources
		safeCSS safeHTML safeHTMLAttr safeJS safeURL seq site slicestr sort split string strings substr sub
		symdiff time title transform trim try truncate union uniq unmarshal upper urlize urls urlquery warnf
		dateFormat div mul page readFile readDir shuffle singularize complement keyVals len slice ge lt printf
		htmlUnescape hasPrefix minify fingerprint relLangURL`) {
		if funcs[name] == nil {
			switch name {
			case "len", "slice", "ge", "lt", "printf", "urlquery":
			default:
				funcs[name] = noop
			}
		}
	}
	e, err := New(os.DirFS(root), Options{Funcs: funcs})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"home", "page", "section", "taxonomy", "term", "404"} {
		tm, ok := e.Lookup(Query{Kind: kind})
		if !ok {
			t.Errorf("no layout for %s", kind)
			continue
		}
		if err := tm.prepare(); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for _, name := range e.Names() {
		tm, ok := e.Template(name)
		if !ok {
			t.Errorf("no template %s", name)
		} else if err := tm.prepare(); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if set, err := tm.instance(e.free[0].function); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if err, ok := errors.AsType[*htmltemplate.Error](set.Execute(io.Discard, nil)); ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// corpus finds a directory of real sites above the module, if there is one.
func corpus(t *testing.T, name string) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		p := filepath.Join(dir, "..", "shared", "corpora", filepath.FromSlash(name))
		if _, err := os.Stat(p); err == nil {
			return p
		}
		if dir == filepath.Dir(dir) {
			t.Skip("the corpora of real sites are not here")
		}
	}
}

func TestContextEnds(t *testing.T) {
	e := mustNew(t, `
-- text.html --
{{ range 1000000000000 }}x{{ end }}
-- silent.html --
{{ range 1000000000000 }}{{ end }}
-- partial.html --
{{ range 1000000000000 }}{{ $x := partial "empty.html" . }}{{ end }}
-- calls.html --
{{ define "a" }}{{ if . }}{{ template "a" false }}{{ template "a" false }}{{ end }}{{ end }}{{ range 1000000000000 }}{{ template "a" true }}{{ end }}
-- _partials/empty.html --
-- _partials/silent.html --
{{ range 1000000000000 }}{{ if false }}x{{ end }}{{ end }}
-- deep.html --
{{ partial "silent.html" . }}
`)
	for _, name := range []string{"text.html", "silent.html", "partial.html", "deep.html", "calls.html"} {
		ctx := &countdown{Context: context.Background(), left: 1000}
		_, err := render(t, e, name, &State{Ctx: ctx})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(err.Error(), "_layouts") {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := render(t, e, "text.html", &State{Ctx: ctx}); err != context.Canceled {
		t.Errorf("ended context: %v", err)
	}
}

// countdown is a context that ends after Err was called left times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// failingWriter fails after n bytes.
type failingWriter struct{ n int }

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.n -= len(p); w.n < 0 {
		return 0, errBoom
	}
	return len(p), nil
}

func TestWriterError(t *testing.T) {
	e := mustNew(t, "-- page.html --\n{{ range 100 }}x{{ end }}")
	tm, _ := e.Template("page.html")
	if err := e.Execute(&failingWriter{10}, tm, nil); err != errBoom {
		t.Errorf("got %v", err)
	}
}

// TestNilInText shows that plain text has nothing for nil, as the other formats do, and other values as they are.
func TestNilInText(t *testing.T) {
	e := mustNew(t, `
-- page.txt --
[{{ .Params.none }}{{ if true }}{{ with .Params }}{{ .none }}{{ end }}{{ end }}{{ range 1 }}{{ $.Params.none }}{{ end }}]
{{- .Params.n }}{{ .Title }}{{ .Params.list }}{{ partial "x.txt" . }}{{ template "t" . }}{{ $x := .Params.none }}{{ $x }}
{{- define "t" }}{{ .Params.none }}t{{ end }}
-- _partials/x.txt --
{{ return .Params.none }}
`)
	p := &page{Title: "<T>", Params: map[string]any{"n": 5, "list": []int{1}}}
	got, err := render(t, e, "page.txt", &State{Page: p})
	if want := "[]5<T>[1]t"; got != want || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
