package matter

import (
	"bytes"
	"strconv"
	"strings"
)

// scanTOML reports whether all is flat TOML: keys that are single words, with
// scalars on one line and lists of those, in tables whose names are single words,
// too.
func (s *flatScanner) scanTOML() bool {
	s.line, s.depth, s.maps = 1, 1, 1
	s.add(s.part(flatMap, 0), 0, 0)
	table := 0 // the part of the one at hand
	for ; s.start < len(s.src); s.line++ {
		end, next, ok := s.lineAt(s.start)
		if !ok {
			return false
		}
		at := s.skip(s.start, end)
		switch {
		case at == end || s.src[at] == '#':
		case s.src[at] == '[':
			s.parts[0].items++
			table = len(s.parts) + 1
			if !s.header(at, end) {
				return false
			}
		default:
			s.parts[table].items++
			if next, ok = s.tomlKeyValue(at, end, next); !ok {
				return false
			}
		}
		s.start = next
	}
	return true
}

// header scans "[name]" at an offset.
func (s *flatScanner) header(at, end int) bool {
	at = s.skip(at+1, end)
	stop := s.bareKey(at, end)
	if stop == at || s.skip(stop, end) == end || s.src[s.skip(stop, end)] != ']' {
		return false
	}
	s.keys++
	s.maps++
	s.depth = max(s.depth, 2)
	s.add(s.part(flatKey, at), at, stop)
	s.add(s.part(flatMap, at), at, at)
	return s.isTOMLEnd(s.skip(stop, end)+1, end)
}

// bareKey returns the offset after the word at an offset.
func (s *flatScanner) bareKey(at, end int) int {
	for at < end && s.src[at] != '.' && isFlatKey(s.src[at], false) {
		at++
	}
	return at
}

// isTOMLEnd reports whether nothing but a comment follows.
func (s *flatScanner) isTOMLEnd(at, end int) bool {
	at = s.skip(at, end)
	return at == end || s.src[at] == '#'
}

// tomlKeyValue scans "key = value" at an offset of a line up to end, which next
// follows, and returns the offset of the first line after it.
func (s *flatScanner) tomlKeyValue(at, end, next int) (int, bool) {
	stop := s.bareKey(at, end)
	equals := s.skip(stop, end)
	value := s.skip(equals+1, end)
	if stop == at || equals == end || s.src[equals] != '=' || value >= end {
		return 0, false
	}
	s.keys++
	s.add(s.part(flatKey, at), at, stop)
	if s.src[value] == '[' {
		return s.tomlList(value, end, next)
	}
	after := s.tomlScalar(value, end)
	return next, after > 0 && s.isTOMLEnd(after, end)
}

// tomlScalar scans a scalar and returns the offset after it, or 0.
func (s *flatScanner) tomlScalar(at, end int) int {
	after := at
	switch quote := s.src[at]; quote {
	case '"':
		after = s.quoted(at, end)
	case '\'':
		if n := bytes.IndexByte(s.src[at+1:end], quote); n >= 0 {
			after = at + n + 2
			s.add(s.part(flatQuoted, at), at+1, after-1)
		}
	default:
		n := bytes.IndexAny(s.src[at:end], " ,]#")
		if n < 0 {
			n = end - at
		}
		s.add(s.part(flatBare, at), at, at+n)
		return at + n
	}
	if after <= at || after < end && s.src[after] == s.src[at] { // not closed, or of several lines
		return 0
	}
	return after
}

// tomlList scans a list, which may have several lines, as tomlKeyValue.
func (s *flatScanner) tomlList(at, end, next int) (int, bool) {
	list := len(s.parts)
	s.lists++
	s.depth = max(s.depth, 3)
	s.add(s.part(flatList, at), at, at)
	wantValue := true
	for at++; ; {
		switch at = s.skip(at, end); {
		case at == end || s.src[at] == '#':
			var ok bool
			s.start = next
			s.line++
			if end, next, ok = s.lineAt(next); !ok || s.start == len(s.src) {
				return 0, false
			}
			at = s.start
		case s.src[at] == ']':
			return next, s.isTOMLEnd(at+1, end)
		case s.src[at] == ',' && !wantValue:
			at++
			wantValue = true
		case !wantValue:
			return 0, false
		default:
			s.parts[list].items++
			if at = s.tomlScalar(at, end); at == 0 {
				return 0, false
			}
			wantValue = false
		}
	}
}

// setBare takes the node's text, a scalar of TOML that is not in quotes; false if
// it is one that the library has to read.
func (n *Node) setBare() bool {
	s := n.text
	switch {
	case s == "true" || s == "false":
		n.setBool(s == "true")
		return true
	case s == "":
		return false
	}
	if t, zoned, ok := exactTime(s); ok && s[0] != '0' {
		n.setTime(t, zoned)
		return true
	}
	unsigned := strings.TrimPrefix(s, "-")
	if unsigned == "" || unsigned[0] < '1' || unsigned[0] > '9' || len(s) > 18 {
		if s == "0" {
			return n.setInt(s, 10)
		}
		return false
	}
	whole, fraction, isFloat := strings.Cut(unsigned, ".")
	if strings.Trim(whole, "0123456789") != "" || strings.Trim(fraction, "0123456789") != "" || isFloat && fraction == "" {
		return false
	}
	if !isFloat {
		return n.setInt(s, 10)
	}
	f, err := strconv.ParseFloat(s, 64)
	n.setFloat(f)
	return err == nil
}
