package funcs

import (
	"fmt"
	htmltemplate "html/template"
	"maps"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/template"
	"time"
)

// noon is the time of the clock in tests.
var noon = time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)

func testOptions() Options {
	return Options{
		Now:        func() time.Time { return noon },
		SliceTypes: []reflect.Type{reflect.TypeFor[pages]()},
	}
}

// execute runs a text template with the functions.
func execute(text string, data any) (string, error) {
	t, err := template.New("x").Funcs(Map(testOptions())).Parse(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, data)
	return b.String(), err
}

// example is a template and what it prints, or a part of its error.
type example struct{ tmpl, want string }

func (e example) run(t *testing.T, data any) {
	t.Helper()
	got, err := execute(e.tmpl, data)
	if err != nil {
		t.Errorf("%s: %v", e.tmpl, err)
	} else if got != e.want {
		t.Errorf("%s → %q, want %q", e.tmpl, got, e.want)
	}
}

func (e example) fail(t *testing.T, data any) {
	t.Helper()
	got, err := execute(e.tmpl, data)
	if err == nil {
		t.Errorf("%s → %q, want an error", e.tmpl, got)
	} else if !strings.Contains(err.Error(), e.want) {
		t.Errorf("%s: the error is %q, want %q in it", e.tmpl, err, e.want)
	}
}

// executeHTML runs an HTML template with the functions.
func executeHTML(t *testing.T, text string, data any) string {
	t.Helper()
	tmpl, err := htmltemplate.New("x").Funcs(Map(testOptions())).Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, data); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return b.String()
}

func TestNamesOfTheMap(t *testing.T) {
	want := strings.Fields(`
		add after anchorize append apply base64Decode base64Encode cast chomp collections compare complement cond
		countrunes countwords crypto css dateFormat debug default delimit dict div duration emojify encoding eq errorf erroridf
		findRE findRESubmatch first float fmt ge gt hasPrefix hasSuffix hash hmac htmlEscape htmlUnescape humanize
		in index inflect int intersect isSet isset jsonify keyVals lang last le lower lt math md5 merge mod modBool
		mul ne newScratch now path plainify pluralize pow print printf println querify reflect replace replaceRE
		safe safeCSS safeHTML safeHTMLAttr safeJS safeJSStr safeURL seq sha1 sha256 shuffle singularize slice
		slicestr sort split string strings sub substr symdiff time title transform trim truncate union uniq
		unmarshal upper urlize urls warnf warnidf where xxhash`)
	got := slices.Sorted(maps.Keys(Map(Options{})))
	if !slices.Equal(got, want) {
		t.Errorf("the names are\n%v\nwant\n%v", got, want)
	}
}

// Every function must be one that text/template can call.
func TestSignatures(t *testing.T) {
	errorType := reflect.TypeFor[error]()
	for _, f := range allFuncs() {
		typ := f.fn.Type()
		if n := typ.NumOut(); n < 1 || n > 2 || n == 2 && typ.Out(1) != errorType {
			t.Errorf("%s returns %v", f.name, typ)
		}
	}
}

func TestZeroOptions(t *testing.T) {
	m := Map(Options{SliceTypes: []reflect.Type{nil, reflect.TypeFor[int]()}})
	now := m["now"].(func() time.Time)()
	if now.Location() != time.UTC || time.Since(now).Abs() > time.Hour {
		t.Errorf("now is %v", now)
	}
	if s, err := m["warnf"].(func(any, ...any) (string, error))("x"); s != "" || err != nil {
		t.Errorf("warnf returned %q, %v", s, err)
	}
}

type siteURLs struct {
	URLs
	base string
}

func (u siteURLs) AbsURL(s string) string { return u.base + s }

func TestNamespaceCanBeExtended(t *testing.T) {
	m := Map(Options{})
	base := m["urls"].(func() URLs)()
	m["urls"] = func() siteURLs { return siteURLs{base, "https://example.org/"} }
	tmpl := template.Must(template.New("x").Funcs(m).Parse(
		`{{ urls.AbsURL "a" }} {{ urls.Anchorize "A b" }} {{ apply (slice "c") "urls.AbsURL" "." }}`))
	var b strings.Builder
	if err := tmpl.Execute(&b, nil); err != nil {
		t.Fatal(err)
	}
	if want := "https://example.org/a a-b [https://example.org/c]"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestConcurrentUse(t *testing.T) {
	warnings := make(chan string, 100)
	opt := testOptions()
	opt.Warn = func(s string) { warnings <- s }
	tmpl := template.Must(template.New("x").Funcs(Map(opt)).Parse(
		`{{ $s := newScratch }}{{ range seq 50 }}{{ $s.Add "n" . }}{{ replaceRE (printf "a{%d}" .) "b" "aaa" }}{{ end }}` +
			`{{ strings.ReplacePairs "a" "b" "a" }}{{ $s.Get "n" }}{{ warnf "done" }}` +
			`{{ len (where .Pages "Section" "posts") }}{{ (index (sort .Pages "Title") 0).Title }}{{ index (shuffle (slice 1 2 3)) 0 }}`))
	list := manyPages(30)
	results := make([]string, 8)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() {
			var b strings.Builder
			if err := tmpl.Execute(&b, map[string]any{"Pages": list}); err != nil {
				t.Error(err)
			}
			results[i] = b.String()
		})
	}
	wg.Wait()
	if len(slices.Compact(results)) != 1 {
		t.Errorf("the results differ: %q", results)
	}
	if len(warnings) != 8 {
		t.Errorf("%d warnings, want 8", len(warnings))
	}
}

func TestCacheIsBounded(t *testing.T) {
	var c cache[int]
	for i := range 3 * cacheLimit {
		v, err := c.get(fmt.Sprint(i), func() (int, error) { return i, nil })
		if v != i || err != nil {
			t.Fatalf("get %d: %d, %v", i, v, err)
		}
		if len(c.values) > cacheLimit {
			t.Fatalf("%d values", len(c.values))
		}
	}
	if _, err := c.get("x", func() (int, error) { return 0, fmt.Errorf("no") }); err == nil {
		t.Error("the error is lost")
	}
	if v, err := c.get("x", func() (int, error) { return 5, nil }); v != 5 || err != nil {
		t.Errorf("after an error: %d, %v", v, err)
	}
	if v, err := c.get("x", func() (int, error) { return 6, nil }); v != 5 || err != nil {
		t.Errorf("again: %d, %v", v, err)
	}
}

// The package is part of every program that imports the library.
func TestDependenciesStayLight(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").CombinedOutput()
	if err != nil {
		t.Skipf("go list doesn't work here: %v\n%s", err, out)
	}
	for _, dep := range strings.Fields(string(out)) {
		switch {
		case dep == "net/http", dep == "net", strings.HasPrefix(dep, "golang.org/x/text/collate"), dep == "os/exec":
			t.Errorf("the package depends on %s", dep)
		}
	}
}

func TestTruth(t *testing.T) {
	n, zero := 1, time.Time{}
	for _, v := range []any{true, 1, -1.5, "x", []int{0}, map[string]int{"": 0}, [1]int{}, &n, struct{}{}, noon, &noon, &page{}, uint8(1), 'x', complex(0, 1), func() {}} {
		if !Truth(v) {
			t.Errorf("%#v is false", v)
		}
	}
	for _, v := range []any{nil, false, 0, 0.0, "", []int{}, []any(nil), map[string]int{}, [0]int{}, (*page)(nil), zero, &zero, uint8(0), htmltemplate.HTML(""), (*time.Time)(nil), (func())(nil), (chan int)(nil)} {
		if Truth(v) {
			t.Errorf("%#v is true", v)
		}
	}
}
