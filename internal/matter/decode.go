package matter

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/suggest"
)

// DecodeOptions says how to decode into a struct. The zero value is good.
type DecodeOptions struct {
	// Location is that of dates without a zone; nil means UTC.
	Location *time.Location

	// Strict makes keys without a field errors.
	Strict bool

	// Ignore, if not nil, reports the keys of the outermost map that are known
	// elsewhere: without a field they are neither refused nor put into an inline
	// map.
	Ignore func(key string) bool

	// Known are names beside the fields' to suggest for an unknown key of the
	// outermost map.
	Known []string

	// TypeName is the name of the outermost type in messages; "" means that
	// which it has in Go.
	TypeName string

	// Hook, if not nil, may decode a value instead: it is called for every
	// value before anything else, and reports whether it has taken it. Its
	// error is given the value's position unless it has one.
	Hook func(n *Node, into reflect.Value) (taken bool, err error)
}

// Decode decodes a map into the struct, or other value, that into points to.
// To decode many values of one type, keep a [Decoder]. The errors are all that
// there are, or the first 100; those that are mistakes in the type itself have
// no position.
func Decode(n *Node, into any, opt DecodeOptions) diag.List {
	d, err := NewDecoder(reflect.TypeOf(into), opt)
	if err != nil {
		return diag.Of(err)
	}
	return d.Decode(n, into)
}

// Decoder decodes nodes into values of one type. It may be used concurrently
// if the Ignore and Hook of its options may.
//
// A key belongs to the field whose yaml tag names it, or else the toml tag, or
// else the json tag, or else to the field of that name: to the one that fits
// exactly or else but for case. Two keys for one field are an error. The name
// "-" excludes a field. An
// embedded struct without a name in a tag, and a struct field tagged ",inline",
// count as their fields; a map tagged ",inline" takes the keys that have no
// field. The tag `required:"true"` makes a key without a value, or none, an
// error. The tag `default:"text"` gives the value of a field that is zero and
// whose key is absent, by the same rules; the text is a YAML value, or taken as
// it is for a string.
//
// A scalar of any kind decodes into a string as the text that the file has,
// and a scalar into a slice as its only item; integers must be within the
// range of their type; a string such as 1h30m decodes into a time.Duration; and
// time.Time, encoding.TextUnmarshaler, yaml.Unmarshaler and json.Unmarshaler
// are respected. Null is like an absent key, but clears pointers, slices, maps
// and interfaces. What no key is given for keeps the value that it had; slices
// and maps reached from it are copied, not changed.
type Decoder struct {
	typ     reflect.Type
	opt     DecodeOptions
	structs map[reflect.Type]*structInfo
}

// NewDecoder returns a Decoder for values that pointers of type typ point to.
// The error lists the mistakes in the type: fields that can not be decoded
// into, names used twice and defaults that their fields do not accept.
func NewDecoder(typ reflect.Type, opt DecodeOptions) (*Decoder, error) {
	if typ == nil || typ.Kind() != reflect.Pointer {
		return nil, diag.List{diag.At(0, 0, "can only decode into a pointer, not %v", typ)}
	}
	d := &Decoder{typ: typ, opt: opt, structs: map[reflect.Type]*structInfo{}}
	s := typeScanner{Decoder: d}
	s.scan(typ.Elem(), typ.Elem().String())
	s.checkDefaults()
	if len(s.errs) > 0 {
		return nil, s.errs
	}
	return d, nil
}

// Decode decodes a node into what into, a pointer of the decoder's type, points
// to. A nil node is an empty map without position.
func (d *Decoder) Decode(n *Node, into any) diag.List {
	v := reflect.ValueOf(into)
	if reflect.TypeOf(into) != d.typ || v.IsNil() {
		return diag.List{diag.At(0, 0, "can only decode into a %v that is not nil", d.typ)}
	}
	if n == nil {
		n = &Node{Kind: Map}
	}
	s := decoding{Decoder: d}
	s.all(n, v.Elem())
	s.errs.Sort()
	return s.errs
}

// all decodes the outermost value. A panic of a type's own method becomes an
// error.
func (s *decoding) all(n *Node, v reflect.Value) {
	defer func() {
		if r := recover(); r != nil {
			s.report(n.Line, n.Column, "decoding panicked: %v", r)
		}
	}()
	s.value(n, v)
}

// decoding is one run of a Decoder.
type decoding struct {
	*Decoder
	path []step // down to the value at hand
	errs diag.List
}

// step is a key of a map or an index of a list.
type step struct {
	key    string
	index  int
	isItem bool
}

// fail reports an error of a value, with its path.
func (s *decoding) fail(n *Node, err error) {
	e, ok := err.(*diag.Error)
	if !ok {
		e = &diag.Error{Line: n.Line, Column: n.Column, Err: err}
	}
	s.report(e.Line, e.Column, "%w", e.Err)
}

func (s *decoding) report(line, column int, format string, args ...any) {
	if len(s.errs) >= maxProblems {
		return
	}
	err := fmt.Errorf(format, args...)
	if len(s.path) > 0 {
		err = fmt.Errorf("%s: %w", s.where(), err)
	}
	s.errs = append(s.errs, &diag.Error{Line: line, Column: column, Err: err})
}

// where returns the path as in authors[0].name.
func (s *decoding) where() string {
	var b strings.Builder
	for i, p := range s.path {
		switch {
		case p.isItem:
			fmt.Fprintf(&b, "[%d]", p.index)
			continue
		case i > 0:
			b.WriteByte('.')
		}
		b.WriteString(p.key)
	}
	return b.String()
}

// part decodes a part of the value at hand.
func (s *decoding) part(at step, n *Node, v reflect.Value) {
	s.path = append(s.path, at)
	s.value(n, v)
	s.path = s.path[:len(s.path)-1]
}

// value decodes any node into any value.
func (s *decoding) value(n *Node, v reflect.Value) {
	if s.opt.Hook != nil {
		if taken, err := s.opt.Hook(n, v); taken {
			if err != nil {
				s.fail(n, err)
			}
			return
		}
	}
	if n.Kind == Null {
		switch v.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
			v.SetZero()
		}
		return
	}
	if v.Kind() == reflect.Pointer {
		p := reflect.New(v.Type().Elem())
		if !v.IsNil() {
			p.Elem().Set(v.Elem())
		}
		s.value(n, p.Elem())
		v.Set(p)
		return
	}
	if taken, err := s.special(n, v); taken {
		if err != nil {
			s.fail(n, err)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		s.structure(n, v)
	case reflect.Map:
		s.mapping(n, v)
	case reflect.Slice, reflect.Array:
		s.list(n, v)
	default:
		if err := s.scalar(n, v); err != nil {
			s.fail(n, err)
		}
	}
}

func (s *decoding) list(n *Node, v reflect.Value) {
	items := n.Items()
	if n.Kind != List {
		if n.Kind == Map {
			s.fail(n, n.want("a list"))
			return
		}
		items = []*Node{n}
		if n.blank() {
			items = nil
		}
	}
	target := v
	if v.Kind() == reflect.Slice {
		target = reflect.MakeSlice(v.Type(), len(items), len(items))
	} else if len(items) != v.Len() {
		s.fail(n, fmt.Errorf("want %d items, have %d", v.Len(), len(items)))
		return
	}
	for i, item := range items {
		if n.Kind != List {
			s.value(item, target.Index(i))
			continue
		}
		s.part(step{index: i, isItem: true}, item, target.Index(i))
	}
	v.Set(target)
}

func (s *decoding) mapping(n *Node, v reflect.Value) {
	if n.Kind != Map {
		s.fail(n, n.want("a map"))
		return
	}
	copyMap(v, len(n.Entries()))
	for _, e := range n.Entries() {
		s.mapEntry(e, v)
	}
}

// copyMap replaces a map, maybe nil, by a copy with room for more.
func copyMap(v reflect.Value, more int) {
	m := reflect.MakeMapWithSize(v.Type(), v.Len()+more)
	for it := v.MapRange(); it.Next(); {
		m.SetMapIndex(it.Key(), it.Value())
	}
	v.Set(m)
}

func (s *decoding) mapEntry(e Entry, m reflect.Value) {
	elem := reflect.New(m.Type().Elem()).Elem()
	s.part(step{key: e.Key}, e.Value, elem)
	m.SetMapIndex(reflect.ValueOf(e.Key).Convert(m.Type().Key()), elem)
}

func (s *decoding) structure(n *Node, v reflect.Value) {
	if n.Kind != Map {
		s.fail(n, n.want("a map"))
		return
	}
	info := s.structs[v.Type()]
	if info.rest != nil && len(n.Entries()) > 0 {
		copyMap(fieldOf(v, info.rest), 0)
	}
	taken := make([]int, len(info.fields)) // 1 + the index of the field's entry
	for i, e := range n.Entries() {
		f := info.find(e.Key)
		switch {
		case f < 0:
			s.noField(e, v, info)
		case taken[f] > 0:
			first := n.Entries()[taken[f]-1]
			s.report(e.Line, e.Column, "the keys %q and %q (line %d) are for the same field", e.Key, first.Key, first.Line)
		default:
			taken[f] = i + 1
			s.part(step{key: e.Key}, e.Value, fieldOf(v, info.fields[f].index))
		}
	}
	for i := range info.fields {
		var e *Entry
		if taken[i] > 0 {
			e = &n.Entries()[taken[i]-1]
		}
		s.absent(n, v, &info.fields[i], e)
	}
}

// absent sees to a field whose entry is e or, if it has none, nil.
func (s *decoding) absent(n *Node, v reflect.Value, f *field, e *Entry) {
	if e != nil && e.Value.Kind != Null {
		return
	}
	if f.defaultNode != nil {
		if into := fieldOf(v, f.index); into.IsZero() {
			s.part(step{key: f.name}, f.defaultNode, into)
		}
		return
	}
	switch {
	case !f.required:
	case e != nil:
		s.report(e.Line, e.Column, "%q needs a value", f.name)
	default:
		s.report(n.Line, n.Column, "the key %q is missing", f.name)
	}
}

// noField sees to an entry that belongs to no field.
func (s *decoding) noField(e Entry, v reflect.Value, info *structInfo) {
	outermost := len(s.path) == 0
	switch {
	case outermost && s.opt.Ignore != nil && s.opt.Ignore(e.Key):
		return
	case info.rest != nil:
		s.mapEntry(e, fieldOf(v, info.rest))
		return
	case !s.opt.Strict || len(s.errs) >= maxProblems:
		return
	}
	name, known := info.name, info.names()
	if outermost {
		known = append(known, s.opt.Known...)
		if s.opt.TypeName != "" {
			name = s.opt.TypeName
		}
	}
	in := ""
	if name != "" {
		in = " in " + name
	}
	s.report(e.Line, e.Column, "unknown key %q%s%s", e.Key, in, suggest.DidYouMean(e.Key, known))
}

// fieldOf returns a field by its index path, making embedded pointers.
func fieldOf(v reflect.Value, index []int) reflect.Value {
	for i, x := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}
