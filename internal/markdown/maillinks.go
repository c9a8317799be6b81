package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// mailLength returns the length of the mail address at the start of s, or 0.
func mailLength(s []byte) int {
	at := 0
	for at < len(s) && isMailByte(s[at]) {
		at++
	}
	if at == 0 || at >= len(s) || s[at] != '@' {
		return 0
	}
	if n := mailDomainLength(s[at+1:]); n > 0 {
		return at + 1 + n
	}
	return 0
}

func isMailByte(c byte) bool {
	return util.IsAlphaNumeric(c) || c == '.' || c == '-' || c == '_' || c == '+'
}

// mailDomainLength returns the length of the domain of a mail address: labels
// of letters, digits, hyphens and underscores with a dot between, the last not
// ending with a hyphen or an underscore.
func mailDomainLength(s []byte) int {
	n, dots := 0, 0
	for n < len(s) {
		c := s[n]
		if c == '.' {
			if n == 0 || n+1 >= len(s) || !util.IsAlphaNumeric(s[n+1]) {
				break
			}
			dots++
		} else if !util.IsAlphaNumeric(c) && c != '-' && c != '_' {
			break
		}
		n++
	}
	if dots == 0 || s[n-1] == '-' || s[n-1] == '_' {
		return 0
	}
	return n
}

// mailLinks makes links of the mail addresses in the text children of n.
func (r *run) mailLinks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok || t.IsRaw() {
			continue
		}
		r.joinText(n, t)
		value := t.Segment.Value(r.source)
		for from := 0; ; {
			at := bytes.IndexByte(value[from:], '@')
			if at < 0 {
				break
			}
			at += from
			from = at + 1
			start := at
			for start > 0 && isMailByte(value[start-1]) {
				start--
			}
			length := mailDomainLength(value[at+1:])
			if start == at || length == 0 || start > 0 && (value[start-1] == '\\' || value[start-1] == '/') {
				continue
			}
			c = r.splitMail(n, t, start, at+1+length)
			break
		}
	}
}

// joinText joins t with the texts that follow it in the source without a gap,
// as marks that turned out to mean nothing leave them.
func (r *run) joinText(parent ast.Node, t *ast.Text) {
	for !t.SoftLineBreak() && !t.HardLineBreak() {
		next, ok := t.NextSibling().(*ast.Text)
		if !ok || next.IsRaw() || next.Segment.Padding != 0 || next.Segment.Start != t.Segment.Stop {
			return
		}
		t.Segment.Stop = next.Segment.Stop
		t.SetSoftLineBreak(next.SoftLineBreak())
		t.SetHardLineBreak(next.HardLineBreak())
		parent.RemoveChild(parent, next)
	}
}

// splitMail makes a link of a part of t and returns the link.
func (r *run) splitMail(parent ast.Node, t *ast.Text, start, end int) ast.Node {
	s := t.Segment
	start, end = s.Start+start-s.Padding, s.Start+end-s.Padding
	link := ast.NewAutoLink(ast.AutoLinkEmail, ast.NewTextSegment(text.NewSegment(start, end)))
	link.SetPos(start)
	rest := ast.NewTextSegment(text.NewSegment(end, s.Stop))
	rest.SetSoftLineBreak(t.SoftLineBreak())
	rest.SetHardLineBreak(t.HardLineBreak())
	t.Segment.Stop = start
	t.SetSoftLineBreak(false)
	t.SetHardLineBreak(false)
	parent.InsertAfter(parent, t, rest)
	parent.InsertAfter(parent, t, link)
	if t.Segment.IsEmpty() {
		parent.RemoveChild(parent, t)
	}
	return link
}
