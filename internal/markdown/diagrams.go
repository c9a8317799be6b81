package markdown

import "github.com/yuin/goldmark/ast"

// Fenced code blocks of two languages are no code for a reader: mathematics, which is then
// a passthrough block, and diagrams, which a script draws.

var kindDiagram = ast.NewNodeKind("Diagram")

// diagram is the source of a diagram.
type diagram struct{ ast.BaseBlock }

func (*diagram) Kind() ast.NodeKind { return kindDiagram }

// IsRaw implements ast.Node: there are no inline elements in the lines.
func (*diagram) IsRaw() bool { return true }

func (n *diagram) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// noCode returns the node that renders a fenced code block which is no code, or nil.
func (r *run) noCode(code *ast.FencedCodeBlock) ast.Node {
	cfg := &r.engine.cfg
	if r.src.asCode || !cfg.Diagrams && len(cfg.Passthrough) == 0 {
		return nil
	}
	switch r.language(code) {
	case "math":
		if blocks := blockDelimiters(cfg.Passthrough); len(blocks) > 0 {
			n := &passthroughBlock{Delimiters: blocks[0], fenced: true, closed: true}
			inPlaceOf(code, &n.BaseBlock)
			return n
		}
	case "mermaid":
		if cfg.Diagrams {
			n := &diagram{}
			inPlaceOf(code, &n.BaseBlock)
			return n
		}
	}
	return nil
}

func inPlaceOf(code *ast.FencedCodeBlock, n *ast.BaseBlock) {
	n.SetPos(code.Pos())
	n.SetLines(code.Lines())
	for _, a := range code.Attributes() {
		if isSafeAttribute(string(a.Name)) {
			n.SetAttribute(a.Name, a.Value)
		}
	}
}

func (r *htmlRenderer) diagram(o *output, source []byte, n *diagram, entering bool) ast.WalkStatus {
	if entering {
		r.openClass(o, "pre", "mermaid", n)
		r.code(o, source, n)
		o.str("</pre>\n")
	}
	return ast.WalkSkipChildren
}

// openClass writes a start tag with a class before those of n.
func (r *htmlRenderer) openClass(o *output, name, class string, n ast.Node) {
	if more, ok := n.AttributeString("class"); ok {
		class += " " + string(attributeValue(more))
	}
	o.str("<" + name)
	r.attributes(o, []ast.Attribute{{Name: []byte("class"), Value: class}})
	for i, a := range n.Attributes() {
		if string(a.Name) != "class" {
			r.attributes(o, n.Attributes()[i:i+1])
		}
	}
	o.str(">")
}
