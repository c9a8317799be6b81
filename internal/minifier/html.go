package minifier

import (
	"bytes"
)

// An htmlMinifier minifies one HTML document in one pass. It reads tokens as
// the HTML standard's tokenizer does (13.2.5) and knows just enough of tree
// construction to tell where white space, raw text and SVG begin and end.
type htmlMinifier struct {
	opt Options
	m   *Minifier
	src []byte
	dst []byte
	pos int

	start int // of the output in dst

	tag   tag      // the tag being read
	lower [32]byte // its name in lower case
	value []byte   // the value of an attribute

	foreign []foreign // open SVG and MathML elements
	keeping []span    // elements open since white space is kept, the first being the reason
	lost    bool      // markup can't be followed, so all white space is kept
	head    bool      // within the document's head, where nothing is rendered
	body    bool      // past it
	space   bool      // dst ends with the white space of an unfinished text
}

// A span is a part of the source.
type span struct{ start, end int }

func (m *Minifier) appendHTML(dst, src []byte) ([]byte, error) {
	h := m.html.Get().(*htmlMinifier)
	*h = htmlMinifier{
		opt: m.opt, m: m, src: src, dst: dst, start: len(dst),
		tag: tag{attrs: h.tag.attrs[:0]}, foreign: h.foreign[:0], keeping: h.keeping[:0], value: h.value[:0],
	}
	err := h.run()
	dst = h.dst
	h.src, h.dst, h.m = nil, nil, nil
	m.html.Put(h)
	return dst, err
}

func (h *htmlMinifier) run() error {
	for h.pos < len(h.src) {
		n := bytes.IndexByte(h.src[h.pos:], '<')
		if n < 0 {
			h.text(h.src[h.pos:])
			return nil
		}
		if !isMarkup(h.src[h.pos+n:]) {
			n++ // a lone < is text
			h.text(h.src[h.pos : h.pos+n])
			h.pos += n
			continue
		}
		h.text(h.src[h.pos : h.pos+n])
		h.pos += n
		if err := h.markup(); err != nil {
			return err
		}
	}
	return nil
}

// isMarkup reports whether b, which begins with <, begins a tag or a comment.
func isMarkup(b []byte) bool {
	if len(b) < 2 {
		return false
	}
	return isLetter(b[1]) || b[1] == '!' || b[1] == '?' || b[1] == '/' && len(b) > 2
}

// markup copies the tag, comment or declaration at h.pos.
func (h *htmlMinifier) markup() error {
	b := h.src[h.pos:]
	switch {
	case isLetter(b[1]):
		return h.startTag()
	case b[1] == '/' && isLetter(b[2]):
		h.endTag()
	case bytes.HasPrefix(b, []byte("<!--")):
		h.comment(b[:commentLen(b)])
	case bytes.HasPrefix(b, []byte("<![CDATA[")) && h.inForeign():
		h.verbatim(through(b, "]]>"))
	default:
		if len(b) > 9 && bytes.EqualFold(b[:9], []byte("<!doctype")) {
			h.head = !h.body
		}
		h.verbatim(through(b, ">")) // a bogus comment where it isn't a doctype
	}
	return nil
}

// comment copies or drops a comment. If dropped, the texts around it become
// one. In elements such as pre it stays, because a line break after the start
// tag is dropped by parsers and one after a comment is not.
func (h *htmlMinifier) comment(b []byte) {
	if h.opt.KeepComments || h.lost || len(h.keeping) > 0 || !isClosed(b) || isInstruction(b) || h.separates(len(b)) {
		h.verbatim(len(b))
		return
	}
	h.pos += len(b)
}

// separates reports whether the comment of n bytes at h.pos keeps two texts
// apart that would otherwise become a tag or a character reference.
func (h *htmlMinifier) separates(n int) bool {
	if h.pos+n == len(h.src) || h.src[h.pos+n] == '<' || isSpace(h.src[h.pos+n]) {
		return false
	}
	i := len(h.dst) - 1
	first := max(i-longestReference, h.start)
	for i >= first && (isLetter(h.dst[i]) || isDigit(h.dst[i]) || h.dst[i] == '#') {
		i--
	}
	return i >= first && (h.dst[i] == '<' || h.dst[i] == '&')
}

// longestReference is more than the length of any named character reference.
const longestReference = 40

// isClosed reports whether the comment doesn't just end with the document.
func isClosed(comment []byte) bool {
	return bytes.HasSuffix(comment, []byte("-->")) || bytes.HasSuffix(comment, []byte("--!>"))
}

// verbatim copies the next n bytes as they are.
func (h *htmlMinifier) verbatim(n int) {
	h.dst = append(h.dst, h.src[h.pos:h.pos+n]...)
	h.pos += n
	h.space = false
}

// through returns the length of b up to and with the first mark, or all of it.
func through(b []byte, mark string) int {
	if i := bytes.Index(b, []byte(mark)); i >= 0 {
		return i + len(mark)
	}
	return len(b)
}

// commentLen returns the length of the comment that b begins with. It ends
// with --> or --!>, and <!--> and <!---> are whole comments.
func commentLen(b []byte) int {
	body := b[len("<!--"):]
	if bytes.HasPrefix(body, []byte(">")) {
		return len("<!-->")
	}
	if bytes.HasPrefix(body, []byte("->")) {
		return len("<!--->")
	}
	for i := 0; ; i += 2 {
		n := bytes.Index(body[i:], []byte("--"))
		if n < 0 {
			return len(b)
		}
		i += n
		for i+2 < len(body) && body[i+2] == '-' {
			i++
		}
		rest := body[i+2:]
		if bytes.HasPrefix(rest, []byte(">")) {
			return len("<!--") + i + len("-->")
		}
		if bytes.HasPrefix(rest, []byte("!>")) {
			return len("<!--") + i + len("--!>")
		}
	}
}

// isInstruction reports whether the comment is meant for a program. People's
// comments begin with a space, a letter or a rule of dashes; conditional
// comments, server-side includes, licences and the marks of client-side
// frameworks begin with a sign. Edge-side includes and Knockout have words.
func isInstruction(comment []byte) bool {
	text := comment[len("<!--"):]
	switch c := text[0]; {
	case c == '-' || c == '>':
		return len(comment) <= len("<!---->") // a mark of Lit and Vue
	case bytes.HasPrefix(text, []byte("esi")), bytes.HasPrefix(text, []byte("lit-")):
		return true
	case c == ' ':
		text = bytes.TrimLeft(text, " /")
		return bytes.HasPrefix(text, []byte("ko ")) || bytes.HasPrefix(text, []byte("ko-->"))
	default:
		return !isSpace(c) && !isLetter(c) && c < 0x80 && !isDigit(c) && c != '=' && c != '*'
	}
}

// startTag copies the start tag at h.pos, and the raw text after it.
func (h *htmlMinifier) startTag() error {
	if !h.readTag(h.pos + len("<")) {
		h.verbatim(len(h.src) - h.pos) // ends within the tag
		return nil
	}
	name := h.lowerName(h.tag.name)
	h.breakOut(name)
	inForeign := h.inForeign()
	h.writeTag(name, inForeign)
	h.pos = h.tag.end
	h.space = false

	h.enterHead(name)
	h.enterForeign(name, inForeign)
	if !inForeign && isVoid(name) || inForeign && h.tag.selfClosing {
		return nil
	}
	if len(h.keeping) > 0 || h.tag.spaced || keepsSpace(name, inForeign) {
		h.keeping = append(h.keeping, h.tag.name)
	}
	if inForeign {
		return nil
	}
	return h.rawText(name)
}

// endTag copies the end tag at h.pos.
func (h *htmlMinifier) endTag() {
	if !h.readTag(h.pos + len("</")) {
		h.verbatim(len(h.src) - h.pos)
		return
	}
	name := h.lowerName(h.tag.name)
	switch string(name) {
	case "head", "title", "style", "script", "noscript":
	default:
		h.head, h.body = false, true
	}
	if !h.leaveForeign(name) {
		h.verbatim(len(h.src) - h.pos)
		return
	}
	h.leaveKeeping(name)
	if len(h.tag.attrs) > 0 { // an error that parsers ignore
		h.verbatim(h.tag.end - h.pos)
		return
	}
	h.dst = append(h.dst, h.src[h.pos:h.tag.name.end]...)
	h.dst = append(h.dst, '>')
	h.pos = h.tag.end
	h.space = false
}

// enterHead follows a start tag into the head or the body.
func (h *htmlMinifier) enterHead(name []byte) {
	if h.body {
		return
	}
	switch string(name) {
	case "html", "head":
		h.head = true
	case "base", "link", "meta", "noscript", "script", "style", "title":
	default:
		h.head, h.body = false, true
	}
}

// leaveKeeping follows an end tag out of the elements that keep their white
// space. When tags aren't nested there, what a parser makes of them isn't known
// here, and white space is kept from then on.
func (h *htmlMinifier) leaveKeeping(name []byte) {
	if n := len(h.keeping); n > 0 {
		h.lost = h.lost || !h.named(h.keeping[n-1], name)
		h.keeping = h.keeping[:n-1]
	}
}

// named reports whether the tag name at s is the lower-case name.
func (h *htmlMinifier) named(s span, name []byte) bool {
	return bytes.EqualFold(h.src[s.start:s.end], name)
}

// lowerName returns the name in lower case. It is valid until the next call.
func (h *htmlMinifier) lowerName(name span) []byte {
	b := h.src[name.start:name.end]
	if len(b) > len(h.lower) {
		return b // longer than any name that matters
	}
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h.lower[i] = c
	}
	return h.lower[:len(b)]
}
