package matter

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"
)

// flat reads the YAML and the TOML that most front matter is: maps and lists, in
// YAML as blocks, of scalars on one line each. It returns nil for anything else,
// and for whatever is wrong or in doubt: all of that is left to decode, which
// gives the same nodes for the rest at ten times the cost.
func (l Limits) flat(format Format, block []byte, line int) *Node {
	if format != YAML && format != TOML || len(block) > min(l.MaxBytes, maxFlat) || !utf8.Valid(block) {
		return nil
	}
	s := flatScanners.Get().(*flatScanner)
	defer s.release()
	s.src = block
	scan := s.scanYAML
	if format == TOML {
		scan = s.scanTOML
	}
	if !scan() || s.depth > l.MaxDepth || len(s.parts)-s.keys > l.MaxNodes {
		return nil
	}
	return s.tree(line - 1)
}

const (
	maxFlat      = 1 << 20 // bytes
	maxFlatParts = 1 << 10 // that a scanner keeps room for
	maxShared    = 1 << 10 // bytes of text that whoever keeps one value may keep in memory
)

var flatScanners = sync.Pool{New: func() any { return new(flatScanner) }}

func (s *flatScanner) release() {
	if cap(s.parts) > maxFlatParts {
		s.parts = nil
	}
	*s = flatScanner{parts: s.parts[:0], levels: s.levels[:0]}
	flatScanners.Put(s)
}

// tree makes the nodes of what was scanned, in a file that has base lines before
// that; nil if it is in doubt what they are.
func (s *flatScanner) tree(base int) *Node {
	values := len(s.parts) - s.keys
	m := flatMaker{
		parts: s.parts,
		base:  base,
		src:   s.src,
		// A value is the root, or that of a key, or an item.
		nodes:   make([]Node, values),
		entries: make([]Entry, s.keys),
		items:   make([]*Node, values-1-s.keys),
		mores:   make([]more, s.lists+s.maps),
	}
	if len(s.src) <= maxShared {
		m.text = string(s.src)
	}
	root := m.value()
	if m.doubt {
		return nil
	}
	return root
}

// flatMaker makes nodes of parts, in memory that is all there before.
type flatMaker struct {
	parts   []flatPart
	base    int
	src     []byte
	text    string // a copy of src that all keys and values share, if that is small
	nodes   []Node
	entries []Entry
	items   []*Node
	mores   []more
	doubt   bool // the library has to say what this is
}

// part returns the next one.
func (m *flatMaker) part() flatPart {
	p := m.parts[0]
	m.parts = m.parts[1:]
	return p
}

// textOf returns the text of a part.
func (m *flatMaker) textOf(p flatPart) string {
	if m.text == "" {
		return string(m.src[p.start:p.end])
	}
	return m.text[p.start:p.end]
}

// value makes the node of the next part and of those that belong to it.
func (m *flatMaker) value() *Node {
	p, n := m.part(), &m.nodes[0]
	m.nodes = m.nodes[1:]
	n.Line, n.Column = m.base+int(p.line), int(p.column)
	switch p.kind {
	case flatMap, flatList:
		n.more, m.mores = &m.mores[0], m.mores[1:]
		if n.Kind = List; p.kind == flatMap {
			n.Kind = Map
			m.readMap(n, int(p.items))
		} else {
			m.readList(n, int(p.items))
		}
	case flatNull:
		n.Kind = Null
	case flatPlain:
		n.text = m.textOf(p)
		m.doubt = !n.setPlain() || m.doubt
	case flatBare:
		n.text = m.textOf(p)
		m.doubt = !n.setBare() || m.doubt
	case flatQuoted:
		n.Kind, n.text, n.quoted = String, m.textOf(p), true
	case flatEscaped:
		n.Kind, n.text, n.quoted = String, strings.ReplaceAll(m.textOf(p), "''", "'"), true
	}
	return n
}

func (m *flatMaker) readMap(n *Node, size int) {
	n.more.entries, m.entries = m.entries[:0:size], m.entries[size:]
	for ; size > 0 && !m.doubt; size-- {
		p := m.part()
		e := Entry{Key: m.textOf(p), Line: m.base + int(p.line), Column: int(p.column)}
		if n.find(e.Key) >= 0 {
			m.doubt = true
			return
		}
		e.Value = m.value()
		n.add(e)
	}
}

func (m *flatMaker) readList(n *Node, size int) {
	n.more.items, m.items = m.items[:size:size], m.items[size:]
	for i := range n.more.items {
		n.more.items[i] = m.value()
	}
}

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
	flatEscaped // in YAML's single quotes, with a doubled one in it
	flatList
	flatMap
)

// flatScanner divides flat YAML into parts.
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

// flatLevel is a block map or list that is open.
type flatLevel struct {
	part   int // its index
	indent int
	list   bool
}

// scanYAML reports whether all is flat YAML, and more than comments.
func (s *flatScanner) scanYAML() bool {
	s.open, s.levels = true, append(s.levels, flatLevel{indent: -1}) // around the root, which is not known yet
	s.add(flatPart{kind: flatNull}, 0, 0)
	for s.line = 1; s.start < len(s.src); s.line++ {
		end, next, ok := s.lineAt(s.start)
		if !ok || end > s.start && !s.scanLine(end) {
			return false
		}
		s.start = next
	}
	return len(s.parts) > 1 // than the root
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

// scanLine scans the line that ends at end, which has no blanks before that and
// is not empty.
func (s *flatScanner) scanLine(end int) bool {
	at := s.skip(s.start, end)
	switch s.src[at] {
	case '#':
		return true
	case '-':
		return s.item(at, end)
	}
	key := s.keyEnd(at, end)
	return key > at && s.level(at, false) && s.keyValue(at, key, end)
}

// level makes the block list or map whose item or key is at an offset of the
// line at hand the innermost one, and counts it; false if it cannot be.
func (s *flatScanner) level(at int, list bool) bool {
	indent := at - s.start
	last := len(s.levels) - 1
	if s.open && (indent > s.levels[last].indent || list && indent == s.levels[last].indent) {
		s.parts = s.parts[:len(s.parts)-1]
		s.push(at, list)
	} else {
		// A list may be indented as much as the map that it is in.
		for last >= 0 && (s.levels[last].indent > indent || !list && s.levels[last].list && s.levels[last].indent == indent) {
			last--
		}
		s.levels = s.levels[:last+1]
		if last < 0 || s.levels[last].indent != indent || s.levels[last].list != list {
			return false
		}
	}
	s.open = false
	s.parts[s.levels[len(s.levels)-1].part].items++
	return true
}

// push opens a block list or map whose first item or key is at an offset.
func (s *flatScanner) push(at int, list bool) {
	kind := flatMap
	if list {
		kind = flatList
		s.lists++
	} else {
		s.maps++
	}
	s.levels = append(s.levels, flatLevel{part: len(s.parts), indent: at - s.start, list: list})
	s.depth = max(s.depth, len(s.levels)-1)
	s.add(s.part(kind, at), at, at)
}

// item scans "- value" or "- key: value" at an offset.
func (s *flatScanner) item(at, end int) bool {
	if at+2 >= end || s.src[at+1] != ' ' || !s.level(at, true) {
		return false
	}
	at = s.skip(at+1, end)
	if key := s.keyEnd(at, end); key > at {
		s.push(at, false)
		s.parts[len(s.parts)-1].items++
		return s.keyValue(at, key, end)
	}
	return s.value(at, end)
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

// keyEnd returns the offset of the colon after a key, or 0 if there is none.
func (s *flatScanner) keyEnd(at, end int) int {
	start := at
	for at < end && isFlatKey(s.src[at], at == start) {
		at++
	}
	if at == start || at == end || s.src[at] != ':' || at+1 < end && s.src[at+1] != ' ' || at-start > maxFlatKey {
		return 0
	}
	return at
}

// keyValue scans a key, whose colon is at an offset, and a value that may follow.
func (s *flatScanner) keyValue(at, colon, end int) bool {
	s.keys++
	s.add(s.part(flatKey, at), at, colon)
	at = s.skip(colon+1, end)
	if at == end || s.src[at] == '#' {
		s.open = true
		s.add(s.part(flatNull, colon+1), at, at)
		return true
	}
	return s.value(at, end)
}

const maxFlatKey = 128 // bytes; YAML has a limit, too

func isFlatKey(c byte, first bool) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || !first && (c >= '0' && c <= '9' || c == '-' || c == '.')
}

// value scans a scalar or a list in brackets up to the end of the line, or a
// comment.
func (s *flatScanner) value(at, end int) bool {
	if s.src[at] == '[' {
		return s.flowList(at, end)
	}
	if c := s.src[at]; c == '"' || c == '\'' {
		next := s.quoted(at, end)
		return next > 0 && s.isEnd(next, end)
	}
	if !s.isPlain(at, end) {
		return false
	}
	stop := at
	for ; stop < end; stop++ {
		switch c := s.src[stop]; {
		case c == ':' && (stop+1 == end || s.src[stop+1] == ' '):
			return false
		case c == '#' && s.src[stop-1] == ' ':
			end = stop
		}
	}
	s.addPlain(at, end)
	return true
}

// addPlain adds a plain scalar, without the blanks at its end.
func (s *flatScanner) addPlain(at, end int) {
	for s.src[end-1] == ' ' {
		end--
	}
	s.add(s.part(flatPlain, at), at, end)
}

// isEnd reports whether nothing but a comment follows.
func (s *flatScanner) isEnd(at, end int) bool {
	rest := s.skip(at, end)
	return rest == end || rest > at && s.src[rest] == '#'
}

// isPlain reports whether a plain scalar may begin here; some that YAML allows
// are left out.
func (s *flatScanner) isPlain(at, end int) bool {
	c := s.src[at]
	if c == '-' {
		return at+1 < end && isFlatKey(s.src[at+1], false)
	}
	return c >= 0x80 || isFlatKey(c, false) || strings.IndexByte("/($+~^;)", c) >= 0
}

// quoted scans a scalar in quotes without escapes, but for a doubled single
// quote, and returns the offset after it, or 0.
func (s *flatScanner) quoted(at, end int) int {
	quote, kind := s.src[at], flatQuoted
	for i := at + 1; i < end; i++ {
		switch c := s.src[i]; {
		case c == '\\' && quote == '"':
			return 0
		case c != quote:
		case quote == '\'' && i+1 < end && s.src[i+1] == quote:
			kind = flatEscaped
			i++
		default:
			s.add(s.part(kind, at), at+1, i)
			return i + 1
		}
	}
	return 0
}

// flowList scans a list in brackets that is all on this line.
func (s *flatScanner) flowList(at, end int) bool {
	list := len(s.parts)
	s.lists++
	s.depth = max(s.depth, len(s.levels))
	s.add(s.part(flatList, at), at, at)
	at = s.skip(at+1, end)
	if at < end && s.src[at] == ']' {
		return s.isEnd(at+1, end)
	}
	for at < end {
		s.parts[list].items++
		if at = s.flowItem(at, end); at == 0 || at == end {
			return false
		}
		if s.src[at] == ']' {
			return s.isEnd(at+1, end)
		}
		if s.src[at] != ',' {
			return false
		}
		at = s.skip(at+1, end)
	}
	return false
}

// flowItem scans an item of a list in brackets and returns the offset of what
// follows, blanks left out, or 0.
func (s *flatScanner) flowItem(at, end int) int {
	if c := s.src[at]; c == '"' || c == '\'' {
		next := s.quoted(at, end)
		if next == 0 {
			return 0
		}
		return s.skip(next, end)
	}
	if !s.isPlain(at, end) {
		return 0
	}
	n := bytes.IndexAny(s.src[at:end], ",]:#[{}?")
	if n < 0 || s.src[at+n] != ',' && s.src[at+n] != ']' {
		return 0
	}
	s.addPlain(at, at+n)
	return at + n
}
