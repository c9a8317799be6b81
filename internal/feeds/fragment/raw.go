package fragment

import "bytes"

// skipRaw moves past the raw text of the element whose start tag s.tag is: to
// its end tag, or to the end of the source. Elements without raw text have
// nothing to skip.
func (s *scanner) skipRaw() {
	name := s.rawName()
	switch name {
	case "":
	case "plaintext":
		s.pos = len(s.src)
	case "script":
		s.pos = scriptEnd(s.src, s.pos)
	default:
		s.pos = rawEnd(s.src, s.pos, name)
	}
}

// rawName returns the lower-case name of the element if its content is no
// markup. Elements of SVG and MathML have no raw text.
func (s *scanner) rawName() string {
	if s.tag.isEnd || s.tag.foreign {
		return ""
	}
	for _, name := range [...]string{"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"} {
		if s.is(s.tag.name, name) {
			return name
		}
	}
	return ""
}

// rawEnd returns the offset of the end tag of name from i on, or the end.
func rawEnd(src []byte, i int, name string) int {
	for {
		n := bytes.Index(src[i:], []byte("</"))
		if n < 0 {
			return len(src)
		}
		i += n
		if names(src[i+2:], name) {
			return i
		}
		i += 2
	}
}

// scriptEnd is rawEnd for a script, in which a comment may hide a script
// element with its end tag (HTML standard, 13.2.5.17 to 13.2.5.31).
func scriptEnd(src []byte, i int) int {
	escaped, double := false, false
	for i < len(src) {
		rest := src[i:]
		switch {
		case !escaped && bytes.HasPrefix(rest, []byte("<!--")):
			escaped = true
			i += 2 // <!--> ends at once
		case escaped && bytes.HasPrefix(rest, []byte("-->")):
			escaped, double = false, false
			i += 3
		case bytes.HasPrefix(rest, []byte("</")) && names(rest[2:], "script"):
			if !double {
				return i
			}
			double = false
			i += len("</script")
		case escaped && !double && rest[0] == '<' && names(rest[1:], "script"):
			double = true
			i += len("<script")
		default:
			n := bytes.IndexAny(rest[1:], "<-")
			if n < 0 {
				return len(src)
			}
			i += 1 + n
		}
	}
	return len(src)
}

// names reports whether b begins with the lower-case tag name and something
// that ends it.
func names(b []byte, name string) bool {
	return len(b) > len(name) && bytes.EqualFold(b[:len(name)], []byte(name)) &&
		(isSpace(b[len(name)]) || b[len(name)] == '/' || b[len(name)] == '>')
}
