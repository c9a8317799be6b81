package fragment

// A urlKind is how an attribute holds URLs.
type urlKind uint8

const (
	noURL   urlKind = iota
	aURL            // one URL; an empty value means nothing
	aLink           // one URL; an empty value means the page
	aLocal          // one URL, but a fragment alone names something in this document
	aSrcset         // image candidates
)

// urlKind returns how the attribute of s.tag holds URLs.
func (s *scanner) urlKind(name span) urlKind {
	switch name.end - name.start {
	case 3:
		if s.is(name, "src") {
			return aURL
		}
	case 4:
		switch {
		case s.is(name, "href") && (s.is(s.tag.name, "a") || s.is(s.tag.name, "area")):
			return aLink
		case s.is(name, "href"):
			return aLocal
		case s.is(name, "cite"), s.is(name, "data") && s.is(s.tag.name, "object"):
			return aURL
		}
	case 6:
		switch {
		case s.is(name, "srcset"):
			return aSrcset
		case s.is(name, "poster"):
			return aURL
		case s.is(name, "action") && s.is(s.tag.name, "form"):
			return aURL
		}
	default:
		return s.rareURL(name)
	}
	return noURL
}

func (s *scanner) rareURL(name span) urlKind {
	switch {
	case s.is(name, "longdesc"), s.is(name, "background"), s.is(name, "formaction"):
		return aURL
	case s.is(name, "xlink:href"):
		if s.is(s.tag.name, "a") {
			return aLink
		}
		return aLocal
	case s.is(name, "imagesrcset"):
		return aSrcset
	}
	return noURL
}

// isEvent reports whether an attribute is an event handler such as onclick.
func (s *scanner) isEvent(name span) bool {
	b := s.src[name.start:name.end]
	return len(b) > 2 && b[0]|0x20 == 'o' && b[1]|0x20 == 'n' && isLetter(b[2])
}

// nextCandidate returns the URL of the first image candidate of a srcset from i
// on, and where to go on.
func nextCandidate(v []byte, i int) (url span, next int, ok bool) {
	for i < len(v) && (isSpace(v[i]) || v[i] == ',') {
		i++
	}
	if i == len(v) {
		return span{}, i, false
	}
	url.start = i
	for i < len(v) && !isSpace(v[i]) {
		i++
	}
	url.end = i
	if v[i-1] == ',' {
		for url.end > url.start && v[url.end-1] == ',' {
			url.end--
		}
		return url, i, true
	}
	depth := 0
	for ; i < len(v); i++ {
		switch {
		case v[i] == '(':
			depth = 1
		case v[i] == ')':
			depth = 0
		case v[i] == ',' && depth == 0:
			return url, i + 1, true
		}
	}
	return url, i, true
}
