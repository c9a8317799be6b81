package highlight

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/jam-go/jam/internal/markdown"
)

// transformer reports options that can't be used, and gives blocks whose lines are
// linked to a prefix for their ids.
type transformer struct{ h *Highlighter }

// prefixAttribute holds the prefix that transformer chose. It is also an option.
const prefixAttribute = "lineanchors"

// Transform implements parser.ASTTransformer.
func (t transformer) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	ordinal := -1
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		block, ok := n.(*ast.FencedCodeBlock)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		ordinal++
		if block.Info != nil || block.Attributes() != nil {
			t.block(block, reader.Source(), ordinal, pc)
		}
		return ast.WalkSkipChildren, nil
	})
}

func (t transformer) block(n *ast.FencedCodeBlock, source []byte, ordinal int, pc parser.Context) {
	f, start := readFence(n, source)
	f.checkLines(n.Lines().Len())
	for _, p := range f.problems {
		markdown.Report(pc, start+p.offset, p.err)
	}
	if !t.h.numbered(f) || !f.anchors || f.inline {
		return
	}
	if f.prefix == "" {
		f.prefix = "hl-" + strconv.Itoa(ordinal)
		if id, ok := n.AttributeString("id"); ok {
			f.prefix = attributeText(id)
		}
		n.SetAttributeString(prefixAttribute, []byte(f.prefix))
	}
	for i := range n.Lines().Len() {
		markdown.AddID(pc, f.lineID(f.number(i)), start)
	}
}

// readFence reads the options of a block, from its info string and from the
// attributes that stand after it, and returns where in the source they are.
func readFence(n *ast.FencedCodeBlock, source []byte) (f *fence, start int) {
	f, p := &fence{}, &fenceParser{}
	start = n.Pos()
	if n.Info != nil {
		start = n.Info.Segment.Start
		f, p = parseFence(string(n.Info.Segment.Value(source)))
		f.language = unescape(f.language)
	}
	for _, a := range n.Attributes() {
		name := string(a.Name)
		if name != "title" && isHTMLName(name) || slices.Contains(p.seen, name) {
			continue
		}
		f.set(name, attributeText(a.Value), 0)
	}
	return f, start
}

// isHTMLName reports whether an attribute of this name is for HTML only.
func isHTMLName(name string) bool {
	return name == "class" || name == "id" || strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-")
}

func attributeText(v any) string {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// unescape resolves what CommonMark allows in an info string.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	return html.UnescapeString(string(util.UnescapePunctuations([]byte(s))))
}

// nodeRenderer renders fenced code blocks.
type nodeRenderer struct{ h *Highlighter }

// RegisterFuncs implements renderer.NodeRenderer.
func (r nodeRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, r.fencedCodeBlock)
}

func (r nodeRenderer) fencedCodeBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*ast.FencedCodeBlock)
		f, _ := readFence(n, source)
		r.h.block(w, n, f, code(n.Lines(), source))
	}
	return ast.WalkSkipChildren, nil
}

// code returns the text of lines, which is a part of the source where it can be.
func code(lines *text.Segments, source []byte) []byte {
	if lines.Len() == 0 {
		return nil
	}
	first := lines.At(0)
	end := first.Start
	for i := range lines.Len() {
		l := lines.At(i)
		if l.Start != end || l.Padding != 0 || l.ForceNewline {
			return lines.Value(source)
		}
		end = l.Stop
	}
	return source[first.Start:end:end]
}
