package preview_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/devtools"
	"github.com/jam-go/jam/preview"
)

// patience is how long a test waits for what must come. It is far more than that takes.
const patience = 30 * time.Second

// startBrowser starts a browser for a test, or skips it where there is none.
func startBrowser(t *testing.T) *devtools.Browser {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	b, err := devtools.Start(ctx, t.TempDir())
	if errors.Is(err, devtools.ErrNoBrowser) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("closing the browser: %v", err)
		}
	})
	return b
}

// rig is a site, its preview, and a browser that looks at it.
type rig struct {
	*testing.T
	*tree
	server  *server
	browser *devtools.Browser
	base    string // the path of the site's root
	config  func() *jam.Config
	probe   *tab // see settled
	probes  int
}

// newRig previews the browser tests' site with some posts, below a path.
func newRig(t *testing.T, b *devtools.Browser, posts int, base string) *rig {
	t.Helper()
	return newRigOf(newTree(t, posts), b, base, nil)
}

func newRigOf(tr *tree, b *devtools.Browser, base string, opts *preview.Options) *rig {
	tr.t.Helper()
	r := &rig{T: tr.t, tree: tr, browser: b, base: base, config: func() *jam.Config { return siteConfig(base) }}
	r.server = serve(r.T, r.dir, r.config(), opts)
	return r
}

// tab is a page of the browser, in which errors end the test.
type tab struct {
	*rig
	page *devtools.Page
}

// open shows a path of the preview in a new tab.
func (r *rig) open(path string) *tab {
	r.Helper()
	ctx, cancel := r.soon()
	defer cancel()
	page, err := r.browser.Open(ctx, r.server.url+path)
	if err != nil {
		r.Fatal(err)
	}
	w := &tab{r, page}
	r.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		w.page.Close(ctx)
	})
	return w
}

func (r *rig) soon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(r.Context(), patience)
}

// show navigates to a path.
func (w *tab) show(path string) {
	w.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	if err := w.page.Navigate(ctx, w.server.url+path); err != nil {
		w.Fatal(err)
	}
}

// eval evaluates an expression, again if the page is being reloaded.
func (w *tab) eval(expr string, result any) {
	w.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	for {
		err := w.page.Eval(ctx, expr, result)
		if err == nil {
			return
		}
		if !errors.Is(err, devtools.ErrNavigated) {
			w.Fatal(err)
		}
	}
}

// text returns the text of an element, or "" if there is none.
func (w *tab) text(selector string) string {
	w.Helper()
	var s string
	w.eval(fmt.Sprintf(`(document.querySelector(%s)?.textContent ?? "")`, quote(selector)), &s)
	return s
}

// wait waits until an expression is true.
func (w *tab) wait(expr string) {
	w.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	if err := w.page.WaitFor(ctx, expr); err != nil {
		w.Fatalf("%v\nthe page shows:\n%s", err, w.screen())
	}
}

// waitText waits until an element has a text.
func (w *tab) waitText(selector, part string) {
	w.Helper()
	w.wait(fmt.Sprintf(`document.querySelector(%s).textContent.includes(%s)`, quote(selector), quote(part)))
}

// screen describes what a page shows, for messages.
func (w *tab) screen() string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var s string
	if err := w.page.Eval(ctx, `location.href + " scrolled by " + scrollY + "\n" + document.documentElement.outerHTML + "\noverlay: " + `+overlayText, &s); err != nil {
		s = err.Error()
	}
	const enough = 3000
	if len(s) > 2*enough {
		s = s[:enough] + " … " + s[len(s)-enough:]
	}
	for _, m := range w.page.Messages() {
		s += "\n" + m.String()
	}
	return s
}

// mark sets a variable that does not survive a reload.
func (w *tab) mark() { w.Helper(); w.eval(`void (window.marked = true)`, nil) }

// marked tells whether the page is the one that was marked.
func (w *tab) marked() bool {
	w.Helper()
	var is bool
	w.eval(`window.marked === true`, &is)
	return is
}

// settled waits until the preview has told all tabs of the edits made so far: then it has also
// told a tab of one that is made last.
func (r *rig) settled() {
	r.Helper()
	if r.probe == nil {
		r.probe = r.open(r.base + "notes/probe/")
	}
	r.probes++
	r.write("content/notes/probe.md", fmt.Sprintf("---\ntitle: Probe\n---\nprobe %d.\n", r.probes))
	r.probe.waitText("#text", fmt.Sprintf("probe %d.", r.probes))
}

// quiet checks that the page has complained of nothing.
func (w *tab) quiet() {
	w.Helper()
	for _, m := range w.page.Messages() {
		w.Errorf("the console says: %s", m)
	}
}

// current checks that the page shows what a site that is loaded afresh has for it, or if that
// cannot be rendered, says so.
func (w *tab) current() {
	w.Helper()
	var path string
	w.eval(`location.pathname`, &path)
	want, err := w.clean(w.config(), strings.TrimPrefix(path, strings.TrimSuffix(w.base, "/")))
	if err != nil {
		w.waitOverlay(err)
		return
	}
	ctx, cancel := w.soon()
	defer cancel()
	same := fmt.Sprintf(`(%s)() === (%s)(%s) && (%s)() === (%s)(%s) && !(%s)`, shownHTML, parsedHTML, quote(want),
		shownCSS, parsedCSS, quote(w.read("static/style.css")), overlayShown)
	if err := w.page.WaitFor(ctx, same); err != nil {
		var parsed string
		w.eval(fmt.Sprintf(`(%s)(%s)`, parsedHTML, quote(want)), &parsed)
		w.Fatalf("stale: %v\nwant:\n%s\nthe page shows:\n%s", context.Cause(ctx), parsed, w.screen())
	}
}

// waitOverlay waits until the page shows the first problem of an error.
func (w *tab) waitOverlay(err error) {
	w.Helper()
	first := jam.Errors(err)[0]
	for _, part := range []string{first.Path, first.Err.Error()} {
		w.wait(fmt.Sprintf(`%s.includes(%s)`, overlayText, quote(part)))
	}
}

// parsedHTML is the normal form of HTML.
const parsedHTML = `html => new DOMParser().parseFromString(html, "text/html").documentElement.outerHTML`

// parsedCSS is the normal form of a style sheet.
const parsedCSS = `css => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	return [...sheet.cssRules].map(r => r.cssText).join("\n");
}`

// shownCSS is that of all style sheets of the page.
const shownCSS = `() => [...document.styleSheets].flatMap(s => [...s.cssRules]).map(r => r.cssText).join("\n")`

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // cannot be: every string has a form in JSON
	}
	return string(b)
}
