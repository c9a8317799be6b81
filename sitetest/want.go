package sitetest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/jam-go/jam/internal/suggest"
)

// WantCount tests that there are n elements.
func (s *Selection) WantCount(n int) *Selection {
	s.out.t.Helper()
	switch {
	case len(s.nodes) == n:
	case len(s.nodes) == 0:
		s.none(fmt.Sprintf(", want %d", n))
	default:
		s.fail(s.nodes[min(n, len(s.nodes)-1)], "%s %q, want %d", s.number(), s.selector, n)
	}
	return s
}

// WantText tests that the elements have these texts, one each, as [Selection.Text] gives them.
func (s *Selection) WantText(want ...string) *Selection {
	s.out.t.Helper()
	s.wantEach("text", s.Texts(), want, func(i int) string { return fmt.Sprintf("has the text %q", textOf(s.nodes[i])) })
	return s
}

// WantContains tests that the text of at least one element has each of these texts in it.
func (s *Selection) WantContains(texts ...string) *Selection {
	s.out.t.Helper()
	if !s.some() {
		return s
	}
	have := s.Texts()
	for _, want := range texts {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.Contains(h, want) }) {
			s.fail(s.nodes[0], "%s has no text with %q in it, but %s", s.selector, want, quoted(have))
		}
	}
	return s
}

// WantAttr tests that an attribute of the elements has these values, one each.
func (s *Selection) WantAttr(name string, want ...string) *Selection {
	s.out.t.Helper()
	s.wantEach(name, s.Attrs(name), want, func(i int) string {
		value, ok := attr(s.nodes[i], name)
		if !ok {
			return "has no " + name
		}
		return fmt.Sprintf("has %s=%q", name, value)
	})
	for i, n := range s.nodes { // "" is wanted, which is not nothing
		if _, ok := attr(n, name); !ok && i < len(want) && len(want) == len(s.nodes) && want[i] == "" {
			s.fail(n, "%s has no %s, want %q", s.selector, name, "")
		}
	}
	return s
}

// WantHTML tests that the elements are these, tags included, one each. Quotes, end tags and other matters of writing that
// leave the tree of elements as it is do not count; white space does.
func (s *Selection) WantHTML(want ...string) *Selection {
	s.out.t.Helper()
	have := make([]string, len(s.nodes))
	for i, n := range s.nodes {
		have[i] = outer(n)
	}
	canonical := make([]string, len(want))
	for i, w := range want {
		canonical[i] = w
		if i < len(s.nodes) {
			canonical[i] = reparse(w, s.nodes[i].Parent)
		}
	}
	s.wantEach("HTML", have, canonical, func(i int) string { return "is " + have[i] })
	return s
}

// reparse returns a fragment of HTML in the form in which it would be in a parent.
func reparse(fragment string, parent *html.Node) string {
	if parent == nil || parent.Type != html.ElementNode {
		parent = &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(fragment), parent, html.ParseOptionEnableScripting(false))
	if err != nil {
		return fragment
	}
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(outer(n))
	}
	return b.String()
}

// wantEach holds what the elements have against what is wanted. describe says what an element has.
func (s *Selection) wantEach(what string, have, want []string, describe func(i int) string) {
	s.out.t.Helper()
	switch {
	case len(have) == 0 && len(want) == 0:
	case len(have) == 0:
		s.none(", want " + quoted(want))
	case len(have) != len(want):
		s.fail(s.nodes[min(len(want), len(have)-1)], "%s %q, want %d; their %s:\n%s",
			s.number(), s.selector, len(want), what, diff("want", "have", text(want), text(have)))
	default:
		for i := range have {
			if have[i] != want[i] {
				s.fail(s.nodes[i], "%s %s, want %q", s.which(i), describe(i), want[i])
			}
		}
	}
}

// number begins a message with how many elements there are.
func (s *Selection) number() string {
	if len(s.nodes) == 1 {
		return "1 element matches"
	}
	return fmt.Sprintf("%d elements match", len(s.nodes))
}

// which names an element of the selection.
func (s *Selection) which(i int) string {
	if len(s.nodes) == 1 {
		return s.selector
	}
	return fmt.Sprintf("%s (%d of %d)", s.selector, i+1, len(s.nodes))
}

// some fails the test if there is no element.
func (s *Selection) some() bool {
	s.out.t.Helper()
	if len(s.nodes) == 0 {
		s.none("")
	}
	return len(s.nodes) > 0
}

// none fails the test, as there is no element.
func (s *Selection) none(want string) {
	s.out.t.Helper()
	s.out.t.Errorf("%s: no element matches %q%s%s%s", s.out.name, s.selector, want, s.unknown(), s.out.page())
}

// fail fails the test because of an element.
func (s *Selection) fail(n *html.Node, format string, args ...any) {
	s.out.t.Helper()
	where, shown := s.out.name, "\n\t"+cut(outer(n), 200)
	if at, ok := s.out.document().offsets()[n]; ok {
		where, shown = s.out.place(at), excerpt(s.out.body, at)
	}
	s.out.t.Errorf("%s: %s%s%s", where, fmt.Sprintf(format, args...), s.out.page(), shown)
}

var namesInSelector = regexp.MustCompile(`(^|[\s>+~,(.#])([A-Za-z][\w-]*)`)

// unknown tells of names in the selector that the document does not have.
func (s *Selection) unknown() string {
	names := map[string]map[string]bool{"element": {}, "class": {}, "id": {}}
	for n := range s.out.document().root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		names["element"][n.Data] = true
		if id, ok := attr(n, "id"); ok {
			names["id"][id] = true
		}
		classes, _ := attr(n, "class")
		for _, c := range strings.Fields(classes) {
			names["class"][c] = true
		}
	}
	for _, m := range namesInSelector.FindAllStringSubmatch(s.selector, -1) {
		kind := map[string]string{".": "class", "#": "id"}[m[1]]
		if kind == "" {
			kind = "element"
		}
		if known := names[kind]; !known[m[2]] {
			similar := suggest.DidYouMean(m[2], slices.Sorted(maps.Keys(known)))
			if kind == "element" {
				return fmt.Sprintf(": there is no element %s%s", m[2], similar)
			}
			return fmt.Sprintf(": no element has the %s %q%s", kind, m[2], similar)
		}
	}
	return ""
}

// quoted lists texts for a message.
func quoted(texts []string) string {
	const most = 10
	list := make([]string, 0, most+1)
	for i, t := range texts {
		if i == most {
			list = append(list, fmt.Sprintf("and %d more", len(texts)-most))
			break
		}
		list = append(list, fmt.Sprintf("%q", t))
	}
	return strings.Join(list, ", ")
}
