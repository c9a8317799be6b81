package matter

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Offset returns a deep copy of a tree with its lines, as far as they are
// known, raised.
func (n *Node) Offset(lines int) *Node {
	if n == nil {
		return nil
	}
	out := *n
	out.Line = raised(n.Line, lines)
	if n.more == nil {
		return &out
	}
	m := &more{index: maps.Clone(n.more.index), time: n.more.time}
	out.more = m
	if n.Items() != nil {
		m.items = make([]*Node, len(n.Items()))
		for i, item := range n.Items() {
			m.items[i] = item.Offset(lines)
		}
	}
	if n.Entries() != nil {
		m.entries = make([]Entry, len(n.Entries()))
		for i, e := range n.Entries() {
			e.Line, e.Value = raised(e.Line, lines), e.Value.Offset(lines)
			m.entries[i] = e
		}
	}
	return &out
}

func raised(line, by int) int {
	if line > 0 {
		line += by
	}
	return line
}

// Merge returns a map with the entries of own, which may be nil, followed by
// those of each inherited map whose keys are not there yet. Keys are compared
// without regard to case. A map under the key params, and only that, is merged
// with inherited ones in the same way. The map's position is that of own, or
// line 1, column 1. What is inherited and not a map counts for nothing; when that
// leaves nothing to inherit, and when own is neither nil nor a map, Merge returns
// own.
func Merge(own *Node, inherited ...*Node) *Node {
	return merge(own, inherited, true)
}

func merge(own *Node, inherited []*Node, params bool) *Node {
	size := 0
	for _, n := range inherited {
		if n != nil && n.Kind == Map {
			size += len(n.Entries())
		}
	}
	if size == 0 || own != nil && own.Kind != Map {
		return own
	}
	size += len(own.Entries())
	m := merger{params: params, seen: make(map[string]int, size)}
	m.out = &Node{Kind: Map, Line: 1, Column: 1, more: &more{entries: make([]Entry, 0, size)}}
	if own != nil {
		m.out.Line, m.out.Column, m.out.name = own.Line, own.Column, own.name
		for _, e := range own.Entries() {
			m.add(foldKey(e.Key), e)
		}
	}
	for _, n := range inherited {
		if n != nil && n.Kind == Map {
			m.inherit(n)
		}
	}
	return m.out
}

type merger struct {
	out    *Node
	seen   map[string]int // from key, without case, to the first such entry
	params bool           // whether to merge the maps under params
}

func (m *merger) add(key string, e Entry) {
	if _, ok := m.seen[key]; !ok {
		m.seen[key] = len(m.out.Entries())
	}
	m.out.add(e)
}

func (m *merger) inherit(n *Node) {
	for _, e := range n.Entries() {
		key := foldKey(e.Key)
		i, ok := m.seen[key]
		switch {
		case !ok:
			m.add(key, e)
		case m.params && key == "params":
			own := &m.out.Entries()[i].Value
			*own = merge(*own, []*Node{e.Value}, false)
		}
	}
}

// foldKey returns what keys that differ only in case, as strings.EqualFold has
// it, have in common; for one in small letters of ASCII it is the key.
func foldKey(key string) string {
	for i := 0; i < len(key); i++ {
		if c := key[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.Map(foldRune, key)
		}
	}
	return key
}

// foldRune returns the least of the characters that are the same but for case,
// or the small letter if that is one of ASCII.
func foldRune(r rune) rune {
	next := unicode.SimpleFold(r)
	for next > r {
		r, next = next, unicode.SimpleFold(next)
	}
	if 'A' <= next && next <= 'Z' {
		return next - 'A' + 'a'
	}
	return next
}
