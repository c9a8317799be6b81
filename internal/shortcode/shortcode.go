// Package shortcode finds the calls of shortcodes in a text and puts in their
// place what they give. The language is Hugo's:
//
//	{{< name "positional" `raw` 3 true >}}      HTML, left alone by Markdown
//	{{< name key="value" other=3 />}}           closed by itself
//	{{< name >}}inner content{{< /name >}}
//	{{% name %}}inner content{{% /name %}}      Markdown, part of the text
//	{{</* name */>}}                            shown as {{< name >}}
//
// A call is a call wherever it stands, in code, HTML and link destinations too;
// only the form of a comment is literal. The package knows neither pages nor
// templates: its caller tells which names there are, and renders a call.
//
// # Differences from Hugo
//
// These are read otherwise than by Hugo, which refuses most of them:
//
//   - a bare value ends before >}} or %}}, a name before />}};
//   - a backslash is dropped only before a double quote, also in a value that
//     has such a quote elsewhere;
//   - a name may have periods; there are no inline shortcodes;
//   - a call that takes no inner content may close itself;
//   - a shortcode may have inner content in some calls and none in others.
//
// These are mistakes, which Hugo lets pass: closing tags that cross, and a value
// that begins with a single quote.
//
// The lines that a Markdown call gives stay in the list item or the block quote
// in which it stands. Hugo keeps up only white space, and only for calls
// without inner content. And Hugo renders the inner content of a Markdown call that
// stands in another call from Markdown to HTML; here that is up to the caller.
package shortcode

import (
	"bytes"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/insert"
)

// Inner tells whether the calls of a shortcode have inner content.
type Inner int

const (
	Maybe  Inner = iota // they may: a closing tag is matched when there is one
	Never               // a closing tag is a mistake
	Always              // they must be closed, by a closing tag or by themselves
)

// The limits of [Options] whose fields are 0, and how many mistakes of a text
// are told.
const (
	defaultMaxDepth = 100
	defaultMaxSize  = 64 << 20
	maxMistakes     = 100
)

// Options say how a text is read.
type Options struct {
	// Known tells what there is to know of a shortcode, and false for a name
	// that there is not. Nil: every name is known, as Maybe.
	Known func(name string) (inner Inner, ok bool)

	// Names returns the known names, from which one is suggested for an
	// unknown one. It is called for mistakes only, and may be nil.
	Names func() []string

	// Keep leaves calls of unknown shortcodes in the text as they are written;
	// [Document.Warnings] has them.
	Keep bool

	Line     int // the file's line on which the text begins; default 1
	MaxDepth int // how deep calls may nest; default 100
	MaxSize  int // the most bytes that an expansion may give; default 64 MiB
}

// Document is a text with shortcodes. It never changes, and may be used by
// several goroutines at once.
type Document struct {
	source    string
	positions *positions
	nodes     []node
	calls     []Call
	warnings  diag.List
	maxSize   int
}

// node is a piece of text, or the opening tag of a call. The nodes of a call's
// inner content follow its own.
type node struct {
	call       int // index in Document.calls, -1 for text
	start, end int // of text: offsets in the source
}

// Call is one call of a shortcode. Calls are shared by everybody who expands
// the document and must not be changed, Args and Named included.
type Call struct {
	Name     string
	Markdown bool // {{% %}}: what the call gives is Markdown and part of the text

	// The arguments are positional or named, never both. Those that are bare
	// words are a bool, an int or a float64 if they look like one; all others
	// are strings.
	Args  []any
	Named map[string]any

	Closed      bool // there is a closing tag
	SelfClosing bool // the tag ends in />}} or /%}}

	Parent  *Call // the call in whose inner content this one stands, or nil
	Ordinal int   // which of the calls in its parent, or in the text, it is: 0, 1, …

	Line, Column int // of the opening tag in the file, from 1, columns in characters

	Indentation string // the white space before the opening tag, if only that stands before it on its line

	start    int    // offset of the opening tag
	first    int    // node after that of the call
	last     int    // node after the inner content
	strip    string // continuation prefix of the lines of a Markdown call's inner content
	children int
}

// Deindent returns inner content with the call's own indentation removed from
// each line that begins with it.
func (c *Call) Deindent(inner string) string {
	if c.Indentation == "" || inner == "" {
		return inner
	}
	rest := strings.TrimPrefix(inner, c.Indentation)
	return strings.ReplaceAll(rest, "\n"+c.Indentation, "\n")
}

// Parse finds the shortcodes in text. The Document is nil when there are none,
// not even in the form of a comment, and when there are mistakes. These are
// sorted by position and of one text all at once, up to a hundred.
//
// Line endings in the document are LF, and the control characters of package
// insert are left out; positions are those of the original.
func Parse(text []byte, opt Options) (*Document, diag.List) {
	if !hasTag(text) {
		return nil, nil
	}
	source, dropped := clean(text)
	p := &parser{
		source:    source,
		positions: newPositions(source, dropped, max(opt.Line, 1)),
		opt:       opt,
	}
	if p.opt.MaxDepth <= 0 {
		p.opt.MaxDepth = defaultMaxDepth
	}
	if p.opt.MaxSize <= 0 {
		p.opt.MaxSize = defaultMaxSize
	}
	p.run()
	p.link()
	if len(p.mistakes) > 0 {
		p.mistakes.Sort()
		return nil, p.mistakes
	}
	return &Document{
		source: source, positions: p.positions, nodes: p.nodes, calls: p.calls,
		warnings: p.warnings, maxSize: p.opt.MaxSize,
	}, nil
}

// Calls returns the calls in the order of their opening tags.
func (d *Document) Calls() []*Call {
	out := make([]*Call, len(d.calls))
	for i := range d.calls {
		out[i] = &d.calls[i]
	}
	return out
}

// Warnings returns what is likely to be a mistake, by position and up to a
// hundred: arguments of which a call has two of the same name, where the last one
// counts, and calls that were left in the text because the shortcode is
// unknown, if [Options] ask for that.
func (d *Document) Warnings() diag.List { return d.warnings }

// hasTag tells whether "{{<" or "{{%" is in text.
func hasTag(text []byte) bool {
	for {
		i := bytes.Index(text, []byte("{{"))
		if i < 0 || i+2 >= len(text) {
			return false
		}
		if c := text[i+2]; c == '<' || c == '%' {
			return true
		}
		text = text[i+1:]
	}
}

// nextTag returns the offset at or after from of "{{<" or "{{%", or -1.
func nextTag(text string, from int) int {
	for {
		i := strings.Index(text[from:], "{{")
		if i < 0 || from+i+2 >= len(text) {
			return -1
		}
		from += i
		if c := text[from+2]; c == '<' || c == '%' {
			return from
		}
		from++
	}
}

// clean returns text with LF for CRLF and CR and without the characters of
// markers, and the offsets in the result before which one was dropped.
func clean(text []byte) (source string, dropped []int) {
	if bytes.IndexByte(text, '\r') < 0 && bytes.IndexByte(text, insert.Open) < 0 && bytes.IndexByte(text, insert.Close) < 0 {
		return string(text), nil
	}
	var b strings.Builder
	b.Grow(len(text))
	for i, c := range text {
		switch {
		case c == insert.Open || c == insert.Close:
			dropped = append(dropped, b.Len())
		case c != '\r':
			b.WriteByte(c)
		case i+1 == len(text) || text[i+1] != '\n':
			b.WriteByte('\n')
		}
	}
	return b.String(), dropped
}
