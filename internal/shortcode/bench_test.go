package shortcode

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
)

const sentence = "The quick brown fox {jumps} over the lazy dog, {{ twice }}, and no one stops it.\n"

// textWith returns a text of about size bytes with calls, evenly spread.
func textWith(size, calls int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < size; i++ {
		if calls > 0 && i%2 == 0 && b.Len()*calls/size > bytes.Count(b.Bytes(), []byte("{{< figure")) {
			fmt.Fprintf(&b, "{{< figure src=\"a.jpg\" width=%d >}}\n", i)
		}
		b.WriteString(sentence)
	}
	return b.Bytes()
}

func BenchmarkParse(b *testing.B) {
	for _, bb := range []struct {
		name string
		text []byte
	}{
		{"5kB_none", textWith(5000, 0)},
		{"5kB_prose", bytes.Repeat([]byte("The quick brown fox jumps over the lazy dog.\n"), 110)},
		{"5kB_10", textWith(5000, 10)},
		{"1MB_50000", bytes.Repeat([]byte("{{< n a=1 >}} words \n"), 50_000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, errs := Parse(bb.text, Options{}); len(errs) > 0 {
					b.Fatal(errs)
				}
			}
		})
	}
}

// BenchmarkMemchr is what BenchmarkParse of a text without shortcodes is to be compared with.
func BenchmarkMemchr(b *testing.B) {
	text := bytes.Repeat([]byte("The quick brown fox jumps over the lazy dog.\n"), 110)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if bytes.IndexByte(text, '{') >= 0 {
			b.Fatal("found")
		}
	}
}

func BenchmarkExpand(b *testing.B) {
	for _, bb := range []struct {
		name string
		text []byte
	}{
		{"5kB_10", textWith(5000, 10)},
		{"1MB_50000", bytes.Repeat([]byte("{{< n a=1 >}} words \n"), 50_000)},
		{"nested", []byte(strings.Repeat("- {{% m %}}\n  a\n  {{< m >}}b{{< /m >}}\n  {{% /m %}}\n", 100))},
	} {
		b.Run(bb.name, func(b *testing.B) {
			d := parse(b, string(bb.text), Options{})
			b.SetBytes(int64(len(bb.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Expand(context.Background(), render); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestGrowth counts what is allocated and looked up for a text twice as long.
func TestGrowth(t *testing.T) {
	count := func(n int) (lookups int, allocs float64) {
		text := bytes.Repeat([]byte("- {{% m a=1 %}}\n  {{< n \"x\" >}}\n  {{% /m %}} {{</* n */>}}\n"), n)
		opt := Options{Known: func(name string) (Inner, bool) { lookups++; return kinds(name) }}
		allocs = testing.AllocsPerRun(1, func() {
			lookups = 0
			d, errs := Parse(text, opt)
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			if _, err := d.Expand(context.Background(), render); err != nil {
				t.Fatal(err)
			}
		})
		return lookups, allocs
	}
	lookups, allocs := count(5_000)
	lookups2, allocs2 := count(10_000)
	if lookups == 0 || lookups2 > 2*lookups || allocs2 > 2.1*allocs {
		t.Errorf("%d and %d lookups, %.0f and %.0f allocations", lookups, lookups2, allocs, allocs2)
	}
}

func TestNoAllocationWithoutShortcodes(t *testing.T) {
	text := textWith(5000, 0)
	if n := testing.AllocsPerRun(10, func() {
		if d, errs := Parse(text, Options{}); d != nil || errs != nil {
			t.Fatal("found something")
		}
	}); n > 0 {
		t.Errorf("%.0f allocations", n)
	}
}
