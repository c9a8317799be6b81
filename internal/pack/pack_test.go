package pack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	var w Writer
	w.Uint(math.MaxUint64)
	w.Int(-5)
	w.Fixed(7)
	w.Bool(true)
	w.Bool(false)
	w.String("text")
	w.Uint(2)
	w.Raw([]byte("ab"))
	r, err := NewReader(w.Seal())
	if err != nil {
		t.Fatal(err)
	}
	if r.Uint() != math.MaxUint64 || r.Int() != -5 || r.Fixed() != 7 || !r.Bool() || r.Bool() || r.String() != "text" || r.Len(1) != 2 || string(r.Raw(2)) != "ab" {
		t.Error("what is read is not what was written")
	}
	if err := r.Err(); err != nil {
		t.Error(err)
	}
}

// TestNumbers reads back numbers of all lengths, which are written as by the standard library.
func TestNumbers(t *testing.T) {
	for shift := range 64 {
		for _, n := range []uint64{1 << shift, 1<<shift - 1, ^uint64(0) >> shift} {
			var w Writer
			w.Uint(n)
			w.Int(int(n))
			if want := binary.AppendVarint(binary.AppendUvarint(nil, n), int64(n)); !bytes.Equal(w.B, want) {
				t.Errorf("%d is written as %x, want %x", n, w.B, want)
			}
			if r := Of(w.B); r.Uint() != n || r.Int() != int(n) || r.Err() != nil {
				t.Errorf("%d is read as something else", n)
			}
		}
	}
}

func TestTexts(t *testing.T) {
	var texts Texts
	if texts.ID("a") != 0 || texts.ID("") != 1 || texts.Add("a") != 2 || texts.ID("a") != 0 || texts.ID("bcd") != 3 {
		t.Error("texts have other numbers")
	}
	var w Writer
	w.Texts(&texts)
	w.Section([]byte("rest"))
	r := Of(w.B)
	if list := r.Texts(); !slices.Equal(list, []string{"a", "", "a", "bcd"}) {
		t.Errorf("texts %q", list)
	}
	if s := r.Section(); string(s.Raw(4)) != "rest" || s.Err() != nil || r.Err() != nil {
		t.Error("the section is another one")
	}
	for i := range w.B[:4] { // other lengths
		b := bytes.Clone(w.B)
		b[i] += 2
		r := Of(b)
		if list := r.Texts(); !r.Bad() {
			t.Errorf("length %d changed: %q", i, list)
		}
	}
}

func TestDamaged(t *testing.T) {
	var w Writer
	w.String("text")
	b := w.Seal()
	for i := range b {
		b[i] ^= 1
		if _, err := NewReader(b); !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		b[i] ^= 1
	}
	for n := range b {
		if _, err := NewReader(b[:n]); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut off at %d: %v", n, err)
		}
	}
	for _, read := range []func(r *Reader){
		func(r *Reader) { r.Uint() }, func(r *Reader) { r.Int() }, func(r *Reader) { r.Fixed() }, func(r *Reader) { r.Bool() },
		func(r *Reader) { _ = r.String() }, func(r *Reader) { r.Raw(1) }, func(r *Reader) { r.Raw(-1) },
	} {
		r := Of(nil)
		if read(r); r.Err() == nil {
			t.Error("something is read of nothing")
		}
	}
	if r := Of([]byte{9, 1, 2}); r.Len(1) != 0 || !r.Bad() {
		t.Error("there are not nine elements")
	}
	if r := Of([]byte{3}); r.Index(3) != 0 || !r.Bad() {
		t.Error("3 is not below 3")
	}
	if r := Of([]byte{1}); r.Err() == nil {
		t.Error("what is left is no mistake")
	}
}

func FuzzReader(f *testing.F) {
	var w Writer
	w.String("seed")
	w.Uint(3)
	f.Add(w.B)
	f.Fuzz(func(t *testing.T, b []byte) {
		r := Of(b)
		for i := 0; !r.Bad() && i < 100; i++ {
			switch r.Uint() % 8 {
			case 0:
				_ = r.String()
			case 1:
				r.Int()
			case 2:
				r.Fixed()
			case 3:
				if n := r.Len(2); n > len(b) {
					t.Fatal("more elements than bytes")
				}
			case 4:
				r.Index(10)
			case 5:
				r.Bool()
			case 6:
				r.Section().Texts()
			case 7:
				if list := r.Texts(); len(list) > len(b) {
					t.Fatal("more texts than bytes")
				}
			}
		}
		if r.Bad() && (r.Uint() != 0 || r.String() != "" || r.Err() == nil) {
			t.Fatal("a value after a mistake")
		}
	})
}
