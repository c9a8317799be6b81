package sitetest

import (
	"bytes"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// document is a parsed file.
type document struct {
	root  *html.Node
	body  []byte
	found sync.Once
	at    map[*html.Node]int
}

func parse(body []byte) *document { return &document{root: parseTree(body), body: body} }

// markKey is an attribute that no document has.
const markKey = "sitetest-offset"

// offsets returns where the start tags of elements are, of those that have one. The parser does not tell. So
// it parses another document, too, that has the offset of each start tag as an attribute, and
// these are taken over as far as the two trees are alike.
func (d *document) offsets() map[*html.Node]int {
	d.found.Do(func() {
		d.at = make(map[*html.Node]int)
		d.locate(d.root, parseTree(mark(d.body)))
	})
	return d.at
}

func parseTree(body []byte) *html.Node {
	root, err := html.ParseWithOptions(bytes.NewReader(body), html.ParseOptionEnableScripting(false))
	if err != nil { // only where elements are nested beyond the parser's limit
		root = &html.Node{Type: html.DocumentNode}
	}
	return root
}

// locate takes the offsets of one tree over to another, and reports whether they are alike.
func (d *document) locate(plain, marked *html.Node) bool {
	for p, m := plain.FirstChild, marked.FirstChild; p != nil || m != nil; p, m = p.NextSibling, m.NextSibling {
		if p == nil || m == nil || p.Type != m.Type || p.Data != m.Data {
			return false
		}
		for _, a := range m.Attr {
			if a.Key == markKey {
				d.at[p], _ = strconv.Atoi(a.Val)
			}
		}
		if !d.locate(p, m) {
			return false
		}
	}
	return true
}

// mark returns a document whose start tags have their offsets as attributes.
func mark(body []byte) []byte {
	z := html.NewTokenizer(bytes.NewReader(body))
	var out bytes.Buffer
	offset, foreign := 0, 0 // foreign is how deep within svg and math it is
	for {
		kind := z.Next()
		raw := z.Raw()
		switch kind {
		case html.ErrorToken:
			out.Write(raw)
			return out.Bytes()
		case html.StartTagToken, html.SelfClosingTagToken:
			end := 1 + bytes.IndexAny(raw[1:], " \t\r\n\f/>")
			if end == 0 {
				end = len(raw)
			}
			name := atom.Lookup(bytes.ToLower(raw[1:end]))
			out.Write(raw[:end])
			out.WriteString(" " + markKey + "=" + strconv.Itoa(offset) + " ")
			out.Write(raw[end:])
			if kind == html.StartTagToken && isForeign(name) {
				foreign++
			}
			if foreign > 0 || name == atom.Noscript {
				z.NextIsNotRawText()
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); isForeign(atom.Lookup(name)) && foreign > 0 {
				foreign--
			}
			out.Write(raw)
		default:
			out.Write(raw)
		}
		z.AllowCDATA(foreign > 0)
		offset += len(raw)
	}
}

func isForeign(name atom.Atom) bool { return name == atom.Svg || name == atom.Math }

// textOf returns the text of an element as it is read: with one space for all white space, also where a block begins
// or ends, and without that of scripts and styles within.
func textOf(n *html.Node) string {
	var b strings.Builder
	addText(&b, n, true)
	return strings.Join(strings.Fields(b.String()), " ")
}

func addText(b *strings.Builder, n *html.Node, outermost bool) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
		return
	case n.Type == html.CommentNode || isHidden(n) && !outermost:
		return
	}
	space := ""
	if n.Type == html.ElementNode && !inline[n.DataAtom] {
		space = " "
	}
	b.WriteString(space)
	for c := range n.ChildNodes() {
		addText(b, c, false)
	}
	b.WriteString(space)
}

func isHidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template:
		return true
	}
	return false
}

// inline are the elements that part no words.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true,
	atom.Data: true, atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true,
	atom.Kbd: true, atom.Label: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Samp: true, atom.Small: true,
	atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Var: true,
	atom.Wbr: true,
}

// outer returns an element as HTML.
func outer(n *html.Node) string {
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		return err.Error()
	}
	return b.String()
}
