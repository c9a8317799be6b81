package matter

// flatPart is a key, a scalar, or the beginning of a map or a list, which its
// keys and values follow.
type flatPart struct {
	kind         flatKind
	start, end   int32 // of the text, without quotes
	line, column int32 // from 1
	items        int32 // of a list; keys of a map
}

type flatKind uint8

const (
	flatKey flatKind = iota
	flatNull
	flatPlain // in YAML
	flatBare  // in TOML
	flatQuoted
	flatDoubled // in YAML's single quotes, with a doubled one in it
	flatEscaped // in double quotes, with a backslash before another one or a quote
	flatList
	flatMap
)

// flatScanner divides flat YAML or TOML into parts.
type flatScanner struct {
	src               []byte
	parts             []flatPart
	keys, lists, maps int
	depth             int // of lists and maps

	line, start int         // the line at hand, from 1, and its offset
	counted     int         // an offset in it
	before      int         // and how many of its characters stand before that
	levels      []flatLevel // the block maps and lists that are open
	open        bool        // the last part is a null that may be a map or a list yet
}

// lineAt returns the end of the line at an offset, without blanks before that,
// and the offset of the next line; false if it is not flatText.
func (s *flatScanner) lineAt(start int) (end, next int, ok bool) {
	line, next := nextLine(s.src, start)
	end = start + len(line)
	for end > start && s.src[end-1] == ' ' {
		end--
	}
	return end, next, flatText(s.src[start:end])
}

// flatText reports whether a line, in UTF-8, has no characters but those that
// YAML shows as they are, and that are no white space other than blanks.
func flatText(line []byte) bool {
	for i, c := range line {
		switch {
		case c >= ' ' && c < 0x7f || c > 0xc2 && c != 0xe2 && c != 0xef || c >= 0x80 && c < 0xc0:
		case c == 0xc2:
			if line[i+1] < 0xa0 {
				return false
			}
		case c == 0xe2: // the separators of lines and paragraphs
			if line[i+1] == 0x80 && line[i+2]&^1 == 0xa8 {
				return false
			}
		case c == 0xef: // the byte order mark, and what is no character
			if line[i+1] == 0xbb && line[i+2] == 0xbf || line[i+1] == 0xbf && line[i+2] >= 0xbe {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// skip returns the offset of the first byte, from at, that is no blank.
func (s *flatScanner) skip(at, end int) int {
	for at < end && s.src[at] == ' ' {
		at++
	}
	return at
}

// part returns a part that is at an offset of the line at hand.
func (s *flatScanner) part(kind flatKind, at int) flatPart {
	if s.counted < s.start || s.counted > at {
		s.counted, s.before = s.start, 0
	}
	s.before += runes(s.src[s.counted:at])
	s.counted = at
	return flatPart{kind: kind, line: int32(s.line), column: int32(1 + s.before)}
}

// runes returns the number of characters of a text in UTF-8.
func runes(text []byte) int {
	n := len(text)
	for _, c := range text {
		if c&0xc0 == 0x80 {
			n--
		}
	}
	return n
}

func (s *flatScanner) add(p flatPart, start, end int) {
	p.start, p.end = int32(start), int32(end)
	s.parts = append(s.parts, p)
}

func isFlatKey(c byte, first bool) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || !first && (c >= '0' && c <= '9' || c == '-' || c == '.')
}

// quoted scans a scalar in quotes and returns the offset after it, or 0 if it has
// other escapes than those of quotes and backslashes.
func (s *flatScanner) quoted(at, end int) int {
	quote, kind := s.src[at], flatQuoted
	for i := at + 1; i < end; i++ {
		switch c := s.src[i]; {
		case c == '\\' && quote == '"':
			if i++; i == end || s.src[i] != '"' && s.src[i] != '\\' {
				return 0
			}
			kind = flatEscaped
		case c != quote:
		case quote == '\'' && i+1 < end && s.src[i+1] == quote:
			kind = flatDoubled
			i++
		default:
			s.add(s.part(kind, at), at+1, i)
			return i + 1
		}
	}
	return 0
}
