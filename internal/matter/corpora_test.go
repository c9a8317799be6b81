package matter

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/diag"
	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v4"
)

// corpora returns the folder of real content trees, or skips the test.
func corpora(t testing.TB) fs.FS {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		found := filepath.Join(dir, "..", "shared", "corpora")
		if info, err := os.Stat(found); err == nil && info.IsDir() {
			return os.DirFS(found)
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no ../shared/corpora above the working directory: the real content trees are not here")
		}
		dir = filepath.Dir(dir)
	}
}

// contentFiles calls f for every content file of the trees.
func contentFiles(t testing.TB, tree fs.FS, f func(path string, src []byte)) (count int) {
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err != nil || d.IsDir() || ext != ".md" && ext != ".markdown" && ext != ".html" {
			return err
		}
		src, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		count++
		f(path, src)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// wrongInCorpora are the mistakes in the trees: templates for new pages, which
// are no pages yet, and a date with a year too many.
var wrongInCorpora = []struct{ at, message string }{
	{"hugoDocs/archetypes/default.md:2:9: ", "a key must be a scalar"},
	{"hugoDocs/archetypes/functions.md:2:9: ", "a key must be a scalar"},
	{"hugoDocs/archetypes/glossary.md:2:9: ", "a key must be a scalar"},
	{"hugoDocs/archetypes/methods.md:2:9: ", "a key must be a scalar"},
	{"hugoDocs/archetypes/news.md:2:9: ", "a key must be a scalar"},
	{"hugoDocs/archetypes/news.md:6:15: ", "a key must be a scalar"},
	{"jekyll-docs/docs/_posts/2023-01-29-jekyll-3-9-3-released.markdown:3:7: ", `date: invalid date "2023-01-29 18:30:22 2023 -0800"`},
}

func TestCorpora(t *testing.T) {
	tree := corpora(t)
	formats := map[Format]int{}
	var got []string
	count := contentFiles(t, tree, func(path string, src []byte) {
		doc, err := Parse(src)
		formats[doc.Format]++
		problems := diag.Of(err)
		for _, key := range []string{"date", "lastmod", "publishDate", "expiryDate", "updated"} {
			if _, err := doc.Root.Get(key).Time(time.UTC); err != nil {
				problems = append(problems, diag.Of(err)...)
			}
		}
		for _, p := range problems {
			got = append(got, path+":"+p.Error())
		}
	})
	slices.Sort(got)
	for i, g := range got {
		if i >= len(wrongInCorpora) || !strings.HasPrefix(g, wrongInCorpora[i].at+wrongInCorpora[i].message) {
			t.Errorf("problem not expected: %s", g)
		}
	}
	if len(got) < len(wrongInCorpora) {
		t.Errorf("%d problems, want %d", len(got), len(wrongInCorpora))
	}
	t.Logf("%d files: %v", count, formats)
}

// TestCorporaAgree compares our trees with what the decoders make of the same
// front matter by themselves.
func TestCorporaAgree(t *testing.T) {
	tree := corpora(t)
	compared := 0
	contentFiles(t, tree, func(path string, src []byte) {
		doc, err := Parse(src)
		if err != nil || doc.Root == nil {
			return
		}
		h, _ := findHead(src)
		block, err := h.extract(src)
		if err != nil || !bytes.Equal(block, src[h.start:h.end]) {
			t.Fatalf("%s: extracted %q, error %v", path, block, err)
		}
		want := map[string]any{}
		if doc.Format == YAML {
			err = yaml.Unmarshal(block, &want)
		} else {
			err = toml.Unmarshal(block, &want)
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if got := doc.Root.Value(); !reflect.DeepEqual(got, plain(want)) {
			t.Errorf("%s:\n got %#v\nwant %#v", path, got, plain(want))
		}
		compared++
	})
	if compared < 3000 {
		t.Errorf("compared %d pages", compared)
	}
}

// plain turns a decoder's values into those of Node.Value.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range v {
			out[key] = plain(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = plain(v[i])
		}
		return out
	case int64:
		return int(v)
	case toml.LocalDate:
		return v.AsTime(time.UTC)
	case toml.LocalDateTime:
		return v.AsTime(time.UTC)
	case time.Time:
		if _, offset := v.Zone(); offset != 0 {
			return v.In(time.FixedZone("", offset))
		}
		return v.In(time.UTC)
	}
	return v
}
