package matter

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/diag"
	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// maxDecodedKeys is the number of keys up to which a TOML document is given to
// the library's decoder too: it looks for each key among all others, which
// takes time quadratic in their number.
const maxDecodedKeys = 10_000

// toml reads a TOML document; nil after an error.
//
// The expressions and their positions come from the library's parser, and its
// decoder has the last word on what is valid. The rules for keys and tables
// are checked here as well: to name the first of two duplicate keys, and for
// documents too large for the decoder.
func (b *builder) toml(block []byte, loc locator) *Node {
	r := tomlReader{builder: b, loc: loc, tables: map[*Node]tableState{}}
	root := r.read(block)
	if len(b.errs) == 0 && r.keys <= maxDecodedKeys {
		var decoded map[string]any
		if err := toml.Unmarshal(block, &decoded); err != nil {
			r.semanticError(err)
		}
	}
	if len(b.errs) == 0 && r.conflict != nil {
		b.errs = append(b.errs, r.conflict)
	}
	return root
}

// tomlParsers keeps the parsers' memory for nodes.
var tomlParsers = sync.Pool{New: func() any { return new(unstable.Parser) }}

type tomlReader struct {
	*builder
	src    []byte
	loc    locator
	parser *unstable.Parser
	tables map[*Node]tableState
	keys   int

	// conflict is the first thing that breaks a rule other than that of unique
	// keys; the decoder has a better message for it.
	conflict *diag.Error
}

// tableState says what may still be done to a table or a list of tables. Inline
// tables and lists of values have none, as they are complete.
type tableState uint8

const (
	implied  tableState = iota + 1 // by the header of a table in it
	headed                         // by its own header
	dotted                         // by a dotted key
	repeated                       // a list of tables
)

// read reads a document by the rules that are known here.
func (r *tomlReader) read(block []byte) *Node {
	r.src = block[:len(block):len(block)] // the parser computes offsets from capacities
	r.parser = tomlParsers.Get().(*unstable.Parser)
	r.parser.Reset(r.src)
	root := r.node(Map, r.loc.base+1, 1)
	table, depth := root, 1
	for table != nil && !r.failed && r.parser.NextExpression() {
		switch e := r.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table, depth = r.header(root, e)
		case unstable.KeyValue:
			r.keyValue(table, e, depth)
		}
	}
	if err := r.parser.Error(); err != nil {
		r.syntaxError(err)
	}
	r.parser.Reset(nil)
	tomlParsers.Put(r.parser)
	return root
}

// header returns the table that a [table] or [[list of tables]] begins, and
// its depth; nil after a conflict.
func (r *tomlReader) header(root *Node, e *unstable.Node) (table *Node, depth int) {
	table, depth = root, 1
	for it := e.Key(); it.Next(); {
		entry := r.key(it.Node())
		old := table.Get(entry.Key)
		isList := e.Kind == unstable.ArrayTable && it.IsLast()
		if depth++; isList || old != nil && old.Kind == List {
			depth++
		}
		if !r.deeper(depth, entry.Line, entry.Column) {
			return nil, 0
		}
		switch {
		case isList:
			table = r.appendTable(table, old, entry)
		case it.IsLast():
			table = r.openTable(table, entry)
		case old == nil:
			table = r.newTable(table, entry, implied)
		case r.tables[old] == repeated:
			table = old.Items()[len(old.Items())-1]
		case r.tables[old] != 0:
			table = old
		default:
			table = nil
		}
		if table == nil {
			r.twoMeanings(entry)
			return nil, 0
		}
	}
	return table, depth
}

// newTable adds a table under a key that the parent lacks.
func (r *tomlReader) newTable(parent *Node, e Entry, state tableState) *Node {
	if e.Value = r.node(Map, e.Line, e.Column); e.Value != nil {
		r.tables[e.Value] = state
		parent.add(e)
	}
	return e.Value
}

// openTable returns the table of a [table], nil if something else is there.
func (r *tomlReader) openTable(parent *Node, e Entry) *Node {
	i := parent.find(e.Key)
	if i < 0 {
		return r.newTable(parent, e, headed)
	}
	first := &parent.more.entries[i]
	switch r.tables[first.Value] {
	case implied:
		r.tables[first.Value] = headed
		first.Line, first.Column = e.Line, e.Column
		first.Value.Line, first.Value.Column = e.Line, e.Column
	case headed:
		r.problem(e.Line, e.Column, "duplicate table %s (first on line %d)", quoteKey(e.Key), first.Line)
	default:
		return nil
	}
	return first.Value
}

// appendTable adds a table to the list of a [[list of tables]].
func (r *tomlReader) appendTable(parent, old *Node, e Entry) *Node {
	if old == nil {
		if old = r.node(List, e.Line, e.Column); old == nil {
			return nil
		}
		e.Value = old
		r.tables[old] = repeated
		parent.add(e)
	} else if r.tables[old] != repeated {
		return nil
	}
	item := r.node(Map, e.Line, e.Column)
	if item != nil {
		item.name = old.name
		old.push(item)
	}
	return item
}

// keyValue puts key = value, the key maybe dotted, into a table at depth, and
// returns the offset after the value.
func (r *tomlReader) keyValue(table *Node, e *unstable.Node, depth int) (end int) {
	last := 0
	for it := e.Key(); it.Next(); {
		last = int(it.Node().Raw.Offset + it.Node().Raw.Length)
	}
	for it := e.Key(); it.Next(); {
		entry := r.key(it.Node())
		if it.IsLast() {
			entry.Value, end = r.value(e.Value(), r.skip(last, " \t="), depth+1)
			if entry.Value != nil {
				r.add(table, entry)
			}
			return end
		}
		depth++
		if !r.deeper(depth, entry.Line, entry.Column) {
			return last
		}
		old := table.Get(entry.Key)
		switch {
		case old == nil:
			table = r.newTable(table, entry, dotted)
		case r.tables[old] == dotted:
			table = old
		default:
			table = nil
		}
		if table == nil {
			r.twoMeanings(entry)
			return last
		}
	}
	return last
}

// twoMeanings records that a key is a table and something else.
func (r *tomlReader) twoMeanings(e Entry) {
	r.conflicts(e.Line, e.Column, "%s is defined already, in a way that allows no additions", quoteKey(e.Key))
}

func (r *tomlReader) conflicts(line, column int, format string, args ...any) {
	if r.conflict == nil {
		r.conflict = diag.At(line, column, "invalid TOML: "+format, args...)
	}
}

func (r *tomlReader) key(k *unstable.Node) (e Entry) {
	e.Line, e.Column = r.loc.at(int(k.Raw.Offset))
	e.Key = string(k.Data)
	r.keys++
	return e
}

// value reads the value at an offset, which the parser does not keep for
// every kind, and returns the offset after it.
func (r *tomlReader) value(v *unstable.Node, off, depth int) (n *Node, end int) {
	line, column := r.loc.at(off)
	if n = r.node(Null, line, column); n == nil {
		return nil, off
	}
	if v.Kind != unstable.Array && v.Kind != unstable.InlineTable {
		if !n.setTOML(v.Kind, string(v.Data)) {
			r.conflicts(line, column, "%s is not a valid value", quoteKey(n.text))
		}
		return n, int(v.Raw.Offset + v.Raw.Length)
	}
	if !r.deeper(depth, line, column) {
		return nil, off
	}
	n.Kind = List
	if v.Kind == unstable.InlineTable {
		n.Kind = Map
	}
	end = r.skip(off+1, betweenTOML)
	for it := v.Children(); it.Next() && !r.failed; {
		if n.Kind == Map {
			end = r.keyValue(n, it.Node(), depth)
		} else {
			var item *Node
			if item, end = r.value(it.Node(), end, depth+1); item != nil {
				n.push(item)
			}
		}
		end = r.skip(end, betweenTOML)
	}
	return n, end + 1 // the closing bracket
}

// betweenTOML is what stands between the items of a list, beside comments.
const betweenTOML = " \t\r\n,"

// skip returns the offset of the first byte, from off, that is neither in set
// nor in a comment.
func (r *tomlReader) skip(off int, set string) int {
	for ; off < len(r.src); off++ {
		if r.src[off] == '#' {
			for off+1 < len(r.src) && r.src[off] != '\n' {
				off++
			}
		} else if strings.IndexByte(set, r.src[off]) < 0 {
			break
		}
	}
	return off
}

// setTOML takes a scalar; false if it is none.
func (n *Node) setTOML(kind unstable.Kind, text string) bool {
	n.text = text
	switch kind {
	case unstable.Bool:
		n.setBool(text == "true")
	case unstable.Integer:
		return n.setTOMLInt() && !n.big
	case unstable.Float:
		return n.setTOMLFloat()
	case unstable.LocalDate, unstable.LocalDateTime, unstable.DateTime:
		return n.setTimestamp()
	case unstable.LocalTime:
		n.Kind = String
	default:
		n.Kind, n.quoted = String, true
	}
	return true
}

func (n *Node) setTOMLInt() bool {
	digits := strings.ReplaceAll(n.text, "_", "")
	if len(digits) > 2 && digits[0] == '0' {
		switch digits[1] {
		case 'x':
			return n.setInt(digits[2:], 16)
		case 'o':
			return n.setInt(digits[2:], 8)
		case 'b':
			return n.setInt(digits[2:], 2)
		}
	}
	return n.setInt(digits, 10)
}

func (n *Node) setTOMLFloat() bool {
	switch digits := strings.ReplaceAll(n.text, "_", ""); digits {
	case "inf", "+inf":
		n.setFloat(math.Inf(1))
	case "-inf":
		n.setFloat(math.Inf(-1))
	case "nan", "+nan", "-nan":
		n.setFloat(math.NaN())
	default:
		f, err := strconv.ParseFloat(digits, 64)
		n.setFloat(f)
		return err == nil
	}
	return true
}

func (r *tomlReader) syntaxError(err error) {
	off, message := 0, err.Error()
	if e, ok := errors.AsType[*unstable.ParserError](err); ok {
		off = cap(r.src) - cap(e.Highlight)
	}
	line, column := r.loc.at(off)
	r.fail(line, column, "invalid TOML: %s", message)
}

func (r *tomlReader) semanticError(err error) {
	e, ok := errors.AsType[*toml.DecodeError](err)
	if !ok {
		r.fail(r.loc.base+1, 1, "invalid TOML: %w", err)
		return
	}
	number, column := e.Position() // the column in bytes
	off := 0
	for line := 1; line < number; line++ {
		off += 1 + bytes.IndexByte(r.src[off:], '\n')
	}
	line, column := r.loc.at(off + column - 1)
	r.fail(line, column, "invalid TOML: %s", strings.TrimPrefix(e.Error(), "toml: "))
}
