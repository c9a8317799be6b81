package outdir

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

func benchFiles() ([]string, []byte) {
	names := make([]string, 1000)
	for i := range names {
		names[i] = fmt.Sprintf("posts/some-title-%d/index.html", i)
	}
	return names, bytes.Repeat([]byte("0123456789"), 1000)
}

func benchBuild(b *testing.B, dir string, names []string, data []byte, stream bool) {
	d, err := Begin(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		if stream {
			_, err = d.WriteFrom(b.Context(), name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil })
		} else {
			_, err = d.Write(b.Context(), name, data)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := d.Commit(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// benchWorkers is benchBuild by 16 goroutines.
func benchWorkers(b *testing.B, dir string, names []string, data []byte) {
	d, err := Begin(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	var group sync.WaitGroup
	var next atomic.Int64
	for range 16 {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				if _, err := d.Write(b.Context(), names[i], data); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
	if _, err := d.Commit(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBuild writes 1,000 files of 10 kB.
func BenchmarkBuild(b *testing.B) {
	names, data := benchFiles()
	perFile := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(names)), "ns/file")
	}
	b.Run("first", func(b *testing.B) {
		b.ReportAllocs()
		base := b.TempDir()
		for i := 0; b.Loop(); i++ {
			benchBuild(b, base+"/"+strconv.Itoa(i), names, data, false)
		}
		perFile(b)
	})
	b.Run("unchanged", func(b *testing.B) {
		b.ReportAllocs()
		dir := b.TempDir()
		benchBuild(b, dir, names, data, false)
		for b.Loop() {
			benchBuild(b, dir, names, data, false)
		}
		perFile(b)
	})
	b.Run("unchanged streams", func(b *testing.B) {
		b.ReportAllocs()
		dir := b.TempDir()
		benchBuild(b, dir, names, data, false)
		for b.Loop() {
			benchBuild(b, dir, names, data, true)
		}
		perFile(b)
	})
	b.Run("changed", func(b *testing.B) {
		b.ReportAllocs()
		dir := b.TempDir()
		other := bytes.Repeat([]byte("9876543210"), 1000)
		for i := 0; b.Loop(); i++ {
			benchBuild(b, dir, names, [][]byte{data, other}[i%2], false)
		}
		perFile(b)
	})
}

// BenchmarkWorkers is for the profile of locks: new directories, files in a directory
// that is there, files of the same content and of another.
func BenchmarkWorkers(b *testing.B) {
	names, data := benchFiles()
	flat := make([]string, len(names))
	for i := range flat {
		flat[i] = fmt.Sprintf("flat/some-title-%d.html", i)
	}
	other := bytes.Repeat([]byte("9876543210"), 1000)
	base := b.TempDir()
	for i := 0; b.Loop(); i++ {
		dir := base + "/" + strconv.Itoa(i)
		benchWorkers(b, dir, append([]string{"flat/index.html"}, names...), data)
		benchWorkers(b, dir, slices.Concat(names, flat), data)
		benchWorkers(b, dir, slices.Concat(names, flat), data)
		benchWorkers(b, dir, slices.Concat(names, flat), other)
	}
}

// BenchmarkKeep compares one unchanged file of 10 kB.
func BenchmarkKeep(b *testing.B) {
	for _, name := range []string{"index.html", "posts/title/index.html", "a/b/c/d/index.html"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			dir := b.TempDir()
			_, data := benchFiles()
			benchBuild(b, dir, []string{name}, data, false)
			d, err := Begin(b.Context(), dir)
			if err != nil {
				b.Fatal(err)
			}
			defer d.Abort()
			for b.Loop() {
				delete(d.files.part(name).of, name)
				if s, err := d.Write(b.Context(), name, data); s != Kept {
					b.Fatal(s, err)
				}
			}
		})
	}
}
