package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// TestBudget counts what the worst of many queries loads from an index of
// 10,000 pages: the script, the manifest, the shards of three words with their
// neighbours, and ten chunks of documents.
func TestBudget(t *testing.T) {
	const pages, limit = 10000, 300_000
	docs := inventedDocs(latin, 500, 300)
	b := New(pages, Options{Language: language.English})
	for i := range pages {
		d := docs[i%len(docs)]
		d.URL = fmt.Sprintf("/section/page-%d/", i)
		d.Text += " " + fmt.Sprint("unique", i)
		if err := b.Add(i, d); err != nil {
			t.Fatal(err)
		}
	}
	var shards, chunks []int
	for _, name := range Names(pages) {
		switch size := len(b.File(name)); name[0] {
		case 't':
			shards = append(shards, size)
		case 'd':
			chunks = append(chunks, size)
		}
	}
	for _, sizes := range [][]int{shards, chunks} {
		slices.Sort(sizes)
		slices.Reverse(sizes)
	}
	worst := len(script) + len(style) + len(b.File("index.json"))
	for _, size := range append(shards[:9:9], chunks[:10]...) {
		worst += size
	}
	t.Logf("largest shard %d, chunk %d; the worst query loads %d bytes", shards[0], chunks[0], worst)
	if worst >= limit {
		t.Errorf("the worst query loads %d bytes, the limit is %d", worst, limit)
	}
}

// TestBudgetOfCorpora counts what queries load from the index of a real site.
func TestBudgetOfCorpora(t *testing.T) {
	const limit = 200_000
	docs, err := corpusDocs(corpora(t), "hugoDocs/content")
	if err != nil {
		t.Fatal(err)
	}
	r := openIndex(t, build(t, docs, language.English, 1).File)
	for _, query := range []string{
		"hugo", "page", "the", "template", "relpermalink", "baseurl", "co", "con", "conf", "st", "image processing",
		"how to use the shortcode", "deploy github pages", "front matter date format", "render hooks for links and images in markdown",
	} {
		r.forget()
		results := 0
		for _, word := range terms(query, false, false) {
			posts := r.lookup(t, word).posts
			if lo, hi := r.find(word), r.find(word+"\xff"); hi-lo > 1 {
				posts = append(posts, r.lookup(t, word+"*").posts...)
			} else {
				for term, e := range r.shard(t, hi) {
					if strings.HasPrefix(term, word) {
						posts = append(posts, e.posts...)
					}
				}
			}
			results += len(posts)
			for _, p := range best(posts, min(10, len(posts))) {
				r.load(fmt.Sprintf("d/%03d.json", (p>>4)/docsPerChunk))
			}
		}
		if results == 0 {
			t.Errorf("%q: no results", query)
		}
		if r.bytes > limit {
			t.Errorf("%q: %d bytes, the limit is %d", query, r.bytes, limit)
		}
	}
}
