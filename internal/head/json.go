package head

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// object is a JSON object that is being written.
type object struct {
	w        *writer
	override map[string]any // properties that are not written, as extra has others
	empty    bool
}

// object begins a node of a type. Nodes in a graph are separated.
func (w *writer) object(typ string) object { return w.main(&Page{}, typ) }

// main begins the node that p.Schema belongs to.
func (w *writer) main(p *Page, typ string) object {
	if n := len(w.buf); n > 0 && w.buf[n-1] == '}' {
		w.buf = append(w.buf, ',')
	}
	w.buf = append(w.buf, '{')
	o := object{w: w, override: p.Schema, empty: true}
	o.str("@type", typ)
	return o
}

func (o *object) end() { o.w.buf = append(o.w.buf, '}') }

// key begins a property; it is false if the property is not to be written.
func (o *object) key(name string) bool {
	if len(o.override) > 0 {
		if v, ok := o.override[name]; ok && (v != nil || name != "@type") {
			return false
		}
	}
	o.rawKey(name)
	return true
}

func (o *object) rawKey(name string) {
	if !o.empty {
		o.w.buf = append(o.w.buf, ',')
	}
	o.empty = false
	o.w.quote(name)
	o.w.buf = append(o.w.buf, ':')
}

// str adds a property if its value has text.
func (o *object) str(name, value string) {
	if hasText(value) && o.key(name) {
		o.w.quote(value)
	}
}

func (o *object) int(name string, value int) {
	if o.key(name) {
		o.w.buf = strconv.AppendInt(o.w.buf, int64(value), 10)
	}
}

// list adds a property with the values that have text, if there are any.
func (o *object) list(name string, values []string) {
	n := 0
	for _, v := range values {
		if !hasText(v) {
			continue
		}
		if n == 0 {
			if !o.key(name) {
				return
			}
			o.w.buf = append(o.w.buf, '[')
		} else {
			o.w.buf = append(o.w.buf, ',')
		}
		n++
		o.w.quote(v)
	}
	if n > 0 {
		o.w.buf = append(o.w.buf, ']')
	}
}

// extra adds the properties of m, in order of their names. What is nil, or cannot be
// JSON, is left out.
func (o *object) extra(m map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if m[name] == nil {
			continue
		}
		if b, err := json.Marshal(m[name]); err == nil {
			o.rawKey(name)
			o.w.buf = append(o.w.buf, b...)
		}
	}
}

// quote adds a JSON string that can stand in a script element.
func (w *writer) quote(s string) {
	const hex = "0123456789abcdef"
	w.buf = append(w.buf, '"')
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == '"', c == '\\':
				w.buf = append(w.buf, '\\', c)
			case c == '\n':
				w.buf = append(w.buf, '\\', 'n')
			case c < ' ', c == '<', c == '>', c == '&', c == 0x7F:
				w.buf = append(w.buf, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			default:
				w.buf = append(w.buf, c)
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\u2028', r == '\u2029':
			w.buf = append(w.buf, `\u202`...)
			w.buf = append(w.buf, hex[r&15])
		case isDropped(r):
			w.buf = utf8.AppendRune(w.buf, utf8.RuneError)
		default:
			w.buf = utf8.AppendRune(w.buf, r)
		}
	}
	w.buf = append(w.buf, '"')
}
