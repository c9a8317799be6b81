package sitetest

import (
	"iter"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Selection is a list of elements of a file, in the order of the document.
type Selection struct {
	out      *Output
	selector string
	nodes    []*html.Node
}

// Find returns the elements within those of the selection that match a CSS selector. As in the
// DOM, the selector may begin above them: s.Find("ul li") finds items whose list is outside.
func (s *Selection) Find(selector string) *Selection {
	s.out.t.Helper()
	m := s.out.compile(selector)
	found := &Selection{out: s.out, selector: strings.TrimSpace(s.selector + " " + selector)}
	seen := make(map[*html.Node]bool)
	for _, n := range s.nodes {
		for _, inner := range cascadia.QueryAll(n, m) {
			if !seen[inner] { // elements of the selection may be within others
				seen[inner] = true
				found.nodes = append(found.nodes, inner)
			}
		}
	}
	return found
}

// Count returns the number of elements.
func (s *Selection) Count() int { return len(s.nodes) }

// All yields the elements, each as a Selection of its own.
func (s *Selection) All() iter.Seq[*Selection] {
	return func(yield func(*Selection) bool) {
		for _, n := range s.nodes {
			if !yield(s.only(n)) {
				return
			}
		}
	}
}

// At returns the element with an index, which counts from the end if it is negative: At(0) is the first and At(-1)
// the last. If there is no such element, the test ends.
func (s *Selection) At(i int) *Selection {
	s.out.t.Helper()
	at := i
	if at < 0 {
		at += len(s.nodes)
	}
	if at < 0 || at >= len(s.nodes) {
		s.out.t.Fatalf("%s: no element %d of the %d that match %q%s", s.out.name, i, len(s.nodes), s.selector, s.out.page())
	}
	return s.only(s.nodes[at])
}

// only returns one element of a selection.
func (s *Selection) only(n *html.Node) *Selection {
	return &Selection{out: s.out, selector: s.selector, nodes: []*html.Node{n}}
}

// Text returns the text of the first element, as a reader has it: white space of any length is one space, and there
// is one between blocks; what is in scripts, styles and templates is left out. Without an element, the test fails.
func (s *Selection) Text() string {
	s.out.t.Helper()
	if !s.some() {
		return ""
	}
	return textOf(s.nodes[0])
}

// Texts returns the text of each element.
func (s *Selection) Texts() []string {
	texts := make([]string, len(s.nodes))
	for i, n := range s.nodes {
		texts[i] = textOf(n)
	}
	return texts
}

// Attr returns the value of an attribute of the first element. Without an element, or if it does not have the attribute, the
// test fails.
func (s *Selection) Attr(name string) string {
	s.out.t.Helper()
	if !s.some() {
		return ""
	}
	value, ok := attr(s.nodes[0], name)
	if !ok {
		s.fail(s.nodes[0], "%s has no attribute %s", s.selector, name)
	}
	return value
}

// Attrs returns the value of an attribute of each element, "" for those that do not have it.
func (s *Selection) Attrs(name string) []string {
	values := make([]string, len(s.nodes))
	for i, n := range s.nodes {
		values[i], _ = attr(n, name)
	}
	return values
}

// HTML returns the first element as HTML, tags included, in the form that the HTML standard gives for serialising: with
// quotes around values, and with all end tags. Without an element, the test fails.
func (s *Selection) HTML() string {
	s.out.t.Helper()
	if !s.some() {
		return ""
	}
	return outer(s.nodes[0])
}

func attr(n *html.Node, name string) (string, bool) {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool {
		return a.Key == name || a.Namespace != "" && a.Namespace+":"+a.Key == name
	})
	if i < 0 {
		return "", false
	}
	return n.Attr[i].Val, true
}
