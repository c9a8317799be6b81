package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// link resolves the destination of a link or an image, and reports one that
// is not written.
func (r *run) link(n ast.Node, dest, title *[]byte, image bool) {
	url := unescape(*dest)
	if r.marked {
		url = r.expandLink(dest, title)
	}
	if r.src.Resolve != nil {
		l := Link{string(url), string(unescape(*title)), image, &r.where, n.Pos()}
		resolved, err := r.src.Resolve(l)
		switch {
		case err != nil:
			r.problems = append(r.problems, problem{BrokenLink, n.Pos(), err})
		case resolved != l.Destination:
			if r.src.Hooks != nil {
				if r.written == nil {
					r.written = map[ast.Node]string{}
				}
				r.written[n] = l.Destination
			}
			url = []byte(resolved)
			*dest = escapeDestination(url)
		}
	}
	r.checkURL(url, n.Pos())
}

// expandLink puts inserts into a destination and a title, and returns the destination
// as an address.
func (r *run) expandLink(dest, title *[]byte) (url []byte) {
	for _, s := range [...]*[]byte{dest, title} {
		if hasMarkers(*s) {
			*s = escapeDestination(r.plain(unescape(*s)))
		}
	}
	return unescape(*dest)
}

// checkURL reports an address that the renderer leaves out.
func (r *run) checkURL(url []byte, offset int) {
	cfg := &r.engine.cfg
	if !cfg.Untrusted && !mayBeDangerous(url) || cfg.mayLink(util.URLEscape(url, false)) {
		return
	}
	scheme, _, _ := bytes.Cut(url, []byte{':'})
	r.report(UnsafeURL, offset, `address with scheme "%s:" left out`, scheme)
}

// escapeDestination writes url as a link destination, in which escapes and
// entities will be resolved.
func escapeDestination(url []byte) []byte {
	if bytes.IndexByte(url, '\\') < 0 && bytes.IndexByte(url, '&') < 0 {
		return url
	}
	url = bytes.ReplaceAll(url, []byte(`\`), []byte(`\\`))
	return bytes.ReplaceAll(url, []byte(`&`), []byte(`&amp;`))
}
