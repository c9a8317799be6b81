package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// attribute is an attribute as the author wrote it.
type attribute struct {
	name   string // lower case
	value  []byte
	offset int // of the name in the list's text
}

// parseAttributes parses the attribute list at the start of s, which begins
// with a brace, and returns how long it is, 0 if it is none. A list has at
// least one attribute and at most 100, since setting them takes time quadratic
// in their number.
func parseAttributes(s []byte) (list []attribute, length int) {
	const most = 100
	i := 1
	for len(list) <= most {
		for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == ',') {
			i++
		}
		if i >= len(s) {
			return nil, 0
		}
		if s[i] == '}' {
			if len(list) == 0 {
				return nil, 0
			}
			return list, i + 1
		}
		a, n := parseAttribute(s[i:])
		if n == 0 || i+n < len(s) && !bytes.ContainsRune([]byte(" \t,}"), rune(s[i+n])) {
			return nil, 0
		}
		a.offset = i
		i += n
		list = append(list, a)
	}
	return nil, 0
}

// parseAttribute parses .class, #id or name=value.
func parseAttribute(s []byte) (a attribute, length int) {
	if s[0] == '.' || s[0] == '#' {
		n := 1
		for n < len(s) && isNameByte(s[n]) {
			n++
		}
		if n == 1 || s[1] == '.' || s[1] == ':' {
			return a, 0
		}
		a.name, a.value = "class", s[1:n]
		if s[0] == '#' {
			a.name = "id"
		}
		return a, n
	}
	n := 0
	for n < len(s) && isNameByte(s[n]) && s[n] < 0x80 {
		n++
	}
	if n == 0 || n >= len(s) || s[n] != '=' || !isLetter(s[0]) && s[0] != '_' && s[0] != ':' {
		return a, 0
	}
	a.name = strings.ToLower(string(s[:n]))
	value, m := parseValue(s[n+1:])
	a.value = value
	if m == 0 {
		return a, 0
	}
	return a, n + 1 + m
}

// parseValue parses "a string", [a list], which stays as it is, or a word.
func parseValue(s []byte) (value []byte, length int) {
	if len(s) == 0 {
		return nil, 0
	}
	switch s[0] {
	case '"':
		value = []byte{}
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] == '"':
				return value, i + 1
			case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
				i++
			}
			value = append(value, s[i])
		}
		return nil, 0
	case '[':
		n := bytes.IndexByte(s, ']') + 1
		return s[:n], n
	}
	n := 0
	for n < len(s) && !bytes.ContainsRune([]byte(" \t\n,{}[]<>\"'`="), rune(s[n])) {
		n++
	}
	return s[:n], n
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// isNameByte reports whether c may be in a class or an id written short.
func isNameByte(c byte) bool {
	return isLetter(c) || c >= '0' && c <= '9' || c == '_' || c == '-' || c == ':' || c == '.' || c >= 0x80
}

// trailingAttributes finds the attribute list that ends line.
func trailingAttributes(line []byte) (start int, list []attribute, ok bool) {
	const tries = 8 // opening braces to look at, some of which may be in values
	if len(line) == 0 || line[len(line)-1] != '}' {
		return 0, nil, false
	}
	start = len(line)
	for range tries {
		if start = bytes.LastIndexByte(line[:start], '{'); start < 0 {
			break
		}
		if start > 0 && line[start-1] == '\\' {
			continue
		}
		if list, n := parseAttributes(line[start:]); n > 0 && start+n == len(line) {
			return start, list, true
		}
	}
	return 0, nil, false
}

// infoAttributes finds the attribute list that ends the info string of a fenced
// code block.
func infoAttributes(info []byte) (list []attribute, ok bool) {
	i := bytes.IndexByte(info, '{')
	if i < 0 {
		return nil, false
	}
	list, n := parseAttributes(info[i:])
	if n == 0 || len(bytes.TrimSpace(info[i+n:])) > 0 {
		return nil, false
	}
	for j := range list {
		list[j].offset += i
	}
	return list, true
}

// unowned is how attributes of a text are read that belongs to no run: with neither Unsafe nor Untrusted.
var unowned Config

// setAttributes gives n the attributes of a list that stands at offset.
// r may be nil, which counts as one without raw HTML.
func (r *run) setAttributes(n ast.Node, list []attribute, offset int) {
	_, isCode := n.(*ast.FencedCodeBlock)
	cfg := &unowned
	if r != nil {
		cfg = &r.engine.cfg
	}
	var id *attribute
	for _, a := range list {
		a.value = r.plain(a.value)
		if isCode && !isSafeAttribute(a.name) && !strings.HasPrefix(a.name, "on") && cfg.mayConfigure(a.name, a.value) {
			n.SetAttributeString(a.name, a.value) // an option for a highlighter, never written
			continue
		}
		if !cfg.mayWrite(a.name, a.value) {
			if r != nil && !r.keepForHook(n, a) {
				r.report(UnsafeAttribute, offset+a.offset, `attribute "%s" left out`, a.name)
			}
			continue
		}
		switch a.name {
		case "class":
			if old, ok := n.AttributeString("class"); ok {
				a.value = bytes.Join([][]byte{attributeValue(old), a.value}, []byte{' '})
			}
		case "hidden", "reversed", "open", "itemscope": // boolean in HTML: they count when present
			switch string(a.value) {
			case "false":
				continue
			case "true":
				a.value = []byte{}
			}
		case "id":
			id = &a
		}
		n.SetAttributeString(a.name, a.value)
	}
	if id != nil && r != nil {
		r.explicitID(n, id.value, offset+id.offset)
	}
}

// explicitID notes an id that the author wrote.
func (r *run) explicitID(n ast.Node, id []byte, offset int) {
	if !r.ids.add(id) {
		r.report(DuplicateID, offset, `id "%s" is there twice`, id)
	}
	if n.Kind() != ast.KindHeading {
		r.anchors = append(r.anchors, string(id))
	}
}

// isSafeAttribute reports whether an attribute can neither run a script nor
// restyle the page around it.
func isSafeAttribute(name string) bool {
	switch name {
	case "class", "id", "lang", "dir", "title", "role", "translate", "hidden", "tabindex",
		"width", "height", "align", "valign", "rel", "target", "cite", "start", "reversed", "type", "value",
		"loading", "decoding", "sizes", "colspan", "rowspan", "scope", "abbr", "open", "spellcheck",
		"itemid", "itemprop", "itemref", "itemscope", "itemtype":
		return true
	}
	return len(name) > 5 && (name[:5] == "data-" || name[:5] == "aria-")
}

// attributes writes attributes with a space before each.
func (r *htmlRenderer) attributes(o *output, list []ast.Attribute) {
	for _, a := range list {
		start := len(o.buf)
		o.str(" ")
		o.buf = append(o.buf, a.Name...)
		o.str(`="`)
		o.escaped(attributeValue(a.Value))
		o.str(`"`)
		if string(a.Name) == "id" {
			o.ids = append(o.ids, span{start, len(o.buf)})
		}
	}
}

// codeAttributes writes those attributes of a fenced code block that are no
// options for a highlighter.
func (r *htmlRenderer) codeAttributes(o *output, list []ast.Attribute) {
	for i, a := range list {
		if isSafeAttribute(string(a.Name)) {
			r.attributes(o, list[i:i+1])
		}
	}
}

// attributeValue returns the text of an attribute's value. Extensions may set
// values of any type.
func attributeValue(v any) []byte {
	switch v := v.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	case nil:
		return nil
	}
	return fmt.Append(nil, v)
}
