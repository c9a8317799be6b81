package math

import (
	"slices"
	"strings"
)

// raw reads a group and returns its text, for arguments that are no formulas.
func (p *parser) raw() (string, token) {
	open := p.next()
	if open.kind != tokenOpen {
		p.fail(open, "an argument in braces is missing before %s", p.named(open))
		return "", open
	}
	return p.rawUntil(open, tokenClose, "}"), open
}

// rawUntil returns the text up to a token, which it skips.
func (p *parser) rawUntil(open token, kind tokenKind, text string) string {
	var b strings.Builder
	depth := 0
	for {
		t := p.take()
		switch {
		case t.kind == tokenEnd:
			p.fail(open, "%s is not closed", open.source())
			return ""
		case depth == 0 && t.is(kind, text):
			return strings.TrimSpace(b.String())
		case t.kind == tokenOpen:
			depth++
		case t.kind == tokenClose:
			depth--
		}
		b.WriteString(t.source())
	}
}

// macro is what a command of the caller's stands for.
type macro struct {
	args int
	body []token
}

// expand puts what a macro stands for before what is still to be read.
func (p *parser) expand(t token, m macro) {
	args := make([][]token, m.args)
	for i := range args {
		args[i] = p.tokens()
	}
	var out []token
	for _, b := range m.body {
		b.at = t.at
		if b.kind == tokenParam {
			out = append(out, args[b.text[1]-'1']...)
		} else {
			out = append(out, b)
		}
		if len(out) > p.budget {
			p.fail(t, `the macro %s stands for too much; does it contain itself?`, t.source())
			return
		}
	}
	p.budget -= len(out) + 1
	slices.Reverse(out)
	p.pending = append(p.pending, out...)
}

// tokens reads the argument of a macro.
func (p *parser) tokens() []token {
	open := p.take()
	for open.kind == tokenSpace {
		open = p.take()
	}
	switch open.kind {
	case tokenOpen:
	case tokenEnd, tokenClose:
		p.fail(open, "an argument is missing before %s", p.named(open))
		return nil
	default:
		return []token{open}
	}
	var list []token
	for depth := 1; ; {
		t := p.take()
		switch t.kind {
		case tokenEnd:
			p.fail(open, "{ is not closed")
			return nil
		case tokenOpen:
			depth++
		case tokenClose:
			if depth--; depth == 0 {
				return list
			}
		}
		list = append(list, t)
	}
}
