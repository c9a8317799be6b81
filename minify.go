package jam

import (
	"bytes"
	"context"
	"io"

	"github.com/jam-go/jam/internal/minifier"
)

// Minify sets what is minified. The zero value minifies HTML, CSS, JavaScript, JSON, SVG
// and XML: pages, resources and static files. What a document means does not
// change; files named as already minified (app.min.js) are copied unchanged.
type Minify struct {
	// Disabled turns minifying off.
	Disabled bool

	// These leave files of one type as they are, inside HTML as well.
	KeepHTML, KeepCSS, KeepJS, KeepJSON, KeepSVG, KeepXML bool

	// KeepComments keeps comments in HTML, SVG and XML. Those that mean
	// something to a program, such as conditional comments, always stay.
	KeepComments bool

	// KeepWhitespace keeps the white space of HTML text, for style sheets
	// that set the white-space property on elements other than pre and textarea.
	KeepWhitespace bool

	// KeepQuotes keeps the quotes around attribute values in HTML.
	KeepQuotes bool

	// Rewrite has CSS, JavaScript and SVG rewritten by tdewolff/minify: names
	// are shortened and expressions, colours, numbers and paths simplified. That saves
	// more, for scripts about a third, but may change what a document
	// means in rare cases; without it only what has no meaning is left out.
	Rewrite bool

	// Lenient keeps a file that cannot be minified, because of a mistake in
	// it, as it is, with a warning. Otherwise it is an error.
	Lenient bool
}

// Minifier minifies files and what Renderers write. It is what a build uses, and
// may be used alone. It is safe for concurrent use.
type Minifier struct {
	cfg Minify
	m   *minifier.Minifier
}

// NewMinifier returns a Minifier.
func NewMinifier(cfg Minify) *Minifier {
	return &Minifier{cfg: cfg, m: minifier.New(minifier.Options{
		SkipHTML: cfg.KeepHTML, SkipCSS: cfg.KeepCSS, SkipJS: cfg.KeepJS,
		SkipJSON: cfg.KeepJSON, SkipSVG: cfg.KeepSVG, SkipXML: cfg.KeepXML,
		KeepComments: cfg.KeepComments, KeepWhitespace: cfg.KeepWhitespace, KeepQuotes: cfg.KeepQuotes, Rewrite: cfg.Rewrite,
	})}
}

// Bytes returns the minified form of a file, whose type is that of its name's
// extension; a file of another type comes back as it is. The error is an [Error] with
// the position of what cannot be minified; with [Minify.Lenient] there is none and
// the file comes back as it is.
func (m *Minifier) Bytes(ctx context.Context, name string, src []byte) ([]byte, error) {
	if !m.handles(name) {
		return src, nil
	}
	out, err := m.minify(ctx, name, make([]byte, 0, len(src)), src)
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case m.cfg.Lenient:
		return src, nil
	}
	return nil, joinErrors(placed("minify", name, err))
}

// Renderer returns a Renderer that minifies the HTML that r writes. A site does that
// by itself: it is for Renderers used alone.
func (m *Minifier) Renderer(r Renderer) Renderer {
	return RendererFunc(func(ctx context.Context, w io.Writer, p *Page) error {
		var buf bytes.Buffer
		if err := r.Render(ctx, &buf, p); err != nil {
			return err
		}
		out, err := m.Bytes(ctx, "index.html", buf.Bytes())
		if err != nil {
			return err
		}
		_, err = w.Write(out)
		return err
	})
}

// handles tells whether files of that name are minified.
func (m *Minifier) handles(name string) bool {
	if m.cfg.Disabled {
		return false
	}
	_, ok := m.m.Type(name)
	return ok
}

// minify appends to dst.
func (m *Minifier) minify(ctx context.Context, name string, dst, src []byte) ([]byte, error) {
	mediatype, _ := m.m.Type(name)
	return m.m.Bytes(ctx, mediatype, dst, src)
}
