package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/insert"
)

// hooking renders elements through hooks. Their content is rendered into the output
// first, and then cut out of it. The default rendering puts that same content between
// what is written around it, so that no content is rendered twice.
type hooking struct {
	nodes  *nodeRenderer
	o      *output
	source []byte
}

// ordinals count the elements of a document.
type ordinals struct{ links, images, headings, codeBlocks, blockquotes, tables, passthroughs int }

// hooked renders n through its hook, if there is one.
func (r *nodeRenderer) hooked(o *output, source []byte, n ast.Node) (done bool, err error) {
	k := hooking{r, o, source}
	h := o.hooks
	switch n := n.(type) {
	case *ast.Link:
		if h.Link != nil {
			return true, k.link(n)
		}
	case *ast.AutoLink:
		if h.Link != nil {
			return true, k.autoLink(n)
		}
	case *ast.Image:
		if h.Image != nil {
			return true, k.image(n, n)
		}
	case *ast.Paragraph:
		if image := standaloneImage(n, source); image != nil && h.Image != nil {
			return true, k.image(image, n)
		}
	case *ast.Heading:
		if h.Heading != nil {
			return true, k.heading(n)
		}
	case *ast.FencedCodeBlock:
		return k.codeBlock(n)
	case *ast.Blockquote:
		return k.blockquote(n)
	case *east.Table:
		if h.Table != nil {
			return true, k.table(n)
		}
	case *passthroughInline:
		return k.passthrough(n, typeOf(n.block), n.inner(source))
	case *passthroughBlock:
		return k.passthrough(n, typeOf(true), n.inner(source))
	}
	return false, nil
}

// part is finished HTML, with what in it makes sense on the page alone.
type part struct {
	html       string
	notes, ids []string
}

// content renders the children of n.
func (k hooking) content(n ast.Node) (part, error) {
	start := len(k.o.buf)
	err := k.siblings(n.FirstChild())
	return k.o.cut(start), err
}

// siblings renders n and what follows it in its parent into the output.
func (k hooking) siblings(n ast.Node) error {
	for ; n != nil; n = n.NextSibling() {
		if _, err := k.nodes.walk(k.o, k.source, n); err != nil {
			return err
		}
	}
	return nil
}

// cut takes what was written from start on out of the output.
func (o *output) cut(start int) part {
	o.expand(start)
	p := part{html: string(o.buf[start:])}
	take := func(spans *[]span) (list []string) {
		for _, s := range since(*spans, start) {
			list = append(list, p.html[s.start-start:s.end-start])
		}
		*spans = (*spans)[:len(*spans)-len(list)]
		return list
	}
	p.notes, p.ids = take(&o.notes), take(&o.ids)
	o.buf = o.buf[:start]
	return p
}

// paste writes a part.
func (o *output) paste(p part) {
	start := len(o.buf)
	o.str(p.html)
	o.notes = findSpans(o.notes, p.html, start, p.notes)
	o.ids = findSpans(o.ids, p.html, start, p.ids)
}

// findSpans appends the places of texts in html, which stands at start of the output.
// A hook may have left some out.
func findSpans(spans []span, html string, start int, texts []string) []span {
	const most = 8 // each that is not there costs a search of all
	at, misses := 0, 0
	for _, t := range texts {
		i := strings.Index(html[at:], t)
		if i < 0 {
			if misses++; misses > most {
				break
			}
			continue
		}
		at += i
		spans = append(spans, span{start + at, start + at + len(t)})
		at += len(t)
	}
	return spans
}

// frame renders n as if there were no hook, with what content writes inside of it.
func (k hooking) frame(n ast.Node, content func() error) error {
	status, err := k.nodes.call(k.o, k.source, n, true)
	if err != nil || status == ast.WalkStop {
		return err
	}
	if status != ast.WalkSkipChildren {
		if err := content(); err != nil {
			return err
		}
	}
	_, err = k.nodes.call(k.o, k.source, n, false)
	return err
}

// around returns a function that renders n with p as its content.
func (k hooking) around(n ast.Node, p part) func() error {
	return func() error {
		return k.frame(n, func() error {
			k.o.paste(p)
			return nil
		})
	}
}

// element returns what all contexts have. It is to be called before the content of n is
// rendered, so that positions come in order.
func (k hooking) element(n ast.Node, ordinal int) Element {
	r := k.o.run
	e := Element{Ordinal: ordinal, Data: r.src.HookData, Attributes: r.hookAttributes(n)}
	e.Line, e.Column = r.where.position(n.Pos())
	return e
}

// next counts an element, and returns how many there were before.
func next(count *int) int {
	*count++
	return *count - 1
}

// call calls a hook and writes what it returns. p is the content of the element, and
// frame the default rendering.
func (k hooking) call(n ast.Node, e *Element, p part, frame func() error, hook func() (string, error)) error {
	start := len(k.o.buf)
	e.render = func() (string, error) {
		if err := frame(); err != nil {
			k.o.cut(start)
			return "", err
		}
		p = k.o.cut(start)
		return p.html, nil
	}
	html, err := hook()
	e.render = nil
	if err != nil {
		// The rest is rendered all the same, as more may be wrong.
		k.o.run.failed = append(k.o.run.failed, &diag.Error{Line: e.Line, Column: e.Column, Err: err})
		return k.o.run.ctx.Err()
	}
	p.html = insert.ExpandString(html, nil) // it was given no markers
	k.o.paste(p)
	if err := k.o.run.admit(0); err != nil {
		panic(abort{n.Pos(), err})
	}
	return nil
}

// idOf returns the id attribute of n as it is written by default, for findSpans.
func idOf(n ast.Node) []string {
	id, ok := n.AttributeString("id")
	if !ok {
		return nil
	}
	return []string{string(append(appendEscaped([]byte(` id="`), attributeValue(id)), '"'))}
}
