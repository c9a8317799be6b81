package matter

import (
	"fmt"

	"github.com/jam-go/jam/internal/diag"
)

// A builder makes nodes, within limits. After a failure that makes going on
// pointless, failed is set.
type builder struct {
	limits Limits
	nodes  int
	slab   []Node // not yet in use
	errs   diag.List
	failed bool
}

// maxProblems is the number of problems after which reading is given up.
const maxProblems = 100

// problem records a problem after which reading can go on.
func (b *builder) problem(line, column int, format string, args ...any) {
	b.errs.Add(line, column, format, args...)
	b.failed = b.failed || len(b.errs) >= maxProblems
}

// fail records the problem that ends the work.
func (b *builder) fail(line, column int, format string, args ...any) {
	if !b.failed {
		b.failed = true
		b.errs.Add(line, column, format, args...)
	}
}

// node returns a new node, or nil when there are too many.
func (b *builder) node(kind Kind, line, column int) *Node {
	if !b.spend(1, line, column) {
		return nil
	}
	if len(b.slab) == 0 {
		b.slab = make([]Node, min(max(b.nodes, 8), 128))
	}
	n := &b.slab[0]
	b.slab = b.slab[1:]
	n.Kind, n.Line, n.Column = kind, line, column
	return n
}

// spend counts n nodes and reports whether they are within the limit.
func (b *builder) spend(n, line, column int) bool {
	if b.failed {
		return false
	}
	b.nodes += n
	if b.nodes > b.limits.MaxNodes {
		b.fail(line, column, "%w", beyond("MaxNodes", "more than %d values", b.limits.MaxNodes))
		return false
	}
	return true
}

// deeper reports whether a list or map at depth (the root's is 1) is allowed.
func (b *builder) deeper(depth, line, column int) bool {
	if depth > b.limits.MaxDepth {
		b.fail(line, column, "%w", b.tooDeep())
		return false
	}
	return true
}

func (b *builder) tooDeep() error {
	return beyond("MaxDepth", "lists and maps are nested more than %d deep", b.limits.MaxDepth)
}

// add puts an entry into a map, or reports that its key is there already.
func (b *builder) add(m *Node, e Entry) {
	if i := m.find(e.Key); i >= 0 {
		b.duplicate(e, m.Entries()[i])
		return
	}
	m.add(e)
}

func (b *builder) duplicate(e, first Entry) {
	b.problem(e.Line, e.Column, "duplicate key %s (first on line %d)", quoteKey(e.Key), first.Line)
}

func quoteKey(key string) string {
	const most = 60
	if len(key) > most {
		return fmt.Sprintf("%.*q…", most, key)
	}
	return fmt.Sprintf("%q", key)
}
