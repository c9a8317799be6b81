package highlight

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/jam-go/jam/internal/markdown"
)

// block writes a code block. n is nil when it is not one of a document.
func (h *Highlighter) block(w util.BufWriter, n *ast.FencedCodeBlock, f *fence, code []byte) {
	c := &content{code: code, lexer: h.lexer(f.language), style: h.inlineStyle(f)}
	if f.inline {
		c.code = bytes.TrimSuffix(code, []byte("\n"))
		h.open(w, "code", n, f, c.style)
		h.content(w, c)
		str(w, "</code>")
		return
	}
	c.fence, c.numbers = f, h.numbered(f)
	c.signs = len(f.inserted.ranges)+len(f.deleted.ranges) > 0
	c.lines = c.numbers || c.signs || len(f.marked.ranges) > 0
	if f.title != "" {
		str(w, `<figure class="highlight"><figcaption>`)
		escaped(w, f.title)
		str(w, "</figcaption>\n")
	}
	h.open(w, "pre", n, f, c.style)
	h.content(w, c)
	str(w, "</code></pre>\n")
	if f.title != "" {
		str(w, "</figure>\n")
	}
}

// inlineStyle returns the style for style attributes, nil for classes.
func (h *Highlighter) inlineStyle(f *fence) *chroma.Style {
	inline := h.opts.Inline || f.style != ""
	if f.noClasses != nil {
		inline = *f.noClasses
	}
	if !inline {
		return nil
	}
	if f.style != "" {
		if s, err := findStyle(f.style); err == nil {
			return s
		}
	}
	return h.style
}

// numbered reports whether a block has line numbers.
func (h *Highlighter) numbered(f *fence) bool {
	if f.numbers != nil {
		return *f.numbers
	}
	return h.opts.LineNumbers || f.anchors
}

// open writes the start tag of a code element, in a pre element if that is the name.
// The attributes that the author set are the outer one's.
func (h *Highlighter) open(w util.BufWriter, name string, n *ast.FencedCodeBlock, f *fence, style *chroma.Style) {
	var classes []string
	if style == nil {
		classes = append(classes, "chroma")
	}
	if name == "code" && f.language != "" {
		classes = append(classes, "language-"+f.language)
	}
	tabindex := name == "pre"
	if n != nil {
		if class, ok := n.AttributeString("class"); ok {
			classes = append(classes, attributeText(class))
		}
		if _, own := n.AttributeString("tabindex"); own {
			tabindex = false
		}
	}
	str(w, "<"+name)
	attribute(w, "class", strings.Join(classes, " "))
	if tabindex {
		str(w, ` tabindex="0"`)
	}
	attribute(w, "style", h.outerStyle(name, f, style))
	if n != nil {
		markdown.WriteAttributes(w, n, "class", "title")
	}
	if name == "pre" {
		str(w, "><code")
		if f.language != "" {
			attribute(w, "class", "language-"+f.language)
		}
		if style != nil { // against the page's style of code
			attribute(w, "style", "padding:0;background:none;color:inherit")
		}
	}
	attribute(w, "data-lang", f.language)
	str(w, ">")
}

// outerStyle returns the declarations of the outer element.
func (h *Highlighter) outerStyle(name string, f *fence, style *chroma.Style) string {
	var list []string
	width := f.tabWidth
	if width == 0 {
		width = h.opts.TabWidth
	}
	if style != nil {
		list = append(list, base(style).String())
		if name == "pre" {
			list = append(list, "padding:.9em 1.1em", "overflow-x:auto")
			if width == 0 {
				width = defaultTabWidth
			}
		}
	}
	if width > 0 {
		list = append(list, "tab-size:"+strconv.Itoa(width))
	}
	return strings.Join(list, ";")
}

// content writes what is inside of the code element.
func (h *Highlighter) content(w util.BufWriter, c *content) {
	if c.lexer == nil || tooLong(c.lexer, len(c.code)) {
		if !c.lines {
			markdown.WriteEscaped(w, c.code)
			return
		}
		c.lexer = nil
		c.write(w, c.html())
		return
	}
	c.write(w, h.cache.get(c.key(), c.html))
}

// attribute writes an attribute, unless it is empty.
func attribute(w util.BufWriter, name, value string) {
	if value != "" {
		str(w, " "+name+`="`)
		escaped(w, value)
		str(w, `"`)
	}
}

// A BufWriter keeps its error for Flush.

func str(w util.BufWriter, s string)     { _, _ = w.WriteString(s) }
func escaped(w util.BufWriter, s string) { markdown.WriteEscaped(w, []byte(s)) }
