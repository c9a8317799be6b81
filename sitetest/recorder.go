package sitetest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/jam-go/jam"
)

// Recorder is a [jam.Renderer] that notes what it is asked to render. It is safe for concurrent use.
type Recorder struct {
	next  jam.Renderer
	mu    sync.Mutex
	calls []Call
}

// Call is a call of a [Recorder]. It holds copies, as the page belongs to the call.
type Call struct {
	Page     string // the path, as jam.Page.Path gives it
	Language string // the code
	Kind     string // such as jam.KindPage
	Format   string // the name of the output format
	URL      string // the path in URLs, of the part of a list that is in several
	Output   []byte // what was written
	Err      error  // what Render returned, or told of its panic
}

// Record returns a Recorder that has pages rendered by another Renderer, such as that of [jam.Templates]. With
// nil, it writes the page's title and content, as HTML.
func Record(r jam.Renderer) *Recorder {
	if r == nil {
		r = jam.RendererFunc(bare)
	}
	return &Recorder{next: r}
}

func bare(_ context.Context, w io.Writer, p *jam.Page) error {
	_, err := fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=%q>\n<title>%s</title>\n<body>\n%s</body>\n</html>\n",
		p.Lang(), escape(p.Title()), p.Content())
	return err
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace

// Render notes the call, and has the page rendered.
func (r *Recorder) Render(ctx context.Context, w io.Writer, p *jam.Page) (err error) {
	call := Call{Page: p.Path(), Language: p.Lang(), Kind: p.Kind(), Format: p.OutputFormat(), URL: urlOf(p)}
	var b bytes.Buffer
	returned := false
	defer func() {
		if !returned { // it panicked, which is for the build to treat
			err = fmt.Errorf("panicked")
		}
		call.Output, call.Err = b.Bytes(), err
		r.mu.Lock()
		defer r.mu.Unlock()
		r.calls = append(r.calls, call)
	}()
	err = r.next.Render(ctx, io.MultiWriter(w, &b), p)
	returned = true
	return err
}

// Unwrap returns the Renderer that pages are rendered by.
func (r *Recorder) Unwrap() jam.Renderer { return r.next }

// urlOf returns the URL of what is being rendered of a page.
func urlOf(p *jam.Page) string {
	if p.IsNode() { // only lists have parts, and a page need not depend on whether it has
		if part := p.Paginator(); part != nil {
			return part.URL()
		}
	}
	return p.RelPermalink()
}

// Calls returns the calls so far, ordered by URL, as a build makes them in no particular order.
func (r *Recorder) Calls() []Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	calls := slices.Clone(r.calls)
	slices.SortStableFunc(calls, func(a, b Call) int {
		return cmp.Or(strings.Compare(a.URL, b.URL), strings.Compare(a.Page, b.Page))
	})
	return calls
}

// URLs returns the URLs of the calls so far, ordered. One that was rendered twice is there twice.
func (r *Recorder) URLs() []string {
	calls := r.Calls()
	urls := make([]string, len(calls))
	for i, c := range calls {
		urls[i] = c.URL
	}
	return urls
}

// Reset forgets the calls.
func (r *Recorder) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls = nil
}
