package outdir

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// benchSite is a site of 10,000 pages in directories of their own, and of 859 other files.
func benchSite() ([]string, []byte) {
	names := make([]string, 10_859)
	for i := range names {
		if names[i] = fmt.Sprintf("posts/some-title-of-a-page-%d/index.html", i); i >= 10_000 {
			names[i] = fmt.Sprintf("static/some-file-%d.css", i)
		}
	}
	return names, bytes.Repeat([]byte("0123456789abcde\n"), 600)
}

// each calls do for each name from two goroutines.
func each(names []string, do func(name string)) {
	var group sync.WaitGroup
	var next atomic.Int64
	for range 2 {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				do(names[i])
			}
		})
	}
	group.Wait()
}

// BenchmarkNothingChanged has all of a site kept, by comparing contents as before there were
// checksums, by a new process, and by the next build of a process.
func BenchmarkNothingChanged(b *testing.B) {
	names, data := benchSite()
	sum := sha256.Sum256(data)
	build := func(b *testing.B, dir string, last *State, do func(d *Dir, name string) (bool, error)) *State {
		d, err := BeginFrom(b.Context(), dir, last)
		if err != nil {
			b.Fatal(err)
		}
		each(names, func(name string) {
			if ok, err := do(d, name); !ok || err != nil {
				b.Error(name, ok, err)
			}
		})
		if _, err := d.Commit(b.Context()); err != nil {
			b.Fatal(err)
		}
		return d.State()
	}
	write := func(b *testing.B) func(d *Dir, name string) (bool, error) {
		return func(d *Dir, name string) (bool, error) {
			_, err := d.WriteFile(b.Context(), File{Name: name, Data: data, Sum: &sum})
			return true, err
		}
	}
	keep := func(b *testing.B) func(d *Dir, name string) (bool, error) {
		return func(d *Dir, name string) (bool, error) { return d.Keep(b.Context(), name, sum) }
	}
	dir := b.TempDir()
	b.Run("first", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			build(b, fmt.Sprintf("%s/%d", dir, i), nil, write(b))
		}
	})
	dir = b.TempDir()
	build(b, dir, nil, write(b))
	b.Run("just written", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			build(b, dir, nil, keep(b))
		}
	})
	b.Run("compared", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			build(b, dir, nil, write(b))
		}
	})
	b.Run("new process", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			build(b, dir, nil, keep(b))
		}
	})
	last := build(b, dir, nil, keep(b))
	b.Run("next build", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			last = build(b, dir, last, keep(b))
		}
	})
	b.Run("next build with a change", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			text := fmt.Append(nil, i)
			now := sha256.Sum256(text)
			last = build(b, dir, last, func(d *Dir, name string) (bool, error) {
				if name == names[0] {
					_, err := d.WriteFile(b.Context(), File{Name: name, Data: text, Sum: &now})
					return true, err
				}
				return d.Keep(b.Context(), name, sum)
			})
		}
	})
}
