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
	Kind         Kind
	Line, Column int // from 1, columns in characters; 0 for a value that is not from a file

	name    string    // key under which the value stands, for messages
	text    string    // as described at Text
	quoted  bool      // String in quotes or a block
	zoned   bool      // Time with a zone or offset
	big     bool      // Int beyond int64, as decimal digits in text
	num     uint64    // Bool: 0 or 1; Int: an int64; Float: IEEE 754 bits
	time    time.Time // Time; in UTC unless zoned
	items   []*Node
	entries []Entry
	index   map[string]int // from key to entry, in a large map
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
	if n == nil {
		return nil
	}
	return n.entries
}

// Items returns a list's items; nil for other kinds. The slice must not be
// modified.
func (n *Node) Items() []*Node {
	if n == nil {
		return nil
	}
	return n.items
}

// Get returns the value of exactly this key of a map, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	if i := n.find(key); i >= 0 {
		return n.entries[i].Value
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
		return n.entries[i], true
	}
	for _, e := range n.entries {
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
		out := make([]any, len(n.items))
		for i, item := range n.items {
			out[i] = item.ValueIn(loc)
		}
		return out
	case Map:
		out := make(map[string]any, len(n.entries))
		for _, e := range n.entries {
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
func (n *Node) timeIn(loc *time.Location) time.Time {
	if n.zoned || loc == nil || loc == time.UTC {
		return n.time
	}
	t := n.time
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), loc)
}

// indexFrom is the number of entries from which a map has an index.
const indexFrom = 16

func (n *Node) find(key string) int {
	if n.index != nil {
		if i, ok := n.index[key]; ok {
			return i
		}
		return -1
	}
	for i := range n.entries {
		if n.entries[i].Key == key {
			return i
		}
	}
	return -1
}

// add appends an entry whose key is new.
func (n *Node) add(e Entry) {
	e.Value.rename(e.Key)
	n.entries = append(n.entries, e)
	switch {
	case n.index != nil:
		n.index[e.Key] = len(n.entries) - 1
	case len(n.entries) == indexFrom:
		n.index = make(map[string]int, 2*indexFrom)
		for i := range n.entries {
			n.index[n.entries[i].Key] = i
		}
	}
}

// rename sets the name by which messages call a value, and the items of a list
// that have none yet (an alias shares its items with the anchor's list). A value
// that goes into a second map under the same key is only read, as it may be in
// use elsewhere.
func (n *Node) rename(name string) {
	if n.name != name {
		n.name = name
	}
	for _, item := range n.items {
		if item.name == "" {
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

func (n *Node) setTime(t time.Time, zoned bool) { n.Kind, n.time, n.zoned = Time, t, zoned }

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
