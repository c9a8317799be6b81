package search

import "bytes"

// dictionary numbers terms in the order in which they come. It is a hash table
// over one run of bytes, which takes a fraction of the memory of a map of
// strings and is emptied without being freed.
type dictionary struct {
	slots []uint32 // 1 + number of the term, 0 for a free slot; a power of two of them
	terms []termRef
	text  []byte
}

// termRef says where a term's bytes end (they begin where those of the term
// before end), and its hash.
type termRef struct {
	end  uint32
	hash uint32
}

func newDictionary() *dictionary {
	return &dictionary{slots: make([]uint32, 1<<10)}
}

func (d *dictionary) len() int { return len(d.terms) }

// at returns the bytes of a term; they must not be changed.
func (d *dictionary) at(i uint32) []byte {
	var start uint32
	if i > 0 {
		start = d.terms[i-1].end
	}
	return d.text[start:d.terms[i].end]
}

// number returns the number of a term, a new one if it is new.
func (d *dictionary) number(term []byte, hash uint32) uint32 {
	mask := uint32(len(d.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		n := d.slots[i]
		if n == 0 {
			break
		}
		if d.terms[n-1].hash == hash && bytes.Equal(d.at(n-1), term) {
			return n - 1
		}
	}
	if 4*(len(d.terms)+1) > 3*len(d.slots) {
		d.grow()
	}
	d.text = append(d.text, term...)
	d.terms = append(d.terms, termRef{end: uint32(len(d.text)), hash: hash})
	n := uint32(len(d.terms))
	d.place(hash, n)
	return n - 1
}

func (d *dictionary) place(hash, n uint32) {
	mask := uint32(len(d.slots) - 1)
	i := hash & mask
	for d.slots[i] != 0 {
		i = (i + 1) & mask
	}
	d.slots[i] = n
}

func (d *dictionary) grow() {
	d.slots = make([]uint32, 2*len(d.slots))
	for i, t := range d.terms {
		d.place(t.hash, uint32(i+1))
	}
}

// clear forgets all terms and keeps the memory.
func (d *dictionary) clear() {
	clear(d.slots)
	d.terms, d.text = d.terms[:0], d.text[:0]
}
