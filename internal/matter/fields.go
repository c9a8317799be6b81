package matter

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"go.yaml.in/yaml/v4"
)

// structInfo is what decoding needs to know of a struct type.
type structInfo struct {
	name   string // of the type, "" if it has none
	fields []field
	byName map[string]int
	byFold map[string]int // by lower-case name
	rest   []int          // index path of the map for other keys, or nil
}

type field struct {
	name        string
	tagged      bool
	index       []int
	typ         reflect.Type
	required    bool
	defaultNode *Node
}

// find returns the field of a key, or -1.
func (i *structInfo) find(key string) int {
	if f, ok := i.byName[key]; ok {
		return f
	}
	if f, ok := i.byFold[strings.ToLower(key)]; ok {
		return f
	}
	return -1
}

// names returns the names of the fields, for suggestions.
func (i *structInfo) names() []string {
	out := make([]string, len(i.fields))
	for f := range i.fields {
		out[f] = i.fields[f].name
	}
	return out
}

// A typeScanner collects the struct types that are reached from a type.
type typeScanner struct {
	*Decoder
	errs diag.List
}

var unmarshalers = [...]reflect.Type{
	reflect.TypeFor[yaml.Unmarshaler](),
	reflect.TypeFor[encoding.TextUnmarshaler](),
	reflect.TypeFor[json.Unmarshaler](),
}

// scan looks at a type; where says in messages what has it.
func (s *typeScanner) scan(t reflect.Type, where string) {
	if isUnmarshaler(t) {
		return
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		s.scan(t.Elem(), where)
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			s.errs.Add(0, 0, "%s: the keys of a map must be strings, not %v", where, t.Key())
		}
		s.scan(t.Elem(), where)
	case reflect.Struct:
		s.scanStruct(t)
	case reflect.Interface:
		if t.NumMethod() > 0 {
			s.errs.Add(0, 0, "%s: cannot decode into the interface %v", where, t)
		}
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer, reflect.Invalid:
		s.errs.Add(0, 0, "%s: cannot decode into %v", where, t)
	}
}

func (s *typeScanner) scanStruct(t reflect.Type) {
	if s.structs[t] != nil {
		return
	}
	info := &structInfo{name: t.Name(), byName: map[string]int{}, byFold: map[string]int{}}
	if i := strings.IndexByte(info.name, '['); i >= 0 {
		info.name = info.name[:i] // without the type arguments, which have long paths
	}
	s.structs[t] = info
	s.collect(info, t, t, nil)
	for i, f := range info.fields {
		info.byName[f.name] = i
		if low := strings.ToLower(f.name); !contains(info.byFold, low) {
			info.byFold[low] = i
		}
		s.scan(f.typ, t.String()+"."+f.name)
	}
}

func contains(m map[string]int, key string) bool {
	_, ok := m[key]
	return ok
}

// isUnmarshaler reports whether a type decodes itself.
func isUnmarshaler(t reflect.Type) bool {
	if t == timeType || t == durationType {
		return true
	}
	return slices.ContainsFunc(unmarshalers[:], reflect.PointerTo(t).Implements)
}

// collect adds the fields of t, which is reached from the struct type outer by
// an index path, to info.
func (s *typeScanner) collect(info *structInfo, outer, t reflect.Type, path []int) {
	for i := range t.NumField() {
		sf := t.Field(i)
		index := append(slices.Clone(path), i)
		name, inline, tagged := fieldName(sf)
		where := t.String() + "." + sf.Name
		inner := sf.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case name == "-":
		case (inline || sf.Anonymous && !tagged) && inner.Kind() == reflect.Struct && !isUnmarshaler(inner):
			if sf.Type != inner && !sf.IsExported() {
				s.errs.Add(0, 0, "%s: cannot decode into an embedded pointer to a type that is not exported", where)
			} else if inner == outer || len(path) > 16 {
				s.errs.Add(0, 0, "%s: the struct is inlined into itself", where)
			} else {
				s.collect(info, outer, inner, index)
			}
		case !sf.IsExported():
			if tagged {
				s.errs.Add(0, 0, "%s: the field has a tag but is not exported", where)
			}
		case inline && sf.Type.Kind() == reflect.Map:
			if info.rest != nil {
				s.errs.Add(0, 0, "%s: a second inline map", where)
			}
			info.rest = index
			s.scan(sf.Type, where)
		case inline:
			s.errs.Add(0, 0, "%s: only a struct or a map can be inline, not %v", where, sf.Type)
		default:
			s.addField(info, sf, field{name: name, tagged: tagged, index: index, typ: sf.Type}, where)
		}
	}
}

// addField adds a field, unless one of that name is less deeply embedded.
func (s *typeScanner) addField(info *structInfo, sf reflect.StructField, f field, where string) {
	switch v, ok := sf.Tag.Lookup("required"); {
	case ok && v == "true":
		f.required = true
	case ok && v != "false":
		s.errs.Add(0, 0, "%s: the tag required wants true or false, have %q", where, v)
	}
	if text, ok := sf.Tag.Lookup("default"); ok {
		f.defaultNode = s.defaultNode(text, sf.Type, where)
	}
	i := slices.IndexFunc(info.fields, func(old field) bool { return old.name == f.name })
	switch {
	case i < 0:
		info.fields = append(info.fields, f)
	case len(info.fields[i].index) > len(f.index):
		info.fields[i] = f
	case len(info.fields[i].index) == len(f.index):
		s.errs.Add(0, 0, "%s: another field has the name %q too", where, f.name)
	}
}

// fieldName returns the name that a field's tags give it, or else its own.
func fieldName(sf reflect.StructField) (name string, inline, tagged bool) {
	for _, key := range []string{"yaml", "toml", "json"} {
		tag, ok := sf.Tag.Lookup(key)
		if !ok {
			continue
		}
		first, options, _ := strings.Cut(tag, ",")
		if slices.Contains(strings.Split(options, ","), "inline") {
			inline = true
		}
		if name == "" {
			name = first
		}
	}
	if name == "" {
		return sf.Name, inline, false
	}
	return name, inline, true
}

// defaultNode reads the text of a default tag.
func (s *typeScanner) defaultNode(text string, t reflect.Type, where string) *Node {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.String || t == durationType {
		return &Node{Kind: String, text: text}
	}
	n, err := ParseData(YAML, []byte(text))
	if err != nil {
		s.errs.Add(0, 0, "%s: default %q: %w", where, text, err)
		return nil
	}
	return n
}

// checkDefaults reports the defaults that their fields do not accept.
func (s *typeScanner) checkDefaults() {
	for t, info := range s.structs {
		for _, f := range info.fields {
			if f.defaultNode == nil {
				continue
			}
			try := decoding{Decoder: s.Decoder}
			try.value(f.defaultNode, reflect.New(f.typ).Elem())
			for _, e := range try.errs {
				s.errs = append(s.errs, &diag.Error{Err: fmt.Errorf("%v.%s: default %q: %w", t, f.name, f.defaultNode.text, e.Err)})
			}
		}
	}
	s.errs.Sort()
}
