package qr

import (
	"errors"
	"fmt"
	"strings"
)

// read decodes an undamaged symbol; it fails if a check of the symbol does.
func read(c *Code) (string, error) {
	level, mask, err := readFormat(c)
	if err != nil {
		return "", err
	}
	s := newSymbol(c.version)
	s.drawFunctions() // tells data from function patterns
	copy(s.dark, c.modules)
	s.apply(mask)
	data, err := deinterleave(readData(s), c.version, level)
	if err != nil {
		return "", err
	}
	return readText(data, c.version)
}

func readFormat(c *Code) (Level, int, error) {
	at := func(x, y int) int {
		if c.Dark(x, y) {
			return 1
		}
		return 0
	}
	first, second := 0, 0
	for _, p := range [][2]int{{0, 8}, {1, 8}, {2, 8}, {3, 8}, {4, 8}, {5, 8}, {7, 8}, {8, 8}, {8, 7}, {8, 5}, {8, 4}, {8, 3}, {8, 2}, {8, 1}, {8, 0}} {
		first = first<<1 | at(p[0], p[1])
	}
	for i := range 7 {
		second = second<<1 | at(8, c.size-1-i)
	}
	for i := range 8 {
		second = second<<1 | at(c.size-8+i, 8)
	}
	if first != second {
		return 0, 0, fmt.Errorf("format %015b beside %015b", first, second)
	}
	for l := Low; l <= High; l++ {
		for mask := range 8 {
			if formatBits(l, mask) == first {
				return l, mask, nil
			}
		}
	}
	return 0, 0, fmt.Errorf("no format: %015b", first)
}

func readData(s *symbol) []byte {
	var b bits
	for pair, right := 0, s.size-1; right > 0; pair, right = pair+1, right-2 {
		if right == 6 {
			right--
		}
		for i := range s.size {
			y := i
			if pair%2 == 0 {
				y = s.size - 1 - i
			}
			for x := right; x > right-2; x-- {
				if at := y*s.size + x; !s.function[at] {
					v := 0
					if s.dark[at] {
						v = 1
					}
					b.add(v, 1)
				}
			}
		}
	}
	return b.bytes[:totalCodewords(s.version)]
}

// deinterleave returns the data of all blocks, after checking that the polynomial of
// each has the roots that its code gives it.
func deinterleave(words []byte, version int, level Level) ([]byte, error) {
	count, check := int(blocks[level][version-1]), int(checkwords[level][version-1])
	total := dataCodewords(version, level)
	parts := make([][]byte, count)
	for i, c := range words[:total] {
		k := i % count
		if i >= total/count*count {
			k = count - total%count + i%count
		}
		parts[k] = append(parts[k], c)
	}
	var out []byte
	for k, part := range parts {
		out = append(out, part...)
		for i := range check {
			part = append(part, words[total+i*count+k])
		}
		root := byte(1)
		for range check {
			sum := byte(0)
			for _, c := range part {
				sum = mul(sum, root) ^ c
			}
			if sum != 0 {
				return nil, errors.New("a block fails its check")
			}
			root = mul(root, 2)
		}
	}
	return out, nil
}

func readText(data []byte, version int) (string, error) {
	pos := 0
	take := func(n int) (v int) {
		for range n {
			v = v<<1 | int(data[pos/8]>>(7-pos%8)&1)
			pos++
		}
		return v
	}
	m := mode(take(4))
	n := take(m.countBits(version))
	var b strings.Builder
	switch m {
	case numeric:
		for ; n > 0; n -= 3 {
			fmt.Fprintf(&b, "%0*d", min(n, 3), take(3*min(n, 3)+1))
		}
	case alphanumeric:
		for ; n > 1; n -= 2 {
			v := take(11)
			b.WriteByte(alphabet[v/45])
			b.WriteByte(alphabet[v%45])
		}
		if n == 1 {
			b.WriteByte(alphabet[take(6)])
		}
	case bytes:
		for range n {
			b.WriteByte(byte(take(8)))
		}
	default:
		return "", fmt.Errorf("mode %d", m)
	}
	return b.String(), nil
}
