package matter

// Lift returns a map with the entries of n, followed by those of the map under
// key that n has not itself. It returns n when there is no such map.
func (n *Node) Lift(key string) *Node {
	e, ok := n.Lookup(key)
	if !ok || e.Value == nil || e.Value.Kind != Map {
		return n
	}
	out := &Node{Kind: Map, Line: n.Line, Column: n.Column}
	for _, own := range n.Entries() {
		out.add(own)
	}
	for _, inner := range e.Value.Entries() {
		if out.find(inner.Key) < 0 {
			out.add(inner)
		}
	}
	return out
}
