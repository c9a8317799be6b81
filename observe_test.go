package jam_test

import (
	"bytes"
	"io/fs"
	"maps"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// onceFS does something when a file has been opened for the first time.
type onceFS struct {
	fs.FS
	name string
	do   func() error
	mu   sync.Mutex // files are opened by several goroutines
}

func (o *onceFS) Open(name string) (fs.File, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f, err := o.FS.Open(name)
	if do := o.do; name == o.name && do != nil {
		o.do = nil
		if err := do(); err != nil {
			return nil, err
		}
	}
	return f, err
}

// TestReadOnce has templates, which may catch errors, read a file that cannot be read, or changes while the build goes on. The next build sees
// that what was made is not what the file makes.
func TestReadOnce(t *testing.T) {
	const page = `{{ with try (readFile "data/x.txt") }}{{ with .Err }}none{{ else }}{{ .Value }}{{ end }}{{ end }}`
	const resource = `{{ with .Resources.Get "x.txt" }}{{ with try .Content }}{{ with .Err }}none{{ else }}{{ .Value }}{{ end }}{{ end }}{{ end }}`
	const exists = `{{ with try (fileExists "data/x.txt") }}{{ with .Err }}none{{ else }}{{ .Value }}{{ end }}{{ end }}`
	for name, c := range map[string]struct{ layout, file string }{
		"file": {page, "data/x.txt"}, "resource": {resource, "content/a/x.txt"}, "whether there is a file": {exists, "data/x.txt"},
	} {
		files := fstest.MapFS{
			"content/a/index.md": {Data: []byte("# A")}, "content/a/x.txt": {Data: []byte("one")}, "data/x.txt": {Data: []byte("one")},
			"layouts/page.html": {Data: []byte(c.layout)}, "layouts/all.html": {},
		}
		for what, do := range map[string]func() error{
			"fails":  func() error { return errFault },
			"panics": boom,
			"changes": func() error {
				files[c.file] = &fstest.MapFile{Data: []byte("two")}
				return nil
			},
			"changes later": func() error {
				files[c.file] = &fstest.MapFile{Data: []byte("three")}
				return errFault
			},
		} {
			cfg := &jam.Config{Cache: new(mapCache)}
			tree := &onceFS{FS: files, name: c.file}
			site, err := jam.Load(t.Context(), tree, cfg)
			if err != nil {
				t.Fatal(err)
			}
			tree.do = do
			_, _ = site.Build(t.Context(), jam.Memory()) // it may fail: then nothing is kept
			next, err := site.Reload(t.Context(), "nothing")
			if err != nil {
				t.Fatal(err)
			}
			again := jam.Memory()
			if _, err := next.Build(t.Context(), again); err != nil {
				t.Fatal(err)
			}
			_, fresh := cachedBuild(t, files, cfg)
			_, want := cachedBuild(t, files, new(jam.Config))
			for how, got := range map[string]map[string][]byte{"reloaded": again.Files(), "from the cache": fresh} {
				if !maps.EqualFunc(got, want, bytes.Equal) {
					t.Errorf("%s that %s, %s: got %q, want %q", name, what, how, got["a/index.html"], want["a/index.html"])
				}
			}
		}
	}
}
