package markdown

import (
	"bytes"
	"html"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"github.com/jam-go/jam/internal/insert"
)

// kindDivider is the kind of a summary divider, <!--more-->.
var kindDivider = ast.NewNodeKind("SummaryDivider")

// divider stands where the author ended the summary. It writes nothing.
type divider struct{ ast.BaseBlock }

func (*divider) Kind() ast.NodeKind { return kindDivider }

func (d *divider) Dump(source []byte, level int) { ast.DumpHelper(d, source, level, nil, nil) }

// htmlBlock replaces a summary divider and reports what is left out.
func (r *run) htmlBlock(n *ast.HTMLBlock) {
	raw := blockText(n, r.source)
	offset := n.Lines().At(0).Start
	offset += len(r.source[offset:]) - len(bytes.TrimLeft(r.source[offset:], " \t"))
	if n.HTMLBlockType == ast.HTMLBlockType2 {
		if isDivider(raw) && n.Parent().Kind() == ast.KindDocument {
			if r.divider { // only the first counts
				n.Parent().RemoveChild(n.Parent(), n)
			} else {
				n.Parent().ReplaceChild(n.Parent(), n, &divider{})
			}
			r.divider = true
			return
		}
		if r.engine.cfg.Unsafe {
			r.rawIDs(raw)
			return
		}
		rest, closed := afterComment(raw)
		switch {
		case !closed:
			r.report(RawHTML, offset, "a comment is never closed, what follows is left out: add -->")
			return
		case len(bytes.TrimSpace(rest)) == 0:
			return
		}
		rest = bytes.TrimLeft(rest, " \t\n")
		offset += len(raw) - len(rest)
		raw = rest
	}
	if r.engine.cfg.Unsafe {
		r.rawIDs(raw)
		return
	}
	r.report(RawHTML, offset, `raw HTML "%s" left out`, snippet(r.plain(raw)))
}

// rawInline reports a tag that is left out.
func (r *run) rawInline(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	first := n.Segments.At(0)
	raw := n.Segments.Value(r.source)
	switch {
	case r.engine.cfg.Unsafe:
		r.rawIDs(raw)
	case !bytes.HasPrefix(raw, []byte("<!--")):
		r.report(RawHTML, first.Start, `raw HTML "%s" left out`, snippet(r.plain(raw)))
	}
}

// rawIDs notes the ids in raw HTML, and the names of <a> elements.
func (r *run) rawIDs(raw []byte) {
	for {
		i := bytes.IndexByte(raw, '<')
		if i < 0 {
			return
		}
		raw = raw[i:]
		name := tagName(raw)
		if len(name) > 0 && raw[1] != '/' {
			tag := raw[1+len(name) : tagEnd(raw)]
			for key, value := range tagAttributes(tag) {
				if key == "id" || key == "name" && string(name) == "a" {
					r.anchors = append(r.anchors, r.anchorValue(value))
				}
			}
		}
		raw, _ = skipTag(raw)
	}
}

// anchorValue returns the text of an attribute in raw HTML.
func (r *run) anchorValue(value string) string {
	return insert.ExpandString(html.UnescapeString(string(r.plain([]byte(value)))), nil)
}

// tagAttributes yields the attributes of a tag, given without its name.
func tagAttributes(tag []byte) iter.Seq2[string, string] {
	const space = " \t\n\f\r/>"
	return func(yield func(string, string) bool) {
		for {
			tag = bytes.TrimLeft(tag, space)
			n := bytes.IndexAny(tag, space+"=")
			if n <= 0 {
				return
			}
			key := strings.ToLower(string(tag[:n]))
			tag = bytes.TrimLeft(tag[n:], space)
			var value []byte
			if len(tag) > 0 && tag[0] == '=' {
				value, tag = tagValue(bytes.TrimLeft(tag[1:], space))
			}
			if !yield(key, string(value)) {
				return
			}
		}
	}
}

func tagValue(s []byte) (value, rest []byte) {
	if len(s) > 0 && (s[0] == '"' || s[0] == '\'') {
		value, rest, _ = bytes.Cut(s[1:], s[:1])
		return value, rest
	}
	if n := bytes.IndexAny(s, " \t\n\f\r>"); n >= 0 {
		return s[:n], s[n:]
	}
	return s, nil
}

// blockText returns the text of an HTML block without indentation.
func blockText(n *ast.HTMLBlock, source []byte) []byte {
	lines := n.Lines()
	var last text.Segment
	if n.HasClosure() {
		last = n.ClosureLine
	} else {
		last = lines.At(lines.Len() - 1)
	}
	first := lines.At(0)
	return bytes.TrimLeft(source[first.Start:max(last.Stop, first.Stop)], " \t")
}

// afterComment returns what follows the comment at the start of raw.
func afterComment(raw []byte) (rest []byte, closed bool) {
	const open, end = "<!", "-->" // so that <!--> is a comment
	_, rest, closed = bytes.Cut(raw[len(open):], []byte(end))
	return rest, closed
}

func isDivider(raw []byte) bool {
	s, ok := bytes.CutPrefix(bytes.TrimSpace(raw), []byte("<!--"))
	s, end := bytes.CutSuffix(s, []byte("-->"))
	return ok && end && string(bytes.TrimSpace(s)) == "more"
}

// snippet returns the beginning of raw in one line.
func snippet(raw []byte) string {
	const most = 60
	raw = raw[:min(len(raw), 4*most)]
	s := strings.ToValidUTF8(strings.Join(strings.Fields(string(raw)), " "), "")
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most-1]) + "…"
	}
	return s
}

// raw writes raw HTML, with disallowed tags as text if so configured.
func (r *htmlRenderer) raw(o *output, s []byte) {
	if r.cfg.FilterTags {
		for {
			i := bytes.IndexByte(s, '<')
			if i < 0 {
				break
			}
			r.Writer.SecureWrite(o, s[:i])
			if isDisallowedTag(s[i+1:]) {
				o.str("&lt;")
			} else {
				o.str("<")
			}
			s = s[i+1:]
		}
	}
	r.Writer.SecureWrite(o, s)
}

// isDisallowedTag reports whether s, which follows a <, begins a tag that
// GitHub Flavored Markdown 0.29 disallows in its section 6.11.
func isDisallowedTag(s []byte) bool {
	s = bytes.TrimPrefix(s, []byte("/"))
	i := 0
	for i < len(s) && i < 10 && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z') {
		i++
	}
	if i < len(s) && !bytes.ContainsRune([]byte(" \t\n\f\r/>"), rune(s[i])) {
		return false
	}
	switch strings.ToLower(string(s[:i])) {
	case "title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext":
		return true
	}
	return false
}

// dangerous reports whether a browser might run the content of url, which has
// no control characters, as goldmark decides it: data of some image types is
// safe.
func dangerous(url []byte) bool {
	return mayBeDangerous(url) && ghtml.IsDangerousURL(url)
}

// mayBeDangerous tells by the first letter of a URL whether a look at the rest is needed.
func mayBeDangerous(url []byte) bool {
	if len(url) == 0 {
		return false
	}
	switch url[0] | 0x20 {
	case 'j', 'v', 'd', 'f':
		return true
	}
	return false
}

func hasPrefixFold(s []byte, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(string(s[:len(prefix)]), prefix)
}
