package layouts

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	texttemplate "text/template"
)

// counting gives templates a function that counts its calls.
func counting(t testing.TB, archive string) (*Engine, *atomic.Int64) {
	t.Helper()
	n := new(atomic.Int64)
	funcs := testFuncs()
	funcs["count"] = func() int64 { return n.Add(1) }
	e, err := New(tree(archive), Options{Funcs: funcs})
	if err != nil {
		t.Fatal(err)
	}
	return e, n
}

func TestPartialCached(t *testing.T) {
	e, n := counting(t, `
-- page.html --
{{ partialCached "x" . }}{{ partialCached "x.html" 2 }}{{ partialCached "x" . "a" }}{{ partialCached "x" . "a" 1 }}{{ partialCached "x" . 1 "a" }}{{ partialCached "x" . "a" }}
-- _partials/x.html --
{{ count }}{{- /**/ -}}
`)
	cache := &Cache{}
	for range 2 {
		if got, err := render(t, e, "page.html", &State{Cache: cache}); got != "112342" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
	}
	if got, _ := render(t, e, "page.html", &State{Cache: &Cache{}}); got != "556786" {
		t.Errorf("another cache: got %q", got)
	}
	if got, _ := render(t, e, "page.html", nil); got != "9910111210" || n.Load() != 12 {
		t.Errorf("no cache: got %q", got)
	}
}

func TestPartialCachedReturn(t *testing.T) {
	e, n := counting(t, "-- page.html --\n{{ range 3 }}{{ (partialCached \"x\" .).v }}{{ end }}\n-- _partials/x.html --\n{{ return (dict \"v\" count) }}")
	if got, err := render(t, e, "page.html", nil); got != "111" || err != nil || n.Load() != 1 {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestSingleFlight executes a cached partial from many goroutines.
func TestSingleFlight(t *testing.T) {
	e, n := counting(t, `
-- baseof.html --
<title>{{ .Title }}</title>{{ partialCached "nav" . }}{{ block "main" . }}{{ end }}
-- page.html --
{{ define "main" }}{{ partialCached "key" . .Title }}{{ partial "plain" . }}{{ end }}
-- _partials/nav.html --
<nav>{{ count }}{{ partialCached "key" . "nav" }}</nav>
-- _partials/key.html --
{{ count }}
-- _partials/plain.html --
<b>{{ range .Pages }}{{ .RelPermalink }}{{ end }}</b>
`)
	tm, _ := e.Lookup(Query{Kind: "page"})
	cache := &Cache{}
	outputs := make([]sync.Map, 4)
	var wg sync.WaitGroup
	for g := range 16 {
		wg.Go(func() {
			for i := range 50 {
				k := (g + i) % 4
				p := &page{Title: fmt.Sprint("t", k), Pages: []*page{{Title: "a"}, {Title: "b"}}}
				var b strings.Builder
				if err := e.Execute(&b, tm, &State{Ctx: t.Context(), Page: p, Cache: cache}); err != nil {
					t.Error(err)
				}
				outputs[k].Store(b.String(), true)
			}
		})
	}
	wg.Wait()
	if n.Load() != 6 {
		t.Errorf("%d computations, want 6", n.Load())
	}
	for k := range outputs {
		variants := 0
		outputs[k].Range(func(any, any) bool { variants++; return true })
		if variants != 1 {
			t.Errorf("page %d: %d different outputs", k, variants)
		}
	}
	if len(e.free) > e.keepMax {
		t.Errorf("%d executors kept", len(e.free))
	}
}

// TestCacheCycle has two executions wait for each other's results.
func TestCacheCycle(t *testing.T) {
	var meet sync.WaitGroup
	meet.Add(2)
	var e *Engine
	opt := Options{Bind: func(cur func() *State) texttemplate.FuncMap {
		return texttemplate.FuncMap{"meet": func() string {
			if once := cur().Page.(*sync.Once); once != nil {
				once.Do(func() { meet.Done(); meet.Wait() })
			}
			return ""
		}}
	}}
	e, err := New(tree(`
-- a.html --
{{ partialCached "a" . }}
-- b.html --
{{ partialCached "b" . }}
-- _partials/a.html --
{{ meet }}{{ partialCached "b" . }}
-- _partials/b.html --
{{ meet }}{{ partialCached "a" . }}
`), opt)
	if err != nil {
		t.Fatal(err)
	}
	cache := &Cache{}
	var wg sync.WaitGroup
	for _, name := range []string{"a.html", "b.html"} {
		wg.Go(func() {
			_, err := render(t, e, name, &State{Page: &sync.Once{}, Cache: cache})
			if !errors.Is(err, errSelf) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	wg.Wait()
}

// TestCacheCanceled checks that an execution that was stopped leaves no
// result, and that one that waits for it computes its own.
func TestCacheCanceled(t *testing.T) {
	var cache Cache
	key := cacheKey{nil, "k"}
	ctx, cancel := context.WithCancel(context.Background())
	started, waited := make(chan bool), make(chan bool)
	var wg sync.WaitGroup
	wg.Go(func() {
		_, err := cache.get(ctx, &thread{}, key, func() (any, error) {
			close(started)
			<-waited
			cancel()
			return nil, ctx.Err()
		})
		if err != context.Canceled {
			t.Errorf("owner: %v", err)
		}
	})
	<-started
	wg.Go(func() {
		v, err := cache.get(context.Background(), &thread{}, key, func() (any, error) { return 7, nil })
		if v != 7 || err != nil {
			t.Errorf("waiter: %v, %v", v, err)
		}
	})
	gone, stop := context.WithCancel(context.Background())
	stop()
	if _, err := cache.get(gone, &thread{}, key, nil); err != context.Canceled {
		t.Errorf("waiter without context: %v", err)
	}
	close(waited)
	wg.Wait()
	if v, err := cache.get(context.Background(), &thread{}, key, nil); v != 7 || err != nil {
		t.Errorf("afterwards: %v, %v", v, err)
	}
}

// TestCachePanic checks that a waiter is not left behind.
func TestCachePanic(t *testing.T) {
	var cache Cache
	key := cacheKey{nil, "k"}
	func() {
		defer func() { _ = recover() }()
		_, _ = cache.get(context.Background(), &thread{}, key, func() (any, error) { panic("no") })
	}()
	v, err := cache.get(context.Background(), &thread{}, key, func() (any, error) { return 1, nil })
	if v != 1 || err != nil {
		t.Errorf("got %v, %v", v, err)
	}
}

func TestJoinKeys(t *testing.T) {
	p, q := &page{Title: "p"}, &page{Title: "p"}
	byTitle := func(v any) any {
		if p, ok := v.(*page); ok {
			return p.Title
		}
		return v
	}
	for _, tt := range []struct {
		name     string
		a, b     []any
		identify func(any) any
		same     bool
	}{
		{"none", nil, nil, nil, true},
		{"none and nil", nil, []any{nil}, nil, true},
		{"strings", []any{"a"}, []any{"a"}, nil, true},
		{"types", []any{1}, []any{"1"}, nil, false},
		{"order", []any{1, 2}, []any{2, 1}, nil, false},
		{"number", []any{"a", "b"}, []any{"a", "b", nil}, nil, false},
		{"joints", []any{"a b"}, []any{"a", "b"}, nil, false},
		{"pointers", []any{p}, []any{q}, nil, false},
		{"pointer", []any{p}, []any{p}, nil, true},
		{"identified", []any{p}, []any{q}, byTitle, true},
		{"slices", []any{[]int{1}}, []any{[]int{1}}, nil, true},
		{"other slices", []any{[]int{1}}, []any{[]int{2}}, nil, false},
		{"maps", []any{map[string]any{"a": 1, "b": 2}}, []any{map[string]any{"b": 2, "a": 1}}, nil, true},
		{"a slice and its text", []any{[]int{1}}, []any{"[]int []int{1}"}, nil, false},
		{"slice in an interface", []any{[1]any{[]int{1}}}, []any{[1]any{[]int{1}}}, nil, true},
		{"NaN", []any{math.NaN()}, []any{1.0}, nil, false},
	} {
		a, err := joinKeys(tt.a, tt.identify)
		b, err2 := joinKeys(tt.b, tt.identify)
		if err != nil || err2 != nil {
			t.Error(err, err2)
		}
		if (a == b) != tt.same {
			t.Errorf("%s: %#v == %#v is %v", tt.name, a, b, a == b)
		}
	}
}
