package htmlscan

import "bytes"

// rawText reads the text of a raw text element; its end tag is the next token.
func (s *Scanner) rawText() {
	name := s.raw
	end := s.rawEnd(name)
	s.raw = nil
	if end == s.pos {
		if end < len(s.src) {
			s.markup()
		}
		return
	}
	if s.rcdata {
		s.references(s.pos, end, false)
	}
	s.tok.Raw = !s.rcdata
	s.end(Text, end)
	s.raw, s.rcdata = nil, false
}

// rawEnd returns where the end tag of a raw text element begins, or the source's end.
func (s *Scanner) rawEnd(name []byte) int {
	if string(name) == "plaintext" {
		return len(s.src)
	}
	at := s.pos
	script := string(name) == "script"
	escaped, double := 0, false // in a script: from where on it is in a comment, and in a script in that
	for {
		i := bytes.IndexByte(s.src[at:], '<')
		if i < 0 {
			return len(s.src)
		}
		i += at
		if escaped > 0 {
			// A comment ends with --> wherever it is.
			if bytes.Contains(s.src[escaped:i], []byte("-->")) {
				escaped, double = 0, false
			} else {
				escaped = i // it holds no <
			}
		}
		rest := s.src[i+1:]
		switch {
		case isNamed(rest, "/", name) && !double:
			return i
		case isNamed(rest, "/", name):
			double = false
		case script && escaped == 0 && bytes.HasPrefix(rest, []byte("!--")):
			// The two dashes may be those of the end, too, as in <!-->.
			escaped = i + len("<!")
		case escaped > 0 && !double && isNamed(rest, "", name):
			double = true
		}
		at = i + 1
	}
}

// isNamed tells whether b begins with the prefix and the name of a tag.
func isNamed(b []byte, prefix string, name []byte) bool {
	n := len(prefix) + len(name)
	if len(b) <= n || string(b[:len(prefix)]) != prefix || !bytes.EqualFold(b[len(prefix):n], name) {
		return false
	}
	return isSpace(b[n]) || b[n] == '/' || b[n] == '>'
}

// declaration reads a comment, doctype or CDATA section.
func (s *Scanner) declaration() {
	at := s.pos + len("<!")
	rest := s.src[at:]
	const doctype, cdata = "doctype", "[CDATA["
	switch {
	case bytes.HasPrefix(rest, []byte("--")):
		s.comment(at + 2)
	case len(rest) >= len(doctype) && bytes.EqualFold(rest[:len(doctype)], []byte(doctype)):
		s.doctype(at + len(doctype))
	case bytes.HasPrefix(rest, []byte(cdata)) && s.foreign:
		s.cdata(at + len(cdata))
	case bytes.HasPrefix(rest, []byte(cdata)):
		s.problem(s.pos, CdataInHTML)
		s.bogusComment(at)
	default:
		s.problem(s.pos, BadComment)
		s.bogusComment(at)
	}
}

// comment reads a comment whose text begins at that offset.
func (s *Scanner) comment(at int) {
	for _, short := range []string{">", "->"} {
		if bytes.HasPrefix(s.src[at:], []byte(short)) {
			s.problem(s.pos, AbruptComment)
			s.end(Comment, at+len(short))
			return
		}
	}
	for i := at; ; {
		n := bytes.Index(s.src[i:], []byte("--"))
		if n < 0 {
			s.problem(s.pos, EOFInComment)
			s.end(Comment, len(s.src))
			return
		}
		i += n + 2
		switch rest := s.src[i:]; {
		case len(rest) > 0 && rest[0] == '>':
			s.nested(at, i-2)
			s.end(Comment, i+1)
			return
		case bytes.HasPrefix(rest, []byte("!>")):
			s.problem(i, BadCommentEnd)
			s.end(Comment, i+2)
			return
		}
		i-- // three dashes hold two twice
	}
}

// nested reports a comment in a comment, which ends the outer one.
func (s *Scanner) nested(start, end int) {
	if n := bytes.Index(s.src[start:end], []byte("<!--")); n >= 0 {
		s.problem(start+n, NestedComment)
	}
}

func (s *Scanner) cdata(at int) {
	s.tok.Raw, s.tok.Cdata = true, true
	n := bytes.Index(s.src[at:], []byte("]]>"))
	if n < 0 {
		s.problem(s.pos, EOFInCdata)
		s.end(Text, len(s.src))
		return
	}
	s.end(Text, at+n+len("]]>"))
}

func (s *Scanner) bogusComment(at int) {
	n := bytes.IndexByte(s.src[at:], '>')
	if n < 0 {
		s.end(Comment, len(s.src))
		return
	}
	s.end(Comment, at+n+1)
}

// doctype reads a document type after that word.
func (s *Scanner) doctype(at int) {
	n := bytes.IndexByte(s.src[at:], '>')
	if n < 0 {
		s.problem(s.pos, EOFInDoctype)
		s.end(Doctype, len(s.src))
		return
	}
	text := s.src[at : at+n]
	name := bytes.TrimLeft(text, " \t\n\r\f")
	if i := bytes.IndexAny(name, " \t\n\r\f"); i >= 0 {
		rest := bytes.TrimSpace(name[i:])
		const legacy = "about:legacy-compat"
		s.tok.Public = len(rest) > 0 && !bytes.Contains(rest, []byte(legacy))
		name = name[:i]
	}
	s.tok.Name = s.lower(name)
	s.end(Doctype, at+n+1)
}
