package qr

// masked reports whether a mask inverts the module in column x of row y.
func masked(mask, x, y int) bool {
	switch mask {
	case 0:
		return (x+y)%2 == 0
	case 1:
		return y%2 == 0
	case 2:
		return x%3 == 0
	case 3:
		return (x+y)%3 == 0
	case 4:
		return (x/3+y/2)%2 == 0
	case 5:
		return x*y%2+x*y%3 == 0
	case 6:
		return (x*y%2+x*y%3)%2 == 0
	}
	return ((x+y)%2+x*y%3)%2 == 0
}

// apply inverts the data where the mask says so; a second time undoes it.
func (s *symbol) apply(mask int) {
	for y := range s.size {
		for x := range s.size {
			if at := y*s.size + x; !s.function[at] && masked(mask, x, y) {
				s.dark[at] = !s.dark[at]
			}
		}
	}
}

// drawBest masks the symbol so that its penalty is lowest.
func (s *symbol) drawBest(level Level) {
	best, lowest := 0, -1
	for mask := range 8 {
		s.apply(mask)
		s.drawFormat(formatBits(level, mask))
		if p := s.penalty(); lowest < 0 || p < lowest {
			best, lowest = mask, p
		}
		s.apply(mask)
	}
	s.apply(best)
	s.drawFormat(formatBits(level, best))
}

// penalty counts what makes a symbol hard to read: section 7.8.3 of ISO/IEC 18004.
func (s *symbol) penalty() int {
	n, total, dark := s.size, 0, 0
	for i := range n {
		total += s.linePenalty(i*n, 1) + s.linePenalty(i, n)
	}
	for y := range n {
		for x := range n {
			at := y*n + x
			d := s.dark[at]
			if d {
				dark++
			}
			if x > 0 && y > 0 && d == s.dark[at-1] && d == s.dark[at-n] && d == s.dark[at-n-1] {
				total += 3
			}
		}
	}
	off := 20*dark - 10*n*n // from half, in twentieths
	return total + 10*(max(off, -off)/(n*n))
}

// linePenalty is the penalty of a row or column: for runs of five and more, and for
// what looks like a finder: 1:1:3:1:1 with four light modules on a side.
func (s *symbol) linePenalty(start, step int) int {
	const finder, mask = 0b1011101, 1<<11 - 1
	total, run, window := 0, 0, 0
	for i := range s.size {
		d := s.dark[start+i*step]
		if i > 0 && d == s.dark[start+(i-1)*step] {
			run++
		} else {
			run = 1
		}
		if run == 5 {
			total += 3
		} else if run > 5 {
			total++
		}
		window = window << 1 & mask
		if d {
			window |= 1
		}
		if i >= 10 && (window == finder || window == finder<<4) {
			total += 40
		}
	}
	return total
}
