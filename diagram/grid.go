package diagram

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

const (
	tabStop = 8

	// maxWork limits the product of a diagram's width, its height and their sum, which drawing
	// takes time by: half a second.
	maxWork = 10_000_000

	// filler is the second place of a wide character. It is in no text, being a noncharacter.
	filler = '\uFDD0'
)

// grid is a text with a character, or a filler, for each place.
type grid struct {
	rows  [][]rune
	width int
}

// newGrid reads a text, without its blank margins.
func newGrid(text string) (*grid, error) {
	g := &grid{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		row, err := cells(strings.TrimRight(line, " \t\r\n"))
		if err != nil {
			return nil, fmt.Errorf("diagram: line %d: %w", number, err)
		}
		if len(row) > 0 || len(g.rows) > 0 {
			g.rows = append(g.rows, row)
		}
	}
	for n := len(g.rows); n > 0 && len(g.rows[n-1]) == 0; n-- {
		g.rows = g.rows[:n-1]
	}
	g.outdent()
	w, h := g.width+2, len(g.rows)+2
	if w > maxWork || h > maxWork || w*h > maxWork || w*h*(w+h) > maxWork {
		return nil, fmt.Errorf("diagram: %d by %d characters are too many", g.width, len(g.rows))
	}
	return g, nil
}

// cells returns a line's characters.
func cells(line string) ([]rune, error) {
	var row []rune
	if !utf8.ValidString(line) {
		return nil, errors.New("invalid UTF-8")
	}
	for i, r := range norm.NFC.String(line) {
		switch {
		case r == '\t':
			for next := len(row)/tabStop*tabStop + tabStop; len(row) < next; {
				row = append(row, ' ')
			}
		case isInvalid(r):
			return nil, fmt.Errorf("invalid character %U after %d bytes", r, i)
		case unicode.IsSpace(r):
			row = append(row, ' ')
		case isWide(r):
			row = append(row, r, filler)
		default:
			row = append(row, r)
		}
	}
	return row, nil
}

// isInvalid reports whether no document can have a character.
func isInvalid(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Noncharacter_Code_Point, r)
}

func isWide(r rune) bool {
	if r < 0x1100 {
		return false
	}
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// outdent removes the white space that all lines begin with, and measures them.
func (g *grid) outdent() {
	margin := -1
	for _, row := range g.rows {
		indent := 0
		for indent < len(row) && row[indent] == ' ' {
			indent++
		}
		if indent < len(row) && (margin < 0 || indent < margin) {
			margin = indent
		}
	}
	for i, row := range g.rows {
		g.rows[i] = row[min(max(margin, 0), len(row)):]
		g.width = max(g.width, len(g.rows[i]))
	}
}

// at returns the character at a place.
func (g *grid) at(x, y int) rune {
	if y < 0 || y >= len(g.rows) || x < 0 || x >= len(g.rows[y]) {
		return ' '
	}
	return g.rows[y][x]
}

func (g *grid) String() string {
	var b strings.Builder
	for _, row := range g.rows {
		b.WriteString(string(row) + "\n")
	}
	return b.String()
}
