package qr

// codewords returns text as the codewords of a symbol: data and error correction,
// interleaved.
func codewords(text string, m mode, version int, level Level) []byte {
	capacity := dataCodewords(version, level)
	b := bits{bytes: make([]byte, 0, capacity)}
	b.add(int(m), 4)
	b.add(len(text), m.countBits(version))
	m.append(&b, text)
	b.add(0, min(4, 8*capacity-b.n)) // terminator
	for pad := byte(0xEC); len(b.bytes) < capacity; pad ^= 0xEC ^ 0x11 {
		b.bytes = append(b.bytes, pad)
	}
	return interleave(b.bytes, version, level)
}

// interleave divides data into blocks, the shorter ones first, and returns the first
// codewords of all blocks, then the second ones, and then their error correction likewise.
func interleave(data []byte, version int, level Level) []byte {
	count, check := int(blocks[level][version-1]), int(checkwords[level][version-1])
	out := make([]byte, 0, totalCodewords(version))
	short, long := len(data)/count, len(data)%count
	start := make([]int, count+1)
	for i := range count {
		start[i+1] = start[i] + short
		if i >= count-long {
			start[i+1]++
		}
	}
	for i := range short + 1 {
		for k := range count {
			if start[k]+i < start[k+1] {
				out = append(out, data[start[k]+i])
			}
		}
	}
	gen := generator(check)
	end := out[len(out) : len(out)+count*check]
	for k := range count {
		for i, c := range remainder(data[start[k]:start[k+1]], gen) {
			end[i*count+k] = c
		}
	}
	return out[:len(out)+len(end)]
}

// mul multiplies in the field of 256 elements with the polynomial x⁸+x⁴+x³+x²+1.
func mul(a, b byte) byte {
	p := byte(0)
	for ; b != 0; b >>= 1 {
		if b&1 != 0 {
			p ^= a
		}
		carry := a & 0x80
		a <<= 1
		if carry != 0 {
			a ^= 0x1D
		}
	}
	return p
}

// generator returns the coefficients of the product of (x − 2ⁱ) for i below n, the
// highest one, 1, left out.
func generator(n int) []byte {
	g := make([]byte, n)
	g[n-1] = 1
	root := byte(1)
	for range n {
		for i := range g {
			g[i] = mul(g[i], root)
			if i+1 < n {
				g[i] ^= g[i+1]
			}
		}
		root = mul(root, 2)
	}
	return g
}

// remainder returns the Reed-Solomon code of a block.
func remainder(block, gen []byte) []byte {
	rem := make([]byte, len(gen))
	for _, c := range block {
		factor := c ^ rem[0]
		copy(rem, rem[1:])
		rem[len(rem)-1] = 0
		if factor == 0 {
			continue
		}
		for i, g := range gen {
			rem[i] ^= mul(g, factor)
		}
	}
	return rem
}
