package markdown

import (
	"context"
	"errors"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Source is a document to render.
type Source struct {
	Text []byte // Markdown, without front matter; it is not changed
	Line int    // the line of the file on which Text starts; 0 means 1

	// Position returns the place in the file of an offset of Text, whose lines must
	// end with LF only then. If it is nil, Text is a part of the file as it is.
	Position func(offset int) (line, column int)

	// Inserts are pieces of HTML that is trusted, for which there are markers of
	// package insert in Text. In code and in raw HTML they stand as they are, in
	// attributes and addresses as their plain text. A paragraph that holds nothing else
	// is no p element.
	Inserts []string

	// Hooks render elements; nil means none. They can be those of many documents.
	// HookData is passed on to them.
	Hooks    *Hooks
	HookData any

	// Resolve returns the address to write for a link or an image. It is called
	// for each that is written in Markdown, except <autolinks>, also in
	// footnotes. An error is reported as a BrokenLink, and the destination stays
	// as it was written. Nil leaves all as they are.
	Resolve func(Link) (string, error)

	// AlertTitle returns the title of an alert of a kind (note, tip …, lower
	// case) without one of its own. If it is nil or returns "", the kind is
	// the title.
	AlertTitle func(kind string) string

	// MaxOutput, if not 0, is about how many bytes the HTML may have.
	MaxOutput int

	asCode bool // every fenced code block is code
}

// Link is a link or an image of a document.
type Link struct {
	Destination string // with escapes and entities resolved, percent-encoding as written
	Title       string // plain text
	Image       bool

	where  *cursor
	offset int
}

// Position returns the place of the link's opening bracket in the file, or of the exclamation mark
// before it. It is to be called by Resolve.
func (l *Link) Position() (line, column int) { return l.where.position(l.offset) }

// Render renders a document. It returns ctx's error if that ends first, and else
// a *diag.Error for a document beyond the limits of this package, one that
// makes an extension panic, or the error of a hook; of several hooks a diag.List. All else that is
// wrong is in Result.Problems.
func (e *Engine) Render(ctx context.Context, src Source) (*Result, error) {
	return e.render(ctx, src, false)
}

// RenderInline is Render for a text within a line: if it is a single
// paragraph, the result is its content without <p>.
func (e *Engine) RenderInline(ctx context.Context, src Source) (*Result, error) {
	return e.render(ctx, src, true)
}

// Headings parses a document and returns its headings, as [Result.Headings] does.
// It renders nothing else and calls no hooks, but does call Resolve, which may be nil, as
// there can be images in headings.
func (e *Engine) Headings(ctx context.Context, src Source) (headings []*Heading, err error) {
	err = e.do(ctx, src, func(r *run) error {
		r.parse()
		r.out.headings = r.headings
		for _, h := range r.headings {
			if !isAttached(h.node) {
				continue
			}
			r.out.offset = h.node.Pos()
			if _, err := r.engine.renderer.walk(&r.out, r.source, h.node); err != nil {
				return r.walkError(err)
			}
		}
		headings = r.withHeadings(&Result{}).Headings()
		return nil
	})
	return headings, err
}

// Anchors parses a document and returns what [Result.Anchors] would. Resolve
// is not called.
func (e *Engine) Anchors(ctx context.Context, src Source) (anchors []string, err error) {
	src.Resolve = nil
	err = e.do(ctx, src, func(r *run) error {
		r.parse()
		anchors = r.withHeadings(&Result{}).Anchors()
		return nil
	})
	return anchors, err
}

// do calls f with a run for src, and turns a panic into an error.
func (e *Engine) do(ctx context.Context, src Source, f func(*run) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := e.runs.Get().(*run)
	r.begin(ctx, src)
	defer func() {
		if v := recover(); v != nil {
			err = r.failure(v)
		}
		r.end()
		e.runs.Put(r)
	}()
	return f(r)
}

func (e *Engine) render(ctx context.Context, src Source, inline bool) (result *Result, err error) {
	err = e.do(ctx, src, func(r *run) error {
		doc := r.parse()
		if inline && doc.ChildCount() == 1 {
			switch p := doc.FirstChild().(type) {
			case *ast.Paragraph, *inserts:
				block := ast.NewTextBlock()
				moveChildren(block, p)
				doc.ReplaceChild(doc, p, block)
			}
		}
		result, err = r.render(doc)
		return err
	})
	if err != nil {
		return nil, err
	}
	return result, nil
}

// render renders doc block by block, so that it knows where the summary ends.
func (r *run) render(doc *ast.Document) (*Result, error) {
	o, nodes := &r.out, r.engine.renderer
	o.headings, o.hooks = r.headings, r.src.Hooks
	var words wordCounter
	s := summary{limit: r.engine.cfg.SummaryWords, manual: r.divider}
	s.done = s.limit < 0 && !s.manual
	if _, err := nodes.call(o, r.source, doc, true); err != nil {
		return nil, err
	}
	counted := 0
	for c := doc.FirstChild(); c != nil; c = c.NextSibling() {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		o.offset = c.Pos()
		start := len(o.buf)
		if _, err := nodes.walk(o, r.source, c); err != nil {
			return nil, r.walkError(err)
		}
		o.expand(start)
		if err := r.admit(0); err != nil {
			return nil, r.errorAt(o.offset, err)
		}
		if s.done {
			continue
		}
		if !s.manual {
			words.html(without(o.buf[counted:], counted, o.notes))
			counted = len(o.buf)
		}
		s.block(c, len(o.buf), words.words)
	}
	if _, err := nodes.call(o, r.source, doc, false); err != nil {
		return nil, err
	}
	if err := r.failedHooks(); err != nil {
		return nil, err
	}
	words.html(without(o.buf[counted:], counted, o.notes))
	return r.result(&s, &words), nil
}

// walkError places an error of a node renderer or a hook.
func (r *run) walkError(err error) error {
	if ctxErr := r.ctx.Err(); ctxErr != nil && errors.Is(err, ctxErr) {
		return ctxErr
	}
	return r.errorAt(r.out.offset, err)
}

func (r *run) result(s *summary, words *wordCounter) *Result {
	result := r.withHeadings(&Result{Words: words.words, CJK: words.isCJK(), Problems: r.sortedProblems()})
	if s.limit < 0 && !s.manual {
		return result
	}
	result.SummaryEnd = len(result.HTML)
	if s.done {
		result.SummaryEnd = s.end
	}
	result.Truncated = strings.TrimSpace(result.HTML[result.SummaryEnd:]) != ""
	if s.manual {
		result.SummaryKind = ManualSummary
	}
	return result
}

// summary finds the end of a summary among the top-level blocks.
type summary struct {
	limit  int  // words
	manual bool // there is a divider
	done   bool
	end    int // offset in the output
}

// block is called after block n, when size bytes of output hold words words.
func (s *summary) block(n ast.Node, size, words int) {
	if s.manual {
		if n.Kind() == kindDivider {
			s.done, s.end = true, size
		}
		return
	}
	switch n.Kind() {
	case east.KindFootnoteList:
		s.done = true // before the list
		return
	case ast.KindHeading:
		// Without its text a heading says nothing: it comes with the next block.
	default:
		s.end = size
	}
	s.done = s.limit <= words && s.end > 0
}
