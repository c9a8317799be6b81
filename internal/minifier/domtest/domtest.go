// Package domtest proves that minifying keeps the meaning of HTML: it compares
// the trees that golang.org/x/net/html, a parser after the HTML standard, makes
// of a document and of its minified form. It is a module of its own because
// jam doesn't otherwise need that parser.
package domtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Diff returns the first difference between two HTML documents, or "". Only
// these do not count: comments; the length of white space where CSS collapses
// it; white space between the elements of the head; and the white space and
// comments of scripts and style sheets, which have tests of their own.
func Diff(a, b []byte, scripting bool) (string, error) {
	x, err := tree(a, scripting)
	if err != nil {
		return "", err
	}
	y, err := tree(b, scripting)
	if err != nil {
		return "", err
	}
	for i := range max(len(x), len(y)) {
		switch {
		case i >= len(x):
			return "added " + y[i], nil
		case i >= len(y):
			return "lost " + x[i], nil
		case x[i] != y[i]:
			return fmt.Sprintf("%s\nbecame %s", x[i], y[i]), nil
		}
	}
	return "", nil
}

// tree returns a line for each node of a document.
func tree(doc []byte, scripting bool) ([]string, error) {
	root, err := html.ParseWithOptions(bytes.NewReader(doc), html.ParseOptionEnableScripting(scripting))
	if err != nil {
		return nil, err
	}
	dropComments(root)
	var lines []string
	walk(root, "", false, &lines)
	return lines, nil
}

func dropComments(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode:
			n.RemoveChild(c)
		case c.Type == html.TextNode && c.PrevSibling != nil && c.PrevSibling.Type == html.TextNode:
			c.PrevSibling.Data += c.Data
			n.RemoveChild(c)
		default:
			dropComments(c)
		}
		c = next
	}
}

func walk(n *html.Node, path string, keeps bool, lines *[]string) {
	switch n.Type {
	case html.TextNode:
		if text, ok := normal(n, keeps); ok {
			*lines = append(*lines, fmt.Sprintf("%s: %q", path, text))
		}
	case html.DoctypeNode:
		*lines = append(*lines, fmt.Sprintf("doctype %s %v", n.Data, n.Attr))
	case html.ElementNode:
		path += "/" + n.Namespace + " " + n.Data
		*lines = append(*lines, fmt.Sprintf("%s %v", path, n.Attr))
		keeps = keeps || slices.Contains(keepers, n.Data) && n.Namespace == ""
		for _, a := range n.Attr {
			keeps = keeps || a.Key == "style" && strings.Contains(a.Val, "white-space")
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, path, keeps, lines)
	}
}

// keepers are the elements whose white space counts as it is.
var keepers = []string{
	"pre", "textarea", "listing", "xmp", "plaintext", "iframe", "noscript", "noembed", "noframes", "title", "code",
}

// normal returns the text of a node without what doesn't count.
func normal(n *html.Node, keeps bool) (string, bool) {
	parent := n.Parent
	switch {
	case parent.Data == "html" || parent.Data == "head":
		return "", strings.Trim(n.Data, " \t\n\f\r") != ""
	case parent.Data == "style" && parent.Namespace == "":
		return "style sheet", false
	case parent.Data == "script" && parent.Namespace == "":
		return script(n.Data)
	case keeps:
		return n.Data, true
	}
	return collapse(n.Data), true
}

// script returns JSON in a normal form and no code.
func script(text string) (string, bool) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return "", false
	}
	out, err := json.Marshal(v)
	return string(out), err == nil
}

// collapse returns text with each run of white space as one character.
func collapse(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		i := strings.IndexAny(text, " \t\n\f\r")
		if i < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:i])
		rest := strings.TrimLeft(text[i:], " \t\n\f\r")
		if strings.ContainsAny(text[i:len(text)-len(rest)], "\n\r") {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
		text = rest
	}
	return b.String()
}
