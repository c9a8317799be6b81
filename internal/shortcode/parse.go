package shortcode

import (
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/suggest"
)

// parser makes nodes and calls of a source.
type parser struct {
	source    string
	positions *positions
	opt       Options

	text      int // where text begins that is in no node yet
	next      int // where to look for the next tag
	line      int // where the line begins in which the last tag stands
	indent    int // where the white space ends with which that line begins
	lineKnown int // up to where line breaks were looked for

	nodes     []node
	calls     []Call
	open      []openCall
	openNames map[string]int // how many calls in open have the name
	crossed   map[string]bool
	kept      map[string]int  // how many opening tags of unknown names were left in the text
	noComment map[string]bool // ends of comments of which none follows

	mistakes  diag.List
	warnings  diag.List
	suggested map[string]string
}

// openCall is a call that a closing tag may close.
type openCall struct {
	call  int
	inner Inner
	quiet bool // say nothing if it is not closed, there is a mistake already
}

func (p *parser) run() {
	n := openingTags(p.source)
	p.calls, p.nodes = make([]Call, 0, n), make([]node, 0, 2*n+1)
	p.openNames = make(map[string]int)
	for len(p.mistakes) < maxMistakes {
		start := nextTag(p.source, p.next)
		if start < 0 {
			break
		}
		p.findLine(start)
		if strings.HasPrefix(p.source[start+3:], "/*") {
			p.comment(start)
		} else {
			p.tag(start)
		}
	}
	p.flush(len(p.source))
	for _, o := range p.open {
		p.leaveOpen(o, nil)
	}
}

// openingTags returns how many calls source has at most, unless it is odd.
func openingTags(source string) (n int) {
	for i := nextTag(source, 0); i >= 0; i = nextTag(source, i+3) {
		if rest := strings.TrimLeft(source[i+3:min(i+5, len(source))], " "); !strings.HasPrefix(rest, "/") {
			n++
		}
	}
	return n
}

// findLine notes the line of the tag at start.
func (p *parser) findLine(start int) {
	i := strings.LastIndexByte(p.source[p.lineKnown:start], '\n')
	if i >= 0 || p.lineKnown == 0 {
		p.line = p.lineKnown + i + 1
		p.indent = start - len(strings.TrimLeft(p.source[p.line:start], " \t"))
	}
	p.lineKnown = start
}

// wrong adds a mistake, unless there are too many.
func (p *parser) wrong(at int, format string, args ...any) {
	p.note(&p.mistakes, at, format, args...)
}

func (p *parser) note(list *diag.List, at int, format string, args ...any) {
	if len(*list) < maxMistakes {
		line, column := p.positions.at(at)
		list.Add(line, column, format, args...)
	}
}

// flush makes a node of the text before end.
func (p *parser) flush(end int) {
	if end > p.text {
		p.nodes = append(p.nodes, node{call: -1, start: p.text, end: end})
	}
	p.text = end
}

// comment reads a tag that is to be shown, and not to be a call.
func (p *parser) comment(start int) {
	l := newLexer(p.source, start)
	end, i := "*/"+l.right, -1
	if !p.noComment[end] {
		i = strings.Index(p.source[start+5:], end)
	}
	if i < 0 {
		if p.noComment == nil {
			p.noComment = make(map[string]bool)
		}
		p.noComment[end] = true
		p.wrong(start, "%s/* has no %s that ends it", l.left, end)
		p.next = start + 5
		return
	}
	p.flush(start + 3)
	p.text = start + 5
	p.flush(start + 5 + i)
	p.text += 2
	p.next = p.text + 3
	p.flush(p.next)
}

// tag reads a tag.
func (p *parser) tag(start int) {
	l := newLexer(p.source, start)
	t := &tag{start: start, markdown: l.right == "%}}"}
	m := l.name(t)
	if m == nil {
		if p.opt.Keep && p.keep(t) {
			p.next = l.pos
			return
		}
		if t.closing {
			m = l.closingEnd(t)
		} else {
			m = l.arguments(t)
		}
	}
	p.flush(start)
	p.next = l.pos
	if m != nil {
		p.next = l.resume()
	} else {
		m = t.mistake
	}
	p.text = p.next
	if m != nil {
		p.wrong(m.at, "%s", m.text)
		t.broken = true
	}
	for _, m := range t.twice {
		p.note(&p.warnings, m.at, "%s", m.text)
	}
	switch {
	case t.name == "":
	case t.closing:
		p.closeCall(t)
	default:
		p.openCall(t)
	}
}

// keep tells whether a tag is to be left in the text.
func (p *parser) keep(t *tag) bool {
	if _, ok := p.known(t.name); ok {
		return false
	}
	if p.kept == nil {
		p.kept = make(map[string]int)
	}
	if t.closing && p.kept[t.name] > 0 {
		p.kept[t.name]--
		return true
	}
	if !t.closing {
		p.kept[t.name]++
	}
	if len(p.warnings) < maxMistakes {
		p.note(&p.warnings, t.nameAt, "%s", p.notDefined(t.name))
	}
	return true
}

func (p *parser) known(name string) (Inner, bool) {
	if p.opt.Known == nil {
		return Maybe, true
	}
	return p.opt.Known(name)
}

func (p *parser) notDefined(name string) string {
	if text, ok := p.suggested[name]; ok {
		return text
	}
	text := `shortcode "` + name + `" is not defined`
	if strings.HasSuffix(name, ".inline") {
		text += " (there are no inline shortcodes: define one by a template)"
	} else if p.opt.Names != nil {
		text += suggest.DidYouMean(name, p.opt.Names())
	}
	if p.suggested == nil {
		p.suggested = make(map[string]string)
	}
	p.suggested[name] = text
	return text
}

// openCall adds the call of an opening tag.
func (p *parser) openCall(t *tag) {
	inner, ok := p.known(t.name)
	if !ok {
		p.wrong(t.nameAt, "%s", p.notDefined(t.name))
		t.broken, inner = true, Maybe
	}
	c := Call{
		Name: t.name, Markdown: t.markdown, Args: t.args, Named: t.named, SelfClosing: t.selfClosing,
		start: t.start, first: len(p.nodes) + 1, last: len(p.nodes) + 1,
	}
	c.Line, c.Column = p.positions.at(t.start)
	if p.indent == t.start {
		c.Indentation = p.source[p.line:t.start]
	}
	if !t.selfClosing && inner != Never {
		if t.markdown {
			c.strip = continuation(p.source[p.line:t.start])
		}
		p.open = append(p.open, openCall{call: len(p.calls), inner: inner, quiet: t.broken})
		p.openNames[t.name]++
	}
	p.nodes = append(p.nodes, node{call: len(p.calls)})
	p.calls = append(p.calls, c)
}

// closeCall gives the last open call of the tag's name its inner content. What
// was opened since then has none.
func (p *parser) closeCall(t *tag) {
	if p.openNames[t.name] == 0 {
		p.closeNone(t)
		return
	}
	for {
		o := p.open[len(p.open)-1]
		p.open = p.open[:len(p.open)-1]
		c := &p.calls[o.call]
		p.openNames[c.Name]--
		if c.Name == t.name {
			c.Closed = true
			c.last = len(p.nodes)
			return
		}
		p.leaveOpen(o, t)
		if p.crossed == nil {
			p.crossed = make(map[string]bool)
		}
		p.crossed[c.Name] = true
	}
}

// leaveOpen is for a call that is not closed before a closing tag of another
// one, or at all.
func (p *parser) leaveOpen(o openCall, before *tag) {
	c := &p.calls[o.call]
	switch {
	case o.inner != Always || o.quiet:
	case before == nil:
		p.wrong(c.start, "shortcode %q is not closed: add a tag with /%s after its content, or end the tag with a slash if it has none", c.Name, c.Name)
	default:
		line, column := p.positions.at(before.start)
		p.wrong(c.start, "shortcode %q is not closed before the closing tag of %q at %d:%d", c.Name, before.name, line, column)
	}
}

// closeNone is for a closing tag for which no call is open.
func (p *parser) closeNone(t *tag) {
	inner, ok := p.known(t.name)
	switch {
	case !ok:
		p.wrong(t.nameAt, "%s", p.notDefined(t.name))
	case inner == Never:
		p.wrong(t.start, "shortcode %q takes no inner content and so no closing tag", t.name)
	case p.crossed[t.name]:
		p.wrong(t.start, "closing tag of shortcode %q crosses another one: what is opened last must be closed first", t.name)
	default:
		p.wrong(t.start, "closing tag of shortcode %q has no opening tag before it", t.name)
	}
}

// link gives each call its parent and ordinal, and finds those too deep.
func (p *parser) link() {
	var parents []*Call
	top := 0
	for i := range p.calls {
		c := &p.calls[i]
		for len(parents) > 0 && parents[len(parents)-1].last < c.first {
			parents = parents[:len(parents)-1]
		}
		c.Ordinal = top
		if n := len(parents); n > 0 {
			c.Parent = parents[n-1]
			c.Ordinal = c.Parent.children
			c.Parent.children++
		} else {
			top++
		}
		if len(parents) == p.opt.MaxDepth {
			p.wrong(c.start, "%w", diag.Beyond("CallDepth", "shortcodes nest deeper than %d levels", p.opt.MaxDepth))
		}
		if c.last > c.first {
			parents = append(parents, c)
		}
	}
}
