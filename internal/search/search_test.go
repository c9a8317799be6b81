package search

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/language"
)

// build adds documents from several goroutines in an order by chance.
func build(t testing.TB, docs []Doc, tag language.Tag, seed uint64) *Builder {
	t.Helper()
	b := New(len(docs), Options{Language: tag})
	order := rand.New(rand.NewPCG(seed, 0)).Perm(len(docs))
	var wg sync.WaitGroup
	for part := range slices.Chunk(order, len(order)/4+1) {
		wg.Go(func() {
			for _, i := range part {
				if err := b.Add(i, docs[i]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	return b
}

func TestNames(t *testing.T) {
	for docs, want := range map[int]string{
		-1:  "index.json t/000.bin",
		0:   "index.json t/000.bin",
		1:   "index.json t/000.bin d/000.json",
		17:  "index.json t/000.bin t/001.bin d/000.json d/001.json",
		100: "index.json t/000.bin t/001.bin t/002.bin t/003.bin t/004.bin t/005.bin t/006.bin d/000.json d/001.json d/002.json d/003.json d/004.json d/005.json d/006.json",
	} {
		if got := strings.Join(Names(docs), " "); got != want {
			t.Errorf("%d: %s, want %s", docs, got, want)
		}
	}
	names := Names(200000)
	if n := len(names); n != 1+4096+12500 || names[4096] != "t/4095.bin" || names[n-1] != "d/12499.json" {
		t.Errorf("%d names, to %s", n, names[n-1])
	}
}

func TestFileOfEveryName(t *testing.T) {
	for _, n := range []int{0, 1, 16, 17, 40} {
		b := build(t, inventedDocs(latin, n, 30), language.English, 1)
		for _, name := range Names(n) {
			if b.File(name) == nil {
				t.Errorf("%d documents: no %s", n, name)
			}
		}
		for _, name := range []string{"", "index", "index.json/", "t/", "t/0.bin", "t/-01.bin", "t/999.bin", "d/000.bin", "d/999.json", "x/000.json", "t/+00.bin", "t/000.bin/"} {
			if f := b.File(name); f != nil {
				t.Errorf("%d documents: %q gives %q", n, name, f)
			}
		}
	}
}

func TestOrderOfAdding(t *testing.T) {
	docs := inventedDocs(latin, 300, 200)
	a, b := build(t, docs, language.English, 1), build(t, docs, language.English, 2)
	for _, name := range Names(len(docs)) {
		if !bytes.Equal(a.File(name), b.File(name)) {
			t.Errorf("%s depends on the order", name)
		}
	}
	docs[7].Text += " one more"
	if c := build(t, docs, language.English, 1); bytes.Equal(a.File("index.json"), c.File("index.json")) {
		t.Error("a changed text leaves the id as it is")
	}
}

func TestAddErrors(t *testing.T) {
	b := New(2, Options{})
	for _, i := range []int{-1, 2} {
		if err := b.Add(i, Doc{}); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("document number %d of an index of 2", i)) {
			t.Errorf("document %d: %v", i, err)
		}
	}
	b.File("index.json")
	if err := b.Add(0, Doc{}); !errors.Is(err, ErrSealed) {
		t.Errorf("after File: %v", err)
	}
}

func TestReplacedAndMissing(t *testing.T) {
	b := New(3, Options{})
	for _, title := range []string{"First", "Second"} {
		if err := b.Add(1, Doc{URL: "/a/", Title: title}); err != nil {
			t.Fatal(err)
		}
	}
	r := openIndex(t, b.File)
	if e := r.lookup(t, "first"); e.df != 0 {
		t.Errorf("the replaced document is found: %+v", e)
	}
	if e := r.lookup(t, "second"); e.df != 1 || e.posts[0]>>4 != 1 {
		t.Errorf("the document is not found: %+v", e)
	}
	if got, want := string(b.File("d/000.json")), "[\n0,\n[\"/a/\",\"Second\",\"\",\"\"],\n0\n]\n"; got != want {
		t.Errorf("chunk %q, want %q", got, want)
	}
}

func TestRecord(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for _, c := range []struct {
		doc  Doc
		want []string
	}{
		{Doc{URL: "/u/", Title: " A\n<b> ", Section: "S", Description: "D", Text: "T"}, []string{"/u/", "A <b>", "S", "D"}},
		{Doc{Description: " \n", Text: "T\tt"}, []string{"", "", "", "T t"}},
		{Doc{Text: long}, []string{"", "", "", strings.Repeat("word ", 31) + "word…"}},
		{Doc{Text: strings.Repeat("é", 200)}, []string{"", "", "", strings.Repeat("é", 80) + "…"}},
		{Doc{Title: "a\xffb", Headings: []Heading{{"x", "X\nx"}, {"", "none"}, {"y", " "}, {"z", "Z"}}}, []string{"", "ab", "", "", "x", "X x", "z", "Z"}},
		{Doc{Headings: []Heading{{"x", "X"}, {strings.Repeat("y", 1000), "Y"}, {"z", "Z"}}}, []string{"", "", "", "", "x", "X"}},
	} {
		var got []string
		if err := json.Unmarshal(record(&c.doc), &got); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestLevels(t *testing.T) {
	filler := strings.Repeat(" filler", 100)
	docs := []Doc{
		{Text: "word" + filler},
		{Text: strings.Repeat("word ", 10) + filler},
		{Text: "word" + filler, Description: "a word"},
		{Text: "word" + filler, Keywords: []string{"word"}},
		{Text: "word" + filler, Headings: []Heading{{"h", "the word"}}},
		{Text: filler, Title: "the word and six others that follow it"},
		{Text: filler, Title: "word"},
		{Text: strings.Repeat("word ", 10) + filler, Title: "word", Headings: []Heading{{"h", "word"}}},
		{Text: "word" + strings.Repeat(filler, 10)},
	}
	r := openIndex(t, build(t, docs, language.English, 1).File)
	levels := map[uint32]uint32{}
	for _, p := range r.lookup(t, "word").posts {
		levels[p>>4] = p & 15
	}
	for _, less := range [][2]uint32{{0, 1}, {0, 2}, {0, 3}, {3, 6}, {2, 4}, {5, 6}, {1, 6}, {6, 7}, {8, 0}} {
		if levels[less[0]] >= levels[less[1]] {
			t.Errorf("document %d has level %d, document %d has %d", less[0], levels[less[0]], less[1], levels[less[1]])
		}
	}
}

// TestEveryTermIsFound reads the terms of an index back.
func TestEveryTermIsFound(t *testing.T) {
	for _, alphabet := range []string{latin, han} {
		docs := inventedDocs(alphabet, 100, 60)
		r := openIndex(t, build(t, docs, language.English, 1).File)
		want := map[string][]uint32{}
		for i, d := range docs {
			seen := map[string]bool{}
			for _, s := range append([]string{d.Title, d.Description, d.Text, d.Headings[0].Text}, d.Keywords...) {
				for _, term := range terms(s, true, false) {
					if !seen[term] {
						seen[term] = true
						want[term] = append(want[term], uint32(i))
					}
				}
			}
		}
		for term, pages := range want {
			e := r.lookup(t, term)
			got := map[uint32]bool{}
			for _, p := range e.posts {
				got[p>>4] = true
			}
			for _, page := range pages {
				if !got[page] {
					t.Fatalf("%q is not found in document %d", term, page)
				}
			}
			if e.cut || e.df != len(e.posts) {
				t.Fatalf("%q: %+v", term, e)
			}
		}
	}
}

// TestPrefixes holds the promise that a prefix spans two shards at the most or
// has a list of its own, with every page of its terms.
func TestPrefixes(t *testing.T) {
	for _, alphabet := range []string{"ab", "etaoin", "的一是不了在人有我他这个"} {
		docs := inventedDocs(alphabet, 600, 200)
		r := openIndex(t, build(t, docs, language.English, 1).File)
		pages := map[string]map[uint32]bool{}
		for i := range len(r.manifest.Shards) + 1 {
			for term, e := range r.shard(t, i) {
				if r.find(term) != i {
					t.Fatalf("%q is in shard %d, looked for in %d", term, i, r.find(term))
				}
				if strings.HasSuffix(term, "*") {
					continue
				}
				for k := range term {
					if p := term[:k]; len([]rune(p)) > 1 || p != "" && isWide([]rune(p)[0]) {
						if pages[p] == nil {
							pages[p] = map[uint32]bool{}
						}
						for _, post := range e.posts {
							pages[p][post>>4] = true
						}
					}
				}
			}
		}
		wide := 0
		for p, want := range pages {
			if r.find(p+"\xff")-r.find(p) < 2 {
				continue
			}
			wide++
			if e := r.lookup(t, p+"*"); e.df < len(want) || len(e.posts) < len(want) {
				t.Errorf("%q* lists %d of %d pages", p, e.df, len(want))
			}
		}
		if wide == 0 {
			t.Errorf("no prefix of %s spans three shards", alphabet)
		}
	}
}

func TestLongLists(t *testing.T) {
	docs := make([]Doc, 5000)
	for i := range docs {
		docs[i].Text = "everywhere and " + fmt.Sprint("n", i)
		if i%4 == 3 {
			docs[i].Title = "Everywhere"
		}
	}
	r := openIndex(t, build(t, docs, language.English, 1).File)
	e := r.lookup(t, "everywhere")
	if !e.cut || e.df != 5000 || len(e.posts) != 2048 {
		t.Fatalf("cut %v, df %d, %d pages", e.cut, e.df, len(e.posts))
	}
	titled := 0
	for i, p := range e.posts {
		if i > 0 && p>>4 <= e.posts[i-1]>>4 {
			t.Fatalf("page %d after %d", p>>4, e.posts[i-1]>>4)
		}
		if (p>>4)%4 == 3 {
			titled++
		}
	}
	if titled != 1250 {
		t.Errorf("%d of 1250 pages with the word as title are listed", titled)
	}
	if r.manifest.Forms == nil || r.manifest.Docs != 5000 || r.manifest.Lang != "en" {
		t.Errorf("manifest %+v", r.manifest)
	}
}
