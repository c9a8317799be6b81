//go:build amd64 || arm64

package jam_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"unsafe"

	"github.com/jam-go/jam"
)

// exchange swaps two files, so that neither name is ever without one: renameat2(2).
func exchange(a, b string) error {
	const atCwd, renameExchange = -100, 2
	sysRenameat2 := uintptr(316)
	if runtime.GOARCH == "arm64" {
		sysRenameat2 = 276
	}
	from, err := syscall.BytePtrFromString(a)
	if err != nil {
		return err
	}
	to, err := syscall.BytePtrFromString(b)
	if err != nil {
		return err
	}
	cwd := atCwd
	_, _, errno := syscall.Syscall6(sysRenameat2, uintptr(cwd), uintptr(unsafe.Pointer(from)), uintptr(cwd), uintptr(unsafe.Pointer(to)), renameExchange, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// swapper swaps a file or folder of the ground for a link, again and again, until it is stopped.
func (g *ground) swapper(t *testing.T, name, to string) (stop func() int64) {
	t.Helper()
	file := filepath.Join(g.dir, filepath.FromSlash(name))
	other := filepath.Join(g.dir, "swap-"+filepath.Base(file))
	if err := os.Symlink(to, other); err != nil {
		t.Skip(err)
	}
	if err := errors.Join(exchange(file, other), exchange(file, other)); err != nil {
		t.Skip("files can't be exchanged:", err)
	}
	var swaps atomic.Int64
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-end:
				if swaps.Load()%2 == 1 {
					_ = exchange(file, other)
				}
				_ = os.RemoveAll(other) // a build may have removed what was to be exchanged
				return
			default:
				if exchange(file, other) == nil {
					swaps.Add(1)
				}
			}
		}
	}()
	return func() int64 {
		close(end)
		<-ended
		return swaps.Load()
	}
}

// rounds is how often a race is run.
func rounds() int {
	if *attacks > 1 {
		return 8
	}
	return 400
}

// TestSwapsInTree has files and folders of the tree swapped for links that lead out of it, while it is loaded and built.
func TestSwapsInTree(t *testing.T) {
	g := newGround(t)
	swaps, failed, loads := int64(0), 0, 0
	for _, place := range []struct{ name, to string }{
		{"site/content/posts", "../etc"}, {"site/content/posts/one.md", "../secret.md"}, {"site/content/posts/one.md", g.dir + "/secret.md"}, {"site/static", "../etc"},
		{"site/static/style.css", "../../secret.txt"}, {"site/layouts", "../layouts"}, {"site/layouts/all.html", "../../layouts/all.html"}, {"site/content", ".."},
	} {
		stop := g.swapper(t, place.name, place.to)
		for range rounds() {
			files, err := g.build(t, &jam.Config{Now: now})
			loads++
			if err != nil {
				failed++
				g.harmless(t, place.name, err)
			}
			g.innocent(t, place.name, files)
		}
		swaps += stop()
		if files, err := g.build(t, &jam.Config{Now: now}); err != nil || files["posts/one/index.html"] == nil {
			t.Errorf("%s: afterwards %d files, %v", place.name, len(files), err)
		}
	}
	g.check(t)
	g.age(t)
	t.Logf("%d swaps during %d loads, of which %d failed", swaps, loads, failed)
}

// TestSwapsInOutput has folders and files of the output swapped for links that lead out of it, while it is built.
func TestSwapsInOutput(t *testing.T) {
	g := newGround(t)
	out := filepath.Join(g.dir, "out")
	swaps, failed, builds := int64(0), 0, 0
	for _, place := range []struct{ name, to string }{
		{"out/posts", "../etc"}, {"out/posts", g.dir + "/etc"}, {"out/posts", ".."}, {"out/posts/one", "../.."}, {"out/posts/one/index.html", "../../../secret.txt"},
		{"out/index.html", "../secret.txt"}, {"out/posts/one", g.dir}, {"out/.jam", "../etc"}, {"out/.jam", g.dir}, {"out/posts", "keep"},
	} {
		g.reset(t)
		site, err := g.load(t, &jam.Config{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := site.Build(t.Context(), jam.Dir(out)); err != nil {
			t.Fatal(err)
		}
		before := g.look(t)
		stop := g.swapper(t, place.name, place.to)
		for i := range rounds() {
			g.put(t, "site/content/posts/one.md", "---\ntitle: "+string(rune('A'+i%20))+"\n---\n")
			g.put(t, "site/content/posts/"+string(rune('a'+i%5))+".md", "---\ntitle: T\n---\n")
			_ = os.Remove(filepath.Join(g.dir, "site/content/posts", string(rune('a'+(i+2)%5))+".md"))
			site, err := g.load(t, &jam.Config{Now: now})
			if err != nil {
				t.Fatal(err)
			}
			builds++
			if _, err := site.Build(t.Context(), jam.Dir(out)); err != nil {
				failed++
				g.harmless(t, place.name, err)
			}
		}
		swaps += stop()
		for name := range g.look(t) {
			if _, ok := before[name]; !ok {
				t.Errorf("%s to %s: a build has made %s", place.name, place.to, name)
			}
		}
		g.age(t)
		if site, err = g.load(t, &jam.Config{Now: now}); err != nil {
			t.Fatal(err)
		}
		if _, err := site.Build(t.Context(), jam.Dir(out)); err != nil {
			t.Errorf("%s to %s: afterwards: %v", place.name, place.to, err)
		}
	}
	t.Logf("%d swaps during %d builds, of which %d failed", swaps, builds, failed)
}

// TestSwapsInCache has the files of a cache swapped for links that lead out of it.
func TestSwapsInCache(t *testing.T) {
	g := newGround(t)
	cfg := func() *jam.Config { return &jam.Config{Now: now, Cache: jam.CacheDir(filepath.Join(g.dir, "cache"))} }
	want, err := g.build(t, cfg())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(g.dir, "cache"))
	if err != nil || len(entries) == 0 {
		t.Fatal(entries, err)
	}
	swaps := int64(0)
	for _, e := range entries {
		stop := g.swapper(t, "cache/"+e.Name(), "../secret.txt")
		for range rounds() {
			got, err := g.build(t, cfg())
			if err != nil || len(got) != len(want) {
				t.Errorf("%s: %d files, %v", e.Name(), len(got), err)
			}
			g.innocent(t, e.Name(), got)
		}
		swaps += stop()
	}
	g.check(t)
	g.age(t)
	t.Logf("%d swaps", swaps)
}
