package markdown

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// ids makes the ids of one document. It implements parser.IDs.
type ids struct {
	used map[string]int // the ids given, and the last number appended to each
	buf  []byte
}

func (s *ids) reset() {
	const large = 1000 // clearing takes as long as the largest document needed
	if len(s.used) > large {
		s.used = map[string]int{}
	}
	clear(s.used)
}

// Generate returns an id for a heading with this text that no element has yet.
func (s *ids) Generate(value []byte, kind ast.NodeKind) []byte {
	s.buf = appendAnchor(s.buf[:0], value)
	if len(s.buf) == 0 {
		name := "id"
		if kind == ast.KindHeading {
			name = "heading"
		}
		s.buf = append(s.buf, name...)
	}
	n, taken := s.used[string(s.buf)]
	if !taken {
		id := bytes.Clone(s.buf)
		s.used[util.BytesToReadOnlyString(id)] = 0
		return id
	}
	base := len(s.buf)
	for {
		n++
		s.buf = strconv.AppendInt(append(s.buf[:base], '-'), int64(n), 10)
		if _, taken := s.used[string(s.buf)]; !taken {
			break
		}
	}
	id := string(s.buf)
	s.used[id] = 0
	s.used[id[:base]] = n
	return []byte(id)
}

// Put notes an id that the author wrote.
func (s *ids) Put(value []byte) { s.add(value) }

// add is Put, and reports whether the id is new.
func (s *ids) add(value []byte) bool {
	_, taken := s.used[string(value)]
	if !taken {
		s.used[string(value)] = 0
	}
	return !taken
}

// appendAnchor appends the id for a heading's text, before numbering.
func appendAnchor(dst, text []byte) []byte {
	text = bytes.TrimSpace(text)
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c >= 'A' && c <= 'Z':
				dst = append(dst, c|0x20)
			case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '_':
				dst = append(dst, c)
			case c == ' ' || c == '\t' || c == '\n':
				dst = append(dst, '-')
			}
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		i += size
		switch {
		case r == utf8.RuneError && size == 1:
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}
