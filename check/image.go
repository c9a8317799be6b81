package check

import (
	"bytes"

	"github.com/jam-go/jam/internal/htmlscan"
)

// image checks an img element.
func (r *reader) image(tok *htmlscan.Token) {
	r.alt(tok, "image")
	if alt, ok := tok.Attr("alt"); ok && r.inHeading > 0 && !isBlank(alt.Value) {
		r.headings.text = true
	}
	width, hasWidth := tok.Attr("width")
	height, hasHeight := tok.Attr("height")
	if hasWidth && hasHeight && len(width.Value) > 0 && len(height.Value) > 0 || r.isHidden(tok) {
		return
	}
	if style, _ := tok.Attr("style"); bytes.Contains(style.Value, []byte("aspect-ratio")) ||
		(hasWidth || bytes.Contains(style.Value, []byte("width"))) && (hasHeight || bytes.Contains(style.Value, []byte("height"))) {
		return
	}
	src, _ := tok.Attr("src")
	missing := "neither width nor height"
	switch {
	case hasWidth:
		missing = "no height"
	case hasHeight:
		missing = "no width"
	}
	r.found(imageSize, tok.Start, string(src.Value), "the image has %s", missing)
}

// alt checks that an image has an alternative text.
func (r *reader) alt(tok *htmlscan.Token, what string) {
	if _, ok := tok.Attr("alt"); ok || r.isHidden(tok) {
		return
	}
	for _, name := range []string{"aria-label", "aria-labelledby", "title"} {
		if a, ok := tok.Attr(name); ok && !isBlank(a.Value) {
			return
		}
	}
	src, _ := tok.Attr("src")
	r.found(imageAlt, tok.Start, string(src.Value), "the %s has no alt", what)
}

// isHidden tells whether an element is none for those who listen.
func (r *reader) isHidden(tok *htmlscan.Token) bool {
	if _, ok := tok.Attr("hidden"); ok {
		return true
	}
	hidden, _ := tok.Attr("aria-hidden")
	role, _ := tok.Attr("role")
	return string(hidden.Value) == "true" || string(role.Value) == "presentation" || string(role.Value) == "none"
}
