package qr

// symbol is a code that is being drawn.
type symbol struct {
	version, size int
	dark          []bool
	function      []bool // modules that are no data
}

func newSymbol(version int) *symbol {
	n := sizeOf(version)
	return &symbol{version: version, size: n, dark: make([]bool, n*n), function: make([]bool, n*n)}
}

// set draws a module of a function pattern.
func (s *symbol) set(x, y int, dark bool) {
	s.dark[y*s.size+x] = dark
	s.function[y*s.size+x] = true
}

// drawFunctions draws what does not depend on the data. Format information is
// reserved only.
func (s *symbol) drawFunctions() {
	for i := range s.size {
		s.set(6, i, i%2 == 0)
		s.set(i, 6, i%2 == 0)
	}
	for _, at := range [][2]int{{3, 3}, {s.size - 4, 3}, {3, s.size - 4}} {
		s.drawSquares(at[0], at[1], 4)
	}
	centres := alignment(s.version)
	last := len(centres) - 1
	for i, y := range centres {
		for k, x := range centres {
			if i == 0 && (k == 0 || k == last) || i == last && k == 0 {
				continue // a finder is there
			}
			s.drawSquares(x, y, 2)
		}
	}
	s.drawFormat(0)
	s.drawVersion()
}

// drawSquares draws concentric squares: a finder with its separator (radius 4), or an
// alignment pattern (radius 2).
func (s *symbol) drawSquares(cx, cy, radius int) {
	for dy := -radius; dy <= radius; dy++ {
		for dx := -radius; dx <= radius; dx++ {
			x, y := cx+dx, cy+dy
			if x < 0 || y < 0 || x >= s.size || y >= s.size {
				continue
			}
			d := max(dx, -dx, dy, -dy)
			if radius == 4 {
				s.set(x, y, d != 2 && d != 4)
			} else {
				s.set(x, y, d != 1)
			}
		}
	}
}

// withCheck appends to value the remainder of its division by the polynomial gen, of
// that degree, and so makes a BCH code.
func withCheck(value, gen, degree int) int {
	rem := value << degree
	for i := 17; i >= degree; i-- {
		if rem>>i&1 != 0 {
			rem ^= gen << (i - degree)
		}
	}
	return value<<degree | rem
}

// formatBits is the format information for a level and a mask.
func formatBits(level Level, mask int) int {
	indicator := [...]int{Low: 1, Medium: 0, Quartile: 3, High: 2}[level]
	return withCheck(indicator<<3|mask, 0x537, 10) ^ 0x5412
}

// drawFormat draws both copies of the format information, and the dark module.
func (s *symbol) drawFormat(bits int) {
	n := s.size
	for i := range 15 {
		dark := bits>>i&1 != 0
		switch { // around the upper left finder; the timing patterns are skipped
		case i < 6:
			s.set(8, i, dark)
		case i < 8:
			s.set(8, i+1, dark)
		case i == 8:
			s.set(7, 8, dark)
		default:
			s.set(14-i, 8, dark)
		}
		if i < 8 { // beside the other two
			s.set(n-1-i, 8, dark)
		} else {
			s.set(8, n-15+i, dark)
		}
	}
	s.set(8, n-8, true)
}

func (s *symbol) drawVersion() {
	if s.version < 7 {
		return
	}
	bits := withCheck(s.version, 0x1F25, 12)
	for i := range 18 {
		a, b := s.size-11+i%3, i/3
		s.set(a, b, bits>>i&1 != 0)
		s.set(b, a, bits>>i&1 != 0)
	}
}

// drawData draws the codewords in columns two modules wide, from the right, up and
// down in turn. Modules left over stay light.
func (s *symbol) drawData(data []byte) {
	i := 0
	up := true
	for right := s.size - 1; right > 0; right -= 2 {
		if right == 6 {
			right-- // the timing pattern is between columns
		}
		for step := range s.size {
			y := step
			if up {
				y = s.size - 1 - step
			}
			for _, x := range [2]int{right, right - 1} {
				if at := y*s.size + x; !s.function[at] && i < 8*len(data) {
					s.dark[at] = data[i/8]>>(7-i%8)&1 != 0
					i++
				}
			}
		}
		up = !up
	}
}
