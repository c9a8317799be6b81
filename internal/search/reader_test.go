package search

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// reader reads an index as the script does, and counts the bytes of it.
type reader struct {
	manifest manifest
	file     func(name string) []byte
	bytes    int
	seen     map[string]bool
	shards   map[int]map[string]entry
}

type entry struct {
	df    int
	cut   bool
	posts []uint32 // number<<4 | level
}

func openIndex(t testing.TB, file func(string) []byte) *reader {
	t.Helper()
	r := &reader{file: file, shards: map[int]map[string]entry{}}
	r.forget()
	if err := json.Unmarshal(file("index.json"), &r.manifest); err != nil {
		t.Fatal(err)
	}
	return r
}

// forget starts a new count, with the script and the manifest.
func (r *reader) forget() {
	r.seen = map[string]bool{}
	r.bytes = len(script) + len(r.file("index.json"))
}

func (r *reader) load(name string) []byte {
	b := r.file(name)
	if !r.seen[name] {
		r.seen[name] = true
		r.bytes += len(b)
	}
	return b
}

func (r *reader) find(key string) int {
	return sort.Search(len(r.manifest.Shards), func(i int) bool { return r.manifest.Shards[i] > key })
}

// shard decodes the shard with a number.
func (r *reader) shard(t testing.TB, i int) map[string]entry {
	t.Helper()
	b := r.load(fmt.Sprintf("t/%03d.bin", i))
	if terms := r.shards[i]; terms != nil {
		return terms
	}
	terms, last := map[string]entry{}, ""
	r.shards[i] = terms
	for len(b) > 0 {
		term := last[:b[0]] + string(b[2:2+b[1]])
		if term <= last && last != "" {
			t.Fatalf("shard %d: %q after %q", i, term, last)
		}
		b = b[2+b[1]:]
		df, n := binary.Uvarint(b)
		b = b[n:]
		size, n := binary.Uvarint(b)
		b = b[n:]
		e := entry{df: int(df >> 1), cut: df&1 == 1}
		doc := uint32(0)
		for list := b[:size]; len(list) > 0; {
			v, n := binary.Uvarint(list)
			doc += uint32(v >> 4)
			e.posts = append(e.posts, doc<<4|uint32(v&15))
			list = list[n:]
		}
		b = b[size:]
		terms[term], last = e, term
	}
	return terms
}

// lookup returns the list of a term.
func (r *reader) lookup(t testing.TB, term string) entry {
	t.Helper()
	return r.shard(t, r.find(term))[term]
}

// terms returns the terms of a text, with those that only an index has.
func terms(text string, extras, german bool) []string {
	out := []string{}
	tk := tokenizer{extras: extras, german: german, emit: func(b []byte) { out = append(out, string(b)) }}
	tk.scan(text)
	return out
}

// corpusDocs reads a tree of Markdown files, roughly.
func corpusDocs(fsys fs.FS, dir string) ([]Doc, error) {
	var docs []Doc
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		docs = append(docs, markdownDoc(name, strings.ToValidUTF8(string(b), "")))
		return nil
	})
	return docs, err
}

var markup = strings.NewReplacer("](", " (", "[", " ", "]", " ", "`", "", "*", "", "<", " <", "\n#", "\n", "{{", " ", "}}", " ")

func markdownDoc(name, text string) Doc {
	d := Doc{URL: "/" + strings.TrimSuffix(name, ".md") + "/", Section: path.Dir(name)}
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		head, body, _ := strings.Cut(rest, "\n---\n")
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
			value = strings.Trim(strings.TrimSpace(value), `"'`)
			switch key {
			case "title":
				d.Title = value
			case "description":
				d.Description = value
			case "keywords", "tags":
				d.Keywords = strings.Split(strings.Trim(value, "[]"), ",")
			}
		}
		text = body
	}
	for line := range strings.Lines(text) {
		if h := strings.TrimLeft(line, "#"); len(h) < len(line) && strings.HasPrefix(h, " ") {
			h, _, _ = strings.Cut(h, " {#")
			h = strings.TrimSpace(h)
			d.Headings = append(d.Headings, Heading{ID: strings.ReplaceAll(strings.ToLower(h), " ", "-"), Text: h})
		}
	}
	d.Text = markup.Replace(text)
	return d
}

// corpora finds the folder of real content trees, or skips the test.
func corpora(t testing.TB) fs.FS {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		found := filepath.Join(dir, "..", "shared", "corpora")
		if _, err := os.Stat(found); err == nil {
			return os.DirFS(found)
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("no ../shared/corpora above the working directory")
		}
		dir = up
	}
}
