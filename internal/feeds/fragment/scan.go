package fragment

import "bytes"

// A span is a part of the source.
type span struct{ start, end int }

// A tag is one start or end tag of the source.
type tag struct {
	start, end  int // from the < to after the >
	name        span
	attrs       []attr
	isEnd       bool
	selfClosing bool // ends with />
	foreign     bool // stands in SVG or MathML
}

// An attr is an attribute. Its value excludes the quotes.
type attr struct {
	name, value span
	end         int  // after the closing quote
	quote       byte // 0 for an unquoted value
	hasValue    bool // there is a =
}

// A scanner steps through the tags of a fragment.
type scanner struct {
	src []byte
	pos int
	tag tag
	foreignStack
}

// next reads the next tag into s.tag and reports whether there is one. Text,
// comments and what else isn't a tag are skipped.
func (s *scanner) next() bool {
	for {
		i := bytes.IndexByte(s.src[s.pos:], '<')
		if i < 0 || s.pos+i+1 >= len(s.src) {
			s.pos = len(s.src)
			return false
		}
		s.pos += i
		switch c := s.src[s.pos+1]; {
		case isLetter(c):
			return s.read(s.pos+1, false)
		case c == '/' && s.pos+2 < len(s.src) && isLetter(s.src[s.pos+2]):
			return s.read(s.pos+2, true)
		case c == '!':
			s.pos = s.declaration(s.pos + 2)
		case c == '/' || c == '?':
			s.pos = after(s.src, s.pos+2, ">")
		default:
			s.pos++
		}
	}
}

// declaration returns the offset after what begins with <!, of which i is the
// offset after these two.
func (s *scanner) declaration(i int) int {
	rest := s.src[i:]
	switch {
	case bytes.HasPrefix(rest, []byte("--")):
		return commentEnd(s.src, i+2)
	case s.foreign() && bytes.HasPrefix(rest, []byte("[CDATA[")):
		return after(s.src, i+len("[CDATA["), "]]>")
	}
	return after(s.src, i, ">")
}

// commentEnd returns the offset after the comment whose text begins at i.
func commentEnd(src []byte, i int) int {
	switch {
	case bytes.HasPrefix(src[i:], []byte(">")):
		return i + 1
	case bytes.HasPrefix(src[i:], []byte("->")):
		return i + 2
	}
	for {
		n := bytes.Index(src[i:], []byte("--"))
		if n < 0 {
			return len(src)
		}
		i += n + 2
		switch {
		case bytes.HasPrefix(src[i:], []byte(">")):
			return i + 1
		case bytes.HasPrefix(src[i:], []byte("!>")):
			return i + 2
		}
		i-- // the second - may begin the end
	}
}

// after returns the offset after the next mark from i on, or the end.
func after(src []byte, i int, mark string) int {
	if i > len(src) {
		return len(src)
	}
	n := bytes.Index(src[i:], []byte(mark))
	if n < 0 {
		return len(src)
	}
	return i + n + len(mark)
}

// read reads the tag whose name begins at i. It reports false if the document
// ends within the tag, which is then no tag.
func (s *scanner) read(i int, isEnd bool) bool {
	src := s.src
	s.tag = tag{start: s.pos, name: span{i, i}, attrs: s.tag.attrs[:0], isEnd: isEnd, foreign: s.foreign()}
	for i < len(src) && !isSpace(src[i]) && src[i] != '/' && src[i] != '>' {
		i++
	}
	s.tag.name.end = i
	for {
		slash := false
		for i < len(src) && (isSpace(src[i]) || src[i] == '/') {
			slash = src[i] == '/'
			i++
		}
		if i < len(src) && src[i] == '>' {
			s.tag.selfClosing = slash
			s.tag.end = i + 1
			s.pos = i + 1
			s.track()
			return true
		}
		if i >= len(src) {
			s.pos = len(src)
			return false
		}
		a := readAttr(src, i)
		s.tag.attrs = append(s.tag.attrs, a)
		i = a.end
	}
}

// readAttr reads the attribute at i, which is neither space nor / nor >.
func readAttr(src []byte, i int) attr {
	a := attr{name: span{i, i}}
	i++ // whatever the first character is, = too
	for i < len(src) && !isSpace(src[i]) && src[i] != '/' && src[i] != '>' && src[i] != '=' {
		i++
	}
	a.name.end, a.end = i, i
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	if i >= len(src) || src[i] != '=' {
		return a
	}
	i++
	for i < len(src) && isSpace(src[i]) {
		i++
	}
	a.hasValue = true
	if i < len(src) && (src[i] == '"' || src[i] == '\'') {
		a.quote = src[i]
		a.value = span{i + 1, len(src)}
		a.end = len(src)
		if n := bytes.IndexByte(src[i+1:], a.quote); n >= 0 {
			a.value.end = i + 1 + n
			a.end = a.value.end + 1
		}
		return a
	}
	a.value.start = i
	for i < len(src) && !isSpace(src[i]) && src[i] != '>' {
		i++
	}
	a.value.end, a.end = i, i
	return a
}

// is reports whether a name of the source is the lower-case name.
func (s *scanner) is(n span, name string) bool {
	if n.end-n.start != len(name) {
		return false
	}
	for i := range len(name) {
		c := s.src[n.start+i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != name[i] {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}
