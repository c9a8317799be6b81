package fragment

// A Finding is something in a fragment that a feed shouldn't have.
type Finding struct {
	Offset   int // of the tag
	Element  string
	Attr     string // "" for a script element
	URL      string // as it is written
	Relative bool   // URL is relative; else this is something that would run
}

// Inspect finds what Absolute changes: relative URLs, script elements and
// event attributes. It is safe for concurrent use.
func Inspect(html []byte) []Finding {
	s := scanner{src: html}
	var found []Finding
	for s.next() {
		if s.tag.isEnd {
			continue
		}
		add := func(a span, url string, relative bool) {
			found = append(found, Finding{
				Offset:   s.tag.start,
				Element:  string(s.src[s.tag.name.start:s.tag.name.end]),
				Attr:     string(s.src[a.start:a.end]),
				URL:      url,
				Relative: relative,
			})
		}
		if s.is(s.tag.name, "script") {
			add(span{}, "", false)
		}
		for _, a := range s.tag.attrs {
			if s.isEvent(a.name) {
				add(a.name, "", false)
				continue
			}
			for url := range s.relatives(a) {
				add(a.name, url, true)
			}
		}
		s.skipRaw()
	}
	return found
}

// relatives gives the relative URLs of an attribute.
func (s *scanner) relatives(a attr) func(yield func(string) bool) {
	value := s.src[a.value.start:a.value.end]
	return func(yield func(string) bool) {
		switch kind := s.urlKind(a.name); kind {
		case noURL:
		case aSrcset:
			for i := 0; ; {
				url, next, ok := nextCandidate(value, i)
				if !ok {
					return
				}
				i = next
				if _, ok := relative(value[url.start:url.end], aURL); ok && !yield(string(value[url.start:url.end])) {
					return
				}
			}
		default:
			if _, ok := relative(value, kind); ok {
				yield(string(value))
			}
		}
	}
}
