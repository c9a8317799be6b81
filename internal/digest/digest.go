// Package digest makes 64-bit checksums of values, by which two versions of a site are compared. They are the same in every
// process and on every machine, and not cryptographic: who wants two values with one checksum can make them.
//
// A [Hash] is a multiply-and-fold hash: each word is mixed in by a 128-bit product with a secret, whose halves are
// folded together, as in wyhash (https://github.com/wangyi-fudan/wyhash).
package digest

import (
	"encoding/binary"
	"math"
	"math/bits"
	"time"
)

// Hash is a checksum in the making. The zero value is that of nothing. What is added is told apart from what follows:
// the texts "ab" and "c" do not have the checksum of "a" and "bc".
type Hash uint64

const (
	secret0 = 0xa0761d6478bd642f
	secret1 = 0xe7037ed1a0b428db
	secret2 = 0x8ebc6af09c88c6e3
	secret3 = 0x589965cc75374cc3
)

func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// Uint adds a number.
func (h Hash) Uint(n uint64) Hash {
	return Hash(fold(uint64(h)^n^secret0, n^secret1) + fold(uint64(h)^secret2, secret3))
}

// Int adds a number.
func (h Hash) Int(n int) Hash { return h.Uint(uint64(n)) }

// Bool adds a truth value.
func (h Hash) Bool(b bool) Hash {
	if b {
		return h.Uint(1)
	}
	return h.Uint(2)
}

// Float adds a number.
func (h Hash) Float(f float64) Hash { return h.Uint(math.Float64bits(f)) }

// Time adds an instant with the offset of its zone, and the zone's name.
func (h Hash) Time(t time.Time) Hash {
	name, offset := t.Zone()
	return h.Uint(uint64(t.Unix())).Int(t.Nanosecond()).Int(offset).String(name)
}

// String adds a text.
func (h Hash) String(s string) Hash { return add(h, s) }

// Bytes adds a text.
func (h Hash) Bytes(b []byte) Hash { return add(h, b) }

// Strings adds a list of texts.
func (h Hash) Strings(list []string) Hash {
	h = h.Int(len(list))
	for _, s := range list {
		h = h.String(s)
	}
	return h
}

// Sum returns the checksum, which is never 0.
func (h Hash) Sum() uint64 { return max(uint64(h.Uint(secret3)), 1) }

func add[T string | []byte](h Hash, s T) Hash {
	n := len(s)
	a, b := uint64(h)^secret0, uint64(h)^secret1
	for len(s) > 32 {
		a = fold(word(s)^secret1, word(s[8:])^a)
		b = fold(word(s[16:])^secret2, word(s[24:])^b)
		s = s[32:]
	}
	for len(s) >= 8 {
		a = fold(word(s)^secret3, a^secret2)
		s = s[8:]
	}
	var last uint64
	for i := range len(s) {
		last |= uint64(s[i]) << (8 * i)
	}
	return Hash(fold(a^last^secret2, b^uint64(n)^secret3) ^ fold(uint64(n)^secret0, a^secret1))
}

func word[T string | []byte](s T) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Of returns the checksum of a text.
func Of(b []byte) uint64 { return Hash(0).Bytes(b).Sum() }

// AppendTo appends the checksum to b, in eight bytes.
func (h Hash) AppendTo(b []byte) []byte { return binary.LittleEndian.AppendUint64(b, h.Sum()) }
