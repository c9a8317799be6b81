package jam

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// TestReloadMoved lets files come and go in every way, and compares what Reload finds when it is told their names with what
// Load finds.
func TestReloadMoved(t *testing.T) {
	for _, test := range []struct {
		what  string
		do    func(t *testing.T, d diskTree)
		names []string
		walks bool
	}{
		{what: "a new page", do: written("content/posts/new.md"), names: []string{"content/posts/new.md"}},
		{what: "in the root", do: written("content/new.md"), names: []string{"content/new.md"}},
		{what: "above others", do: written("content/docs/new.md"), names: []string{"content/docs/new.md"}},
		{what: "a new resource", do: written("content/posts/bundle/x.txt"), names: []string{"content/posts/bundle/x.txt"}},
		{what: "an index", do: written("content/posts/index.md"), names: []string{"content/posts/index.md"}},
		{what: "in a new folder", do: written("content/notes/deep/new.md"), names: []string{"content/notes/deep/new.md"}, walks: true},
		{what: "a hidden file", do: written("content/posts/.new.md"), names: []string{"content/posts/.new.md"}},
		{what: "in a hidden folder", do: written("content/.posts/new.md"), names: []string{"content/.posts/new.md"}},
		{what: "by two names", do: written("content/posts/new.md"), names: []string{"content/posts/new.md", "/content//posts/new.md"}},
		{what: "several", do: written("content/posts/new.md", "content/new.md"), names: []string{"content/posts/new.md", "content/new.md", "content/none.md"}},
		{what: "a page gone", do: gone("content/posts/a.md"), names: []string{"content/posts/a.md"}},
		{what: "a resource gone", do: gone("content/posts/bundle/r.txt"), names: []string{"content/posts/bundle/r.txt"}},
		{what: "renamed", names: []string{"content/posts/a.md", "content/posts/z.md"}, do: func(t *testing.T, d diskTree) {
			rename(t, d, "content/posts/a.md", "content/posts/z.md")
		}},
		{what: "a folder gone", do: gone("content/posts/bundle"), names: []string{"content/posts/bundle/index.md", "content/posts/bundle/r.txt"}},
		{what: "a folder renamed", names: []string{"content/docs/deep/d.md", "content/docs/flat/d.md"}, walks: true, do: func(t *testing.T, d diskTree) {
			rename(t, d, "content/docs/deep", "content/docs/flat")
		}},
		{what: "a folder for a file", names: []string{"content/posts/a.md", "content/posts/a.md/x.md"}, walks: true, do: func(t *testing.T, d diskTree) {
			d.remove("content/posts/a.md")
			d.write("content/posts/a.md/x.md", "x")
		}},
		{what: "a file for a folder", names: []string{"content/docs/deep", "content/docs/deep/d.md"}, walks: true, do: func(t *testing.T, d diskTree) {
			gone("content/docs/deep")(t, d)
			d.write("content/docs/deep", "x")
		}},
		{what: "a link", do: linked("a.md", "content/posts/link.md"), names: []string{"content/posts/link.md"}},
		{what: "nothing", do: func(*testing.T, diskTree) {}, names: []string{"content/posts/none.md", "content/no/ne.md"}},
		{what: "a link to nothing", do: linked("none.md", "content/posts/link.md"), names: []string{"content/posts/link.md"}},
		{what: "a link to a folder", do: linked("../docs", "content/posts/link"), names: []string{"content/posts/link"}, walks: true},
		{what: "below a link", do: linked("../docs", "content/posts/link"), names: []string{"content/posts/link/c.md"}, walks: true},
	} {
		t.Run(test.what, func(t *testing.T) {
			d := diskTree{t, t.TempDir()}
			for _, name := range []string{"posts/a.md", "posts/b.md", "posts/bundle/index.md", "posts/bundle/r.txt", "docs/c.md", "docs/deep/d.md", "about.md"} {
				d.write("content/"+name, "---\ntitle: "+name+"\n---\nText\n")
			}
			tree := &listingFS{FS: d.fsys()}
			site, err := Load(t.Context(), tree, nil)
			if err != nil {
				t.Fatal(err)
			}
			test.do(t, d)
			fresh, err := Load(t.Context(), tree, nil)
			want := siteState(t, fresh, err)
			tree.roots.Store(0)
			next, err := site.Reload(t.Context(), test.names...)
			walked := tree.roots.Load() > 0
			compareStates(t, test.what, siteState(t, next, err), want)
			if walked != test.walks && err == nil && test.what != "in the root" && test.what != "several" {
				t.Errorf("walked through the content: %t", walked)
			}
		})
	}
}

// listingFS counts how often the root of the content is listed.
type listingFS struct {
	fs.FS
	roots atomic.Int32
}

func (l *listingFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "content" {
		l.roots.Add(1)
	}
	return fs.ReadDir(l.FS, name)
}

func written(names ...string) func(*testing.T, diskTree) {
	return func(_ *testing.T, d diskTree) {
		for _, name := range names {
			d.write(name, "---\ntitle: New\n---\nText\n")
		}
	}
}

func gone(name string) func(*testing.T, diskTree) {
	return func(t *testing.T, d diskTree) {
		if err := os.RemoveAll(filepath.Join(d.dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
}

func rename(t *testing.T, d diskTree, from, to string) {
	if err := os.Rename(filepath.Join(d.dir, filepath.FromSlash(from)), filepath.Join(d.dir, filepath.FromSlash(to))); err != nil {
		t.Fatal(err)
	}
}

func linked(to, name string) func(*testing.T, diskTree) {
	return func(t *testing.T, d diskTree) {
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(d.dir, filepath.FromSlash(name))); err != nil {
			t.Skip(err)
		}
	}
}
