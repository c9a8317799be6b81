package jam_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// TestIncrementalCorpora does as TestIncremental does with two real sites.
func TestIncrementalCorpora(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	root := corpora(t)
	for i, tree := range []struct {
		name   string
		share  int // of all edits, in percent
		config jam.Config
	}{{"hugoDocs", 60, hugoDocs()}, {"letsencrypt", 40, letsencryptLayouts(t, root)}} {
		config := func(*testing.T, sitegen.Files, fs.FS) *jam.Config {
			cfg := tree.config
			cfg.Now = later
			return &cfg
		}
		files := sitegen.Files{}
		readTree(t, filepath.Join(root, tree.name), files, "content", "data", "i18n")
		readTree(t, filepath.Join("testdata", "layouts", tree.name), files, "layouts", "static")
		for j, mode := range []struct {
			name  string
			start func(w *workspace) builder
		}{
			{"reload", func(w *workspace) builder { return &reloading{w: w, out: jam.Memory(), named: true} }},
			{"cache", func(w *workspace) builder { return &fresh{w: w, out: jam.Dir(w.path("out"))} }},
		} {
			t.Run(tree.name+"/"+mode.name, func(t *testing.T) {
				if *editCount == 0 && i+j > 0 {
					t.Skip("takes long, and is for -edits")
				}
				seed := *editSeed + uint64(i*1000+j)
				c := &chain{seed: seed, start: mode.start, config: config}
				c.run(t, sitegen.Open(seed, files), max(1, *editCount*tree.share/200))
			})
		}
	}
}

// readTree reads the files in some folders of a directory, that there are.
func readTree(t *testing.T, dir string, files sitegen.Files, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(dir, folder), func(path string, d fs.DirEntry, err error) error {
			switch {
			case os.IsNotExist(err):
				return filepath.SkipAll
			case err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "."):
				return err
			}
			b, err := os.ReadFile(path)
			name, _ := filepath.Rel(dir, path)
			files[filepath.ToSlash(name)] = string(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
