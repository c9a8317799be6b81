// Package rules checks feeds, sitemaps, robots.txt and llms.txt against their
// specifications. A document that it finds no fault with is one that readers
// and crawlers understand as it is meant: its checks go beyond well-formedness
// and hold what validators warn of, such as relative URLs, for wrong, too.
//
// Each function reads its arguments only, may be called concurrently, copes with
// any bytes in time linear in their number, and returns the problems in the
// order of their places.
package rules

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Problem is a breach of a rule. Line and Column count from 1, columns in
// characters.
type Problem struct {
	Line, Column int
	Rule         string // one of the rules' names, such as "date"
	Text         string // what is wrong
}

// The names of the rules.
const (
	Encoding  = "encoding" // UTF-8
	Syntax    = "syntax"   // well-formed XML, JSON or lines
	Version   = "version"  // of the format
	Element   = "element"  // elements, attributes and keys of the specification only
	Order     = "order"
	Required  = "required"  // what must be there, and not empty
	Duplicate = "duplicate" // what may be there only once
	Type      = "type"      // kinds of values, media types
	Date      = "date"
	URL       = "url"      // absolute URLs
	Relative  = "relative" // no relative URLs in HTML
	Script    = "script"   // nothing in HTML that would run
	Language  = "language"
	ID        = "id"     // there, permanent in form, unique
	Author    = "author" // Atom's rule, e-mail addresses
	Self      = "self"   // the document names its own address
	Limit     = "limit"  // counts and sizes
	Location  = "location"
	Hreflang  = "hreflang"
)

func (p Problem) String() string {
	return fmt.Sprintf("%d:%d: %s: %s", p.Line, p.Column, p.Rule, p.Text)
}

// A report collects problems by offset.
type report struct {
	src   []byte
	found []found
}

type found struct {
	offset     int
	rule, text string
}

func (r *report) add(offset int, rule, format string, args ...any) {
	const limit = 500
	text := fmt.Sprintf(format, args...)
	if len(text) > limit {
		text = strings.ToValidUTF8(text[:limit], "") + "…"
	}
	r.found = append(r.found, found{offset, rule, text})
}

// problems returns what was found with lines and columns, which one pass over
// the source counts.
func (r *report) problems() []Problem {
	slices.SortStableFunc(r.found, func(a, b found) int { return cmp.Compare(a.offset, b.offset) })
	var list []Problem
	line, column, at := 1, 1, 0
	for _, f := range r.found {
		passed := r.src[at:max(at, min(f.offset, len(r.src)))]
		at += len(passed)
		if n := bytes.Count(passed, []byte("\n")); n > 0 {
			line += n
			column = 1
			passed = passed[bytes.LastIndexByte(passed, '\n')+1:]
		}
		column += utf8.RuneCount(passed)
		list = append(list, Problem{line, column, f.rule, f.text})
	}
	return list
}

// isUTF8 reports where src isn't UTF-8, and whether it is.
func (r *report) isUTF8() bool {
	if utf8.Valid(r.src) {
		return true
	}
	for i := 0; i < len(r.src); {
		c, size := utf8.DecodeRune(r.src[i:])
		if c == utf8.RuneError && size == 1 {
			r.add(i, Encoding, "the byte %#x is not UTF-8", r.src[i])
			break
		}
		i += size
	}
	return false
}
