package matter

import "strings"

// Without returns a map without the entries of the given keys, whatever their case.
func (n *Node) Without(keys ...string) *Node {
	if n == nil || n.Kind != Map {
		return n
	}
	out := &Node{Kind: Map, Line: n.Line, Column: n.Column, name: n.name}
	for _, e := range n.entries {
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
