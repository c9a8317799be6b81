package funcs

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"math/bits"
)

// Hash is the namespace hash: fast checksums that aren't for security.
type Hash struct{}

// FNV32a returns the 32-bit FNV-1a hash of the input: hash.FNV32a INPUT.
func (Hash) FNV32a(in any) (int, error) {
	s, err := text("hash.FNV32a", in)
	if err != nil {
		return 0, err
	}
	h := fnv.New32a()
	io.WriteString(h, s)
	return int(h.Sum32()), nil
}

// XxHash returns the 64-bit xxHash of the input in hexadecimal: hash.XxHash INPUT.
func (Hash) XxHash(in any) (string, error) {
	s, err := text("hash.XxHash", in)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%016x", xxHash64([]byte(s))), nil
}

// The primes of XXH64.
const (
	xxPrime1 uint64 = 0x9E3779B185EBCA87
	xxPrime2 uint64 = 0xC2B2AE3D27D4EB4F
	xxPrime3 uint64 = 0x165667B19E3779F9
	xxPrime4 uint64 = 0x85EBCA77C2B2AE63
	xxPrime5 uint64 = 0x27D4EB2F165667C5
)

// xxHash64 is XXH64 with the seed 0, by the specification at
// https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md.
func xxHash64(b []byte) uint64 {
	size := uint64(len(b))
	h := xxPrime5
	if len(b) >= 32 {
		h, b = xxStripes(b)
	}
	h += size
	for ; len(b) >= 8; b = b[8:] {
		h ^= xxRound(0, binary.LittleEndian.Uint64(b))
		h = bits.RotateLeft64(h, 27)*xxPrime1 + xxPrime4
	}
	if len(b) >= 4 {
		h ^= uint64(binary.LittleEndian.Uint32(b)) * xxPrime1
		h = bits.RotateLeft64(h, 23)*xxPrime2 + xxPrime3
		b = b[4:]
	}
	for _, c := range b {
		h ^= uint64(c) * xxPrime5
		h = bits.RotateLeft64(h, 11) * xxPrime1
	}
	h ^= h >> 33
	h *= xxPrime2
	h ^= h >> 29
	h *= xxPrime3
	return h ^ h>>32
}

// xxStripes consumes b by 32 bytes and returns the hash so far and the rest.
func xxStripes(b []byte) (uint64, []byte) {
	prime1 := xxPrime1 // not a constant, so that arithmetic wraps around
	lanes := [4]uint64{prime1 + xxPrime2, xxPrime2, 0, -prime1}
	for ; len(b) >= 32; b = b[32:] {
		for i := range lanes {
			lanes[i] = xxRound(lanes[i], binary.LittleEndian.Uint64(b[8*i:]))
		}
	}
	var h uint64
	for i, n := range [4]int{1, 7, 12, 18} {
		h += bits.RotateLeft64(lanes[i], n)
	}
	for _, lane := range lanes {
		h = (h^xxRound(0, lane))*xxPrime1 + xxPrime4
	}
	return h, b
}

func xxRound(acc, lane uint64) uint64 {
	return bits.RotateLeft64(acc+lane*xxPrime2, 31) * xxPrime1
}
