package sitetest

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Output is a rendered file of a site.
type Output struct {
	t      testing.TB
	name   string
	source string // the page's, "" if it is of no page
	body   []byte

	parse sync.Once
	doc   *document
}

// Name returns the file's name, such as "posts/hello/index.html".
func (o *Output) Name() string { return o.name }

// String returns the content.
func (o *Output) String() string { return string(o.body) }

// Bytes returns the content. It must not be changed.
func (o *Output) Bytes() []byte { return o.body }

// Find returns the elements that match a CSS selector, in the order of the document: Selectors Level 4 in so far as
// [github.com/andybalholm/cascadia] has it. The file is parsed as the HTML standard says; what is within noscript is found, too.
// A selector that is none ends the test.
func (o *Output) Find(selector string) *Selection {
	o.t.Helper()
	return (&Selection{out: o, nodes: []*html.Node{o.document().root}}).Find(selector)
}

// WantContains tests that texts are in the content, just as they are written.
func (o *Output) WantContains(texts ...string) {
	o.t.Helper()
	for _, want := range texts {
		if !bytes.Contains(o.body, []byte(want)) {
			o.t.Errorf("%s: there is no %q%s%s", o.name, want, o.page(), excerpt(o.body, 0))
		}
	}
}

// WantNot tests that texts are not in the content.
func (o *Output) WantNot(texts ...string) {
	o.t.Helper()
	for _, bad := range texts {
		if i := bytes.Index(o.body, []byte(bad)); i >= 0 {
			o.t.Errorf("%s: there is %q, want none%s%s", o.place(i), bad, o.page(), excerpt(o.body, i))
		}
	}
}

// Golden holds the content against a file, as [Golden] does.
func (o *Output) Golden(name string) {
	o.t.Helper()
	golden(o.t, name, o.name, o.String())
}

func (o *Output) document() *document {
	o.parse.Do(func() { o.doc = parse(o.body) })
	return o.doc
}

// place returns a position as name:line:column, columns in characters.
func (o *Output) place(offset int) string {
	before := o.body[:offset]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("%s:%d:%d", o.name, line, column)
}

// page returns the line of a failure that says which page the file is of.
func (o *Output) page() string {
	if o.source == "" {
		return ""
	}
	return "\n\tpage: " + o.source
}

// excerpt returns the lines of a failure that show the content at an offset.
func excerpt(body []byte, offset int) string {
	const width, most = 120, 3
	line := bytes.Count(body[:offset], []byte("\n")) + 1
	start := bytes.LastIndexByte(body[:offset], '\n') + 1
	lead := ""
	if offset-start > width/3 { // a long line, as minified output has
		start, lead = offset, "…"
	}
	var b strings.Builder
	for i, l := range strings.SplitN(string(body[start:]), "\n", most+1) {
		if i == most || i > 0 && strings.TrimSpace(l) == "" {
			break
		}
		fmt.Fprintf(&b, "\n\t%d | %s%s", line+i, lead, cut(strings.TrimRight(l, "\r"), width))
		lead = ""
	}
	return b.String()
}

// cut shortens a text to a number of characters.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

// compile compiles a selector, or ends the test.
func (o *Output) compile(selector string) cascadia.Matcher {
	o.t.Helper()
	m, err := cascadia.ParseGroup(selector)
	if err != nil {
		o.t.Fatalf("%q is no CSS selector: %v", selector, err)
	}
	return m
}
