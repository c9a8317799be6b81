package htmlscan

import "bytes"

// tag reads a start or end tag whose name begins at that offset.
func (s *Scanner) tag(kind Kind, at int) {
	start := at
	for at < len(s.src) && !isSpace(s.src[at]) && s.src[at] != '/' && s.src[at] != '>' {
		if s.src[at] == 0 {
			s.problem(at, NullCharacter)
		}
		at++
	}
	s.tok.Name = s.lower(s.src[start:at])
	at = s.attributes(at)
	s.attrs = s.tok.Attrs
	if at >= len(s.src) {
		// What the tag is that never ends cannot be told: there is no token of it.
		s.problem(s.tok.Start, EOFInTag)
		s.tok.Name, s.tok.Attrs = nil, nil
		s.end(Comment, at)
		return
	}
	if kind == EndTag {
		if len(s.tok.Attrs) > 0 {
			s.problem(s.tok.Attrs[0].Start, EndTagAttributes)
			s.tok.Attrs = nil
		} else if s.tok.SelfClosing {
			s.problem(at-1, EndTagSolidus)
		}
	}
	s.end(kind, at+1)
}

// attributes reads attributes up to the > that ends the tag, and returns its offset.
func (s *Scanner) attributes(at int) int {
	spaced := true
	for {
		for at < len(s.src) && isSpace(s.src[at]) {
			at++
			spaced = true
		}
		if at >= len(s.src) || s.src[at] == '>' {
			return at
		}
		if s.src[at] == '/' {
			if at++; at < len(s.src) && s.src[at] == '>' {
				s.tok.SelfClosing = true
				return at
			}
			if at < len(s.src) {
				s.problem(at-1, SolidusInTag)
			}
			spaced = true
			continue
		}
		if !spaced {
			s.problem(at, MissingSpace)
		}
		at, spaced = s.attribute(at), false
	}
}

// attribute reads the attribute at an offset and returns where it ends.
func (s *Scanner) attribute(at int) int {
	start := at
	if s.src[at] == '=' {
		s.problem(at, EqualsSign)
		at++
	}
name:
	for at < len(s.src) {
		switch s.src[at] {
		case ' ', '\n', '\t', '\r', '\f', '/', '>', '=':
			break name
		case '"', '\'', '<':
			s.problem(at, AttributeName)
		case 0:
			s.problem(at, NullCharacter)
		}
		at++
	}
	a := Attr{Name: s.src[start:at], Start: start, ValueStart: at}
	next := at
	for next < len(s.src) && isSpace(s.src[next]) {
		next++
	}
	if next < len(s.src) && s.src[next] == '=' {
		at = s.value(&a, next+1)
	}
	s.keep(a)
	return at
}

// keep adds an attribute to the tag's.
func (s *Scanner) keep(a Attr) {
	a.Name = s.lower(a.Name)
	for i := range s.tok.Attrs {
		if bytes.Equal(s.tok.Attrs[i].Name, a.Name) {
			s.problem(a.Start, DuplicateAttribute)
			return
		}
	}
	s.tok.Attrs = append(s.tok.Attrs, a)
}

// value reads the value that follows an equals sign and returns where it ends.
func (s *Scanner) value(a *Attr, at int) int {
	for at < len(s.src) && isSpace(s.src[at]) {
		at++
	}
	a.ValueStart = at
	if at >= len(s.src) {
		return at
	}
	switch q := s.src[at]; q {
	case '>':
		s.problem(at, MissingValue)
		return at
	case '"', '\'':
		a.ValueStart++
		n := bytes.IndexByte(s.src[at+1:], q)
		if n < 0 {
			return len(s.src)
		}
		end := at + 1 + n
		a.Value = s.src[at+1 : end]
		s.references(at+1, end, true)
		return end + 1
	}
	for at < len(s.src) && !isSpace(s.src[at]) && s.src[at] != '>' {
		switch s.src[at] {
		case '"', '\'', '<', '=', '`':
			s.problem(at, UnquotedValue)
		case 0:
			s.problem(at, NullCharacter)
		}
		at++
	}
	a.Value = s.src[a.ValueStart:at]
	s.references(a.ValueStart, at, true)
	return at
}
