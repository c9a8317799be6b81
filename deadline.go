package jam

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jam-go/jam/internal/diag"
)

// deadline cancels the context of what a view makes when that takes too long. One context and one timer serve for one
// thing after the other.
type deadline struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
}

// start returns the context for something that the view makes now. Between this and stop, nothing else is started. Until
// the deadline is dropped, the context that it is called with is the same.
func (d *deadline) start(ctx context.Context, limit time.Duration) context.Context {
	if d.ctx != nil && d.ctx.Err() == nil {
		d.timer.Reset(limit)
		return d.ctx
	}
	d.ctx, d.cancel = context.WithCancelCause(ctx)
	cancel := d.cancel
	d.timer = time.AfterFunc(limit, func() { cancel(diag.Beyond("RenderTime", "takes longer than %v", limit)) })
	return d.ctx
}

// stop ends what start began.
func (d *deadline) stop() {
	if !d.timer.Stop() {
		d.drop()
	}
}

// drop leaves the context that start was called with.
func (d *deadline) drop() {
	if d.ctx != nil {
		d.timer.Stop()
		d.cancel(nil)
		*d = deadline{}
	}
}

// overdue returns what went wrong under a context of start, with the reason when that is that it took too long.
func overdue(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if err == nil || ctx.Err() == nil || !errors.Is(cause, ErrLimit) {
		return err
	}
	var out []*Error
	for _, e := range Errors(err) {
		if errors.Is(e.Err, ctx.Err()) {
			named := *e
			named.Err = cause
			e = &named
		}
		out = append(out, e)
	}
	return joinErrors(out)
}

// late is overdue for the rendering of a page's body, of which only the context's error may be left.
func (v *view) late(d *pageData, err error) error {
	if list := Errors(err); len(list) == 1 && list[0].Path == "" {
		err = errorAt("render", d.source(), "%w", list[0].Err)
	}
	return overdue(v.ctx, err)
}

// isOverdue tells an error of overdue.
func isOverdue(err error) bool {
	return slices.ContainsFunc(Errors(err), func(e *Error) bool { return diag.IsBeyond(e.Err, "RenderTime") })
}
