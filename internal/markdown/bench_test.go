package markdown

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
)

// benchPages returns pages of about 8 kB: real ones if there are any.
func benchPages(b *testing.B) (pages [][]byte, size int64) {
	const most = 60
	if dir := corpora(); dir != "" {
		filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") || len(pages) == most {
				return nil
			}
			if text, err := os.ReadFile(path); err == nil && len(text) > 6000 && len(text) < 10000 {
				pages = append(pages, text)
			}
			return nil
		})
	}
	if len(pages) == 0 {
		pages = append(pages, bytes.Repeat([]byte(samplePage), 8000/len(samplePage)))
	}
	for _, p := range pages {
		size += int64(len(p))
	}
	return pages, size
}

// BenchmarkRender is one operation for all pages: compare with BenchmarkGoldmark.
func BenchmarkRender(b *testing.B) {
	for name, unsafe := range map[string]bool{"safe": false, "unsafe": true} {
		b.Run(name, func(b *testing.B) {
			pages, size := benchPages(b)
			e, err := New(Config{Unsafe: unsafe})
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, p := range pages {
					src := Source{Text: p, Resolve: func(l Link) (string, error) { return l.Destination, nil }}
					if _, err := e.Render(context.Background(), src); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkGoldmark is goldmark with the extensions that a Config has on, and
// nothing of what Render does beside the HTML.
func BenchmarkGoldmark(b *testing.B) {
	pages, size := benchPages(b)
	md := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer, extension.CJK),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()),
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)
	b.SetBytes(size)
	b.ReportAllocs()
	var buf bytes.Buffer
	for b.Loop() {
		for _, p := range pages {
			buf.Reset()
			if err := md.Convert(p, &buf); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkCountWords(b *testing.B) {
	text := strings.Repeat("The quick brown fox – jumps over 敏捷的狐狸 and runs. ", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		CountWords(text)
	}
}
