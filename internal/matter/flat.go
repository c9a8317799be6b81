package matter

import (
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
	case flatDoubled:
		n.Kind, n.text, n.quoted = String, strings.ReplaceAll(m.textOf(p), "''", "'"), true
	case flatEscaped:
		n.Kind, n.text, n.quoted = String, unescape(m.textOf(p)), true
	}
	return n
}

// unescape leaves out each backslash that stands before another character.
func unescape(text string) string {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
		}
		out = append(out, text[i])
	}
	return string(out)
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
