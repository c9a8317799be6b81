package pack

import (
	"errors"
	"math"
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
			switch r.Uint() % 6 {
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
			}
		}
		if r.Bad() && (r.Uint() != 0 || r.String() != "" || r.Err() == nil) {
			t.Fatal("a value after a mistake")
		}
	})
}
