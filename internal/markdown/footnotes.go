package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// footnotes is goldmark's extension for footnotes; htmlRenderer has the
// renderer.
type footnotes struct{}

func (footnotes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(noteBlocks{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(footnoteParser{extension.NewFootnoteParser()}, 101)),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)
}

// noteRegisterer registers goldmark's functions for footnotes, wrapped to note
// where references are in the output.
type noteRegisterer struct {
	renderer.NodeRendererFuncRegisterer
}

func (reg noteRegisterer) Register(kind ast.NodeKind, f renderer.NodeRendererFunc) {
	if kind == east.KindFootnoteLink || kind == east.KindFootnoteBacklink {
		f = noted(f)
	}
	reg.NodeRendererFuncRegisterer.Register(kind, f)
}

func noted(f renderer.NodeRendererFunc) renderer.NodeRendererFunc {
	return func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		o := w.(*output)
		start := len(o.buf)
		status, err := f(w, source, n, entering)
		if len(o.buf) > start {
			o.notes = append(o.notes, span{start, len(o.buf)})
		}
		return status, err
	}
}
