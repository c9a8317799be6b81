package qr

import "strings"

// mode is how characters become bits.
type mode uint8

// The values are those of the mode indicator.
const (
	numeric      mode = 1
	alphanumeric mode = 2
	bytes        mode = 4
)

// alphabet is the characters of alphanumeric mode, in the order of their values.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// modeOf returns the densest mode that has all characters of text.
func modeOf(text string) mode {
	m := numeric
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
		case strings.IndexByte(alphabet, c) >= 0:
			m = alphanumeric
		default:
			return bytes
		}
	}
	return m
}

// countBits returns how long the count of characters is.
func (m mode) countBits(version int) int {
	size := 0
	switch {
	case version >= 27:
		size = 2
	case version >= 10:
		size = 1
	}
	switch m {
	case numeric:
		return 10 + 2*size
	case alphanumeric:
		return 9 + 2*size
	}
	return 8 + 8*min(size, 1)
}

// bits returns how many bits n characters take.
func (m mode) bits(n int) int {
	switch m {
	case numeric:
		return 10*(n/3) + [...]int{0, 4, 7}[n%3]
	case alphanumeric:
		return 11*(n/2) + 6*(n%2)
	}
	return 8 * n
}

// most returns how many characters the largest symbol holds.
func (m mode) most(level Level) int {
	n := 0
	for step := 1 << 12; step > 0; step /= 2 {
		if fit(m, n+step, level) != 0 {
			n += step
		}
	}
	return n
}

// append adds the characters of text.
func (m mode) append(b *bits, text string) {
	switch m {
	case numeric:
		for ; text != ""; text = text[min(3, len(text)):] {
			n, v := min(3, len(text)), 0
			for i := range n {
				v = 10*v + int(text[i]-'0')
			}
			b.add(v, 3*n+1)
		}
	case alphanumeric:
		for ; len(text) > 1; text = text[2:] {
			b.add(45*strings.IndexByte(alphabet, text[0])+strings.IndexByte(alphabet, text[1]), 11)
		}
		if text != "" {
			b.add(strings.IndexByte(alphabet, text[0]), 6)
		}
	default:
		for i := range len(text) {
			b.add(int(text[i]), 8)
		}
	}
}

// bits is a sequence of bits, the first one highest.
type bits struct {
	bytes []byte
	n     int
}

// add appends the lowest count bits of v.
func (b *bits) add(v, count int) {
	for i := count - 1; i >= 0; i-- {
		if b.n%8 == 0 {
			b.bytes = append(b.bytes, 0)
		}
		b.bytes[b.n/8] |= byte(v>>i&1) << (7 - b.n%8)
		b.n++
	}
}
