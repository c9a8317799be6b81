package i18n

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/matter"
	"golang.org/x/text/language"
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

// TestLetsencrypt reads the tables of a site of 33 languages.
func TestLetsencrypt(t *testing.T) {
	tree := corpora(t)
	files, err := fs.Glob(tree, "letsencrypt/i18n/*.toml")
	if err != nil || len(files) != 33 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	tables := map[string]*Table{}
	for _, file := range files {
		src, err := fs.ReadFile(tree, file)
		if err != nil {
			t.Fatal(err)
		}
		code := strings.TrimSuffix(path.Base(file), ".toml")
		table, errs, warnings := Parse(language.MustParse(code), matter.TOML, src)
		if errs != nil || warnings != nil {
			t.Fatalf("%s: errors %v, warnings %v", file, errs, warnings)
		}
		if want := strings.Count("\n"+string(src), "\n["); table.Len() != want {
			t.Errorf("%s: %d messages, but %d headers", file, table.Len(), want)
		}
		tables[code] = table
	}
	en := tables["en"].IDs()
	if len(en) != 234 {
		t.Errorf("en has %d ids", len(en))
	}
	total := 0
	for code, table := range tables {
		chain := Chain{table, tables["en"]}
		for _, id := range en {
			text, found, err := chain.Translate(id, nil)
			if !found || err != nil || text == "" {
				t.Errorf("%s: %s: %q, %v, %v", code, id, text, found, err)
			}
		}
		total += table.Len()
	}
	if total != 6210 {
		t.Errorf("%d messages in all", total)
	}
	samples := []struct {
		code, id string
		data     any
		want     string
	}{
		{"en", "read_more", nil, "Read more"},
		{"cs", "subscribe_rss", map[string]any{"Permalink": "/feed.xml"}, `Odebírat <a href="/feed.xml">přes RSS</a>`},
		{"ru", "read_more", nil, "Ещё..."},
		{"ja", "read_more", nil, "続きを読む"},
		{"zh-tw", "read_more", nil, "閱讀全文"},
		{"he", "last_updated", nil, "עדכון אחרון: "},
		{"de", "subscribe_rss", map[string]any{"Permalink": "/x"}, `<a href="/x">Via RSS abonnieren</a>`},
	}
	for _, s := range samples {
		if got, _, err := (Chain{tables[s.code]}).Translate(s.id, s.data); got != s.want || err != nil {
			t.Errorf("%s: %s = %q, %v, want %q", s.code, s.id, got, err, s.want)
		}
	}
}
