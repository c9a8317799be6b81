package highlight

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/markdown"
)

var sample = strings.Repeat("// F adds one.\nfunc F(n int) (int, error) {\n\treturn n + 1, fmt.Errorf(\"x %d\", n)\n}\n\n", 10) // 880 bytes

func benchmark(b *testing.B, h *Highlighter, text func(i int) string) {
	e := newEngine(b, h)
	texts := make([][]byte, 1000)
	for i := range texts {
		texts[i] = []byte(text(i))
	}
	render(b, e, fenced("go", "x")) // compiles the lexer
	b.ReportAllocs()
	b.SetBytes(int64(len(texts[0])))
	i := 0
	for b.Loop() {
		if _, err := e.Render(context.Background(), markdown.Source{Text: texts[i%len(texts)]}); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkNone renders a block without a language.
func BenchmarkNone(b *testing.B) {
	benchmark(b, New(Options{}), func(int) string { return fenced("", sample) })
}

func BenchmarkUnknown(b *testing.B) {
	benchmark(b, New(Options{}), func(int) string { return fenced("tree", sample) })
}

func BenchmarkRepeated(b *testing.B) {
	benchmark(b, New(Options{}), func(int) string { return fenced("go", sample) })
}

func BenchmarkRepeatedLines(b *testing.B) {
	benchmark(b, New(Options{}), func(int) string { return fenced(`go {title="x.go" linenos=true hl_lines="2-4"}`, sample) })
}

// BenchmarkFirst has a cache too small to keep anything.
func BenchmarkFirst(b *testing.B) {
	h := New(Options{})
	h.cache.limit = 0
	benchmark(b, h, func(i int) string { return fenced("go", fmt.Sprint("// ", i, "\n", sample)) })
}
