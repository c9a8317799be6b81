package matter

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// xml reads an XML 1.0 document to what its root element holds, in the
// form that the package's documentation describes; nil after an error.
func (b *builder) xml(block []byte, loc locator) *Node {
	r := xmlReader{builder: b, src: block, loc: loc, tokens: xml.NewDecoder(bytes.NewReader(block))}
	r.tokens.CharsetReader = r.charset
	var root *Node
	for token, start := r.next(); token != nil; token, start = r.next() {
		switch t := token.(type) {
		case xml.StartElement:
			if root != nil {
				line, column := r.loc.at(start)
				r.fail(line, column, "invalid XML: a second root element starts here, where only one is allowed")
				return nil
			}
			if root = r.element(t, start, 1); root == nil {
				return nil
			}
		case xml.CharData:
			if len(bytes.Trim(t, xmlSpace)) > 0 {
				line, column := r.loc.at(r.skipSpace(start))
				r.fail(line, column, "invalid XML: text outside of the root element")
				return nil
			}
		}
	}
	if root == nil { // fail keeps the first problem only
		r.fail(loc.base+1, 1, "the XML has no element")
	} else if 2*r.deepest > r.limits.MaxDepth {
		r.measure(root, 1)
	}
	return root
}

// xmlSpace is what XML takes for white space.
const xmlSpace = " \t\r\n"

type xmlReader struct {
	*builder
	src    []byte
	loc    locator
	tokens *xml.Decoder

	text    []byte // of the elements under way, each behind that around it
	deepest int    // depth of elements, without the lists of repeated ones
}

// charset accepts what is UTF-8, which the source is known to be.
func (r *xmlReader) charset(name string, input io.Reader) (io.Reader, error) {
	if strings.EqualFold(name, "us-ascii") || strings.EqualFold(name, "utf8") {
		return input, nil
	}
	return nil, errors.New("save the file as UTF-8 and declare that")
}

// next returns the next token and its offset; nil at the end and after an error.
func (r *xmlReader) next() (token xml.Token, start int) {
	start = int(r.tokens.InputOffset())
	token, err := r.tokens.Token()
	if err == nil || err == io.EOF {
		return token, start
	}
	off := int(r.tokens.InputOffset()) - 1
	message := strings.TrimPrefix(err.Error(), "xml: ")
	if e, ok := errors.AsType[*xml.SyntaxError](err); ok {
		message = e.Msg
	}
	switch {
	case bytes.HasPrefix(r.src[start:], []byte("</")):
		off = start
	case off+1 >= len(r.src):
		off = len(bytes.TrimRight(r.src, xmlSpace))
	}
	line, column := r.loc.at(off)
	r.fail(line, column, "invalid XML: %s", message)
	return nil, start
}

// element reads an element, whose tag was read, to its end; nil once reading
// has failed.
func (r *xmlReader) element(tag xml.StartElement, start, depth int) *Node {
	line, column := r.loc.at(start)
	n := r.node(String, line, column)
	if n == nil || !r.deeper(depth, line, column) {
		return nil
	}
	r.deepest = max(r.deepest, depth)
	n.quoted = true
	if !r.attributes(n, tag.Attr, start) || !r.content(n, depth) {
		return nil
	}
	return n
}

// content reads what is in an element, up to its end tag.
func (r *xmlReader) content(n *Node, depth int) bool {
	mark := len(r.text)
	line, column := 0, 0 // of the text
	for {
		token, start := r.next()
		switch t := token.(type) {
		case xml.CharData:
			if len(r.text) == mark {
				t = bytes.TrimLeft(t, xmlSpace)
				line, column = r.loc.at(r.skipSpace(start))
			}
			r.text = append(r.text, t...)
		case xml.StartElement:
			child := r.element(t, start, depth+1)
			if child == nil || !r.addElement(n, t.Name.Local, child) {
				return false
			}
		case xml.EndElement:
			text := string(bytes.TrimRight(r.text[mark:], xmlSpace))
			r.text = r.text[:mark]
			return r.setText(n, text, line, column)
		case nil:
			return false
		}
	}
}

// setText gives an element its text.
func (r *xmlReader) setText(n *Node, text string, line, column int) bool {
	switch {
	case n.Kind == String:
		n.text = text
	case text != "":
		v := r.node(String, line, column)
		if v == nil {
			return false
		}
		v.text, v.quoted = text, true
		n.add(Entry{Key: "#text", Line: line, Column: column, Value: v})
	}
	return true
}

// addElement puts an element into a map; the second of its name makes a list.
func (r *xmlReader) addElement(m *Node, name string, element *Node) bool {
	m.Kind, m.quoted = Map, false
	i := m.find(name)
	if i < 0 {
		m.add(Entry{Key: name, Line: element.Line, Column: element.Column, Value: element})
		return true
	}
	list := m.Entries()[i].Value
	if list.Kind != List {
		first := list
		if list = r.node(List, first.Line, first.Column); list == nil {
			return false
		}
		list.name, list.more = first.name, &more{items: []*Node{first}}
		m.Entries()[i].Value = list
	}
	element.rename(list.name)
	list.push(element)
	return true
}

// attributes puts those of the tag at an offset into a map.
func (r *xmlReader) attributes(m *Node, attrs []xml.Attr, off int) bool {
	off = r.skipTo(off, xmlSpace+"/>")
	for _, a := range attrs {
		name := r.skipSpace(off)
		quote := r.skipTo(name, `"'`)
		off = r.skipTo(quote+1, string(r.src[quote:quote+1])) + 1
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		e := Entry{Key: "-" + a.Name.Local}
		e.Line, e.Column = r.loc.at(name)
		line, column := r.loc.at(quote)
		if e.Value = r.node(String, line, column); e.Value == nil {
			return false
		}
		e.Value.text, e.Value.quoted = a.Value, true
		m.Kind, m.quoted = Map, false
		if i := m.find(e.Key); i >= 0 {
			old := &m.more.entries[i]
			*old = e
			e.Value.rename(&old.Key)
		} else {
			m.add(e)
		}
	}
	return true
}

// skipSpace returns the offset of what follows white space.
func (r *xmlReader) skipSpace(off int) int {
	return len(r.src) - len(bytes.TrimLeft(r.src[off:], xmlSpace))
}

// skipTo returns the offset of the next of some characters, which the decoder
// has found there already.
func (r *xmlReader) skipTo(off int, chars string) int {
	return off + max(0, bytes.IndexAny(r.src[off:], chars))
}

// measure checks the depth with the lists of repeated elements.
func (r *xmlReader) measure(n *Node, depth int) bool {
	if n.Kind != String && !r.deeper(depth, n.Line, n.Column) {
		return false
	}
	for _, item := range n.Items() {
		if !r.measure(item, depth+1) {
			return false
		}
	}
	for _, e := range n.Entries() {
		if !r.measure(e.Value, depth+1) {
			return false
		}
	}
	return true
}
