package matter

import (
	"slices"
	"strings"
)

// Without returns a map without the entries of the given keys, whatever their case.
func (n *Node) Without(keys ...string) *Node {
	return n.Keep(func(e Entry) bool {
		return !slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, e.Key) })
	})
}

// Keep returns a map with those of its entries that are wanted: the map itself if all are.
func (n *Node) Keep(wanted func(Entry) bool) *Node {
	if n == nil || n.Kind != Map || !slices.ContainsFunc(n.Entries(), func(e Entry) bool { return !wanted(e) }) {
		return n
	}
	out := &Node{Kind: Map, Line: n.Line, Column: n.Column, name: n.name}
	for _, e := range n.Entries() {
		if wanted(e) {
			out.add(e)
		}
	}
	return out
}

// At returns a deep copy of a tree in which values and keys without a position have the given one.
func (n *Node) At(line, column int) *Node {
	out := n.Offset(0)
	out.place(line, column)
	return out
}

func (n *Node) place(line, column int) {
	if n == nil {
		return
	}
	if n.Line == 0 {
		n.Line, n.Column = line, column
	}
	for i := range n.Entries() {
		if e := &n.Entries()[i]; e.Line == 0 {
			e.Line, e.Column = line, column
		}
		n.Entries()[i].Value.place(line, column)
	}
	for _, item := range n.Items() {
		item.place(line, column)
	}
}
