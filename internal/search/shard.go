package search

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"
)

// shard encodes a file of terms: an empty one where there are fewer shards than
// files.
func (v *inverted) shard(i int) []byte {
	if i > len(v.cuts) || len(v.order) == 0 {
		return []byte{}
	}
	lo, hi := 0, len(v.order)
	if i > 0 {
		lo = v.cuts[i-1]
	}
	if i < len(v.cuts) {
		hi = v.cuts[i]
	}
	var w shardWriter
	first := sort.Search(len(v.prefixes), func(p int) bool { return v.prefixes[p].shard >= i })
	prefixes := v.prefixes[first:]
	for t := lo; ; t++ {
		for len(prefixes) > 0 && prefixes[0].shard == i && (t == hi || bytes.Compare(prefixes[0].key, v.term(t)) < 0) {
			posts := v.union(prefixes[0])
			w.entry(prefixes[0].key, posts, v.listLimit()/2)
			prefixes = prefixes[1:]
		}
		if t == hi {
			return w.out
		}
		w.entry(v.term(t), v.postings(t), v.listLimit())
	}
}

// shardWriter appends terms in ascending order.
type shardWriter struct {
	out, last []byte
	list      []byte // scratch
}

// entry appends a term and its list, cut to the postings of the highest levels.
func (w *shardWriter) entry(term []byte, posts []uint32, limit int) {
	df := uint64(len(posts)) << 1
	if len(posts) > limit {
		posts = best(posts, limit)
		df |= 1
	}
	w.list = w.list[:0]
	var last uint32
	for _, p := range posts {
		w.list = binary.AppendUvarint(w.list, uint64(p&15|(p>>4-last)<<4))
		last = p >> 4
	}
	shared := common(w.last, term)
	w.out = append(w.out, byte(shared), byte(len(term)-shared))
	w.out = append(w.out, term[shared:]...)
	w.out = binary.AppendUvarint(w.out, df)
	w.out = binary.AppendUvarint(w.out, uint64(len(w.list)))
	w.out = append(w.out, w.list...)
	w.last = term
}

// best returns the postings of the highest levels, the first of those that tie,
// in the order of the documents.
func best(posts []uint32, limit int) []uint32 {
	var count [16]int
	for _, p := range posts {
		count[p&15]++
	}
	level, left := 15, limit
	for left > count[level] {
		left -= count[level]
		level--
	}
	out := make([]uint32, 0, limit)
	for _, p := range posts {
		switch l := int(p & 15); {
		case l > level:
			out = append(out, p)
		case l == level && left > 0:
			out = append(out, p)
			left--
		}
	}
	return out
}

// prefix is the beginning of so many terms that it has a list for itself.
type prefix struct {
	key    []byte // with an asterisk, which no term has, so that it sorts after the term alone
	shard  int
	lo, hi int // its terms
}

// heavy finds the prefixes of two characters and more (one in scripts without
// spaces) whose terms fill a shard, among the terms from lo to hi that have
// their first n bytes in common. What spans three shards fills the middle one.
func (v *inverted) heavy(sizes []uint32, target uint32, lo, hi, n int) {
	for lo < hi {
		term := v.term(lo)
		if len(term) <= n { // the prefix itself
			lo++
			continue
		}
		key := term[:n+runeEnd(term[n:])]
		end := lo + sort.Search(hi-lo, func(i int) bool {
			return bytes.Compare(v.term(lo+i), key) > 0 && !bytes.HasPrefix(v.term(lo+i), key)
		})
		if sizes[end]-sizes[lo] >= target && end > lo+1 {
			if n > 0 || isWide([]rune(string(key))[0]) {
				v.prefixes = append(v.prefixes, prefix{
					key:   append(slices.Clone(key), '*'),
					shard: v.shardOf(key, lo),
					lo:    lo,
					hi:    end,
				})
			}
			v.heavy(sizes, target, lo, end, len(key))
		}
		lo = end
	}
}

// shardOf returns the shard of a prefix whose first term is the lo-th: that of
// the term, or the one before where the term begins a shard and is greater.
func (v *inverted) shardOf(key []byte, lo int) int {
	i := sort.SearchInts(v.cuts, lo+1) // the cuts at or before lo
	if i > 0 && v.cuts[i-1] == lo && string(key) < v.bound(lo) {
		i--
	}
	return i
}

// union returns the pages of a prefix's terms, each with its highest level.
func (v *inverted) union(p prefix) []uint32 {
	levels := make([]byte, v.docs)
	for i := p.lo; i < p.hi; i++ {
		for _, post := range v.postings(i) {
			if l := byte(post&15) + 1; l > levels[post>>4] {
				levels[post>>4] = l
			}
		}
	}
	var posts []uint32
	for doc, l := range levels {
		if l > 0 {
			posts = append(posts, uint32(doc)<<4|uint32(l-1))
		}
	}
	return posts
}
