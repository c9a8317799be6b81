package markdown

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// transformer walks a parsed document once: it gives attributes and ids,
// resolves links, makes links of mail addresses, and reports what will be left
// out. It goes before the transformers of extensions, which so see the result.
type transformer struct{}

func (transformer) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	r := runOf(pc)
	if r == nil {
		return // an extension parses a text of its own
	}
	r.blocks(doc)
	r.nameHeadings()
	r.nameTerms()
}

// blocks visits the children of a block.
func (r *run) blocks(parent ast.Node) {
	for c := parent.FirstChild(); c != nil; {
		next := c.NextSibling() // c may be replaced
		switch c := c.(type) {
		case *ast.Heading:
			r.inline(c, false)
			r.heading(c)
		case *ast.FencedCodeBlock:
			r.fencedCodeBlock(c)
		case *ast.HTMLBlock:
			r.htmlBlock(c)
		case *attributeLine:
			r.attributeLine(c)
		case *ast.CodeBlock, *ast.LinkReferenceDefinition:
		case *ast.Paragraph:
			r.inline(r.paragraph(c), false)
		case *east.DefinitionTerm:
			r.inline(c, false)
			if r.engine.cfg.DefinitionIDs {
				r.terms = append(r.terms, c)
			}
		default:
			if c.FirstChild() == nil {
				break
			}
			if c.FirstChild().Type() == ast.TypeInline {
				r.inline(c, false)
			} else {
				r.blocks(c)
			}
		}
		c = next
	}
}

func (r *run) fencedCodeBlock(n *ast.FencedCodeBlock) {
	if n.Info == nil {
		return
	}
	if !r.engine.cfg.DisableAttributes {
		if list, ok := infoAttributes(n.Info.Segment.Value(r.source)); ok {
			r.setAttributes(n, list, n.Info.Segment.Start)
		}
	}
	if r.codeHook(n) == nil { // which renders others by default
		if other := r.noCode(n); other != nil {
			n.Parent().ReplaceChild(n.Parent(), n, other)
		}
	}
}

// inline visits the inline children of n.
func (r *run) inline(n ast.Node, inLink bool) {
	if r.hasAt && !inLink {
		r.mailLinks(n)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text, *ast.String, *ast.CodeSpan:
		case *ast.Link:
			r.link(c, &c.Destination, &c.Title, false)
			r.inline(c, true)
		case *ast.Image:
			r.link(c, &c.Destination, &c.Title, true)
			r.inline(c, true)
		case *ast.AutoLink:
			r.checkURL(r.plain(c.URL(r.source)), c.Pos())
		case *ast.RawHTML:
			r.rawInline(c)
		default:
			if c.HasChildren() {
				r.inline(c, inLink)
			}
		}
	}
}
