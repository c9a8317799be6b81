package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// taskLists is the extension for task list items. Unlike goldmark's it wants
// white space after the box, as the GFM specification does, and needs no
// regular expression for each bracket in a list.
type taskLists struct{}

func (taskLists) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(taskParser{}, 0)))
}

type taskParser struct{}

func (taskParser) Trigger() []byte { return []byte{'['} }

func (taskParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	item := parent.Parent()
	if parent.HasChildren() || item == nil || item.Kind() != ast.KindListItem || item.FirstChild() != parent {
		return nil
	}
	if k := parent.Kind(); k != ast.KindParagraph && k != ast.KindTextBlock {
		return nil
	}
	line, _ := block.PeekLine()
	if len(line) < 5 || line[2] != ']' || !util.IsSpace(line[3]) {
		return nil
	}
	switch line[1] {
	case ' ', '\t', 'x', 'X':
	default:
		return nil
	}
	n := 4
	for n < len(line) && util.IsSpace(line[n]) {
		n++
	}
	block.Advance(n)
	return east.NewTaskCheckBox(line[1]|0x20 == 'x')
}

// taskCheckBox writes a check box. The text of the item is its label, without
// which a screen reader could not tell what was done.
func (r *htmlRenderer) taskCheckBox(o *output, _ []byte, n *east.TaskCheckBox, entering bool) ast.WalkStatus {
	if entering {
		if !r.cfg.DisableTaskLabels {
			o.str("<label>")
		}
		o.str("<input ")
		if n.IsChecked {
			o.str(`checked="" `)
		}
		o.str(`disabled="" type="checkbox"`)
		o.str(r.voidEnd)
		o.str(" ")
	}
	return ast.WalkContinue
}

// closeTask ends the label of a check box at the end of block.
func (r *htmlRenderer) closeTask(o *output, block ast.Node) {
	if c := block.FirstChild(); c != nil && c.Kind() == east.KindTaskCheckBox && !r.cfg.DisableTaskLabels {
		o.str("</label>")
	}
}
