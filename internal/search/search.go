// Package search makes the static index of a site's full-text search, the
// script that reads it in a browser, and the HTML of a plain user interface.
//
// The index is a folder of small files, of which a query reads few: a
// manifest, for each word of the query the shard of the term list that holds
// it, and a chunk of documents for each result shown.
//
//	index.json  the manifest (JSON), see [Builder.File]
//	t/000.bin   a shard: terms in byte order with the pages that have them
//	d/000.json  a chunk: title, URL, section, excerpt and headings of 16 pages
//
// # Terms
//
// A term is a word in lower case without diacritics: letters, digits and marks
// that follow each other, and a full stop between two digits. Scripts that put
// no space between words (Han, kana, Hangul, Thai, Lao, Khmer, Burmese) give
// each pair of neighbouring characters instead. The parts of a camelCase word
// are terms, too, as is the ae spelling of ä in German. No word is left out as
// too common, since in, and, with are names on many sites, and words are kept
// as they are: the script looks for their inflected forms (a list by language,
// in the manifest), so that the form asked for ranks first.
//
// # Ranking
//
// Each page of a term has a level from 0 to 15, the logarithm of its impact:
// the saturated frequency in the text as in BM25, and shares for title,
// headings, keywords and description. The script multiplies with the inverse
// document frequency. A term on more pages than a limit (a sixteenth of the
// pages, 2,048 or more) lists the pages of the greatest impact only, and is
// marked: the script then takes it as a wish, not as a condition.
//
// # Prefixes
//
// Shards are ranges of the sorted terms, so what begins like the last word of
// a query is mostly in one shard or two. A prefix with so many terms that they
// may fill more has a list of its own pages, half as long at the most, under the
// prefix and an asterisk.
package search

import (
	"errors"
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

const (
	docsPerChunk  = 16   // documents in a file of d/
	docsPerShard  = 16   // documents for each file of t/
	maxShards     = 4096 // the manifest has a line for each
	formatVersion = 1
)

// maxDocs is what a posting, a document and a level in 32 bits, can number.
const maxDocs = 1 << 28

// Doc is what the search knows of a page. All texts are plain, not HTML.
type Doc struct {
	URL         string // path from the server's root, or relative to the site's home
	Title       string
	Section     string // shown above the title; not searched
	Description string // the excerpt shown; the beginning of Text if empty
	Headings    []Heading
	Keywords    []string
	Text        string
}

// Heading is a heading of a page and the id that a link to it needs.
type Heading struct{ ID, Text string }

// Options are settings of an index.
type Options struct {
	Language language.Tag // of the texts; decides on inflected forms
}

// Builder collects documents and then gives the files of their index. Its
// methods may be called concurrently. The files depend on the documents and
// their numbers alone, not on the order in which they came.
type Builder struct {
	lang language.Tag
	seed maphash.Seed
	pool sync.Pool // of *scanner

	mu     sync.Mutex // guards terms, docs and sealed
	terms  *dictionary
	docs   []document
	sealed bool

	seal sync.Once
	inv  *inverted
}

// document is what is kept of a Doc.
type document struct {
	postings []byte // term numbers in ascending order as varints of their differences, each with a byte of counts
	record   []byte // its entry in a chunk
	words    uint32 // terms in its text
	title    uint32 // terms in its title
	sum      uint32
}

// New returns a builder for that many documents, numbered from 0. A number
// that is never added is a gap that no query finds.
func New(docs int, opt Options) *Builder {
	docs = min(max(docs, 0), maxDocs)
	b := &Builder{
		lang:  opt.Language,
		seed:  maphash.MakeSeed(),
		terms: newDictionary(),
		docs:  make([]document, docs),
	}
	b.pool.New = func() any { return newScanner(b.seed, opt.Language) }
	return b
}

// Names lists the files of an index of that many documents, relative to its
// folder and with slashes. It needs no document, so that every file of a build
// is known before a page is rendered.
func Names(docs int) []string {
	docs = min(max(docs, 0), maxDocs)
	names := []string{"index.json"}
	for i := range shardCount(docs) {
		names = append(names, fmt.Sprintf("t/%03d.bin", i))
	}
	for i := range chunkCount(docs) {
		names = append(names, fmt.Sprintf("d/%03d.json", i))
	}
	return names
}

func shardCount(docs int) int {
	return min(max((docs+docsPerShard-1)/docsPerShard, 1), maxShards)
}

func chunkCount(docs int) int {
	return (docs + docsPerChunk - 1) / docsPerChunk
}

// ErrSealed is what Add returns once a file was asked for.
var ErrSealed = errors.New("search: document added after the first file was made")

// Add takes document number i into the index, in place of an earlier one with
// that number. It keeps the terms, not the text. It fails when i is not a
// number of this index, or with ErrSealed.
func (b *Builder) Add(i int, d Doc) error {
	if i < 0 || i >= len(b.docs) {
		return fmt.Errorf("search: document number %d of an index of %d", i, len(b.docs))
	}
	s := b.pool.Get().(*scanner)
	defer b.pool.Put(s)
	s.reset()
	s.doc(&d)
	doc := document{
		record: record(&d),
		words:  uint32(s.words),
		title:  uint32(s.title),
		sum:    s.checksum(&d),
	}
	if err := b.number(s); err != nil {
		return err
	}
	doc.postings = s.postings()
	return b.put(i, doc)
}

// number gives the terms of a scanner their numbers in the index.
func (b *Builder) number(s *scanner) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sealed {
		return ErrSealed
	}
	s.number(b.terms)
	return nil
}

func (b *Builder) put(i int, doc document) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sealed {
		return ErrSealed
	}
	b.docs[i] = doc
	return nil
}

// File returns a file of the index by its name as [Names] has it, or nil for
// another name. The first call ends the adding of documents.
//
// The manifest is an object: "v" is the format, "id" a sum of all documents
// that requests for the other files carry, "n" the number of documents, "lang"
// the language, "chunk" the documents in a chunk, "forms" lists of endings
// that inflected forms of a word have in common, and "shards" the least key of
// each shard but the first.
//
// A shard is a row of terms, each with the number of bytes that it shares with
// the term before, the number of its other bytes, these, and as varints twice
// the number of pages that have it (plus one where not all of them are listed)
// and the length of the list. A list is a varint for each page, in ascending
// order: 16 times the distance from the number of the page before, plus the
// level.
func (b *Builder) File(name string) []byte {
	dir, base, ok := strings.Cut(name, "/")
	if !ok && name != "index.json" {
		return nil
	}
	b.seal.Do(b.finish)
	switch dir {
	case "index.json":
		if ok {
			return nil
		}
		return b.manifest()
	case "t":
		if i, ok := number(base, ".bin", shardCount(len(b.docs))); ok {
			return b.inv.shard(i)
		}
	case "d":
		if i, ok := number(base, ".json", chunkCount(len(b.docs))); ok {
			return b.chunk(i)
		}
	}
	return nil
}

// number reads the number of a file, written as Names writes it.
func number(base, ext string, limit int) (int, bool) {
	digits, ok := strings.CutSuffix(base, ext)
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(digits)
	if err != nil || i < 0 || i >= limit || fmt.Sprintf("%03d", i) != digits {
		return 0, false
	}
	return i, true
}

// finish turns the terms of documents into the documents of terms.
func (b *Builder) finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sealed = true
	b.inv = invert(b.terms, b.docs)
	b.terms = nil
}
