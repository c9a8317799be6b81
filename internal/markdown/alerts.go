package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// alerts is the extension for alerts. An alert is a Blockquote whose first
// child is an alertTitle.
type alerts struct{}

func (alerts) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithParagraphTransformers(util.Prioritized(alertTransformer{}, 50)))
}

var kindAlertTitle = ast.NewNodeKind("AlertTitle")

// alertTitle is the first line of an alert. Its content is the title that the
// author wrote, if any.
type alertTitle struct {
	ast.BaseBlock
	kind string // lower case
	fold byte   // '+' or '-' if the reader can fold the alert, or 0
}

func (*alertTitle) Kind() ast.NodeKind { return kindAlertTitle }

func (a *alertTitle) Dump(source []byte, level int) {
	ast.DumpHelper(a, source, level, map[string]string{"Alert": a.kind}, nil)
}

// alertTransformer takes the first line of an alert from the paragraph that it
// begins. It works on the source, where escapes and code are still seen.
type alertTransformer struct{}

func (alertTransformer) Transform(n *ast.Paragraph, reader text.Reader, _ parser.Context) {
	parent := n.Parent()
	if parent.Kind() != ast.KindBlockquote || parent.FirstChild() != n {
		return
	}
	source := reader.Source()
	first := n.Lines().At(0)
	first = first.TrimLeftSpace(source)
	kind, fold, rest := parseAlert(first.Value(source))
	if kind == "" {
		return
	}
	title := &alertTitle{kind: kind, fold: fold}
	title.SetPos(first.Start)
	first.Start = first.Stop - len(rest)
	first = first.TrimLeftSpace(source)
	if first = first.TrimRightSpace(source); !first.IsEmpty() {
		title.Lines().Append(first)
		limitMarks(source, title.Lines())
	}
	parent.InsertBefore(parent, n, title)
	if n.Lines().Len() == 1 {
		parent.RemoveChild(parent, n)
		return
	}
	n.Lines().SetSliced(1, n.Lines().Len())
}

// parseAlert parses the first line of an alert, such as "[!NOTE]- Title". kind
// is empty if it is none.
func parseAlert(line []byte) (kind string, fold byte, rest []byte) {
	name, rest, ok := bytes.Cut(line, []byte{']'})
	if !ok || len(name) < 3 || name[0] != '[' || name[1] != '!' || !isLetter(name[2]) {
		return "", 0, nil
	}
	for _, c := range name[3:] {
		if !isLetter(c) && c != '-' && c != '_' && (c < '0' || c > '9') {
			return "", 0, nil
		}
	}
	if len(rest) > 0 && (rest[0] == '+' || rest[0] == '-') {
		fold, rest = rest[0], rest[1:]
	}
	if len(rest) > 0 && !util.IsSpace(rest[0]) {
		return "", 0, nil
	}
	return strings.ToLower(string(name[2:])), fold, rest
}

// blockquote writes a blockquote or an alert.
func (r *htmlRenderer) blockquote(o *output, _ []byte, n *ast.Blockquote, entering bool) ast.WalkStatus {
	name := "blockquote"
	var extra []ast.Attribute
	if title, ok := n.FirstChild().(*alertTitle); ok {
		class := []byte("alert alert-" + title.kind)
		if more, ok := n.AttributeString("class"); ok {
			class = append(append(class, ' '), attributeValue(more)...)
		}
		extra = []ast.Attribute{{Name: []byte("class"), Value: class}}
		switch title.fold {
		case 0:
			name = "div"
			extra = append(extra, ast.Attribute{Name: []byte("role"), Value: "note"})
		case '+':
			name = "details"
			extra = append(extra, ast.Attribute{Name: []byte("open"), Value: ""})
		case '-':
			name = "details"
		}
	}
	if !entering {
		o.end(name)
		return ast.WalkContinue
	}
	o.str("<" + name)
	r.attributes(o, extra)
	for i, a := range n.Attributes() {
		if !hasAttribute(extra, a.Name) {
			r.attributes(o, n.Attributes()[i:i+1])
		}
	}
	o.str(">\n")
	return ast.WalkContinue
}

func hasAttribute(list []ast.Attribute, name []byte) bool {
	for _, a := range list {
		if bytes.Equal(a.Name, name) {
			return true
		}
	}
	return false
}

func (r *htmlRenderer) alertTitle(o *output, _ []byte, n *alertTitle, entering bool) ast.WalkStatus {
	name := "p"
	if n.fold != 0 {
		name = "summary"
	}
	if !entering {
		o.end(name)
		return ast.WalkContinue
	}
	o.str("<" + name + ` class="alert-title">`)
	if n.FirstChild() == nil {
		o.escaped([]byte(o.alertTitle(n.kind)))
	}
	return ast.WalkContinue
}

// alertTitle returns the title of an alert that has none of its own.
func (o *output) alertTitle(kind string) string {
	if o.run != nil && o.run.src.AlertTitle != nil {
		if title := o.run.src.AlertTitle(kind); title != "" {
			return title
		}
	}
	title := strings.NewReplacer("-", " ", "_", " ").Replace(kind)
	_, size := utf8.DecodeRuneInString(title)
	return strings.ToUpper(title[:size]) + title[size:]
}
