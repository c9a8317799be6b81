package matter

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Kind is the kind of a value.
type Kind uint8

// The kinds of values.
const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	Time
	List
	Map
)

var kindNames = [...]string{"null", "boolean", "integer", "number", "string", "date", "list", "map"}

// String returns the kind's name for messages, such as "integer".
func (k Kind) String() string { return kindNames[k] }

// Article returns the name with its article, such as "an integer".
func (k Kind) Article() string {
	switch k {
	case Null:
		return "null"
	case Int:
		return "an integer"
	}
	return "a " + k.String()
}

// Node is a value at its place in a file. Its methods accept a nil *Node, which
// stands for a value that is absent.
type Node struct {
	Kind   Kind
	quoted bool // String in quotes or a block
	zoned  bool // Time with a zone or offset
	big    bool // Int beyond int64, as decimal digits in text

	Line, Column int // from 1, columns in characters; 0 for a value that is not from a file

	name *string // key under which the value stands, for messages
	text string  // as described at Text
	num  uint64  // Bool: 0 or 1; Int: an int64; Float: IEEE 754 bits; Time: see instant
	more *more   // nil for most scalars
}

// more is what a Node of few kinds has.
type more struct {
	items   []*Node
	entries []Entry
	index   map[string]int // from key to entry, in a large map
	time    time.Time      // that is not a number of nanoseconds in UTC
}

// Entry is a key of a map, at the key's position, and its value.
type Entry struct {
	Key          string
	Line, Column int
	Value        *Node
}

// Entries returns a map's entries in the file's order, those of a YAML merge
// key at its place; nil for other kinds. The slice must not be modified.
func (n *Node) Entries() []Entry {
	if n == nil || n.more == nil {
		return nil
	}
	return n.more.entries
}

// Items returns a list's items; nil for other kinds. The slice must not be
// modified.
func (n *Node) Items() []*Node {
	if n == nil || n.more == nil {
		return nil
	}
	return n.more.items
}

// Get returns the value of exactly this key of a map, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	if i := n.find(key); i >= 0 {
		return n.more.entries[i].Value
	}
	return nil
}

// Lookup returns the entry of this key of a map, or else that of the first key
// that differs only in case.
func (n *Node) Lookup(key string) (Entry, bool) {
	if n == nil {
		return Entry{}, false
	}
	if i := n.find(key); i >= 0 {
		return n.more.entries[i], true
	}
	for _, e := range n.Entries() {
		if strings.EqualFold(e.Key, key) {
			return e, true
		}
	}
	return Entry{}, false
}

// Text returns the text of a scalar: of a String its characters, of other
// kinds what the file says (1.0, 0x1f, 2024-05-06), of Null, List and Map
// nothing.
func (n *Node) Text() string {
	if n == nil || n.Kind == Null {
		return ""
	}
	return n.text
}

// Quoted reports whether a String was written as one, in quotes or as a block,
// rather than as a plain YAML scalar that is nothing else.
func (n *Node) Quoted() bool { return n != nil && n.quoted }

// Zoned reports whether a Time was written with a zone or an offset.
func (n *Node) Zoned() bool { return n != nil && n.zoned }

// Value returns the value as a plain Go value that the caller may keep and
// change: nil, bool, int (int64, uint64 or *big.Int when it does not fit),
// float64, string, time.Time (in UTC when the file names no zone), []any or
// map[string]any.
func (n *Node) Value() any { return n.ValueIn(time.UTC) }

// ValueIn is like [Node.Value] with dates that name no zone taken to be in loc.
func (n *Node) ValueIn(loc *time.Location) any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Bool:
		return n.num != 0
	case Int:
		return n.intValue()
	case Float:
		return math.Float64frombits(n.num)
	case String:
		return n.text
	case Time:
		return n.timeIn(loc)
	case List:
		out := make([]any, len(n.Items()))
		for i, item := range n.Items() {
			out[i] = item.ValueIn(loc)
		}
		return out
	case Map:
		out := make(map[string]any, len(n.Entries()))
		for _, e := range n.Entries() {
			out[e.Key] = e.Value.ValueIn(loc)
		}
		return out
	}
	return nil
}

func (n *Node) intValue() any {
	if n.big {
		v, _ := new(big.Int).SetString(n.text, 10)
		if v.IsUint64() {
			return v.Uint64()
		}
		return v
	}
	v := int64(n.num)
	if int64(int(v)) == v {
		return int(v)
	}
	return v
}

// timeIn returns the time, read in loc if it is without zone.
func (n *Node) timeIn(loc *time.Location) time.Time { return inLocation(n.instant(), n.zoned, loc) }

// inLocation returns a time that, if it is without zone, is one of loc.
func inLocation(t time.Time, zoned bool, loc *time.Location) time.Time {
	if zoned || loc == nil || loc == time.UTC {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), loc)
}

// indexFrom is the number of entries from which a map has an index.
const indexFrom = 16

func (n *Node) find(key string) int {
	if n.more == nil {
		return -1
	}
	if n.more.index != nil {
		if i, ok := n.more.index[key]; ok {
			return i
		}
		return -1
	}
	for i := range n.more.entries {
		if n.more.entries[i].Key == key {
			return i
		}
	}
	return -1
}

// grow returns what the node has of [more], to change it.
func (n *Node) grow() *more {
	if n.more == nil {
		n.more = new(more)
	}
	return n.more
}

// add appends an entry whose key is new.
func (n *Node) add(e Entry) {
	m := n.grow()
	m.entries = append(m.entries, e)
	last := len(m.entries) - 1
	e.Value.rename(&m.entries[last].Key)
	switch {
	case m.index != nil:
		m.index[e.Key] = last
	case len(m.entries) == indexFrom:
		m.index = make(map[string]int, 2*indexFrom)
		for i := range m.entries {
			m.index[m.entries[i].Key] = i
		}
	}
}

// rename sets the name by which messages call a value, and the items of a list
// that have none yet (an alias shares its items with the anchor's list). A value
// that goes into a second map under the same key is only read, as it may be in
// use elsewhere.
func (n *Node) rename(name *string) {
	if n.name == nil || *n.name != *name {
		n.name = name
	}
	for _, item := range n.Items() {
		if item.name == nil || *item.name == "" {
			item.rename(name)
		}
	}
}

func (n *Node) setBool(v bool) {
	n.Kind, n.num = Bool, 0
	if v {
		n.num = 1
	}
}

func (n *Node) setFloat(v float64) { n.Kind, n.num = Float, math.Float64bits(v) }

// push appends an item to a list.
func (n *Node) push(item *Node) {
	m := n.grow()
	m.items = append(m.items, item)
}

// setTime takes a time, which is in UTC unless it is zoned.
func (n *Node) setTime(t time.Time, zoned bool) {
	n.Kind, n.zoned, n.num = Time, zoned, uint64(t.UnixNano())
	if n.more = nil; n.instant() != t {
		n.more = &more{time: t}
	}
}

// instant returns what setTime took, to the zone and the monotonic clock.
func (n *Node) instant() time.Time {
	if n.more != nil {
		return n.more.time
	}
	return time.Unix(0, int64(n.num)).UTC()
}

// maxDigits bounds integers, as converting long ones takes time quadratic in
// their length.
const maxDigits = 400

// setInt reads digits, which may have a sign; false if they are none.
func (n *Node) setInt(digits string, base int) bool {
	if v, err := strconv.ParseInt(digits, base, 64); err == nil {
		n.Kind, n.num = Int, uint64(v)
		return true
	}
	if len(digits) > maxDigits {
		return false
	}
	v, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return false
	}
	n.Kind, n.big, n.text = Int, true, v.String()
	return true
}
