package jam

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jam-go/jam/internal/funcs"
	"github.com/jam-go/jam/internal/markdown"
)

// contentCache holds a page's rendered body.
type contentCache struct {
	mu   sync.Mutex
	done atomic.Pointer[rendered]
}

// rendered is a page's body as HTML, and what was learnt on the way.
type rendered struct {
	markdown.Result
	problems []*Error
	err      error
}

var nothing = new(rendered)

func (r *rendered) minutes() int { return markdown.ReadingTime(r.Words, r.CJK) }

// warnings returns what is to be said of the body, if it was rendered.
func (c *contentCache) warnings() []*Error {
	if r := c.done.Load(); r != nil {
		return r.problems
	}
	return nil
}

func (s *snapshot) contentWarnings() []*Error {
	var all []*Error
	for _, d := range slices.Concat(s.pages, s.parts) {
		all = append(all, d.content.warnings()...)
	}
	return all
}

// rendered returns the page's body, rendering it if nobody did.
func (p *Page) rendered() *rendered {
	d := p.read(facetContent)
	r := d.content.done.Load()
	if r == nil {
		r = p.renderBody()
	}
	if r.err != nil {
		p.v.fail(r.err)
	}
	return r
}

func (p *Page) renderBody() *rendered {
	d := p.d
	d.content.mu.Lock()
	defer d.content.mu.Unlock()
	if r := d.content.done.Load(); r != nil {
		return r
	}
	var r *rendered
	if d.format == "html" {
		r = renderHTML(d, p.v.snap.set.Markdown.SummaryWords)
	} else {
		r = p.renderMarkdown()
	}
	// What failed because its request ended is for the next one to try.
	if r.err == nil || !errors.Is(r.err, context.Canceled) && !errors.Is(r.err, context.DeadlineExceeded) {
		d.content.done.Store(r)
	}
	return r
}

func (p *Page) renderMarkdown() *rendered {
	d := p.d
	if len(d.body) == 0 {
		return nothing
	}
	res, err := p.v.snap.markdown.Render(p.v.context(), markdown.Source{Text: d.body, Line: d.bodyLine, Resolve: p.resolveLink})
	if err != nil {
		return &rendered{err: joinErrors(placed("markdown", d.source(), err))}
	}
	r := &rendered{Result: *res}
	for i := range res.Problems {
		r.problems = append(r.problems, placedAt(problemOp(res.Problems[i].Kind), d.source(), &res.Problems[i].Error))
	}
	return r
}

func problemOp(k markdown.ProblemKind) string {
	if k == markdown.BrokenLink {
		return "link"
	}
	return "markdown"
}

// prepareMarkdown makes the Markdown engine, once per Load.
func (l *loader) prepareMarkdown() *Error {
	m := l.set.Markdown
	engine, err := markdown.New(markdown.Config{
		Unsafe: m.Unsafe, HardWraps: m.HardWraps, SummaryWords: m.SummaryWords, Extensions: m.Extensions,
		DisableTypographer: m.NoTypographer, DisableHeadingIDs: m.NoHeadingIDs, DisableAttributes: m.NoAttributes,
		DisableAlerts: m.NoAlerts, DisableFootnotes: m.NoFootnotes, DisableDefinitionLists: m.NoDefinitionLists,
		DisableLinkify: m.NoLinkify,
	})
	if err != nil {
		return &Error{Op: "config", Err: err}
	}
	l.base.markdown = engine
	if l.titles, err = markdown.New(markdown.Config{SummaryWords: -1}); err != nil {
		return &Error{Op: "config", Err: err}
	}
	return nil
}

var divider = regexp.MustCompile(`(?i)<!--\s*more\s*-->`)

// renderHTML passes an HTML page's body through.
func renderHTML(d *pageData, words int) *rendered {
	body := d.body
	r := &rendered{}
	if at := divider.FindIndex(body); at != nil {
		r.Summary = bytes.TrimSpace(body[:at[0]])
		r.Truncated = len(bytes.TrimSpace(body[at[1]:])) > 0
		body = bytes.Join([][]byte{body[:at[0]], body[at[1]:]}, nil)
	}
	r.HTML = body
	text := strings.TrimSpace(funcs.Plainify(string(body)))
	r.Words, r.CJK = markdown.CountWords(text)
	if r.Summary == nil {
		if words <= 0 {
			words = 70
		}
		fields := strings.Fields(text)
		r.Truncated = len(fields) > words
		r.Summary = []byte(template.HTMLEscapeString(strings.Join(fields[:min(words, len(fields))], " ")))
	}
	return r
}

// TableOfContents returns the page's headings of levels 2 and 3 as nested
// lists of links, in a nav element; "" when there are none.
func (p *Page) TableOfContents() template.HTML {
	return template.HTML(markdown.TOC(p.rendered().Headings, 2, 3, false))
}

// RenderString renders a fragment of Markdown as a page's content is. A single
// paragraph comes without its p element.
func (p *Page) RenderString(text string) template.HTML { return p.markdownify(text) }

// markdownify renders a fragment of Markdown in the page's context.
func (p *Page) markdownify(text string) template.HTML {
	res, err := p.v.snap.markdown.RenderInline(p.v.context(), markdown.Source{Text: []byte(text), Resolve: p.resolveLink})
	if err != nil {
		p.v.fail(&Error{Op: "markdown", Path: p.d.source(), Err: err})
		return ""
	}
	for i := range res.Problems { // whose positions are those within the fragment
		problem := &res.Problems[i]
		p.v.snap.notes.add(&Error{Op: problemOp(problem.Kind), Path: p.d.source(), Err: problem.Err})
	}
	return template.HTML(res.HTML)
}
