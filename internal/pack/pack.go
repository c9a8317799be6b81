// Package pack writes values one after the other as bytes, and reads them back. What is read may be damaged or made by somebody
// else: reading never panics, takes no more memory than a small multiple of the input, and tells in the end whether all was well.
package pack

import (
	"encoding/binary"
	"errors"

	"github.com/jam-go/jam/internal/digest"
)

// Writer appends values to B.
type Writer struct{ B []byte }

// Uint writes a number, small ones in few bytes, as in [binary.AppendUvarint].
func (w *Writer) Uint(n uint64) {
	for n >= 0x80 {
		w.B = append(w.B, byte(n)|0x80)
		n >>= 7
	}
	w.B = append(w.B, byte(n))
}

// Int writes a number, small ones in few bytes, as in [binary.AppendVarint].
func (w *Writer) Int(n int) { w.Uint(uint64(n)<<1 ^ uint64(int64(n)>>63)) }

// Fixed writes a number in eight bytes, which is less than Uint takes for a checksum.
func (w *Writer) Fixed(n uint64) {
	w.B = append(w.B, byte(n), byte(n>>8), byte(n>>16), byte(n>>24), byte(n>>32), byte(n>>40), byte(n>>48), byte(n>>56))
}

// Bool writes a truth value.
func (w *Writer) Bool(b bool) {
	if b {
		w.B = append(w.B, 1)
	} else {
		w.B = append(w.B, 0)
	}
}

// String writes a text.
func (w *Writer) String(s string) {
	w.Uint(uint64(len(s)))
	w.B = append(w.B, s...)
}

// Raw writes bytes without their number.
func (w *Writer) Raw(b []byte) { w.B = append(w.B, b...) }

// Section writes bytes with their number.
func (w *Writer) Section(b []byte) {
	w.Uint(uint64(len(b)))
	w.B = append(w.B, b...)
}

// Seal appends a checksum of all that was written, by which damage is noticed.
func (w *Writer) Seal() []byte {
	w.Fixed(digest.Of(w.B))
	return w.B
}

// Sum returns the checksum that Seal has appended.
func Sum(sealed []byte) uint64 { return binary.LittleEndian.Uint64(sealed[len(sealed)-sealSize:]) }

const sealSize = 8

// Texts numbers texts, many of which are the same. The zero value has none.
type Texts struct {
	ids  map[string]int
	list []string
	size int
}

// ID returns the number of a text.
func (t *Texts) ID(s string) int {
	id, ok := t.ids[s]
	if !ok {
		if t.ids == nil {
			t.ids = make(map[string]int)
		}
		id = t.Add(s)
		t.ids[s] = id
	}
	return id
}

// Add returns a number for a text that there is only once.
func (t *Texts) Add(s string) int {
	t.list = append(t.list, s)
	t.size += len(s)
	return len(t.list) - 1
}

// Size returns how many bytes the texts take.
func (t *Texts) Size() int { return t.size + 3*len(t.list) }

// Texts writes texts, in the order of their numbers.
func (w *Writer) Texts(t *Texts) {
	w.Uint(uint64(len(t.list)))
	for _, s := range t.list {
		w.Uint(uint64(len(s)))
	}
	w.Uint(uint64(t.size))
	for _, s := range t.list {
		w.B = append(w.B, s...)
	}
}

// ErrDamaged is the error of a Reader of what no Writer has written.
var ErrDamaged = errors.New("damaged")

// Reader reads what a Writer wrote, in the same order. After a mistake all values are zero.
type Reader struct {
	b   []byte
	at  int // which is quicker to change than a slice
	bad bool
}

// NewReader returns a Reader of what Seal returned, or ErrDamaged.
func NewReader(b []byte) (*Reader, error) {
	at := len(b) - sealSize
	if at < 0 || digest.Of(b[:at]) != Sum(b) {
		return nil, ErrDamaged
	}
	return Of(b[:at]), nil
}

// Of returns a Reader of bytes that are not sealed.
func Of(b []byte) *Reader { return &Reader{b: b} }

// Err returns ErrDamaged if something was not as it is written, or is left.
func (r *Reader) Err() error {
	if r.bad || r.at < len(r.b) {
		return ErrDamaged
	}
	return nil
}

// Bad reports whether something was not as it is written.
func (r *Reader) Bad() bool { return r.bad }

// Fail notes that what was read makes no sense.
func (r *Reader) Fail() { r.bad, r.b, r.at = true, nil, 0 }

// Uint reads a number.
func (r *Reader) Uint() uint64 {
	if r.at < len(r.b) && r.b[r.at] < 0x80 {
		r.at++
		return uint64(r.b[r.at-1])
	}
	return r.long()
}

func (r *Reader) long() uint64 {
	n, size := binary.Uvarint(r.b[r.at:])
	if size <= 0 {
		r.Fail()
		return 0
	}
	r.at += size
	return n
}

// Int reads a number.
func (r *Reader) Int() int {
	u := r.Uint()
	n := int64(u>>1) ^ -int64(u&1)
	if int64(int(n)) != n {
		r.Fail()
		return 0
	}
	return int(n)
}

// Len reads the number of elements that follow, each of which takes at least size bytes.
func (r *Reader) Len(size int) int {
	n := r.Uint()
	if n > uint64((len(r.b)-r.at)/max(size, 1)) {
		r.Fail()
		return 0
	}
	return int(n)
}

// Index reads a number below n.
func (r *Reader) Index(n int) int {
	i := r.Uint()
	if i >= uint64(n) {
		r.Fail()
		return 0
	}
	return int(i)
}

// Fixed reads a number of eight bytes.
func (r *Reader) Fixed() uint64 {
	if len(r.b)-r.at < 8 {
		r.Fail()
		return 0
	}
	r.at += 8
	return binary.LittleEndian.Uint64(r.b[r.at-8:])
}

// Bool reads a truth value.
func (r *Reader) Bool() bool { return r.Uint() != 0 }

// String reads a text.
func (r *Reader) String() string { return string(r.Raw(r.Len(1))) }

// Section returns a Reader of the bytes that Section wrote.
func (r *Reader) Section() *Reader { return &Reader{b: r.Raw(r.Len(1)), bad: r.bad} }

// Texts reads what Texts wrote. The texts share their memory.
func (r *Reader) Texts() []string {
	lens := *r // is at the lengths, while r passes over them
	n := lens.Len(1)
	r.Len(1)
	for range n {
		r.Uint()
	}
	all := r.String()
	if r.bad {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		size := lens.Uint()
		if size > uint64(len(all)) {
			r.Fail()
			return nil
		}
		list[i], all = all[:size], all[size:]
	}
	if all != "" {
		r.Fail()
	}
	return list
}

// Raw reads n bytes, which are those of the input; nil when there are not so many.
func (r *Reader) Raw(n int) []byte {
	if n < 0 || n > len(r.b)-r.at {
		r.Fail()
		return nil
	}
	r.at += n
	return r.b[r.at-n : r.at : r.at]
}
