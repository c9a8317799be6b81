package layouts

import (
	"io"
	"text/template/parse"

	"github.com/jam-go/jam/internal/exec"
)

// runner is what html/template, text/template and program have in common.
type runner interface {
	Execute(w io.Writer, data any) error
}

// program runs a compiled template with the functions of an executor. It writes to what takes strings, too.
type program struct {
	machine *exec.Machine
	prog    *exec.Program
}

func (p program) Execute(w io.Writer, data any) error {
	return p.machine.Run(p.prog, w.(exec.Writer), data)
}

// compile returns the program of a template, or nil if it needs the standard library.
func (t *Template) compile() *exec.Program {
	if t.prepare() != nil {
		return nil
	}
	trees, err := t.trees, error(nil)
	if t.format == htmlText {
		trees = map[string]*parse.Tree{}
		for _, p := range t.parts {
			trees[p.name] = p.copyTree()
		}
		trees, err = exec.EscapeHTML(t.entry.name, trees)
	}
	if err != nil {
		return nil
	}
	prog, err := exec.Compile(t.entry.name, trees)
	if err != nil {
		return nil
	}
	return prog
}

// runner returns what executes t with the functions of x.
func (x *executor) runner(t *Template) (runner, error) {
	if err := t.prepare(); err != nil {
		return nil, err
	}
	if prog := t.program(); prog != nil {
		return program{x.machine, prog}, nil
	}
	return t.instance(x.function)
}
