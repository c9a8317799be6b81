package rules

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/jam-go/jam/internal/feeds/syntax"
)

// maxDepth is how deep elements may be nested. Feeds have a handful of levels,
// with XHTML a few more.
const maxDepth = 200

const (
	nsXML     = "http://www.w3.org/XML/1998/namespace"
	nsAtom    = "http://www.w3.org/2005/Atom"
	nsContent = "http://purl.org/rss/1.0/modules/content/"
	nsDC      = "http://purl.org/dc/elements/1.1/"
	nsXHTML   = "http://www.w3.org/1999/xhtml"
	nsSitemap = "http://www.sitemaps.org/schemas/sitemap/0.9"
)

// A node is an element of an XML document.
type node struct {
	space, name string
	raw         xml.Name // with the prefix
	attrs       []xml.Attr
	names       map[string]string // the prefixes that the element declares
	parent      *node
	kids        []*node
	text        []byte // its own
	offset      int
	based       bool // xml:base is in force
}

// attr returns the value of an attribute without a namespace.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// value returns the text without the white space around it.
func (n *node) value() string { return strings.Trim(string(n.text), " \t\r\n") }

// is reports whether the element has the name in the namespace.
func (n *node) is(space, name string) bool { return n.name == name && n.space == space }

// all gives the children of a name.
func (n *node) all(space, name string) (list []*node) {
	for _, k := range n.kids {
		if k.is(space, name) {
			list = append(list, k)
		}
	}
	return list
}

// first returns the first child of a name, or nil.
func (n *node) first(space, name string) *node {
	for _, k := range n.kids {
		if k.is(space, name) {
			return k
		}
	}
	return nil
}

// label is what a problem calls the element.
func (n *node) label() string {
	if n.raw.Space != "" {
		return n.raw.Space + ":" + n.raw.Local
	}
	return n.raw.Local
}

// A treeReader reads a document into nodes.
type treeReader struct {
	*report
	dec   *xml.Decoder
	shift int // of offsets, for what precedes the decoder's input
	root  *node
	top   *node
	depth int
}

// parseXML reads the document. It returns nil after a problem that leaves no
// tree to check.
func parseXML(r *report) *node {
	if !r.isUTF8() {
		return nil
	}
	src := bytes.TrimPrefix(r.src, []byte("\uFEFF"))
	t := treeReader{report: r, dec: xml.NewDecoder(bytes.NewReader(src)), shift: len(r.src) - len(src)}
	t.dec.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, errors.New("feeds and sitemaps are in UTF-8")
	}
	for {
		offset := t.shift + int(t.dec.InputOffset())
		token, err := t.dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.fail(err)
			return nil
		}
		if !t.token(token, offset) {
			return nil
		}
	}
	switch {
	case t.root == nil:
		r.add(len(r.src), Syntax, "there is no element")
	case t.top != nil:
		r.add(t.top.offset, Syntax, "the element %s isn't closed", t.top.label())
		return nil
	}
	return t.root
}

// fail notes an error of the decoder at the place where it stopped.
func (t *treeReader) fail(err error) {
	offset := t.shift + int(t.dec.InputOffset())
	if e, ok := errors.AsType[*xml.SyntaxError](err); ok {
		t.add(offset, Syntax, "%s", e.Msg)
		return
	}
	t.add(offset, Encoding, "%s", strings.TrimPrefix(err.Error(), "xml: "))
}

// token adds a token to the tree and reports whether to go on.
func (t *treeReader) token(token xml.Token, offset int) bool {
	switch token := token.(type) {
	case xml.StartElement:
		return t.start(token.Copy(), offset)
	case xml.EndElement:
		return t.end(token, offset)
	case xml.CharData:
		switch {
		case t.top != nil:
			t.top.text = append(t.top.text, token...)
		case len(bytes.Trim(token, " \t\r\n")) > 0:
			t.add(offset, Syntax, "text outside of the root element")
			return false
		}
	case xml.Directive:
		t.add(offset, Syntax, "a document type declaration, which readers refuse")
		return false
	case xml.ProcInst:
		if token.Target == "xml" && offset != t.shift {
			t.add(offset, Syntax, "the XML declaration must be at the very start")
		}
	}
	return true
}

func (t *treeReader) start(token xml.StartElement, offset int) bool {
	if t.top == nil && t.root != nil {
		t.add(offset, Syntax, "a second root element")
		return false
	}
	if t.depth++; t.depth > maxDepth {
		t.add(offset, Syntax, "elements are nested more than %d levels deep", maxDepth)
		return false
	}
	n := &node{raw: token.Name, attrs: token.Attr, parent: t.top, offset: offset}
	if t.top == nil {
		t.root = n
	} else {
		t.top.kids = append(t.top.kids, n)
		n.based = t.top.based
	}
	t.top = n
	n.declare()
	return t.resolve(n)
}

func (t *treeReader) end(token xml.EndElement, offset int) bool {
	if t.top == nil || t.top.raw != token.Name {
		t.add(offset, Syntax, "the end tag %s closes nothing", (&node{raw: token.Name}).label())
		return false
	}
	t.top = t.top.parent
	t.depth--
	return true
}

// declare takes the namespaces that the element declares from its attributes.
func (n *node) declare() {
	kept := n.attrs[:0]
	for _, a := range n.attrs {
		prefix, ok := "", a.Name.Space == "" && a.Name.Local == "xmlns"
		if a.Name.Space == "xmlns" {
			prefix, ok = a.Name.Local, true
		}
		if !ok {
			kept = append(kept, a)
			continue
		}
		if n.names == nil {
			n.names = make(map[string]string)
		}
		n.names[prefix] = a.Value
	}
	n.attrs = kept
}

// lookup returns the namespace of a prefix.
func (n *node) lookup(prefix string) (string, bool) {
	if prefix == "xml" {
		return nsXML, true
	}
	for ; n != nil; n = n.parent {
		if space, ok := n.names[prefix]; ok {
			return space, space != "" || prefix == ""
		}
	}
	return "", prefix == ""
}

// resolve gives the element and its attributes their namespaces.
func (t *treeReader) resolve(n *node) bool {
	space, ok := n.lookup(n.raw.Space)
	if !ok {
		t.add(n.offset, Syntax, "the namespace prefix %s isn't declared", n.raw.Space)
		return false
	}
	n.space, n.name = space, n.raw.Local
	seen := make(map[xml.Name]bool, len(n.attrs))
	for i := range n.attrs {
		a := &n.attrs[i]
		if a.Name.Space != "" {
			if a.Name.Space, ok = n.lookup(a.Name.Space); !ok {
				t.add(n.offset, Syntax, "the namespace prefix of the attribute %s isn't declared", a.Name.Local)
				return false
			}
		}
		if seen[a.Name] {
			t.add(n.offset, Syntax, "%s has the attribute %s twice", n.label(), a.Name.Local)
			return false
		}
		seen[a.Name] = true
		if a.Name.Space == nsXML {
			t.special(n, a)
		}
	}
	return true
}

// special checks an attribute of XML's own.
func (t *treeReader) special(n *node, a *xml.Attr) {
	switch a.Name.Local {
	case "base":
		n.based = true
		if err := syntax.URL(a.Value); err != nil {
			t.add(n.offset, URL, "xml:base: %v", err)
		}
	case "lang":
		if a.Value != "" {
			t.language(n.offset, a.Value)
		}
	}
}
