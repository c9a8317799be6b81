package fragment

// Absolute returns the fragment as a feed needs it: with absolute URLs, as base
// (the absolute URL of the page that the fragment is from) makes them, and
// without script elements and event attributes, which no reader runs.
//
// URLs are those of href, src, srcset, poster, cite, longdesc, background,
// action, formaction and an object's data. Those with a scheme stay as they
// are, as do fragments such as "#x" outside a and area elements, where they
// name something in the document itself. If base is no absolute URL, all
// stay. Style sheets and CDATA sections are not looked into.
//
// Characters that XML 1.0 forbids go first, because leaving them out later
// could make tags of what is none. Absolute changes no other byte, copes with
// any input, and of its own result it changes nothing. The result is html
// itself when there is nothing to do. Absolute is safe for concurrent use.
func Absolute(html []byte, base string) []byte {
	html = dropForbidden(html)
	e := editor{scanner: scanner{src: html}, base: newBase(base)}
	for e.next() {
		e.element()
	}
	if e.dst == nil && e.copied == 0 {
		return html
	}
	return append(e.dst, html[e.copied:]...)
}

// dropForbidden leaves out the characters that XML 1.0 (section 2.2) forbids.
func dropForbidden(html []byte) []byte {
	var out []byte
	start := 0
	for i := 0; i < len(html); i++ {
		if c := html[i]; c >= ' ' && c != 0xef || c == '\n' {
			continue
		}
		n := forbidden(html[i:])
		if n == 0 {
			continue
		}
		out = append(out, html[start:i]...)
		i += n - 1
		start = i + 1
		if start < len(html) && html[start]&0xc0 == 0x80 {
			// What is no UTF-8 must not become part of a character.
			out = append(out, "\uFFFD"...)
		}
	}
	if start == 0 {
		return html
	}
	return append(out, html[start:]...)
}

// forbidden returns the length of the forbidden character that b begins with,
// or 0.
func forbidden(b []byte) int {
	switch c := b[0]; {
	case c < ' ' && c != '\t' && c != '\n' && c != '\r':
		return 1
	case c == 0xef && len(b) > 2 && b[1] == 0xbf && b[2]|1 == 0xbf:
		return 3
	}
	return 0
}

// An editor copies a fragment with changes.
type editor struct {
	scanner
	base   base
	dst    []byte
	copied int // of src
	url    []byte
}

// element edits the tag just read.
func (e *editor) element() {
	if e.tag.isEnd {
		return
	}
	if e.is(e.tag.name, "script") {
		e.dropScript()
		return
	}
	for i := range e.tag.attrs {
		a := &e.tag.attrs[i]
		if e.isEvent(a.name) {
			e.dropAttr(a)
			continue
		}
		switch kind := e.urlKind(a.name); kind {
		case noURL:
		case aSrcset:
			e.srcset(a.value)
		default:
			e.attr(a, kind)
		}
	}
	e.skipRaw()
}

// upTo copies the source up to i and goes on at next.
func (e *editor) upTo(i, next int) {
	if e.dst == nil {
		e.dst = make([]byte, 0, len(e.src)+len(e.src)/8+64)
	}
	e.dst = append(e.dst, e.src[e.copied:i]...)
	e.copied = next
}

// dropScript leaves out a script element.
func (e *editor) dropScript() {
	start := e.tag.start
	switch {
	case !e.tag.foreign:
		e.pos = scriptEnd(e.src, e.pos)
		e.next() // the end tag, if the document doesn't cut it off
	case !e.tag.selfClosing:
		if e.leavesForeign() {
			e.cut(start, e.tag.start)
			e.element()
			return
		}
	}
	e.cut(start, e.pos)
}

// leavesForeign reads the script of SVG or MathML just begun, whose content is
// markup, up to its end. It reports whether instead a tag ended the SVG or
// MathML, which is then the current one.
func (e *editor) leavesForeign() bool {
	depth := len(e.open)
	for e.next() {
		switch {
		case len(e.open) < depth:
			return true
		case len(e.open) == depth && e.tag.isEnd && e.is(e.tag.name, "script"):
			return false
		}
		e.skipRaw()
	}
	return false
}

// cut leaves out the source between two offsets.
func (e *editor) cut(start, end int) {
	e.upTo(start, end)
	if n := len(e.dst); n > 0 && e.dst[n-1] != '>' && !isSpace(e.dst[n-1]) {
		// Or what stood around the element might become a tag.
		e.dst = append(e.dst, "<!---->"...)
	}
}

// dropAttr leaves out an attribute and the space before it, if nothing else
// then changes its meaning.
func (e *editor) dropAttr(a *attr) {
	e.upTo(a.name.start, a.end)
	next := a.end
	for isSpace(e.src[next]) {
		next++
	}
	switch c := e.src[a.end]; {
	case e.src[next] == '=':
		e.dst = append(e.dst, '/') // else it would give the attribute before a value
	case c == '>' || isSpace(c):
		n := len(e.dst)
		for n > 0 && isSpace(e.dst[n-1]) {
			n--
		}
		if e.dst[n-1] != '/' {
			e.dst = e.dst[:n]
		}
	}
}

// attr makes the URL of an attribute absolute.
func (e *editor) attr(a *attr, kind urlKind) {
	if !a.hasValue {
		if kind == aLink && e.base.ok {
			e.upTo(a.name.end, a.name.end)
			e.dst = append(e.dst, '=', '"')
			e.dst = append(e.dst, e.base.document...)
			e.dst = append(e.dst, '"')
		}
		return
	}
	e.resolve(a.value, kind)
}

func (e *editor) srcset(v span) {
	value := e.src[v.start:v.end]
	for i := 0; ; {
		url, next, ok := nextCandidate(value, i)
		if !ok {
			return
		}
		e.resolve(span{v.start + url.start, v.start + url.end}, aURL)
		i = next
	}
}

// resolve replaces a relative URL of the source by an absolute one.
func (e *editor) resolve(v span, kind urlKind) {
	ref, ok := relative(e.src[v.start:v.end], kind)
	if !ok || !e.base.ok {
		return
	}
	e.url = e.base.append(e.url[:0], ref)
	e.upTo(v.start, v.end)
	e.dst = append(e.dst, e.url...)
}
