package jam_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// TestReachOfHooks adds each sort of render hook to a real tree, and removes it: the builds make what becomes something else, and for most sorts
// nothing besides.
func TestReachOfHooks(t *testing.T) {
	dir := filepath.Join(corpora(t), "rust-blog", "content")
	tree := fstest.MapFS{"layouts/all.html": {Data: []byte("{{ .Content }}")}}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".md" {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		tree["content/"+name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	build := func(cfg *jam.Config) (map[string][]byte, int) {
		t.Helper()
		site, err := jam.Load(t.Context(), tree, cfg)
		if err != nil {
			t.Fatal(err)
		}
		out := jam.Memory()
		report, err := site.Build(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		return out.Files(), len(report.Rendered)
	}
	cache := new(mapCache)
	was, _ := build(&jam.Config{Cache: cache})
	for _, hook := range []struct {
		name  string
		exact bool
	}{
		{"link", true}, {"image", true}, {"heading", true}, {"table", true}, {"blockquote", true}, {"codeblock-rust", false},
	} {
		name := "layouts/_markup/render-" + hook.name + ".html"
		for _, edit := range []string{"added", "removed"} {
			if delete(tree, name); edit == "added" {
				tree[name] = &fstest.MapFile{Data: []byte("hook")}
			}
			now, rendered := build(&jam.Config{Cache: cache})
			clean, _ := build(nil)
			changed := 0
			var wrong []string
			for file, b := range clean {
				if !bytes.Equal(now[file], b) {
					wrong = append(wrong, file)
				}
				if !bytes.Equal(was[file], b) {
					changed++
				}
			}
			if len(wrong) > 0 {
				t.Errorf("%s %s: %d files are not those of a clean build, such as %s", hook.name, edit, len(wrong), strings.Join(wrong[:1], ""))
			}
			if changed == 0 {
				t.Errorf("%s %s: nothing has changed", hook.name, edit)
			}
			if rendered < changed || hook.exact && rendered != changed {
				t.Errorf("%s %s: %d files are rendered, %d have changed", hook.name, edit, rendered, changed)
			}
			was = clean
		}
	}
}
