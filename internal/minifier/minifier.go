package minifier

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
	"sync"
)

// Options chooses what is minified. The zero value minifies every type.
type Options struct {
	// A type that is skipped is copied unchanged, as a file and inside HTML.
	SkipHTML, SkipCSS, SkipJS, SkipJSON, SkipSVG, SkipXML bool

	// KeepComments keeps the comments of HTML, SVG and XML. Without it those
	// that mean something to a program stay all the same: see the package
	// documentation.
	KeepComments bool
	// KeepWhitespace keeps the white space of HTML text as it is, for sites
	// whose style sheets set the white-space property on elements of their own.
	KeepWhitespace bool
	// KeepQuotes keeps the quotes around every HTML attribute value, for
	// readers of the output that are no HTML parsers.
	KeepQuotes bool

	// Rewrite hands CSS, JavaScript and SVG, as files, and CSS and JavaScript
	// inside HTML, to the minifiers of tdewolff/minify. They produce less, as
	// they also shorten names, numbers, colours, paths and expressions, but
	// don't always keep the meaning: see the package documentation.
	Rewrite bool
}

// A Minifier minifies documents. It is safe for concurrent use.
type Minifier struct {
	opt     Options
	html    sync.Pool // of *htmlMinifier
	scratch sync.Pool // of *[]byte

	repeated repeated
}

// New returns a Minifier.
func New(opt Options) *Minifier {
	m := &Minifier{opt: opt}
	m.html.New = func() any { return new(htmlMinifier) }
	m.scratch.New = func() any { return new([]byte) }
	return m
}

// Media types, as [Minifier.Type] returns them.
const (
	typeHTML  = "text/html"
	typeCSS   = "text/css"
	typeJS    = "text/javascript"
	typeJSON  = "application/json"
	typeSVG   = "image/svg+xml"
	typeXML   = "application/xml"
	typeOther = ""
)

// Type returns the media type of a file by the extension of its name, and
// whether files of that type are minified. They are not if the options skip
// the type, if the name says that the file is minified already (app.min.js,
// app-min.css), and if it is a source map, whose lines nobody reads.
func (m *Minifier) Type(name string) (mediatype string, ok bool) {
	base := path.Base(name)
	ext := path.Ext(base)
	switch strings.ToLower(ext) {
	case ".html", ".htm":
		mediatype = typeHTML
	case ".css":
		mediatype = typeCSS
	case ".js", ".mjs":
		mediatype = typeJS
	case ".json", ".webmanifest", ".jsonld", ".geojson":
		mediatype = typeJSON
	case ".svg":
		mediatype = typeSVG
	case ".xml", ".rss", ".atom", ".rdf", ".opml", ".xsl", ".xslt", ".xhtml":
		mediatype = typeXML
	default:
		return typeOther, false
	}
	stem := strings.ToLower(strings.TrimSuffix(base, ext))
	if strings.HasSuffix(stem, ".min") || strings.HasSuffix(stem, "-min") {
		return mediatype, false
	}
	return mediatype, m.handles(mediatype)
}

// handles reports whether documents of a type are changed at all.
func (m *Minifier) handles(mediatype string) bool {
	switch mediatype {
	case typeHTML:
		return !m.opt.SkipHTML
	case typeCSS:
		return !m.opt.SkipCSS
	case typeJS:
		return !m.opt.SkipJS
	case typeJSON:
		return !m.opt.SkipJSON
	case typeSVG:
		return !m.opt.SkipSVG
	case typeXML:
		return !m.opt.SkipXML
	}
	return false
}

// Bytes appends the minified form of src to dst and returns the extended
// slice. It doesn't change src, and dst must not overlap it. What the
// minifier doesn't handle, because the options skip it, because the media type
// is none that [Minifier.Type] returns, or because it is UTF-16, is appended
// as it is. A parameter of the media type is ignored.
//
// A document that can't be minified is a [*diag.Error] at its line and
// column, and dst is returned as it was: src is then still what a lenient
// caller may write. The context's error is returned if it has ended.
func (m *Minifier) Bytes(ctx context.Context, mediatype string, dst, src []byte) (_ []byte, err error) {
	if err := ctx.Err(); err != nil {
		return dst, err
	}
	mediatype, _, _ = strings.Cut(mediatype, ";")
	mediatype = strings.TrimSpace(mediatype)
	if len(src) == 0 || !m.handles(mediatype) || isUTF16(src) {
		return append(dst, src...), nil
	}
	out, err := m.minify(mediatype, dst, src)
	if err != nil {
		return dst, position(src, err)
	}
	return out, nil
}

// Buffer minifies the content of buf in place, as [Minifier.Bytes] does. On an
// error the content is unchanged.
func (m *Minifier) Buffer(ctx context.Context, mediatype string, buf *bytes.Buffer) error {
	scratch := m.scratch.Get().(*[]byte)
	defer m.scratch.Put(scratch)
	out, err := m.Bytes(ctx, mediatype, (*scratch)[:0], buf.Bytes())
	*scratch = out[:0]
	if err != nil {
		return err
	}
	buf.Reset()
	buf.Write(out)
	return nil
}

var bom = []byte("\ufeff")

// minify appends the minified src to dst. Its errors are *syntaxErrors.
func (m *Minifier) minify(mediatype string, dst, src []byte) (_ []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the minifier panicked: %v", r)
		}
	}()
	rest := bytes.TrimPrefix(src, bom)
	dst = append(dst, src[:len(src)-len(rest)]...)
	switch mediatype {
	case typeHTML:
		dst, err = m.appendHTML(dst, rest)
	case typeCSS:
		dst, err = m.appendCSS(dst, rest)
	case typeJS:
		dst, err = m.appendJS(dst, rest)
	case typeJSON:
		dst, err = appendJSON(dst, rest)
	case typeSVG:
		dst, err = m.appendSVG(dst, rest)
	case typeXML:
		dst, err = appendXML(dst, rest, false, m.opt.KeepComments)
	}
	return dst, shift(err, len(src)-len(rest))
}

func (m *Minifier) appendCSS(dst, src []byte) ([]byte, error) {
	if m.opt.Rewrite {
		return appendRewritten(dst, src, typeCSS)
	}
	return appendCSS(dst, src)
}

func (m *Minifier) appendJS(dst, src []byte) ([]byte, error) {
	if m.opt.Rewrite {
		return appendRewritten(dst, src, typeJS)
	}
	return appendCode(dst, src)
}

func (m *Minifier) appendSVG(dst, src []byte) ([]byte, error) {
	if m.opt.Rewrite {
		return appendRewritten(dst, src, typeSVG)
	}
	return appendXML(dst, src, true, m.opt.KeepComments)
}

// isUTF16 reports whether src begins with the byte order mark of UTF-16.
func isUTF16(src []byte) bool {
	return len(src) >= 2 && (src[0] == 0xfe && src[1] == 0xff || src[0] == 0xff && src[1] == 0xfe)
}
