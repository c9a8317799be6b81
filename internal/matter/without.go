package matter

import "strings"

// Without returns a map without the entries of the given keys, whatever their case.
func (n *Node) Without(keys ...string) *Node {
	if n == nil || n.Kind != Map {
		return n
	}
	out := &Node{Kind: Map, Line: n.Line, Column: n.Column, name: n.name}
	for _, e := range n.Entries() {
		left := false
		for _, k := range keys {
			left = left || strings.EqualFold(k, e.Key)
		}
		if !left {
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
