package funcs

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// portableSpans writes the spans of a block of Portable Text.
func portableSpans(block map[string]any) (string, error) {
	children, err := portableMaps(block["children"])
	if err != nil {
		return "", fmt.Errorf("children: %w", err)
	}
	links, err := portableLinks(block)
	if err != nil {
		return "", err
	}
	w := spanWriter{links: links}
	var text string
	var marks []string
	for i, child := range children {
		t, err := portableField(child, "text")
		if err != nil {
			return "", fmt.Errorf("children: %d: %w", i+1, err)
		}
		m, err := flatten("marks", []any{child["marks"]})
		if err != nil {
			return "", fmt.Errorf("children: %d: %w", i+1, err)
		}
		if slices.Equal(m, marks) {
			text += t // as one code span, for example
			continue
		}
		w.span(text, marks)
		text, marks = t, m
	}
	w.span(text, marks)
	w.closeTo(0)
	return w.out.String(), nil
}

// portableLinks returns the targets of a block's links by their keys.
func portableLinks(block map[string]any) (map[string]string, error) {
	defs, err := portableMaps(block["markDefs"])
	if err != nil {
		return nil, fmt.Errorf("markDefs: %w", err)
	}
	links := make(map[string]string)
	for _, def := range defs {
		key, err := portableField(def, "_key")
		if err != nil {
			return nil, fmt.Errorf("markDefs: %w", err)
		}
		href, err := portableField(def, "href")
		if err != nil {
			return nil, fmt.Errorf("markDefs: %w", err)
		}
		if def["_type"] == "link" && href != "" {
			links[key] = href
		}
	}
	return links, nil
}

// spanWriter writes spans with their marks, which may overlap, as nested
// emphasis and links of Markdown.
type spanWriter struct {
	links map[string]string
	out   strings.Builder
	open  []string // marks, the outermost first
	space string   // white space that is still to be written
}

// span writes a text that has marks. White space at its edges stays outside of
// marks that begin or end there, where Markdown wants it.
func (w *spanWriter) span(text string, marks []string) {
	core := strings.TrimLeftFunc(text, unicode.IsSpace)
	w.space += text[:len(text)-len(core)]
	text = core
	if core = strings.TrimRightFunc(text, unicode.IsSpace); core == "" {
		return
	}
	stay := 0
	for stay < len(w.open) && slices.Contains(marks, w.open[stay]) {
		stay++
	}
	w.closeTo(stay)
	if w.out.Len() > 0 {
		w.out.WriteString(w.space)
	}
	for _, m := range marks {
		if !slices.Contains(w.open, m) && w.delimiter(m) != "" {
			w.open = append(w.open, m)
			w.out.WriteString(w.delimiter(m))
		}
	}
	if slices.Contains(marks, "code") {
		fence := "`"
		for strings.Contains(core, fence) {
			fence += "`"
		}
		w.out.WriteString(fence + core + fence)
	} else {
		w.out.WriteString(core)
	}
	w.space = text[len(core):]
}

// closeTo ends the marks within the outermost n.
func (w *spanWriter) closeTo(n int) {
	for _, m := range slices.Backward(w.open[n:]) {
		if href, ok := w.links[m]; ok {
			w.out.WriteString("](" + linkTarget(href) + ")")
		} else {
			w.out.WriteString(w.delimiter(m))
		}
	}
	w.open = w.open[:n]
}

// delimiter is what begins a mark, or "" for one that Markdown hasn't.
func (w *spanWriter) delimiter(mark string) string {
	switch mark {
	case "strong":
		return "**"
	case "em":
		return "_"
	case "strike-through":
		return "~~"
	}
	if _, ok := w.links[mark]; ok {
		return "["
	}
	return ""
}
