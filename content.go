package jam

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/funcs"
	"github.com/jam-go/jam/internal/insert"
	"github.com/jam-go/jam/internal/markdown"
)

// rendered is a page's body as HTML, and what was learnt on the way.
type rendered struct {
	markdown.Result
	summary  string // of an HTML page
	problems []*Error
	err      error
	store    *Store // what shortcodes and render hooks kept in it; nil: nothing
}

var nothing = new(rendered)

// Summary returns the summary that the body has itself.
func (r *rendered) Summary() string { return cmp.Or(r.summary, r.Result.Summary()) }

// rendered returns the page's body, rendering it if nobody did, or if it was not kept.
func (p *Page) rendered() *rendered { return p.renderedFor(facetHTML) }

// renderedFor is rendered for what is read of it; a body that other pages show again is kept for good, unless what they
// show is.
func (p *Page) renderedFor(f facets) *rendered {
	d := p.read(f)
	if err := p.mayRead(); err != nil {
		return &rendered{err: err}
	}
	if p.v.body.of == d {
		return p.v.body.r
	}
	own := p.isOwn()
	r := p.v.snap.body(d).done.Load()
	if r == nil || p.v.lacksRecord(d, r) {
		r = p.renderBody(f != facetSummary && !own)
	}
	switch {
	case r.err != nil:
		p.v.fail(r.err)
	case own:
		p.v.body = ownBody{d, r}
	}
	return r
}

// lacksRecord tells whether a body was rendered without a record of what that read, where there is to be one.
func (v *view) lacksRecord(d *pageData, r *rendered) bool { return r.err == nil && v.isToRecord(d) }

// isToRecord tells whether there is to be a record of a body, and is none yet.
func (v *view) isToRecord(d *pageData) bool {
	l := v.recording.ledger
	return l != nil && l.bodies[d.id].Load() == nil
}

// mayRead is an error in a body that has failed: it reads no further ones. Which of several circles it is reported to
// be in must not depend on where the rendering began.
func (p *Page) mayRead() error {
	if p.v.run == nil {
		return nil
	}
	return p.v.failure()
}

// isOwn tells whether the page is the one whose file the view renders.
func (p *Page) isOwn() bool { return !p.v.shared && p.v.now != nil && p.v.now.page == p.d }

// ownBody is the body of the page that a view renders.
type ownBody struct {
	of *pageData
	r  *rendered
}

func (p *Page) renderMarkdown() *rendered {
	d := p.d
	if !p.v.snap.text(d).hasBody() {
		return nothing
	}
	t, err := p.text()
	if err != nil {
		return &rendered{err: err}
	}
	defer t.release()
	src, err := p.markdownSource(t)
	if err != nil {
		return &rendered{err: err}
	}
	engine := p.v.snap.engine(d)
	hooks, set := p.hooks(engine, &src)
	src.Hooks = hooks
	res, err := engine.Render(p.v.context(), src)
	if err != nil {
		return &rendered{err: joinErrors(d.contentErrors("markdown", err))}
	}
	set.note(res.HTML)
	r := &rendered{Result: *res}
	for i := range res.Problems {
		r.problems = append(r.problems, placedAt(problemOp(res.Problems[i].Kind), d.source(), &res.Problems[i].Error))
	}
	return r
}

// markdownSource returns the page's text with its shortcodes rendered.
func (p *Page) markdownSource(t sourceText) (markdown.Source, error) {
	src := markdown.Source{Text: t.body(), Line: int(t.line), Resolve: p.resolveLink, MaxOutput: int(p.v.snap.set.Limits.OutputSize)}
	if p.v.rec != nil && p.v.snap.set.Markdown.KeepShortcodes { // those that nobody knows are text
		p.v.snap.content.note(p.v, depShortcode, anyName)
	}
	codes := p.shortcodes(t)
	if codes == nil {
		return src, nil
	}
	exp, err := p.expand(codes)
	if err != nil {
		return src, err
	}
	src.Text, src.Inserts, src.Position = exp.Text, exp.Inserts, exp.Position
	return src, nil
}

// expandedHTML returns an HTML page's text with its shortcodes rendered.
func (p *Page) expandedHTML() ([]byte, error) {
	t, err := p.text()
	if err != nil {
		return nil, err
	}
	defer t.release()
	codes := p.shortcodes(t)
	if codes == nil {
		return bytes.Clone(t.body()), nil
	}
	exp, err := p.expand(codes)
	if err != nil {
		return nil, err
	}
	return insert.Expand(nil, exp.Text, exp.Inserts), nil
}

func problemOp(k markdown.ProblemKind) string {
	if k == markdown.BrokenLink {
		return "link"
	}
	return "markdown"
}

// passthrough returns the delimiters of what is no Markdown.
func (m *Markdown) passthrough() []markdown.Delimiters {
	list := m.Passthrough
	if m.Math {
		list = append(slices.Clip(list), Delimiters{`\(`, `\)`, false}, Delimiters{`\[`, `\]`, true}, Delimiters{"$$", "$$", true})
	}
	out := make([]markdown.Delimiters, len(list))
	for i, d := range list {
		out[i] = markdown.Delimiters(d)
	}
	return out
}

// prepareMarkdown makes the Markdown engine, once per Load.
func (l *loader) prepareMarkdown() *Error {
	m := l.set.Markdown
	cfg := markdown.Config{
		Unsafe: m.Unsafe, HardWraps: m.HardWraps, SummaryWords: m.SummaryWords, Extensions: m.Extensions,
		DisableTypographer: m.NoTypographer, DisableHeadingIDs: m.NoHeadingIDs, DisableAttributes: m.NoAttributes,
		DisableAlerts: m.NoAlerts, DisableFootnotes: m.NoFootnotes, DisableDefinitionLists: m.NoDefinitionLists,
		DefinitionIDs: m.DefinitionIDs, DisableLinkify: m.NoLinkify, Passthrough: m.passthrough(), Diagrams: m.Diagrams,
	}
	var err error
	if l.base.markdown, err = markdown.New(cfg); err != nil {
		return &Error{Op: "config", Err: err}
	}
	if len(m.Untrusted) > 0 {
		cfg.Untrusted = true
		if l.base.strict, err = markdown.New(cfg); err != nil {
			return &Error{Op: "config", Err: err}
		}
	}
	if l.base.titles, err = markdown.New(markdown.Config{SummaryWords: -1}); err != nil {
		return &Error{Op: "config", Err: err}
	}
	return nil
}

var divider = regexp.MustCompile(`(?i)<!--\s*more\s*-->`)

// renderHTML passes an HTML page's body through, with its shortcodes expanded.
func (p *Page) renderHTML(words int) *rendered {
	body, err := p.expandedHTML()
	if err != nil {
		return &rendered{err: err}
	}
	r := &rendered{}
	if at := divider.FindIndex(body); at != nil {
		r.summary = string(bytes.TrimSpace(body[:at[0]]))
		r.Truncated = len(bytes.TrimSpace(body[at[1]:])) > 0
		body = bytes.Join([][]byte{body[:at[0]], body[at[1]:]}, nil)
	}
	r.HTML = string(body)
	text := strings.TrimSpace(funcs.Plainify(r.HTML))
	r.Words, r.CJK = markdown.CountWords(text)
	if r.summary == "" {
		if words <= 0 {
			words = 70
		}
		fields := strings.Fields(text)
		r.Truncated = len(fields) > words
		r.summary = template.HTMLEscapeString(strings.Join(fields[:min(words, len(fields))], " "))
	}
	return r
}

// RenderString renders a fragment of Markdown, the last argument, as a page's content is. A single
// paragraph comes without its p element, unless a map of options is before it that has
// "display": "block".
func (p *Page) RenderString(args ...any) (template.HTML, error) {
	inline := true
	if len(args) == 2 {
		opts, ok := args[0].(map[string]any)
		if !ok {
			return "", fmt.Errorf("want a map of options and text, have %s", typeName(args[0]))
		}
		if err := checkOptions(opts, "display", "markup"); err != nil {
			return "", err
		}
		switch m := opts["markup"]; m {
		case nil, "", "markdown", "md", "goldmark":
		default:
			return "", fmt.Errorf("markup: want markdown, have %v", m)
		}
		switch d := opts["display"]; d {
		case nil, "inline":
		case "block":
			inline = false
		default:
			return "", fmt.Errorf("display: want block or inline, have %v", d)
		}
		args = args[1:]
	}
	if len(args) != 1 {
		return "", fmt.Errorf("want text, and perhaps options before it, have %d arguments", len(args))
	}
	text, ok := stringOf(args[0])
	if !ok && args[0] != nil {
		return "", fmt.Errorf("want text, have %s", typeName(args[0]))
	}
	own, done := p.private(p.v.context())
	defer done()
	html := own.renderFragment(p.v.snap.fragments(), text, inline)
	if own != p {
		return html, own.v.failure()
	}
	return html, nil
}

// markdownify renders a fragment of Markdown in the page's context.
func (p *Page) markdownify(text string) template.HTML {
	return p.renderFragment(p.v.snap.fragments(), text, true)
}

// placeOfFragment returns the place in the page of what is in a fragment that a template renders: that of the
// shortcode or the element that the template renders, or none. The place within the fragment says nothing.
func (p *Page) placeOfFragment(int) (line, column int) {
	if run := p.v.run; run != nil && run.d == p.d {
		return run.at.LineNumber, run.at.ColumnNumber
	}
	return 0, 0
}

// warnOfFragment notes what is wrong with a fragment that a template renders.
func (p *Page) warnOfFragment(op string, err error) {
	line, column := p.placeOfFragment(0)
	p.v.warn(&Error{Op: op, Path: p.read(facetFile).source(), Line: line, Column: column, Err: err})
}

// renderFragment renders a fragment of Markdown; inline, a single paragraph comes without its p element.
func (p *Page) renderFragment(engine *markdown.Engine, text string, inline bool) template.HTML {
	src := markdown.Source{Text: []byte(text), Resolve: p.resolveLink, MaxOutput: int(p.v.snap.set.Limits.OutputSize)}
	hooks, set := p.hooks(engine, &src)
	src.Hooks = hooks
	if run := p.v.run; run != nil && run.inserts != nil {
		src.Inserts = run.inserts.HTML() // of the shortcodes in a text that a shortcode renders
	}
	if bytes.IndexByte(src.Text, '\r') < 0 {
		src.Position = p.placeOfFragment
	}
	render := engine.Render
	if inline {
		render = engine.RenderInline
	}
	res, err := render(p.v.context(), src)
	if err != nil {
		p.v.fail(joinErrors(p.d.contentErrors("markdown", err)))
		return ""
	}
	set.note(res.HTML)
	for i := range res.Problems {
		p.warnOfFragment(problemOp(res.Problems[i].Kind), res.Problems[i].Err)
	}
	return template.HTML(res.HTML)
}
