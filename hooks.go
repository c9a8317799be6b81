package jam

import (
	"bytes"
	"context"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/layouts"
	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/suggest"
)

// Hooks are functions that render elements of Markdown in place of jam's own rendering. Each writes
// the HTML of one element. They go before the templates in layouts/_markup. What a hook writes must depend on nothing but
// the element, its page, the site and the program; it may be called concurrently. An error, or a panic, fails the page.
type Hooks struct {
	Link        func(ctx context.Context, w io.Writer, e *LinkElement) error
	Image       func(ctx context.Context, w io.Writer, e *ImageElement) error
	Heading     func(ctx context.Context, w io.Writer, e *HeadingElement) error
	Blockquote  func(ctx context.Context, w io.Writer, e *BlockquoteElement) error
	Table       func(ctx context.Context, w io.Writer, e *TableElement) error
	Passthrough func(ctx context.Context, w io.Writer, e *PassthroughElement) error

	// CodeBlock has the hooks of fenced and indented code by language; that of "" is for all others.
	CodeBlock map[string]func(ctx context.Context, w io.Writer, e *CodeBlockElement) error

	// CacheKey tells apart settings on which the functions depend, for [Config.Cache], which can't look into them. Packages
	// that set hooks add to it; see [CacheKeyer].
	CacheKey string
}

// Element is what the elements that render hooks receive have in common.
type Element struct {
	page       *Page
	position   Position
	ordinal    int
	attributes map[string]string
	original   func() (string, error)
}

// Page returns the page that the element is on.
func (e *Element) Page() *Page { return e.page }

// PageInner returns the same page, by the name that templates know.
func (e *Element) PageInner() *Page { return e.page }

// Position returns where the element begins.
func (e *Element) Position() Position {
	e.page.read(facetLine | facetFile)
	return e.position
}

func (e *Element) place() Position { return e.position }

// Ordinal returns the element's number among those of its sort on the page, from 0.
func (e *Element) Ordinal() int { return e.ordinal }

// Attributes returns the attributes that the text gives the element in braces.
func (e *Element) Attributes() map[string]string { return e.attributes }

// Default returns the element as it is rendered without a hook.
func (e *Element) Default() (template.HTML, error) {
	html, err := e.original()
	return template.HTML(html), err
}

// LinkElement is a link.
type LinkElement struct {
	Element
	Destination string // with links to files of the content resolved
	Source      string // the destination as it is written
	Title       string
	Text        template.HTML
	PlainText   string
}

// ImageElement is an image. With [Markdown.BlockImages], one that is a paragraph of its own is a block, and stands in
// no p element.
type ImageElement struct {
	Element
	Destination string
	Source      string // the destination as it is written
	Title       string
	Text        template.HTML
	PlainText   string
	IsBlock     bool
}

// HeadingElement is a heading.
type HeadingElement struct {
	Element
	Level     int // 1 to 6
	Anchor    string
	Text      template.HTML
	PlainText string
}

// CodeBlockElement is a code block.
type CodeBlockElement struct {
	Element
	Type    string            // the language; "" for none
	Inner   string            // the code, without line breaks at its end
	Options map[string]string // of highlighting, among the attributes: linenos, hl_lines …
}

// BlockquoteElement is a block quote, or an alert.
type BlockquoteElement struct {
	Element
	Type       string        // "regular" or "alert"
	AlertType  string        // "note", "tip" …
	AlertTitle template.HTML // what follows the type on its line
	AlertSign  string        // "+" or "-" after the type, as Obsidian has it
	Text       template.HTML
}

// TableElement is a table.
type TableElement struct {
	Element
	THead, TBody []TableRow
}

// TableRow is a row of a table.
type TableRow []TableCell

// TableCell is a cell of a table.
type TableCell struct {
	Text      template.HTML
	Alignment string // "left", "center", "right" or ""
}

// PassthroughElement is text between delimiters of [Markdown.Passthrough], such as a formula.
type PassthroughElement struct {
	Element
	Type  string // "block" or "inline"
	Inner string
}

func (h *Hooks) any() bool {
	return h.Link != nil || h.Image != nil || h.Heading != nil || h.Blockquote != nil || h.Table != nil || h.Passthrough != nil || len(h.CodeBlock) > 0
}

// hookNames are those of the templates of render hooks; what follows a dash after some is the language of code, the type
// of a quote, or of an alert.
var hookNames = []string{"render-link", "render-image", "render-heading", "render-codeblock", "render-blockquote", "render-table", "render-passthrough"}

// checkMarkup reports templates that are no render hooks by their names.
func (l *loader) checkMarkup() {
	t := l.base.content.templates
	for _, file := range t.engine.Names() {
		_, name, ok := strings.Cut("/"+file, "/_markup/")
		if !ok {
			continue
		}
		name, _, _ = strings.Cut(name, ".")
		known := slices.ContainsFunc(hookNames, func(hook string) bool {
			rest, ok := strings.CutPrefix(name, hook)
			return ok && (rest == "" || rest[0] == '-')
		})
		if !known {
			l.warn(errorAt("template", t.path(file), "there is no render hook of this name%s", suggest.DidYouMean(name, hookNames)))
		}
	}
}

// hookSet finds and calls the render hooks of one page.
type hookSet struct {
	p       *Page
	content *contentTemplates
	set     *Hooks
	query   layouts.Query
	variant string // of templates; see variantName
	called  hooked
	strict  bool // nobody vouches for the text
}

// hooks returns what renders elements of a page's Markdown; nil when nothing does. With a hook for links or
// images, a destination that leads nowhere is the hook's to resolve: what src resolves is changed so that it
// is reported only if the hook writes it as it is. The hookSet is to be told what came of the text.
func (p *Page) hooks(engine *markdown.Engine, src *markdown.Source) (*markdown.Hooks, *hookSet) {
	s := p.v.snap
	h := &hookSet{p: p, content: s.content, set: &s.set.Markdown.Hooks, query: layoutQuery(p.d, nil), strict: engine == s.strict}
	if !h.content.hasMarkup && !h.set.any() {
		return nil, h
	}
	out := &markdown.Hooks{CodeBlock: h.codeBlock, Blockquote: h.blockquote, Passthrough: h.passthrough}
	broken := &brokenLinks{p: p, resolve: src.Resolve}
	if t := h.find("render-link"); t != nil || h.set.Link != nil {
		broken.links = true
		out.Link = func(c *markdown.LinkContext) (string, error) {
			h.called |= hookedLinks
			html, err := callHook(h, h.set.Link, t, &LinkElement{h.element(&c.Element), c.Destination, c.Written, c.Title, template.HTML(c.Text), c.PlainText})
			broken.check(c.Written, html)
			return html, err
		}
	}
	if t := h.find("render-image"); t != nil || h.set.Image != nil {
		broken.images = true
		out.Image = func(c *markdown.ImageContext) (string, error) {
			h.called |= hookedImages
			block := s.set.Markdown.BlockImages
			html, err := callHook(h, h.set.Image, t, &ImageElement{h.element(&c.Element), c.Destination, c.Written, c.Title, template.HTML(c.Text), c.PlainText, c.IsBlock && block})
			broken.check(c.Written, html)
			if c.IsBlock && !block {
				html = "<p>" + html + "</p>"
			}
			return html, err
		}
	}
	if broken.links || broken.images {
		src.Resolve = broken.resolveLink
	}
	if t := h.find("render-heading"); t != nil || h.set.Heading != nil {
		out.Heading = func(c *markdown.HeadingContext) (string, error) {
			h.called |= hookedHeadings
			return callHook(h, h.set.Heading, t, &HeadingElement{h.element(&c.Element), c.Level, c.Anchor, template.HTML(c.Text), c.PlainText})
		}
	}
	if t := h.find("render-table"); t != nil || h.set.Table != nil {
		out.Table = func(c *markdown.TableContext) (string, error) {
			h.called |= hookedTables
			return callHook(h, h.set.Table, t, &TableElement{h.element(&c.Element), tableRows(c.THead), tableRows(c.TBody)})
		}
	}
	return out, h
}

// brokenLinks are the links of a text that lead nowhere, until a hook has had its say.
type brokenLinks struct {
	p             *Page
	resolve       func(markdown.Link) (string, error)
	links, images bool                // hooks there are
	found         map[string][]*Error // by destination as it is written
}

func (b *brokenLinks) resolveLink(l markdown.Link) (string, error) {
	to, err := b.resolve(l)
	if err == nil || l.Image && !b.images || !l.Image && !b.links {
		return to, err
	}
	if b.found == nil {
		b.found = make(map[string][]*Error)
	}
	line, column := l.Position()
	b.found[l.Destination] = append(b.found[l.Destination], &Error{Op: "link", Path: b.p.d.source(), Line: line, Column: column, Err: err})
	return to, nil
}

// check reports the links to a destination that a hook left as it was.
func (b *brokenLinks) check(written, html string) {
	list := b.found[written]
	if list == nil || !strings.Contains(html, `="`+template.HTMLEscapeString(written)+`"`) {
		return
	}
	delete(b.found, written)
	if run := b.p.v.run; run != nil && run.d == b.p.d {
		run.problems = append(run.problems, list...)
		return
	}
	b.p.read(facetLine | facetFile)
	for _, e := range list {
		b.p.v.warn(e)
	}
}

func (h *hookSet) codeBlock(language string) func(*markdown.CodeBlockContext) (string, error) {
	f := h.set.CodeBlock[language]
	var t *layouts.Template
	if f == nil {
		if language != "" {
			t = h.template("render-codeblock-" + language)
		}
		if t == nil {
			f = h.set.CodeBlock[""]
		}
	}
	if t == nil && f == nil {
		t = h.template("render-codeblock")
	}
	if f == nil && t == nil {
		return nil
	}
	return func(c *markdown.CodeBlockContext) (string, error) {
		return callHook(h, f, t, &CodeBlockElement{h.element(&c.Element), c.Type, strings.TrimRight(c.Inner, "\r\n"), c.Options})
	}
}

func (h *hookSet) blockquote(typ, alert string) func(*markdown.BlockquoteContext) (string, error) {
	t := h.template("render-blockquote-"+typ+"-"+alert, "render-blockquote-"+typ, "render-blockquote")
	if t == nil && h.set.Blockquote == nil {
		return nil
	}
	return func(c *markdown.BlockquoteContext) (string, error) {
		h.called |= hookedQuotes
		return callHook(h, h.set.Blockquote, t, &BlockquoteElement{h.element(&c.Element), c.Type, c.AlertType, template.HTML(c.AlertTitle), c.AlertSign, template.HTML(c.Text)})
	}
}

func (h *hookSet) passthrough(typ string) func(*markdown.PassthroughContext) (string, error) {
	t := h.template("render-passthrough-"+typ, "render-passthrough")
	if t == nil && h.set.Passthrough == nil {
		return nil
	}
	return func(c *markdown.PassthroughContext) (string, error) {
		return callHook(h, h.set.Passthrough, t, &PassthroughElement{h.element(&c.Element), c.Type, c.Inner})
	}
}

// template returns the template of the first name that there is, or nil.
func (h *hookSet) template(names ...string) *layouts.Template {
	if !h.content.hasMarkup {
		return nil
	}
	for _, name := range names {
		h.record(depHooks, name)
	}
	return h.find(names...)
}

// find is template without a record.
func (h *hookSet) find(names ...string) *layouts.Template {
	if !h.content.hasMarkup {
		return nil
	}
	t, _ := h.content.engine.Markup(h.query, names...)
	return t
}

func (h *hookSet) element(e *markdown.Element) Element {
	return Element{h.p, Position{h.p.d.source(), e.Line, e.Column}, e.Ordinal, e.Attributes, e.Default}
}

func tableRows(rows [][]markdown.TableCell) []TableRow {
	out := make([]TableRow, len(rows))
	for i, row := range rows {
		out[i] = make(TableRow, len(row))
		for j, c := range row {
			out[i][j] = TableCell{template.HTML(c.Text), c.Alignment}
		}
	}
	return out
}

// callHook renders an element by a function, or else by a template.
func callHook[E interface{ place() Position }](h *hookSet, f func(context.Context, io.Writer, E) error, t *layouts.Template, e E) (string, error) {
	var b bytes.Buffer
	if run := h.p.v.run; run != nil {
		outer := run.at
		run.at = e.place()
		defer func() { run.at = outer }()
	}
	if f != nil {
		err := guard("", func() error { return f(h.p.v.context(), &b, e) })
		return b.String(), err
	}
	h.record(depHook, t.MarkupName())
	err := h.content.execute(h.p, &b, t, e)
	made := chomp(b.String())
	if h.strict {
		made = asHTML(t, made)
	}
	return made, err
}
