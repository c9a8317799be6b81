package minifier

import "bytes"

// A tag is one start or end tag of the source.
type tag struct {
	name        span
	attrs       []attr
	end         int  // after the >
	selfClosing bool // ends with />
	spaced      bool // an attribute says that white space is kept
}

// An attr is an attribute. Its value excludes the quotes.
type attr struct{ name, value span }

// readTag reads the tag whose name begins at start into h.tag. It reports
// false if the document ends within the tag, which is then no tag.
func (h *htmlMinifier) readTag(start int) bool {
	t, src := &h.tag, h.src
	i := start
	for i < len(src) && !isSpace(src[i]) && src[i] != '/' && src[i] != '>' {
		i++
	}
	*t = tag{name: span{start, i}, attrs: t.attrs[:0]}
	for {
		slash := false
		for i < len(src) && (isSpace(src[i]) || src[i] == '/') {
			slash = src[i] == '/'
			i++
		}
		if i >= len(src) {
			return false
		}
		if src[i] == '>' {
			t.selfClosing = slash
			t.end = i + 1
			return true
		}
		a, end, ok := readAttr(src, i)
		if !ok {
			return false
		}
		t.attrs = append(t.attrs, a)
		t.spaced = t.spaced || saysSpaced(src[a.name.start:a.name.end], src[a.value.start:a.value.end])
		i = end
	}
}

// readAttr reads the attribute at i and returns the offset after it.
func readAttr(src []byte, i int) (a attr, end int, ok bool) {
	a.name.start = i
	i++ // whatever the first character is, = too
	for i < len(src) && !isSpace(src[i]) && src[i] != '/' && src[i] != '>' && src[i] != '=' {
		i++
	}
	a.name.end = i
	end = i
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	if i >= len(src) || src[i] != '=' {
		return a, end, i < len(src)
	}
	i++
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	if i >= len(src) {
		return a, i, false
	}
	if q := src[i]; q == '"' || q == '\'' {
		n := bytes.IndexByte(src[i+1:], q)
		if n < 0 {
			return a, i, false
		}
		a.value = span{i + 1, i + 1 + n}
		return a, a.value.end + 1, true
	}
	a.value.start = i
	for i < len(src) && !isSpace(src[i]) && src[i] != '>' {
		i++
	}
	a.value.end = i
	return a, i, i < len(src)
}

// saysSpaced reports whether an attribute says that the white space in its
// element is rendered: a style, a utility class, or SVG's xml:space.
func saysSpaced(name, value []byte) bool {
	switch len(name) {
	case len("style"):
		if bytes.EqualFold(name, []byte("class")) {
			return bytes.Contains(value, []byte("whitespace-pre")) || bytes.Contains(value, []byte("whitespace-break"))
		}
		i := bytes.Index(value, []byte("white-space"))
		return i >= 0 && bytes.EqualFold(name, []byte("style")) &&
			(bytes.Contains(value[i:], []byte("pre")) || bytes.Contains(value[i:], []byte("break-spaces")))
	case len("xml:space"):
		return bytes.EqualFold(name, []byte("xml:space"))
	}
	return false
}

// writeTag writes h.tag, a start tag.
func (h *htmlMinifier) writeTag(name []byte, inForeign bool) {
	t := &h.tag
	dst := append(h.dst, '<')
	dst = append(dst, h.src[t.name.start:t.name.end]...)
	// Link previews of meta and link elements are made by programs that look
	// for quotes.
	quotes := h.opt.KeepQuotes || string(name) == "meta" || string(name) == "link"
	bare := false // ends with a value that would take in a slash
	for i, a := range t.attrs {
		if i > 0 && !bare && h.src[a.name.start] == '=' && dst[len(dst)-1] != '"' && dst[len(dst)-1] != '\'' {
			dst = append(dst, `=""`...) // else that attribute becomes the value of the last
		}
		dst = append(dst, ' ')
		dst = append(dst, h.src[a.name.start:a.name.end]...)
		dst, bare = h.appendValue(dst, h.src[a.value.start:a.value.end], quotes)
	}
	if t.selfClosing && (inForeign || !isVoid(name)) {
		if bare {
			dst = append(dst, ' ')
		}
		dst = append(dst, '/')
	}
	h.dst = append(dst, '>')
}

// appendValue appends = and the attribute's value with the quotes that it
// needs, and reports whether it has none. An empty value needs no =.
func (h *htmlMinifier) appendValue(dst, v []byte, quotes bool) (_ []byte, bare bool) {
	if len(v) == 0 {
		return dst, false
	}
	var seen valueClass
	for _, c := range v {
		seen |= valueClasses[c]
	}
	dst = append(dst, '=')
	if seen&(valueQuoted|valueDouble|valueSingle|valueEntity) == 0 && !quotes {
		return append(dst, v...), true
	}
	if seen&valueEntity != 0 {
		start := len(dst)
		dst = appendEntities(dst, v)
		seen = 0
		for _, c := range dst[start:] {
			seen |= valueClasses[c]
		}
		if seen&(valueQuoted|valueDouble|valueSingle) == 0 && !quotes {
			return dst, true
		}
		v = append(h.value[:0], dst[start:]...)
		h.value = v
		dst = dst[:start]
	}
	return appendQuoted(dst, v, seen), false
}

// appendQuoted appends v in double quotes, or in single quotes if these make
// it shorter. seen are the classes of its characters.
func appendQuoted(dst, v []byte, seen valueClass) []byte {
	quote, escape := byte('"'), "&#34;"
	if seen&valueDouble != 0 {
		doubles, singles := bytes.Count(v, []byte{'"'}), bytes.Count(v, []byte{'\''})
		if doubles > singles {
			quote, escape = '\'', "&#39;"
		}
	}
	dst = append(dst, quote)
	for {
		i := bytes.IndexByte(v, quote)
		if i < 0 {
			break
		}
		dst = append(dst, v[:i]...)
		dst = append(dst, escape...)
		v = v[i+1:]
	}
	dst = append(dst, v...)
	return append(dst, quote)
}

// A valueClass is what a character means for the quoting of a value.
type valueClass uint8

const (
	valueQuoted valueClass = 1 << iota // not allowed without quotes
	valueDouble
	valueSingle
	valueEntity
)

// valueClasses follows the HTML standard, 13.1.2.3.
var valueClasses = [256]valueClass{
	'\t': valueQuoted, '\n': valueQuoted, '\f': valueQuoted, '\r': valueQuoted, ' ': valueQuoted,
	'=': valueQuoted, '<': valueQuoted, '>': valueQuoted, '`': valueQuoted,
	'"': valueDouble, '\'': valueSingle, '&': valueEntity,
}
