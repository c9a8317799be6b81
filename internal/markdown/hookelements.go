package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// What each kind of element gives its hook.

func (k hooking) link(n *ast.Link) error {
	c := &LinkContext{Element: k.element(n, next(&k.o.count.links))}
	c.Destination, c.Written = k.destination(n, n.Destination)
	c.Title, c.PlainText = string(unescape(n.Title)), k.plainText(n)
	p, err := k.content(n)
	if err != nil {
		return err
	}
	c.Text = p.html
	return k.call(n, &c.Element, p, k.around(n, p), func() (string, error) { return k.o.hooks.Link(c) })
}

func (k hooking) autoLink(n *ast.AutoLink) error {
	r := k.o.run
	label := r.plain(n.Label(k.source))
	c := &LinkContext{Element: k.element(n, next(&k.o.count.links)), Text: string(appendEscaped(nil, label)), PlainText: string(label)}
	c.Written = string(r.plain(n.URL(k.source)))
	if url, ok := r.engine.cfg.autoLinkURL(n, []byte(c.Written)); ok {
		c.Destination = string(url)
	}
	return k.call(n, &c.Element, part{}, k.around(n, part{}), func() (string, error) { return k.o.hooks.Link(c) })
}

// image renders an image that stands in a paragraph of its own, which is node then, or is node
// itself.
func (k hooking) image(n *ast.Image, node ast.Node) error {
	c := &ImageContext{Element: k.element(node, next(&k.o.count.images)), IsBlock: node != ast.Node(n)}
	c.Destination, c.Written = k.destination(n, n.Destination)
	c.Title, c.PlainText = string(unescape(n.Title)), k.plainText(n)
	hooks := k.o.hooks
	k.o.hooks = nil // an image's text has no links
	defer func() { k.o.hooks = hooks }()
	text, err := k.content(n)
	if err != nil {
		return err
	}
	c.Text = text.html
	frame := k.around(n, part{html: c.Text})
	if c.IsBlock {
		frame = func() error { return k.frame(node, k.around(n, part{html: c.Text})) }
	}
	ids := part{ids: idOf(node)}
	if err := k.call(node, &c.Element, ids, frame, func() (string, error) { return hooks.Image(c) }); err != nil {
		return err
	}
	if c.IsBlock {
		k.o.endLine()
	}
	return nil
}

func (k hooking) heading(n *ast.Heading) error {
	c := &HeadingContext{Element: k.element(n, next(&k.o.count.headings)), Level: n.Level, PlainText: strings.TrimSpace(k.plainText(n))}
	if id, ok := n.AttributeString("id"); ok {
		c.Anchor = string(attributeValue(id))
	}
	start := len(k.o.buf)
	if err := k.siblings(n.FirstChild()); err != nil {
		return err
	}
	k.o.noteHeading(n, start)
	p := k.o.cut(start)
	c.Text = p.html
	frame := k.around(n, p)
	p.ids = append(idOf(n), p.ids...)
	err := k.call(n, &c.Element, p, frame, func() (string, error) { return k.o.hooks.Heading(c) })
	k.o.endLine()
	return err
}

func (k hooking) codeBlock(n *ast.FencedCodeBlock) (done bool, err error) {
	r := k.o.run
	ordinal := next(&k.o.count.codeBlocks)
	hook := r.codeHook(n)
	if hook == nil {
		return false, nil
	}
	c := &CodeBlockContext{Element: k.element(n, ordinal), Type: r.language(n), Options: map[string]string{}}
	for name, value := range c.Attributes {
		if isHighlightOption(name) {
			c.Options[name] = value
			delete(c.Attributes, name)
		}
	}
	c.Inner = string(r.plain(n.Lines().Value(k.source)))
	rendered := ast.Node(n)
	if other := r.noCode(n); other != nil {
		rendered = other
	}
	err = k.call(n, &c.Element, part{ids: idOf(n)}, k.around(rendered, part{}), func() (string, error) { return hook(c) })
	k.o.endLine()
	return true, err
}

func (k hooking) blockquote(n *ast.Blockquote) (done bool, err error) {
	ordinal := next(&k.o.count.blockquotes)
	typ, alert := blockquoteType(n)
	hook := k.o.run.blockquoteHook(n)
	if hook == nil {
		return false, nil
	}
	c := &BlockquoteContext{Element: k.element(n, ordinal), Type: typ, AlertType: alert}
	body := n.FirstChild()
	title, isAlert := body.(*alertTitle)
	var heading part
	if isAlert {
		body = title.NextSibling()
		if title.fold != 0 {
			c.AlertSign = string(title.fold)
		}
		if heading, err = k.content(title); err != nil {
			return true, err
		}
		c.AlertTitle = heading.html
	}
	start := len(k.o.buf)
	if err := k.siblings(body); err != nil {
		return true, err
	}
	p := k.o.cut(start)
	c.Text = p.html
	frame := func() error {
		return k.frame(n, func() error {
			if isAlert {
				if err := k.around(title, heading)(); err != nil {
					return err
				}
			}
			k.o.paste(p)
			return nil
		})
	}
	all := part{notes: append(heading.notes, p.notes...), ids: append(append(idOf(n), heading.ids...), p.ids...)}
	err = k.call(n, &c.Element, all, frame, func() (string, error) { return hook(c) })
	k.o.endLine()
	return true, err
}

func (k hooking) table(n *east.Table) error {
	c := &TableContext{Element: k.element(n, next(&k.o.count.tables))}
	all := part{ids: idOf(n)}
	cells := map[ast.Node]part{}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var list []TableCell
		for n := row.FirstChild(); n != nil; n = n.NextSibling() {
			p, err := k.content(n)
			if err != nil {
				return err
			}
			cells[n] = p
			all.notes, all.ids = append(all.notes, p.notes...), append(all.ids, p.ids...)
			cell := TableCell{Text: p.html}
			if n, ok := n.(*east.TableCell); ok && n.Alignment != east.AlignNone {
				cell.Alignment = n.Alignment.String()
			}
			list = append(list, cell)
		}
		if row.Kind() == east.KindTableHeader {
			c.THead = append(c.THead, list)
		} else {
			c.TBody = append(c.TBody, list)
		}
	}
	err := k.call(n, &c.Element, all, func() error { return k.tableFrame(n, cells) }, func() (string, error) { return k.o.hooks.Table(c) })
	k.o.endLine()
	return err
}

// tableFrame renders a table, a row or a cell by default, with cells that were rendered.
func (k hooking) tableFrame(n ast.Node, cells map[ast.Node]part) error {
	if p, ok := cells[n]; ok {
		return k.around(n, p)()
	}
	return k.frame(n, func() error {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if err := k.tableFrame(c, cells); err != nil {
				return err
			}
		}
		return nil
	})
}

func (k hooking) passthrough(n ast.Node, typ string, inner []byte) (done bool, err error) {
	ordinal := next(&k.o.count.passthroughs)
	if k.o.hooks.Passthrough == nil {
		return false, nil
	}
	hook := k.o.hooks.Passthrough(typ)
	if hook == nil {
		return false, nil
	}
	c := &PassthroughContext{Element: k.element(n, ordinal), Type: typ, Inner: string(k.o.run.plain(inner))}
	err = k.call(n, &c.Element, part{ids: idOf(n)}, k.around(n, part{}), func() (string, error) { return hook(c) })
	if n.Type() == ast.TypeBlock {
		k.o.endLine()
	}
	return true, err
}

func typeOf(block bool) string {
	if block {
		return "block"
	}
	return "inline"
}

// endLine ends the line of a block, which the template of a hook may have left open.
func (o *output) endLine() {
	if n := len(o.buf); n > 0 && o.buf[n-1] != '\n' {
		o.str("\n")
	}
}

// destination returns the address of a link or an image, and what the author wrote.
func (k hooking) destination(n ast.Node, dest []byte) (url, written string) {
	r := k.o.run
	written, ok := r.written[n]
	if !ok {
		written = string(unescape(dest))
	}
	if dest, ok := r.engine.cfg.writtenURL(unescape(dest)); ok {
		url = string(dest)
	}
	return url, written
}

func (k hooking) plainText(n ast.Node) string {
	r := k.o.run
	r.scratch = r.appendText(r.scratch[:0], n, false)
	return string(r.plain(r.scratch))
}

// standaloneImage returns the image of which a paragraph consists, or nil.
func standaloneImage(p *ast.Paragraph, source []byte) *ast.Image {
	image, ok := p.FirstChild().(*ast.Image)
	if !ok {
		return nil
	}
	for c := image.NextSibling(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok || len(bytes.Trim(t.Segment.Value(source), " \t\r\n")) > 0 {
			return nil
		}
	}
	return image
}
