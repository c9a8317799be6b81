package minifier

import (
	"bytes"
)

// An xmlMinifier minifies one XML document (XML 1.0). It drops comments, the
// white space within tags, and white space between tags where it is
// indentation; every other text stays what it is.
type xmlMinifier struct {
	src, dst []byte
	pos      int
	svg      bool
	comments bool // are kept

	open []xmlElement
	prev xmlToken // the last token but for texts and dropped comments
	text int      // where the text since it begins in dst
	full bool     // that text holds more than white space
}

// An xmlElement is an open element.
type xmlElement struct {
	name  span
	keeps bool // white space in it is kept
	mixed bool // it holds text beside elements
}

// An xmlToken is a kind of markup.
type xmlToken uint8

const (
	xmlOther xmlToken = iota
	xmlStart
	xmlEnd
)

// appendXML appends an XML or SVG document.
func appendXML(dst, src []byte, svg, comments bool) ([]byte, error) {
	x := xmlMinifier{src: src, dst: dst, svg: svg, comments: comments, text: len(dst)}
	if err := x.run(); err != nil {
		return dst, err
	}
	return x.dst, nil
}

func (x *xmlMinifier) run() error {
	for x.pos < len(x.src) {
		n := bytes.IndexByte(x.src[x.pos:], '<')
		if n < 0 {
			n = len(x.src) - x.pos
		}
		if n > 0 {
			b := x.src[x.pos : x.pos+n]
			x.full = x.full || !isBlank(b)
			x.dst = append(x.dst, b...)
			x.pos += n
			continue
		}
		if err := x.markup(x.src[x.pos:]); err != nil {
			return err
		}
	}
	if n := len(x.open); n > 0 {
		name := x.open[n-1].name
		return syntaxErrorf(name.start-1, "XML: <%s> is not closed", x.src[name.start:name.end])
	}
	x.endText(xmlOther)
	return nil
}

// markup copies the markup that b, the rest of the source, begins with.
func (x *xmlMinifier) markup(b []byte) error {
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		n := bytes.Index(b[len("<!--"):], []byte("-->"))
		if n < 0 {
			return syntaxErrorf(x.pos, "XML: comment is not closed with -->")
		}
		n += len("<!---->")
		if x.comments || isInstruction(b[:n]) {
			x.verbatim(n)
		} else {
			x.pos += n
		}
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		n := bytes.Index(b, []byte("]]>"))
		if n < 0 {
			return syntaxErrorf(x.pos, "XML: CDATA section is not closed with ]]>")
		}
		n += len("]]>")
		x.dst = append(x.dst, b[:n]...)
		x.pos += n
		x.full = true
	case bytes.HasPrefix(b, []byte("<?")):
		n := bytes.Index(b, []byte("?>"))
		if n < 0 {
			return syntaxErrorf(x.pos, "XML: processing instruction is not closed with ?>")
		}
		x.verbatim(n + len("?>"))
	case bytes.HasPrefix(b, []byte("<!")):
		n := doctypeLen(b)
		if n == 0 {
			return syntaxErrorf(x.pos, "XML: declaration is not closed with >")
		}
		x.verbatim(n)
	case bytes.HasPrefix(b, []byte("</")):
		return x.endTag(b)
	default:
		return x.startTag(b)
	}
	return nil
}

// verbatim copies the next n bytes, which are no text, as they are.
func (x *xmlMinifier) verbatim(n int) {
	x.endText(xmlOther)
	x.dst = append(x.dst, x.src[x.pos:x.pos+n]...)
	x.pos += n
	x.begin(xmlOther)
}

// begin starts a new text after markup.
func (x *xmlMinifier) begin(prev xmlToken) {
	x.prev, x.text, x.full = prev, len(x.dst), false
}

// endText shortens the text since the last markup if it is indentation. What
// holds a line break and stands between two tags is that; one line break is
// left of it, since it may separate words in a document such as XHTML. Outside
// of the root element and between the shapes of SVG nothing is.
func (x *xmlMinifier) endText(next xmlToken) {
	text := x.dst[x.text:]
	n := len(x.open)
	if len(text) == 0 {
		return
	}
	if n == 0 {
		if !x.full {
			x.dst = x.dst[:x.text]
		}
		return
	}
	e := &x.open[n-1]
	e.mixed = e.mixed || x.full
	switch {
	case e.mixed || e.keeps:
	case x.svg:
		x.dst = x.dst[:x.text]
	case x.prev == xmlStart && next == xmlEnd: // all that the element holds
	case bytes.IndexByte(text, '\n') >= 0:
		x.dst = append(x.dst[:x.text], '\n')
	}
}

// startTag copies the start tag that b begins with.
func (x *xmlMinifier) startTag(b []byte) error {
	x.endText(xmlStart)
	name := span{x.pos + 1, x.pos + 1 + xmlNameLen(b[1:])}
	if name.start == name.end {
		return syntaxErrorf(x.pos, "XML: < begins no tag; write &lt; for the character")
	}
	e := xmlElement{name: name, keeps: len(x.open) > 0 && x.open[len(x.open)-1].keeps}
	e.keeps = e.keeps || x.keepsSpace(x.src[name.start:name.end])
	x.dst = append(x.dst, x.src[x.pos:name.end]...)
	i := name.end
	for {
		for i < len(x.src) && isSpace(x.src[i]) {
			i++
		}
		switch rest := x.src[i:]; {
		case len(rest) == 0:
			return syntaxErrorf(x.pos, "XML: tag is not closed with >")
		case rest[0] == '>':
			x.dst = append(x.dst, '>')
			x.pos = i + 1
			x.open = append(x.open, e)
			x.begin(xmlStart)
			return nil
		case bytes.HasPrefix(rest, []byte("/>")):
			x.dst = append(x.dst, "/>"...)
			x.pos = i + 2
			x.begin(xmlEnd)
			return nil
		}
		key, value, end := xmlAttr(x.src, i)
		if end < 0 {
			return syntaxErrorf(i, "XML: attribute needs a value in quotes")
		}
		e.keeps = e.keeps || string(x.src[key.start:key.end]) == "xml:space"
		x.dst = append(x.dst, ' ')
		x.dst = append(x.dst, x.src[key.start:key.end]...)
		x.dst = append(x.dst, '=')
		x.dst = append(x.dst, x.src[value.start:value.end]...)
		i = end
	}
}

// endTag copies the end tag that b begins with. In SVG a start tag with nothing
// after it becomes an empty-element tag.
func (x *xmlMinifier) endTag(b []byte) error {
	x.endText(xmlEnd)
	name := b[len("</") : len("</")+xmlNameLen(b[len("</"):])]
	end := len("</") + len(name)
	for end < len(b) && isSpace(b[end]) {
		end++
	}
	if end == len(b) || b[end] != '>' {
		return syntaxErrorf(x.pos, "XML: end tag is not closed with >")
	}
	n := len(x.open)
	if n == 0 {
		return syntaxErrorf(x.pos, "XML: </%s> has no start tag", name)
	}
	open := x.src[x.open[n-1].name.start:x.open[n-1].name.end]
	if !bytes.Equal(open, name) {
		return syntaxErrorf(x.pos, "XML: </%s> where </%s> should be", name, open)
	}
	x.open = x.open[:n-1]
	if x.svg && x.prev == xmlStart && x.text == len(x.dst) {
		x.dst = append(x.dst[:len(x.dst)-1], "/>"...)
	} else {
		x.dst = append(x.dst, "</"...)
		x.dst = append(x.dst, name...)
		x.dst = append(x.dst, '>')
	}
	x.pos += end + 1
	x.begin(xmlEnd)
	return nil
}

// keepsSpace reports whether white space in an element means something by the
// element's local name: in preformatted text of XHTML and XSLT, and in SVG in
// whatever holds text.
func (x *xmlMinifier) keepsSpace(name []byte) bool {
	name = name[bytes.LastIndexByte(name, ':')+1:]
	switch string(name) {
	case "pre", "code", "textarea", "text", "script", "style", "programlisting", "screen":
		return true
	case "title", "desc", "foreignObject", "metadata", "flowRoot":
		return x.svg
	}
	return false
}

// xmlNameLen returns the length of the name that b begins with.
func xmlNameLen(b []byte) int {
	if len(b) > 0 && (isDigit(b[0]) || b[0] == '-' || b[0] == '.') {
		return 0
	}
	i := 0
	for i < len(b) && (isCSSName(b[i]) || b[i] == ':' || b[i] == '.') {
		i++
	}
	return i
}

// xmlAttr reads the attribute at i: its name, its value with the quotes, and
// the offset after it, which is -1 if there is none.
func xmlAttr(src []byte, i int) (key, value span, end int) {
	key = span{i, i + xmlNameLen(src[i:])}
	i = key.end
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	if key.start == key.end || i == len(src) || src[i] != '=' {
		return key, value, -1
	}
	i++
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	if i == len(src) || src[i] != '"' && src[i] != '\'' {
		return key, value, -1
	}
	n := bytes.IndexByte(src[i+1:], src[i])
	if n < 0 {
		return key, value, -1
	}
	value = span{i, i + 1 + n + 1}
	return key, value, value.end
}

// doctypeLen returns the length of the declaration that b begins with, or 0.
// An internal subset in brackets holds declarations, comments and strings.
func doctypeLen(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"', '\'':
			n := bytes.IndexByte(b[i+1:], b[i])
			if n < 0 {
				return 0
			}
			i += n + 1
		case '<':
			end := ""
			switch {
			case bytes.HasPrefix(b[i:], []byte("<!--")):
				end = "-->"
			case bytes.HasPrefix(b[i:], []byte("<?")):
				end = "?>"
			default:
				depth++
				continue
			}
			n := bytes.Index(b[i:], []byte(end))
			if n < 0 {
				return 0
			}
			i += n + len(end) - 1
		case '>':
			depth--
			if depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
