package jam

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// shapes are sites that are large in one way.
var shapes = []struct {
	name  string
	front func(i int) string // of the page with that number, besides its title
	path  func(i int) string
}{
	{"one folder", nil, func(i int) string { return fmt.Sprintf("s/p%d.md", i) }},
	{"the root", nil, func(i int) string { return fmt.Sprintf("p%d.md", i) }},
	{"a section each", nil, func(i int) string { return fmt.Sprintf("s%d/p.md", i) }},
	{"a section within a section each", func(int) string { return "cascade: {color: red}" }, func(i int) string { return fmt.Sprintf("s/t%d/_index.md", i) }},
	{"deep folders", nil, func(i int) string { return fmt.Sprintf("%sp%d.md", strings.Repeat("d/", i%40), i) }},
	{"one term", func(int) string { return "tags: [all]\ndate: 2020-01-02" }, nil},
	{"a term each", func(i int) string { return fmt.Sprintf("tags: [t%d]", i) }, nil},
	{"three aliases each", func(i int) string { return fmt.Sprintf("aliases: [/o/a%d, /o/b%d, /q%d/x]", i, i, i) }, nil},
	{"one menu", func(int) string { return "menus: main" }, nil},
	{"a tree of a menu", func(i int) string { return fmt.Sprintf("menus: {main: {parent: P %d}}", i/2) }, nil},
	{"related pages", func(i int) string {
		return fmt.Sprintf("tags: [all, t%d]\nkeywords: [k%d]\ndate: 2020-%02d-02", i/10, i/7, 1+i%12)
	}, nil},
	{"a query each", func(i int) string { return fmt.Sprintf("series: s%d", i/5) }, nil},
	{"resources of one page", nil, func(i int) string { return fmt.Sprintf("b/r%d.txt", i) }},
}

// BenchmarkShapes loads and builds such sites. The time per page is to stay about the same from 1,000 pages to 100,000.
func BenchmarkShapes(b *testing.B) {
	tree := fstest.MapFS{
		"layouts/page.html": {Data: []byte(`{{ .Title }}{{ .Content }}{{ with .Prev }}{{ .RelPermalink }}{{ end }}{{ range .GetTerms "tags" }}{{ .Title }}{{ end }}` +
			`{{ range .Ancestors }}{{ .Title }}{{ end }}{{ range first 5 .Related }}{{ .Title }}{{ end }}` +
			`{{ with .Params.series }}{{ range first 5 (where site.RegularPages "Params.series" .) }}{{ .Title }}{{ end }}{{ end }}`)},
		"layouts/list.html": {Data: []byte(`{{ .Title }}{{ range .Paginator.Pages }}{{ .Title }}{{ end }}`)},
	}
	for _, s := range shapes {
		benchSizes(b, s.name, func(b *testing.B, n int) func() int {
			docs := []*Document{{Path: "b/index.md", Body: []byte("Text.\n")}}
			for i := range n {
				name, front := fmt.Sprintf("s%d/p%d.md", i%50, i), ""
				if s.path != nil {
					name = s.path(i)
				}
				if s.front != nil {
					front = "\n" + s.front(i)
				}
				docs = append(docs, &Document{Path: name, Body: fmt.Appendf(nil, "---\ntitle: P %d%s\n---\nText.\n", i, front)})
			}
			cfg := &Config{Sources: []Source{Documents(docs...)}, Taxonomies: []string{"tags"},
				Pagination: map[string]Pagination{KindTerm: {Size: 50}, KindSection: {Size: 50}}}
			return func() int {
				site, err := Load(context.Background(), tree, cfg)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := site.Build(context.Background(), nowhere{}); err != nil {
					b.Fatal(err)
				}
				return n
			}
		})
	}
}

// nowhere is an Output that drops what it is given.
type nowhere struct{}

func (nowhere) Begin(context.Context) (Transaction, error)         { return nowhere{}, nil }
func (nowhere) Write(context.Context, *OutputFile) (Status, error) { return Written, nil }
func (nowhere) Commit(context.Context) ([]string, error)           { return nil, nil }
func (nowhere) Abort() error                                       { return nil }
