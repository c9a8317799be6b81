package search

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"
	"unicode/utf8"
)

// minShardSize keeps the index of a small site from being cut into crumbs.
const minShardSize = 2 << 10

// inverted is the index from the terms' side.
type inverted struct {
	terms *dictionary
	docs  int
	order []uint32 // numbers of the terms in the order of their bytes
	start []uint32 // by number: where the postings of a term begin; one more at the end
	posts []uint32 // of each term, in the order of the documents: number<<4 | level

	cuts     []int // first term, as an index of order, of each shard but the first
	prefixes []prefix
}

// listLimit is the greatest length of a term's list.
func (v *inverted) listLimit() int { return max(2048, v.docs/16) }

// invert takes the postings of the documents, term by term.
func invert(terms *dictionary, docs []document) *inverted {
	v := &inverted{terms: terms, docs: len(docs), start: make([]uint32, terms.len()+1)}
	var words, added uint64
	for i := range docs {
		if docs[i].record != nil {
			added++
			words += uint64(docs[i].words)
		}
		for number := range docs[i].each() {
			v.start[number+1]++
		}
	}
	for i := range terms.len() {
		v.start[i+1] += v.start[i]
	}
	v.posts = make([]uint32, v.start[terms.len()])
	average := float64(words+1) / float64(added+1)
	next := slices.Clone(v.start)
	for i := range docs {
		levels := levelsOf(&docs[i], average)
		for number, counts := range docs[i].each() {
			v.posts[next[number]] = uint32(i)<<4 | uint32(levels[counts])
			next[number]++
		}
		docs[i].postings = nil
	}
	v.sort()
	v.cut(shardCount(len(docs)))
	return v
}

// each ranges over the terms of a document and their counts.
func (d *document) each() iter.Seq2[uint32, byte] {
	return func(yield func(uint32, byte) bool) {
		var number uint64
		for p := d.postings; len(p) > 0; {
			step, n := binary.Uvarint(p)
			number += step
			if !yield(uint32(number), p[n]) {
				return
			}
			p = p[n+1:]
		}
	}
}

// sort orders the terms, of which those in no document are left out (a document
// that was replaced may have had them).
func (v *inverted) sort() {
	v.order = make([]uint32, 0, v.terms.len())
	for i := range v.terms.len() {
		if v.start[i] < v.start[i+1] {
			v.order = append(v.order, uint32(i))
		}
	}
	slices.SortFunc(v.order, func(a, b uint32) int {
		return bytes.Compare(v.terms.at(a), v.terms.at(b))
	})
}

// term returns the i-th term of the order.
func (v *inverted) term(i int) []byte { return v.terms.at(v.order[i]) }

// postings returns the pages of the i-th term of the order.
func (v *inverted) postings(i int) []uint32 {
	n := v.order[i]
	return v.posts[v.start[n]:v.start[n+1]]
}

// cut divides the terms into at most n shards of about the same size, and
// finds the prefixes that may span more than two.
func (v *inverted) cut(n int) {
	sizes := make([]uint32, len(v.order)+1) // sum of the sizes before a term
	for i := range v.order {
		sizes[i+1] = sizes[i] + uint32(v.size(i))
	}
	total := sizes[len(v.order)]
	target := max(total/uint32(n)+1, minShardSize)
	last := uint32(0)
	for i := 1; i < len(v.order); i++ {
		if sizes[i]-last >= target {
			v.cuts = append(v.cuts, i)
			last = sizes[i]
		}
	}
	v.heavy(sizes, target, 0, len(v.order), 0)
}

// size is the length of a term's entry in a shard.
func (v *inverted) size(i int) int {
	n := len(v.term(i)) + 4
	if i > 0 {
		n -= common(v.term(i-1), v.term(i))
	}
	posts := v.postings(i)
	if len(posts) > v.listLimit() {
		return n + 2*v.listLimit()
	}
	last := uint32(0)
	for _, p := range posts {
		n += varintLen(p&15 | (p>>4-last)<<4)
		last = p >> 4
	}
	return n
}

func varintLen(n uint32) int {
	size := 1
	for ; n >= 0x80; n >>= 7 {
		size++
	}
	return size
}

// common is the number of bytes that two terms begin with.
func common(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// bounds returns the least key of each shard but the first.
func (v *inverted) bounds() []string {
	keys := make([]string, len(v.cuts))
	for i, cut := range v.cuts {
		keys[i] = v.bound(cut)
	}
	return keys
}

// bound returns what it takes of a term to be greater than the term before.
func (v *inverted) bound(i int) string {
	term := v.term(i)
	n := common(v.term(i-1), term)
	for n > 0 && !utf8.RuneStart(term[n]) {
		n--
	}
	return string(term[:n+runeEnd(term[n:])])
}

// runeEnd returns the bytes up to the next beginning of a character.
func runeEnd(s []byte) int {
	n := min(1, len(s))
	for n < len(s) && s[n]&0xc0 == 0x80 {
		n++
	}
	return n
}
