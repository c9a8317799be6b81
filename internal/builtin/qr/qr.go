// Package qr encodes text as QR code symbols, after ISO/IEC 18004: versions 1 to 40,
// all levels of error correction, and the modes for digits, for upper-case
// alphanumeric text and for bytes.
//
// Text is encoded in one mode, the densest that holds all of it; bytes are UTF-8,
// without an ECI header, as readers expect. The smallest version that fits is taken,
// and the mask with the lowest penalty.
package qr

import (
	"errors"
	"fmt"
)

// Level is how much of a symbol may be damaged and it still be read.
type Level uint8

// The levels: about 7 %, 15 %, 25 % and 30 %.
const (
	Low Level = iota
	Medium
	Quartile
	High
)

// ParseLevel returns the level of that name: low, medium, quartile or high.
func ParseLevel(name string) (Level, error) {
	for l, n := range levelNames {
		if n == name {
			return Level(l), nil
		}
	}
	return 0, fmt.Errorf("unknown level %q of error correction: want low, medium, quartile or high", name)
}

var levelNames = [...]string{"low", "medium", "quartile", "high"}

// String returns the level's name.
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return fmt.Sprintf("Level(%d)", uint8(l))
}

// Code is a symbol: a square of dark and light modules.
type Code struct {
	size    int
	version int
	modules []bool
}

// Size returns how many modules the symbol is wide, without the quiet zone.
func (c *Code) Size() int { return c.size }

// Version returns the symbol's version, from 1 to 40.
func (c *Code) Version() int { return c.version }

// Dark reports whether the module in column x of row y is dark. It is false outside the symbol.
func (c *Code) Dark(x, y int) bool {
	return x >= 0 && y >= 0 && x < c.size && y < c.size && c.modules[y*c.size+x]
}

// Encode returns the smallest symbol that holds text. It fails if text is empty or no
// symbol of the level holds it; at most 2953 bytes ever fit.
func Encode(text string, level Level) (*Code, error) {
	if text == "" {
		return nil, errors.New("no text to encode")
	}
	if int(level) >= len(levelNames) {
		return nil, fmt.Errorf("unknown level %v of error correction", level)
	}
	m := modeOf(text)
	version := fit(m, len(text), level)
	if version == 0 {
		return nil, fmt.Errorf("%d characters are too many for a QR code with error correction level %v, which holds %d of this kind",
			len(text), level, m.most(level))
	}
	s := newSymbol(version)
	s.drawFunctions()
	s.drawData(codewords(text, m, version, level))
	s.drawBest(level)
	return &Code{size: s.size, version: version, modules: s.dark}, nil
}

// fit returns the smallest version that holds n characters, or 0.
func fit(m mode, n int, level Level) int {
	for v := 1; v <= maxVersion; v++ {
		if 4+m.countBits(v)+m.bits(n) <= 8*dataCodewords(v, level) {
			return v
		}
	}
	return 0
}
