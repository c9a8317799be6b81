package diagram

import (
	"context"
	"html"
	"html/template"
	"io"
	"maps"
	"strings"

	"github.com/jam-go/jam"
)

// Hooks makes h draw code blocks of the language goat.
func Hooks(h *jam.Hooks) {
	all := maps.Clone(h.CodeBlock)
	if all == nil {
		all = map[string]func(context.Context, io.Writer, *jam.CodeBlockElement) error{}
	}
	all["goat"] = CodeBlock
	h.CodeBlock = all
}

// CodeBlock is a hook for [jam.Hooks.CodeBlock], which draws the code block.
func CodeBlock(_ context.Context, w io.Writer, e *jam.CodeBlockElement) error {
	a := e.Attributes()
	title := a["title"]
	if title == "" {
		title = a["alt"]
	}
	svg, err := draw(e.Inner, frame{title: title, id: a["id"], class: a["class"]})
	if err == nil {
		_, err = io.WriteString(w, svg+"\n")
	}
	return err
}

// SVG draws a diagram. The title, if there is one, is its name for screen readers. It is an
// error if the text has control characters, or is too large. It may be called concurrently.
func SVG(text string, title ...string) (template.HTML, error) {
	svg, err := draw(text, frame{title: strings.Join(title, " ")})
	return template.HTML(svg), err
}

// frame is what an author says about a diagram.
type frame struct{ title, id, class string }

// write writes the element around what draws the diagram, of a size in pixels.
func (f frame) write(b *strings.Builder, width, height int, drawing string) {
	b.WriteString(`<svg`)
	attribute(b, "class", strings.TrimSpace("diagram "+f.class))
	if f.id != "" {
		attribute(b, "id", f.id)
	}
	if f.title != "" {
		attribute(b, "role", "img")
	}
	attribute(b, "width", number(width))
	attribute(b, "height", number(height))
	attribute(b, "viewBox", "0 0 "+number(width)+" "+number(height))
	b.WriteString(">")
	if f.title != "" {
		b.WriteString("<title>" + html.EscapeString(f.title) + "</title>")
	}
	b.WriteString(drawing + "</svg>")
}

func attribute(b *strings.Builder, name, value string) {
	b.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
}
