package qr

const maxVersion = 40

// checkwords is how many codewords of error correction a block has, by level and version:
// table 9 of ISO/IEC 18004.
var checkwords = [4][maxVersion]uint8{
	Low: {7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
		28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
	Medium: {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
		26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
	Quartile: {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
		28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
	High: {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
		30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
}

// blocks is how many blocks a symbol's data is divided into.
var blocks = [4][maxVersion]uint8{
	Low: {1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
		8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
	Medium: {1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
		17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
	Quartile: {1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20,
		23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
	High: {1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
		25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
}

func sizeOf(version int) int { return 17 + 4*version }

// totalCodewords returns how many codewords fit beside the function patterns.
func totalCodewords(version int) int {
	n := sizeOf(version)
	free := n*n - 3*8*8 - 2*(n-16) - 31 // finders with separators, timing, format and the dark module
	if version > 1 {
		k := version/7 + 2             // alignment patterns in a row
		free -= 25*(k*k-3) - 2*5*(k-2) // all but at the finders; some share modules with the timing
	}
	if version >= 7 {
		free -= 2 * 18 // version information
	}
	return free / 8
}

func dataCodewords(version int, level Level) int {
	return totalCodewords(version) - int(checkwords[level][version-1])*int(blocks[level][version-1])
}

// alignment returns the rows, and columns, of the centres of alignment patterns: at
// even distances from the last one, and what is left over next to the first.
func alignment(version int) []int {
	if version == 1 {
		return nil
	}
	gaps := version/7 + 1
	length := sizeOf(version) - 13
	step := 2 * ((length + 2*gaps - 1) / (2 * gaps))
	if version == 32 {
		step = 26 // the one version that does not follow
	}
	at := make([]int, gaps+1)
	at[0] = 6
	for i := range gaps {
		at[gaps-i] = 6 + length - i*step
	}
	return at
}
