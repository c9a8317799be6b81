// Package glob matches slash-separated paths against patterns.
//
// A pattern is matched element by element as path.Match does; an element "**"
// matches any number of elements, none too. {a,b} stands for either
// alternative and may nest and contain slashes.
package glob

import (
	"fmt"
	"path"
	"strings"
)

// maxAlternatives bounds what braces expand to.
const maxAlternatives = 1000

// Glob is a compiled pattern. The zero value matches nothing.
type Glob struct{ alternatives [][]string }

// Compile parses a pattern. Leading and trailing slashes are ignored, in
// patterns and in paths.
func Compile(pattern string) (Glob, error) {
	expanded, err := expand(pattern)
	if err != nil {
		return Glob{}, fmt.Errorf("pattern %q: %w", pattern, err)
	}
	var g Glob
	for _, p := range expanded {
		elems := strings.Split(strings.Trim(p, "/"), "/")
		for _, e := range elems {
			if _, err := path.Match(e, ""); err != nil {
				return Glob{}, fmt.Errorf("pattern %q: %w", pattern, err)
			}
		}
		g.alternatives = append(g.alternatives, elems)
	}
	return g, nil
}

// Match tells whether the whole of name matches.
func (g Glob) Match(name string) bool {
	elems := strings.Split(strings.Trim(name, "/"), "/")
	for _, a := range g.alternatives {
		if match(a, elems) {
			return true
		}
	}
	return false
}

// match is linear in the product of lengths: after "**" only the last one
// ever needs retrying.
func match(pat, name []string) bool {
	p, n := 0, 0
	starP, starN := -1, 0
	for n < len(name) {
		if p < len(pat) && pat[p] == "**" {
			starP, starN = p, n
			p++
			continue
		}
		if p < len(pat) {
			if ok, _ := path.Match(pat[p], name[n]); ok {
				p++
				n++
				continue
			}
		}
		if starP < 0 {
			return false
		}
		starN++
		p, n = starP+1, starN
	}
	for p < len(pat) && pat[p] == "**" {
		p++
	}
	return p == len(pat)
}

func expand(p string) ([]string, error) {
	out := []string{""}
	for i := 0; i < len(p); {
		switch c := p[i]; c {
		case '{':
			end, parts, err := braces(p[i:])
			if err != nil {
				return nil, err
			}
			var choices []string
			for _, part := range parts {
				e, err := expand(part)
				if err != nil {
					return nil, err
				}
				choices = append(choices, e...)
			}
			if len(out)*len(choices) > maxAlternatives {
				return nil, fmt.Errorf("more than %d alternatives", maxAlternatives)
			}
			next := make([]string, 0, len(out)*len(choices))
			for _, o := range out {
				for _, ch := range choices {
					next = append(next, o+ch)
				}
			}
			out = next
			i += end
		default:
			n := 1
			if c == '\\' && i+1 < len(p) {
				n = 2
			}
			for k := range out {
				out[k] += p[i : i+n]
			}
			i += n
		}
	}
	return out, nil
}

// braces splits the alternatives of the brace that p starts with.
func braces(p string) (end int, parts []string, err error) {
	depth, start := 0, 1
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '\\':
			i++
		case '{':
			depth++
		case ',':
			if depth == 1 {
				parts = append(parts, p[start:i])
				start = i + 1
			}
		case '}':
			if depth--; depth == 0 {
				return i + 1, append(parts, p[start:i]), nil
			}
		}
	}
	return 0, nil, fmt.Errorf("brace is never closed")
}
