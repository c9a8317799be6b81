// Package pack writes values one after the other as bytes, and reads them back. What is read may be damaged or made by somebody
// else: reading never panics, takes no more memory than a small multiple of the input, and tells in the end whether all was well.
package pack

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

// Writer appends values to B.
type Writer struct{ B []byte }

// Uint writes a number, small ones in few bytes.
func (w *Writer) Uint(n uint64) { w.B = binary.AppendUvarint(w.B, n) }

// Int writes a number, small ones in few bytes.
func (w *Writer) Int(n int) { w.B = binary.AppendVarint(w.B, int64(n)) }

// Fixed writes a number in eight bytes, which is less than Uint takes for a checksum.
func (w *Writer) Fixed(n uint64) { w.B = binary.LittleEndian.AppendUint64(w.B, n) }

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

// Seal appends a checksum of all that was written.
func (w *Writer) Seal() []byte {
	sum := sha256.Sum256(w.B)
	w.B = append(w.B, sum[:]...)
	return w.B
}

// ErrDamaged is the error of a Reader of what no Writer has written.
var ErrDamaged = errors.New("damaged")

// Reader reads what a Writer wrote, in the same order. After a mistake all values are zero.
type Reader struct {
	b   []byte
	bad bool
}

// NewReader returns a Reader of what Seal returned, or ErrDamaged.
func NewReader(b []byte) (*Reader, error) {
	at := len(b) - sha256.Size
	if at < 0 || sha256.Sum256(b[:at]) != [sha256.Size]byte(b[at:]) {
		return nil, ErrDamaged
	}
	return &Reader{b: b[:at]}, nil
}

// Of returns a Reader of bytes that are not sealed.
func Of(b []byte) *Reader { return &Reader{b: b} }

// Err returns ErrDamaged if something was not as it is written, or is left.
func (r *Reader) Err() error {
	if r.bad || len(r.b) > 0 {
		return ErrDamaged
	}
	return nil
}

// Bad reports whether something was not as it is written.
func (r *Reader) Bad() bool { return r.bad }

// Fail notes that what was read makes no sense.
func (r *Reader) Fail() { r.bad, r.b = true, nil }

// Uint reads a number.
func (r *Reader) Uint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.Fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

// Int reads a number.
func (r *Reader) Int() int {
	n, size := binary.Varint(r.b)
	if size <= 0 || int64(int(n)) != n {
		r.Fail()
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

// Len reads the number of elements that follow, each of which takes at least size bytes.
func (r *Reader) Len(size int) int {
	n := r.Uint()
	if n > uint64(len(r.b)/max(size, 1)) {
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
	b := r.Raw(8)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}

// Bool reads a truth value.
func (r *Reader) Bool() bool {
	b := r.Raw(1)
	return b != nil && b[0] != 0
}

// String reads a text.
func (r *Reader) String() string { return string(r.Raw(r.Len(1))) }

// Raw reads n bytes, which are those of the input; nil when there are not so many.
func (r *Reader) Raw(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.Fail()
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}
