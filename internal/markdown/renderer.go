package markdown

import (
	"io"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// nodeRenderer is a goldmark renderer that our Engine can take step by step:
// it stops between top-level blocks. It is set up once, by build, and leaves
// out nodes for which nobody registered a function, whose children are
// rendered all the same.
type nodeRenderer struct {
	config *renderer.Config
	funcs  []renderer.NodeRendererFunc
}

// AddOptions implements renderer.Renderer. It has no effect after build.
func (r *nodeRenderer) AddOptions(options ...renderer.Option) {
	if r.funcs != nil {
		return
	}
	for _, o := range options {
		o.SetConfig(r.config)
	}
}

func (r *nodeRenderer) build() {
	r.config.NodeRenderers.Sort()
	list := r.config.NodeRenderers
	for i := len(list) - 1; i >= 0; i-- { // so that the first registers last and wins
		nr := list[i].Value.(renderer.NodeRenderer)
		if o, ok := nr.(renderer.SetOptioner); ok {
			for name, value := range r.config.Options {
				o.SetOption(name, value)
			}
		}
		nr.RegisterFuncs(r)
	}
}

// Register implements renderer.NodeRendererFuncRegisterer.
func (r *nodeRenderer) Register(kind ast.NodeKind, f renderer.NodeRendererFunc) {
	for int(kind) >= len(r.funcs) {
		r.funcs = append(r.funcs, nil)
	}
	r.funcs[kind] = f
}

// Render implements renderer.Renderer, for extensions that render a part of a
// document on their own.
func (r *nodeRenderer) Render(w io.Writer, source []byte, n ast.Node) error {
	o, ok := w.(*output)
	if !ok {
		o = new(output)
	}
	if _, err := r.walk(o, source, n); err != nil || ok {
		return err
	}
	_, err := w.Write(o.buf)
	return err
}

func (r *nodeRenderer) walk(o *output, source []byte, n ast.Node) (ast.WalkStatus, error) {
	if o.hooks != nil {
		if done, err := r.hooked(o, source, n); done || err != nil {
			return ast.WalkContinue, err
		}
	}
	status, err := r.call(o, source, n, true)
	if err != nil || status == ast.WalkStop {
		return ast.WalkStop, err
	}
	if status != ast.WalkSkipChildren {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if status, err = r.walk(o, source, c); err != nil || status == ast.WalkStop {
				return ast.WalkStop, err
			}
		}
	}
	if status, err = r.call(o, source, n, false); err != nil || status == ast.WalkStop {
		return ast.WalkStop, err
	}
	return ast.WalkContinue, nil
}

// call calls the function registered for n.
func (r *nodeRenderer) call(o *output, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if k := int(n.Kind()); k < len(r.funcs) && r.funcs[k] != nil {
		return r.funcs[k](o, source, n, entering)
	}
	return ast.WalkContinue, nil
}

// on makes a goldmark function of f, which writes to an output and gets its
// node typed.
func on[N ast.Node](f func(o *output, source []byte, n N, entering bool) ast.WalkStatus) renderer.NodeRendererFunc {
	return func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return f(w.(*output), source, n.(N), entering), nil
	}
}
