package devtools

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// ErrNavigated is the error of Eval when the page went away before the value was there.
var ErrNavigated = errors.New("the page went away meanwhile")

// errGone is the error of calls of a page that is no more.
var errGone = errors.New("the page is gone")

// pollEvery is the time between two looks of WaitFor.
const pollEvery = 4 * time.Millisecond

// Page is a tab. It is safe for concurrent use.
type Page struct {
	browser         *Browser
	target, session string
	alive           context.Context // until it crashes or is closed
	end             context.CancelCauseFunc

	mu       sync.Mutex
	life     []lifecycle // of the latest documents
	messages []Message
	changed  chan struct{} // closed, and made anew, when life changes
}

// Message is something that a page has written to its console, an exception that nothing in it
// caught, or a complaint of the browser about it, for example of a file that it could not load.
type Message struct {
	// Level is "log", "info", "debug", "warning" or "error".
	Level string
	// Text is what is written.
	Text string
	// URL and Line say where, if that is known.
	URL  string
	Line int
}

// String returns the message as one line of text.
func (m Message) String() string {
	if m.URL == "" {
		return m.Level + ": " + m.Text
	}
	return fmt.Sprintf("%s: %s (%s:%d)", m.Level, m.Text, m.URL, m.Line)
}

// call sends a command about this page.
func (p *Page) call(ctx context.Context, method string, args params, result any) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(p.alive, func() { cancel(context.Cause(p.alive)) })()
	return p.browser.died(p.browser.conn.call(ctx, p.session, method, args, result))
}

// Navigate shows a URL and waits until it has loaded, with its images and style sheets, or else
// the document that has taken its place. An answer of any HTTP status is no error; that there is
// none is one.
func (p *Page) Navigate(ctx context.Context, url string) error {
	var nav struct{ LoaderID, ErrorText string }
	if err := p.call(ctx, "Page.navigate", params{"url": url}, &nav); err != nil {
		return err
	}
	if nav.ErrorText != "" {
		return fmt.Errorf("navigating to %s: %s", url, nav.ErrorText)
	}
	if nav.LoaderID == "" {
		return nil // another place in the same document
	}
	for {
		p.mu.Lock()
		done, changed := p.loadedSince(nav.LoaderID), p.changed
		p.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-p.browser.conn.done:
			return p.browser.died(fmt.Errorf("navigating to %s: %w", url, errClosed))
		case <-p.alive.Done():
			return fmt.Errorf("navigating to %s: %w", url, context.Cause(p.alive))
		case <-ctx.Done():
			return fmt.Errorf("navigating to %s: %w", url, ctx.Err())
		}
	}
}

// loadedSince tells whether a document, or one after it, has loaded.
func (p *Page) loadedSince(loader string) bool {
	first := slices.IndexFunc(p.life, func(l lifecycle) bool { return l.LoaderID == loader })
	return first >= 0 && slices.ContainsFunc(p.life[first:], func(l lifecycle) bool { return l.Name == "load" })
}

// Eval evaluates a JavaScript expression in the page, waits for it if it is a promise, and
// decodes its value, which must be one that JSON has, into result, unless that is nil.
func (p *Page) Eval(ctx context.Context, expr string, result any) error {
	var out struct {
		Result struct {
			Type  string
			Value json.RawMessage
		}
		ExceptionDetails *exception
	}
	err := p.call(ctx, "Runtime.evaluate", params{"expression": expr, "awaitPromise": true, "returnByValue": true}, &out)
	switch failed := (*callError)(nil); {
	case errors.As(err, &failed) && wentAway(failed.Message):
		return fmt.Errorf("%w: %w", ErrNavigated, err)
	case err != nil:
		return err
	case out.ExceptionDetails != nil:
		return fmt.Errorf("evaluating %s: %s", expr, out.ExceptionDetails.text())
	case result == nil:
		return nil
	case out.Result.Value == nil:
		return fmt.Errorf("evaluating %s: want a value, have %s", expr, out.Result.Type)
	}
	return json.Unmarshal(out.Result.Value, result)
}

func wentAway(message string) bool {
	for _, part := range []string{"context was destroyed", "navigated or closed", "Cannot find default execution context", "Cannot find context"} {
		if strings.Contains(message, part) {
			return true
		}
	}
	return false
}

// WaitFor waits until a JavaScript expression, or what it promises, is true in the page, through
// reloads. An exception, such as that of an element that is not there yet, counts as false; the
// error, when ctx ends first, holds the last one.
func (p *Page) WaitFor(ctx context.Context, expr string) error {
	var last error
	for {
		var ok bool
		err := p.Eval(ctx, "(async () => Boolean(await ("+expr+")))()", &ok)
		if ok && err == nil {
			return nil
		}
		if err != nil && ctx.Err() == nil {
			last = err
		}
		if errors.Is(err, errClosed) || errors.Is(err, errGone) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s: %w", expr, errors.Join(ctx.Err(), last))
		case <-time.After(pollEvery):
		}
	}
}

// OnNewDocument has JavaScript run in each document that the page shows from now on, before what
// is in it.
func (p *Page) OnNewDocument(ctx context.Context, script string) error {
	return p.call(ctx, "Page.addScriptToEvaluateOnNewDocument", params{"source": script}, nil)
}

// SetViewport sets the size of the page in CSS pixels, and whether its user prefers dark colors.
func (p *Page) SetViewport(ctx context.Context, width, height int, dark bool) error {
	err := p.call(ctx, "Emulation.setDeviceMetricsOverride",
		params{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
	if err != nil {
		return err
	}
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return p.call(ctx, "Emulation.setEmulatedMedia",
		params{"features": []params{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// Screenshot returns what is on the screen as a PNG.
func (p *Page) Screenshot(ctx context.Context) ([]byte, error) {
	var shot struct{ Data []byte }
	err := p.call(ctx, "Page.captureScreenshot", params{"format": "png"}, &shot)
	return shot.Data, err
}

// Front brings the tab to the front.
func (p *Page) Front(ctx context.Context) error { return p.call(ctx, "Page.bringToFront", nil, nil) }

// Messages returns what the page has complained about and written so far, and forgets it.
func (p *Page) Messages() []Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.messages
	p.messages = nil
	return all
}

// Close closes the tab.
func (p *Page) Close(ctx context.Context) error {
	p.end(fmt.Errorf("%w: it was closed", errGone))
	err := p.browser.conn.call(ctx, "", "Target.closeTarget", params{"targetId": p.target}, nil)
	p.browser.conn.listen(p.session, nil)
	return p.browser.died(err)
}
