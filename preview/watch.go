package preview

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	quiet    = 10 * time.Millisecond  // after a change, before what has changed is loaded
	patience = 50 * time.Millisecond  // the longest that further changes put it off
	absence  = 25 * time.Millisecond  // the longest that a file is taken as being replaced when it has gone
	pollTime = 500 * time.Millisecond // between two looks at everything
)

// watcher hears from the operating system what happens to files.
type watcher struct {
	events *fsnotify.Watcher
	notice func(path string, sure bool) // a path, and whether its content has changed for sure
	lost   func()                       // some events are missing
	fail   func(err error)              // there will be no more events
}

// run passes events on until ctx ends.
func (w *watcher) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.events.Events:
			if !ok {
				return
			}
			w.notice(filepath.Clean(e.Name), e.Op != fsnotify.Chmod)
		case err, ok := <-w.events.Errors:
			switch {
			case !ok:
				return
			case errors.Is(err, fsnotify.ErrEventOverflow):
				w.lost()
			default:
				w.fail(err)
			}
		}
	}
}

// pending is what may have changed and has not been looked at yet. It is under Handler.mu.
type pending struct {
	hints       map[string]bool // paths, and whether they have changed for sure
	all         bool            // look at everything
	fresh       bool            // and load in any case
	again       bool            // the same, as a page could not be made of what was loaded
	failed      error           // why there are no more events
	first, last time.Time
	count       uint64 // of what has been noticed ever
}

// notice notes that something has happened to a file.
func (h *Handler) notice(path string, sure bool) {
	if !h.tracker.relevant(path) {
		return
	}
	h.note(func(p *pending) { p.hints[path] = p.hints[path] || sure })
}

// note changes what is pending, and wakes the loop. It returns the number to wait for.
func (h *Handler) note(change func(*pending)) uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.pending
	p.last = time.Now()
	if p.first.IsZero() {
		p.first = p.last
	}
	if p.hints == nil {
		p.hints = make(map[string]bool)
	}
	change(p)
	p.count++
	select {
	case h.wake <- struct{}{}:
	default:
	}
	return p.count
}

// settle waits until the files are at rest, and takes what is pending.
func (h *Handler) settle() pending {
	for {
		h.mu.Lock()
		p := h.pending
		p.hints = maps.Clone(p.hints)
		h.mu.Unlock()
		age := time.Since(p.first)
		rest := min(quiet-time.Since(p.last), patience-age)
		if p.fresh || p.again {
			rest = 0
		}
		if rest <= 0 && (age >= patience || age >= h.tracker.torn(p.hints)) && h.take(p.count) {
			return p
		}
		if !h.sleep(max(rest, time.Millisecond)) {
			return pending{}
		}
	}
}

// take begins anew with what is pending, if there is no more of it than what was counted.
func (h *Handler) take(count uint64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pending.count != count {
		return false
	}
	h.pending = pending{count: count}
	return true
}

// sleep tells whether the handler is still open afterwards.
func (h *Handler) sleep(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-h.ctx.Done():
		return false
	}
}

// startEvents has the tracker's folders watched. Without events, everything is looked at again and again.
func (h *Handler) startEvents() {
	if h.opts.Poll > 0 {
		h.startPolling(nil)
		return
	}
	events, err := fsnotify.NewWatcher()
	if err != nil {
		h.startPolling(err)
		return
	}
	h.events = events
	h.tracker.watch = events.Add
	h.tracker.leave = func(dir string) { _ = events.Remove(dir) } // which fails if it has gone
	w := &watcher{
		events: events,
		notice: h.notice,
		lost:   func() { h.note(func(p *pending) { p.all = true }) },
		fail:   func(err error) { h.note(func(p *pending) { p.all, p.failed = true, err }) },
	}
	h.tasks.Go(func() { w.run(h.ctx) })
}

// startPolling gives up on events, for the reason given, if any.
func (h *Handler) startPolling(reason error) {
	if h.tick != nil {
		return
	}
	h.stopEvents()
	if reason != nil {
		h.log.WarnContext(h.ctx, "preview: no events of files, comparing them all again and again instead", "error", reason)
	}
	h.tracker.exact = true
	every := h.opts.Poll
	if every <= 0 {
		every = pollTime
	}
	h.ticker = time.NewTicker(every)
	h.tick = h.ticker.C
}

func (h *Handler) stopEvents() {
	if h.events == nil {
		return
	}
	if err := h.events.Close(); err != nil {
		h.log.DebugContext(h.ctx, "preview: watch not closed", "error", err)
	}
	h.events, h.tracker.watch, h.tracker.leave = nil, nil, nil
}
