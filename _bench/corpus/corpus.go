// Package corpus makes content trees of any size for benchmarks: pages in flat sections with YAML
// front matter, whose texts are made up or taken from trees of Markdown files. The same arguments
// give the same bytes.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// Text is what a page is made of.
type Text struct {
	Title string
	Body  string // Markdown
}

// Texts returns the text of page number k.
type Texts func(k int) Text

const sections = 20

// tags are what pages are classified by: three of them each.
var tags = strings.Fields(`animals architecture art astronomy biology books chemistry cinema
	cities cooking dance economics energy fashion football gardening geography history
	languages law mathematics medicine music philosophy photography physics poetry
	railways theatre travel`)

// Write makes a content tree of n pages in a folder and returns its size in bytes.
func Write(dir string, n int, texts Texts) (size int64, err error) {
	for i := range sections {
		if err := os.MkdirAll(filepath.Join(dir, section(i)), 0o777); err != nil {
			return 0, err
		}
	}
	for k := range n {
		name, page := Page(k, texts)
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), page, 0o666); err != nil {
			return 0, err
		}
		size += int64(len(page))
	}
	return size, nil
}

func section(i int) string { return fmt.Sprintf("part-%02d", i) }

// Page returns the name and the content of the file of page number k.
func Page(k int, texts Texts) (name string, file []byte) {
	t := texts(k)
	r := rand.New(rand.NewPCG(uint64(k), 1))
	name = fmt.Sprintf("%s/%06d-%s.md", section(r.IntN(sections)), k, slug(t.Title))
	// A minute for each page keeps even a million of them in the past.
	date := time.Date(2020, 1, 1, 0, k, 0, 0, time.UTC)
	file = fmt.Appendf(nil, "---\ntitle: %q\ndescription: \"Number %d, on %s.\"\ndate: %s\nweight: %d\ntags:\n",
		t.Title, k, strings.ToLower(slug(t.Title)), date.Format(time.RFC3339), 1+r.IntN(100))
	for _, i := range r.Perm(len(tags))[:3] {
		file = fmt.Appendf(file, "  - %s\n", tags[i])
	}
	file = append(file, "---\n\n"...)
	return name, append(file, t.Body...)
}

// slug returns the letters and digits of a title, with hyphens between its words.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	const enough = 6
	return strings.Join(words[:min(len(words), enough)], "-")
}
