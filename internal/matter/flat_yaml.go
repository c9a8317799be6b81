package matter

import (
	"bytes"
	"strings"
)

// flatLevel is a block map or list that is open.
type flatLevel struct {
	part   int // its index
	indent int
	list   bool
}

// scanYAML reports whether all is flat YAML, and more than comments.
func (s *flatScanner) scanYAML() bool {
	s.open, s.levels = true, append(s.levels, flatLevel{indent: -1}) // around the root, which is not known yet
	s.add(flatPart{kind: flatNull}, 0, 0)
	for s.line = 1; s.start < len(s.src); s.line++ {
		end, next, ok := s.lineAt(s.start)
		if !ok || end > s.start && !s.scanLine(end) {
			return false
		}
		s.start = next
	}
	return len(s.parts) > 1 // than the root
}

// scanLine scans the line that ends at end, which has no blanks before that and
// is not empty.
func (s *flatScanner) scanLine(end int) bool {
	at := s.skip(s.start, end)
	switch s.src[at] {
	case '#':
		return true
	case '-':
		return s.item(at, end)
	}
	key := s.keyEnd(at, end)
	return key > at && s.level(at, false) && s.keyValue(at, key, end)
}

// level makes the block list or map whose item or key is at an offset of the
// line at hand the innermost one, and counts it; false if it cannot be.
func (s *flatScanner) level(at int, list bool) bool {
	indent := at - s.start
	last := len(s.levels) - 1
	if s.open && (indent > s.levels[last].indent || list && indent == s.levels[last].indent) {
		s.parts = s.parts[:len(s.parts)-1]
		s.push(at, list)
	} else {
		// A list may be indented as much as the map that it is in.
		for last >= 0 && (s.levels[last].indent > indent || !list && s.levels[last].list && s.levels[last].indent == indent) {
			last--
		}
		s.levels = s.levels[:last+1]
		if last < 0 || s.levels[last].indent != indent || s.levels[last].list != list {
			return false
		}
	}
	s.open = false
	s.parts[s.levels[len(s.levels)-1].part].items++
	return true
}

// push opens a block list or map whose first item or key is at an offset.
func (s *flatScanner) push(at int, list bool) {
	kind := flatMap
	if list {
		kind = flatList
		s.lists++
	} else {
		s.maps++
	}
	s.levels = append(s.levels, flatLevel{part: len(s.parts), indent: at - s.start, list: list})
	s.depth = max(s.depth, len(s.levels)-1)
	s.add(s.part(kind, at), at, at)
}

// item scans "- value" or "- key: value" at an offset.
func (s *flatScanner) item(at, end int) bool {
	if at+2 >= end || s.src[at+1] != ' ' || !s.level(at, true) {
		return false
	}
	at = s.skip(at+1, end)
	if key := s.keyEnd(at, end); key > at {
		s.push(at, false)
		s.parts[len(s.parts)-1].items++
		return s.keyValue(at, key, end)
	}
	return s.value(at, end)
}

// keyEnd returns the offset of the colon after a key, or 0 if there is none.
func (s *flatScanner) keyEnd(at, end int) int {
	start := at
	for at < end && isFlatKey(s.src[at], at == start) {
		at++
	}
	if at == start || at == end || s.src[at] != ':' || at+1 < end && s.src[at+1] != ' ' || at-start > maxFlatKey {
		return 0
	}
	return at
}

// keyValue scans a key, whose colon is at an offset, and a value that may follow.
func (s *flatScanner) keyValue(at, colon, end int) bool {
	s.keys++
	s.add(s.part(flatKey, at), at, colon)
	at = s.skip(colon+1, end)
	if at == end || s.src[at] == '#' {
		s.open = true
		s.add(s.part(flatNull, colon+1), at, at)
		return true
	}
	return s.value(at, end)
}

const maxFlatKey = 128 // bytes; YAML has a limit, too

// value scans a scalar or a list in brackets up to the end of the line, or a
// comment.
func (s *flatScanner) value(at, end int) bool {
	if s.src[at] == '[' {
		return s.flowList(at, end)
	}
	if c := s.src[at]; c == '"' || c == '\'' {
		next := s.quoted(at, end)
		return next > 0 && s.isEnd(next, end)
	}
	if !s.isPlain(at, end) {
		return false
	}
	stop := at
	for ; stop < end; stop++ {
		switch c := s.src[stop]; {
		case c == ':' && (stop+1 == end || s.src[stop+1] == ' '):
			return false
		case c == '#' && s.src[stop-1] == ' ':
			end = stop
		}
	}
	s.addPlain(at, end)
	return true
}

// addPlain adds a plain scalar, without the blanks at its end.
func (s *flatScanner) addPlain(at, end int) {
	for s.src[end-1] == ' ' {
		end--
	}
	s.add(s.part(flatPlain, at), at, end)
}

// isEnd reports whether nothing but a comment follows.
func (s *flatScanner) isEnd(at, end int) bool {
	rest := s.skip(at, end)
	return rest == end || rest > at && s.src[rest] == '#'
}

// isPlain reports whether a plain scalar may begin here; some that YAML allows
// are left out.
func (s *flatScanner) isPlain(at, end int) bool {
	c := s.src[at]
	if c == '-' {
		return at+1 < end && isFlatKey(s.src[at+1], false)
	}
	return c >= 0x80 || isFlatKey(c, false) || strings.IndexByte("/($+~^;)", c) >= 0
}

// flowList scans a list in brackets that is all on this line.
func (s *flatScanner) flowList(at, end int) bool {
	list := len(s.parts)
	s.lists++
	s.depth = max(s.depth, len(s.levels))
	s.add(s.part(flatList, at), at, at)
	at = s.skip(at+1, end)
	if at < end && s.src[at] == ']' {
		return s.isEnd(at+1, end)
	}
	for at < end {
		s.parts[list].items++
		if at = s.flowItem(at, end); at == 0 || at == end {
			return false
		}
		if s.src[at] == ']' {
			return s.isEnd(at+1, end)
		}
		if s.src[at] != ',' {
			return false
		}
		at = s.skip(at+1, end)
	}
	return false
}

// flowItem scans an item of a list in brackets and returns the offset of what
// follows, blanks left out, or 0.
func (s *flatScanner) flowItem(at, end int) int {
	if c := s.src[at]; c == '"' || c == '\'' {
		next := s.quoted(at, end)
		if next == 0 {
			return 0
		}
		return s.skip(next, end)
	}
	if !s.isPlain(at, end) {
		return 0
	}
	n := bytes.IndexAny(s.src[at:end], ",]:#[{}?")
	if n < 0 || s.src[at+n] != ',' && s.src[at+n] != ']' {
		return 0
	}
	s.addPlain(at, at+n)
	return at + n
}
