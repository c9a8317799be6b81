package minifier

import (
	"bytes"
	"errors"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/buffer"
)

// rewriteVersion keeps the rewriting from using syntax of later editions of
// ECMAScript than 2018 that the source doesn't use.
const rewriteVersion = 2018

// rewriters are the minifiers of tdewolff/minify, by media type.
var rewriters = map[string]minify.Minifier{
	typeCSS: &css.Minifier{},
	typeJS:  &js.Minifier{Version: rewriteVersion},
	typeSVG: &svg.Minifier{},
}

// appendRewritten appends a document that tdewolff/minify has rewritten. One
// with a NUL, which its parsers take for the end, stays as it is, and so does
// code that would end the element of HTML that holds it.
func appendRewritten(dst, src []byte, mediatype string) ([]byte, error) {
	if bytes.IndexByte(src, 0) >= 0 {
		return append(dst, src...), nil
	}
	// The minifier overwrites what it reads, and needs room for one more byte.
	private := append(make([]byte, 0, len(src)+1), src...)
	w := buffer.NewWriter(dst)
	// Nothing is registered for what is embedded: that stays as it is.
	err := rewriters[mediatype].Minify(minify.New(), w, buffer.NewReader(private), map[string]string{"escape-html": "1"})
	if e, ok := errors.AsType[*parse.Error](err); ok {
		return dst, syntaxErrorf(offsetOf(src, e.Line, e.Column), "%s: %s", rewriteNames[mediatype], e.Message)
	}
	if err != nil {
		return dst, syntaxErrorf(0, "%s: %v", rewriteNames[mediatype], err)
	}
	if out := w.Bytes(); !endsElement(out[len(dst):]) || endsElement(src) {
		return out, nil
	}
	return append(dst, src...), nil
}

var rewriteNames = map[string]string{typeCSS: "CSS", typeJS: "JavaScript", typeSVG: "SVG"}

// endsElement reports whether code would end a script or style element that
// holds it, or change how the element's end is found.
func endsElement(code []byte) bool {
	lower := bytes.ToLower(code)
	return bytes.Contains(lower, []byte("</script")) || bytes.Contains(lower, []byte("</style")) || bytes.Contains(lower, []byte("<!--"))
}

// offsetOf returns the offset of a line and a column in characters, both from 1
// and as tdewolff/parse counts them: a line also ends with U+2028 and U+2029.
func offsetOf(src []byte, line, column int) int {
	offset := 0
	for ; line > 1; line-- {
		n := lineLen(src[offset:])
		rest := src[offset+n:]
		switch {
		case len(rest) == 0:
			return len(src)
		case bytes.HasPrefix(rest, []byte("\r\n")):
			n += 2
		case rest[0] == '\n' || rest[0] == '\r':
			n++
		default:
			n += len("\u2028")
		}
		offset += n
	}
	for i := range string(src[offset:]) {
		if column == 1 {
			return offset + i
		}
		column--
	}
	return len(src)
}
