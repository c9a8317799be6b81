package search

import (
	"encoding/binary"
	"hash/crc32"
	"hash/maphash"
	"slices"

	"golang.org/x/text/language"
)

// A byte of counts has the frequency of a term in the text, up to 15, in its
// lower half, and these flags.
const (
	maxFrequency  = 15
	inTitle       = 1 << 4
	inHeading     = 1 << 5
	inKeywords    = 1 << 6
	inDescription = 1 << 7
)

// scanner counts the terms of one document at a time.
type scanner struct {
	seed   maphash.Seed
	tokens tokenizer
	terms  *dictionary
	counts []byte // of the terms
	words  int    // terms of the text
	title  int    // terms of the title

	numbers []uint64 // scratch: number of a term in the index, and its counts
	list    []byte   // scratch
}

func newScanner(seed maphash.Seed, lang language.Tag) *scanner {
	base, _ := lang.Base()
	return &scanner{
		seed:   seed,
		terms:  newDictionary(),
		tokens: tokenizer{extras: true, german: base.String() == "de"},
	}
}

func (s *scanner) reset() {
	s.terms.clear()
	s.counts = s.counts[:0]
	s.words, s.title = 0, 0
}

// doc counts the terms of a document.
func (s *scanner) doc(d *Doc) {
	s.field(d.Title, inTitle, &s.title)
	other := 0
	s.field(d.Description, inDescription, &other)
	for _, h := range d.Headings {
		s.field(h.Text, inHeading, &other)
	}
	for _, k := range d.Keywords {
		s.field(k, inKeywords, &other)
	}
	s.field(d.Text, 0, &s.words)
}

// field counts the terms of a field: as a flag, or those of the text one by one.
func (s *scanner) field(text string, flag byte, n *int) {
	s.tokens.emit = func(term []byte) {
		*n++
		c := s.count(term)
		if flag != 0 {
			*c |= flag
		} else if *c&maxFrequency < maxFrequency {
			*c++
		}
	}
	s.tokens.scan(text)
}

// count returns the counts of a term.
func (s *scanner) count(term []byte) *byte {
	i := s.terms.number(term, uint32(maphash.Bytes(s.seed, term)))
	if int(i) == len(s.counts) {
		s.counts = append(s.counts, 0)
	}
	return &s.counts[i]
}

// number looks up the terms in those of the whole index.
func (s *scanner) number(index *dictionary) {
	s.numbers = s.numbers[:0]
	for i := range s.terms.len() {
		n := index.number(s.terms.at(uint32(i)), s.terms.terms[i].hash)
		s.numbers = append(s.numbers, uint64(n)<<8|uint64(s.counts[i]))
	}
}

// postings encodes the numbered terms.
func (s *scanner) postings() []byte {
	slices.Sort(s.numbers)
	s.list = s.list[:0]
	var last uint64
	for _, n := range s.numbers {
		s.list = binary.AppendUvarint(s.list, n>>8-last)
		s.list = append(s.list, byte(n))
		last = n >> 8
	}
	return slices.Clone(s.list)
}

// checksum covers all of a document that shapes the index.
func (s *scanner) checksum(d *Doc) uint32 {
	var sum uint32
	add := func(text string) {
		s.list = binary.AppendUvarint(s.list[:0], uint64(len(text)))
		s.list = append(s.list, text...)
		sum = crc32.Update(sum, crc32.IEEETable, s.list)
	}
	for _, text := range [...]string{d.URL, d.Title, d.Section, d.Description, d.Text} {
		add(text)
	}
	for _, h := range d.Headings {
		add(h.ID)
		add(h.Text)
	}
	for _, k := range d.Keywords {
		add(k)
	}
	return sum
}
