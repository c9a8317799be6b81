package funcs

import (
	"fmt"
	"testing"
	"time"
)

// page stands for what a site's templates query.
type page struct {
	title, section string
	words          int
	date           time.Time
	params         map[string]any
	author         *author
	Slug           string
}

type pages []*page

func (p pages) Len() int { return len(p) }

type author struct{ Name string }

func (p *page) Title() string          { return p.title }
func (p *page) Section() string        { return p.section }
func (p *page) WordCount() int         { return p.words }
func (p *page) Date() time.Time        { return p.date }
func (p *page) Params() map[string]any { return p.params }
func (p *page) Author() *author        { return p.author }
func (p *page) Fails() (string, error) { return "", fmt.Errorf("no content in %s", p.title) }
func (p *page) Late() (int, error)     { return p.words, nil }
func (p *page) With(s string) string   { return s + p.title }
func (p *page) Nothing()               {}

func manyPages(n int) pages {
	out := make(pages, n)
	for i := range out {
		out[i] = &page{
			title:   fmt.Sprintf("Page %d", i*7919%n),
			section: []string{"posts", "docs", "talks"}[i%3],
			words:   i * 31 % 1000,
			date:    time.Date(2020, 1, 1+i*17%1000, 0, 0, 0, 0, time.UTC),
			params:  map[string]any{"color": []string{"red", "green"}[i%2], "tags": []string{"go", "web"}},
		}
	}
	return out
}

func BenchmarkWhere(b *testing.B) {
	c := Collections{newLibrary(Options{})}
	list := manyPages(10_000)
	for _, bm := range []struct {
		name string
		args []any
	}{
		{"known method", []any{"Section", "posts"}},
		{"other method", []any{"Late", ">", 500}},
		{"date", []any{"Date", "lt", time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)}},
		{"parameter", []any{"Params.color", "red"}},
		{"missing parameter", []any{"Params.colour", "!=", nil}},
		{"in", []any{"Section", "in", []string{"posts", "docs"}}},
		{"intersect", []any{"Params.tags", "intersect", []string{"go"}}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Where(list, bm.args[0], bm.args[1:]...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSort(b *testing.B) {
	c := Collections{newLibrary(Options{})}
	list := manyPages(10_000)
	for _, key := range []string{"Title", "WordCount", "Date", "Params.color"} {
		b.Run(key, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Sort(list, key, "desc"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFirst(b *testing.B) {
	c := Collections{newLibrary(Options{})}
	list := manyPages(10_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.First(5, list); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnion(b *testing.B) {
	c := Collections{newLibrary(Options{})}
	list := manyPages(10_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Union(list[:6000], list[4000:]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEq(b *testing.B) {
	c := Compare{newLibrary(Options{})}
	b.ReportAllocs()
	for b.Loop() {
		if eq, err := c.Eq("page", "section", "page"); !eq || err != nil {
			b.Fatal(eq, err)
		}
	}
}

func BenchmarkMap(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Map(Options{})
	}
}
