package shortcode

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPositions compares every place of a text with counting from its beginning.
func TestPositions(t *testing.T) {
	original := "\x02é\x03\r\n\x03x" + strings.Repeat("a\x02é😀", 150) + "\r" + strings.Repeat("bé\x03\n", 150) + "\x02"
	text, dropped := clean([]byte(original))
	p := newPositions(text, dropped, 3)
	unified := strings.ReplaceAll(strings.ReplaceAll(original, "\r\n", "\n"), "\r", "\n")
	offset := 0
	line, column := 3, 1
	for _, r := range unified {
		if r != '\x02' && r != '\x03' {
			if l, c := p.at(offset); l != line || c != column {
				t.Fatalf("offset %d is %d:%d, want %d:%d", offset, l, c, line, column)
			}
			offset += utf8.RuneLen(r)
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	if l, c := p.at(len(text)); l != line || c != column {
		t.Errorf("the end is %d:%d, want %d:%d", l, c, line, column)
	}
}
