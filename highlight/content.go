package highlight

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/yuin/goldmark/util"

	"github.com/jam-go/jam/internal/markdown"
)

// content is all that the inside of a code element depends on.
type content struct {
	code  []byte
	lexer chroma.Lexer  // nil: plain text
	style *chroma.Style // nil: classes

	lines   bool // each line is an element
	numbers bool
	signs   bool // some lines are inserted or deleted
	fence   *fence
}

// key returns the key of the content in the cache.
func (c *content) key() cacheKey {
	head := make([]byte, 0, 128)
	head = strconv.AppendQuote(head, c.lexer.Config().Name)
	if c.style != nil {
		head = strconv.AppendQuote(head, c.style.Name)
	}
	if c.lines {
		f := c.fence
		head = fmt.Appendf(head, "%t %d %v %v %v", c.numbers, f.number(0), f.marked.ranges, f.inserted.ranges, f.deleted.ranges)
		if f.anchors {
			head = strconv.AppendQuote(head, f.prefix)
		}
	}
	sum := sha256.New()
	sum.Write(append(head, 0))
	sum.Write(c.code)
	return cacheKey(sum.Sum(nil))
}

// html returns the HTML of the content: plain if the lexer fails.
func (c *content) html() []byte {
	code := string(c.code)
	if c.lexer != nil {
		f := newFormatter(c)
		if tokenise(c.lexer, code, f.token) {
			return f.finish()
		}
	}
	f := newFormatter(c)
	f.text("", code)
	return f.finish()
}

// write writes HTML of the content, and notes the ids that are in it.
func (c *content) write(w util.BufWriter, text []byte) {
	if !c.numbers || !c.fence.anchors {
		_, _ = w.Write(text)
		return
	}
	for { // quotes of the code itself are escaped
		start := bytes.Index(text, []byte(` id="`))
		if start < 0 {
			break
		}
		end := start + bytes.Index(text[start:], []byte(endOfLocal))
		_, _ = w.Write(text[:start])
		markdown.WriteLocal(w, text[start:end])
		text = text[end:]
	}
	_, _ = w.Write(text)
}

// endOfLocal follows the attributes of a line's link that make sense on the page alone.
const endOfLocal = " aria-label="

// formatter makes HTML of tokens.
type formatter struct {
	content *content
	out     []byte
	span    string                      // the attribute of the open span, "" if none is
	styles  map[chroma.TokenType]string // style attributes

	index  int    // of the line
	end    string // the end tag of the open line, "" if none is
	digits int    // of the largest number
}

func newFormatter(c *content) *formatter {
	f := &formatter{content: c, out: make([]byte, 0, 3*len(c.code))}
	if c.style != nil {
		f.styles = make(map[chroma.TokenType]string)
	}
	if c.numbers {
		count := bytes.Count(c.code, []byte{'\n'})
		f.digits = len(strconv.Itoa(c.fence.number(max(0, count-1))))
	}
	return f
}

// token writes a token. What a lexer takes for a mistake is plain: most often it
// is an ellipsis, or a dialect.
func (f *formatter) token(t chroma.TokenType, text string) {
	attr := ""
	if t != chroma.Error && strings.Trim(text, " \t\n") != "" {
		attr = f.attribute(t)
	}
	f.text(attr, text)
}

// attribute returns the attribute for a token of a type, with a space before it.
func (f *formatter) attribute(t chroma.TokenType) string {
	if f.content.style == nil {
		return classAttribute(t)
	}
	attr, ok := f.styles[t]
	if !ok {
		if d := declarations(f.content.style, t).String(); d != "" {
			attr = ` style="` + d + `"`
		}
		f.styles[t] = attr
	}
	return attr
}

// text writes text in a span with an attribute, which goes on from one call to the next.
func (f *formatter) text(attr, text string) {
	if !f.content.lines {
		f.colour(attr)
		f.out = markdown.AppendEscaped(f.out, text)
		return
	}
	for line := range strings.Lines(text) {
		if f.end == "" {
			f.startLine()
		}
		line, ended := strings.CutSuffix(line, "\n")
		if line != "" {
			f.colour(attr)
			f.out = markdown.AppendEscaped(f.out, line)
		}
		if ended {
			f.colour("")
			f.out = append(f.out, '\n')
			f.endLine()
		}
	}
}

// colour makes attr the attribute of the open span.
func (f *formatter) colour(attr string) {
	if attr == f.span {
		return
	}
	if f.span != "" {
		f.out = append(f.out, "</span>"...)
	}
	if attr != "" {
		f.out = append(append(append(f.out, "<span"...), attr...), '>')
	}
	f.span = attr
}

func (f *formatter) startLine() {
	fence, line := f.content.fence, f.index+1
	name, classes, types := "span", "line", []chroma.TokenType(nil)
	if fence.marked.has(line) {
		name, classes, types = "mark", classes+" hl", append(types, chroma.LineHighlight)
	}
	switch {
	case fence.inserted.has(line):
		name, classes, types = "ins", classes+" gi", append(types, chroma.GenericInserted)
	case fence.deleted.has(line):
		name, classes, types = "del", classes+" gd", append(types, chroma.GenericDeleted)
	}
	f.end = "</" + name + ">"
	f.out = append(append(f.out, '<'), name...)
	if f.content.style != nil {
		f.styledLine(types)
		return
	}
	f.out = append(append(append(f.out, ` class="`...), classes...), '"')
	number := fmt.Sprintf("%*d", f.digits, fence.number(f.index))
	switch {
	case !f.content.numbers:
		f.out = append(f.out, '>')
	case fence.anchors:
		f.out = append(f.out, '>')
		f.anchor(` class="ln" data-line="` + number + `"`)
		f.out = append(f.out, "></a>"...)
	default:
		f.out = append(append(append(f.out, ` data-line="`...), number...), `">`...)
	}
}

// anchor writes the start tag of a link to the line, which is also its target,
// up to further attributes.
func (f *formatter) anchor(attributes string) {
	fence := f.content.fence
	number := fence.number(f.index)
	id := string(markdown.AppendEscaped(nil, fence.lineID(number)))
	f.out = fmt.Appendf(f.out, `<a id="%s" href="#%s"%s"%d"%s`, id, fragment(id), endOfLocal, number, attributes)
}

// fragment escapes an id for a URL as far as HTML asks for it.
func fragment(id string) string { return strings.ReplaceAll(id, "%", "%25") }

// noCopy keeps text from being selected and copied.
const noCopy = `-webkit-user-select:none;user-select:none;white-space:pre`

// styledLine ends the start tag of a line with style attributes, and writes its number
// and its sign as text that is neither copied nor read aloud.
func (f *formatter) styledLine(types []chroma.TokenType) {
	fence, line := f.content.fence, f.index+1
	d := decl{}
	for _, t := range types {
		d = declarations(f.content.style, t).over(d)
	}
	d.color, d.underline = "inherit", "none" // those of mark, ins and del
	f.out = append(append(append(f.out, ` style="display:block;`...), d.String()...), `">`...)
	if f.content.numbers {
		number := fmt.Sprintf("%*d", f.digits, fence.number(f.index))
		if fence.anchors {
			f.anchor(` style="color:inherit;text-decoration:none;` + noCopy + `"`)
			f.out = append(append(f.out, '>'), number+"  </a>"...)
		} else {
			f.out = append(f.out, `<span aria-hidden="true" style="`+noCopy+`">`+number+"  </span>"...)
		}
	}
	if f.content.signs {
		sign := " "
		switch {
		case fence.inserted.has(line):
			sign = "+"
		case fence.deleted.has(line):
			sign = "-"
		}
		f.out = append(f.out, `<span aria-hidden="true" style="`+noCopy+`">`+sign+" </span>"...)
	}
}

func (f *formatter) endLine() {
	f.out = append(f.out, f.end...)
	f.end = ""
	f.index++
}

// finish returns the HTML, which is kept: at its own length.
func (f *formatter) finish() []byte {
	f.colour("")
	if f.end != "" {
		f.endLine()
	}
	return bytes.Clone(f.out)
}
