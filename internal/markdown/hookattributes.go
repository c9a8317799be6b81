package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// hookAttributes returns the attributes of n for a hook: those of the node, and those
// that are for a hook only.
func (r *run) hookAttributes(n ast.Node) map[string]string {
	list, more := n.Attributes(), r.forHooks[n]
	if len(list) == 0 && len(more) == 0 {
		return nil
	}
	m := make(map[string]string, len(list)+len(more))
	for _, a := range more {
		m[a.name] = string(a.value)
	}
	for _, a := range list {
		m[string(a.Name)] = string(attributeValue(a.Value))
	}
	return m
}

// keepForHook keeps an attribute that must not be written, if there is a hook for n.
func (r *run) keepForHook(n ast.Node, a attribute) bool {
	if strings.HasPrefix(a.name, "on") || r.engine.cfg.Untrusted || !r.hasHook(n) {
		return false
	}
	if r.forHooks == nil {
		r.forHooks = map[ast.Node][]attribute{}
	}
	r.forHooks[n] = append(r.forHooks[n], a)
	return true
}

// hasHook reports whether there is a hook for n, which can have attributes.
func (r *run) hasHook(n ast.Node) bool {
	h := r.src.Hooks
	if h == nil {
		return false
	}
	switch n := n.(type) {
	case *ast.Heading:
		return h.Heading != nil
	case *ast.Paragraph:
		return h.Image != nil && standaloneImage(n, r.source) != nil
	case *ast.Blockquote:
		return r.blockquoteHook(n) != nil
	case *east.Table:
		return h.Table != nil
	case *passthroughBlock:
		return h.Passthrough != nil && h.Passthrough(typeOf(true)) != nil
	}
	return false
}

// blockquoteType returns the type of a blockquote and the kind of an alert.
func blockquoteType(n *ast.Blockquote) (typ, alert string) {
	if title, ok := n.FirstChild().(*alertTitle); ok {
		return "alert", title.kind
	}
	return "regular", ""
}

func (r *run) blockquoteHook(n *ast.Blockquote) func(*BlockquoteContext) (string, error) {
	if r.src.Hooks == nil || r.src.Hooks.Blockquote == nil {
		return nil
	}
	return r.src.Hooks.Blockquote(blockquoteType(n))
}

func (r *run) codeHook(n *ast.FencedCodeBlock) func(*CodeBlockContext) (string, error) {
	if r.src.Hooks == nil || r.src.Hooks.CodeBlock == nil {
		return nil
	}
	return r.src.Hooks.CodeBlock(r.language(n))
}

// language returns the language of a fenced code block as plain text.
func (r *run) language(n *ast.FencedCodeBlock) string {
	return string(r.plain(unescape(fenceLanguage(n, r.source, r.engine.cfg.DisableAttributes))))
}

// isHighlightOption reports whether an attribute of a fenced code block is an option for a
// highlighter. The names are those of Hugo and of package highlight.
func isHighlightOption(name string) bool {
	switch name {
	case "anchorlinenos", "guesssyntax", "hl_lines", "hl_inline", "lineanchors", "linenos", "linenostart",
		"linenumbersintable", "noclasses", "style", "tabwidth", "ins_lines", "del_lines":
		return true
	}
	return false
}
