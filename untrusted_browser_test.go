package jam_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/devtools"
)

// TestUntrustedBrowser shows pages with vectors in a real browser, where no script of theirs may run: none may call
// the sentinel, open a dialog, or change the address.
func TestUntrustedBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
	defer cancel()
	browser, err := devtools.Start(ctx, t.TempDir())
	if errors.Is(err, devtools.ErrNoBrowser) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := browser.Close(); err != nil {
			t.Errorf("closing the browser: %v", err)
		}
	})
	page, err := browser.Open(ctx, "about:blank")
	if err != nil {
		t.Fatal(err)
	}
	if err := page.OnNewDocument(ctx, sentinel); err != nil {
		t.Fatal(err)
	}
	h := hostileSite{browserVectors(t)}
	for _, layouts := range []bool{false, true} {
		h.browse(ctx, t, page, layouts)
	}
}

// sentinel notes what a script of a vector does.
const sentinel = `window.__seen = [];
window.__xss = n => { window.__seen.push("call " + n); try { top.__seen.push("call " + n) } catch {} };
for (const f of ["alert", "confirm", "prompt", "print", "open"]) window[f] = (...a) => { window.__seen.push(f + " " + a) };
window.f = () => {};`

// browserVectors are a sample of vectors, each of which is on several pages: 30, or some 250 with -all-vectors; or those of a file.
func browserVectors(t *testing.T) []string {
	if *moreVectors != "" {
		return vectors(t)
	}
	list := slices.Concat(knownVectors, tagVectors(), urlVectors(), breakoutVectors(), markdownVectors())
	list = sampleOf(list, 17)
	slices.Sort(list)
	list = slices.Compact(list)
	rnd := rand.New(rand.NewPCG(1, 2))
	rnd.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	if *allVectors {
		return list[:250]
	}
	return list[:30]
}

// browse shows each page, acts on all that is in it, and searches.
func (h hostileSite) browse(ctx context.Context, t *testing.T, page *devtools.Page, layouts bool) {
	t.Helper()
	site, err := jam.Load(ctx, h.tree(layouts), h.config())
	if err != nil {
		t.Fatal(cutText(err.Error(), 3000))
	}
	server := httptest.NewServer(site.Handler())
	defer server.Close()
	var urls []string
	for _, file := range site.Files() {
		if path.Ext(file) == ".html" && !strings.HasPrefix(file, "categories/") {
			urls = append(urls, (&url.URL{Path: "/" + strings.TrimSuffix(file, "index.html")}).String())
		}
	}
	start := "/"
	if !layouts {
		start = "/nowhere/?q=script" // where the plain theme searches
	}
	if err := page.Navigate(ctx, server.URL+start); err != nil {
		t.Fatal(err)
	}
	if !layouts {
		soon, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		if err := page.WaitFor(soon, `document.querySelectorAll(".jam-search-results li").length > 0`); err != nil {
			t.Fatal(err)
		}
	}
	list, err := json.Marshal(urls)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	if err := page.Eval(ctx, "("+visitor+")("+string(list)+")", &found); err != nil {
		t.Fatal(err)
	}
	for _, f := range found[:min(len(found), 10)] {
		t.Errorf("layouts %v: %s%s", layouts, f, h.vectorOf(f))
	}
	for _, m := range page.Messages() {
		if strings.Contains(m.Text, "__xss") {
			t.Errorf("the console says %s", m)
		}
	}
	t.Logf("layouts %v: %d vectors on %d pages", layouts, len(h.list), len(urls))
}

// visitor shows pages in frames, a few at a time, and returns what scripts have done there, when all that is in them was clicked, looked at and
// so on. Only links that lead away are left alone.
const visitor = `async urls => {
  const found = [], queue = urls.slice();
  const look = (doc, url) => {
    for (const e of doc.querySelectorAll("*")) {
      for (const a of e.attributes) if (/^on/i.test(a.name) && e.id !== "theme-a") found.push(url + " has " + a.name);
      for (const type of ["mouseover", "mouseenter", "pointerenter", "focus", "blur", "toggle", "load", "error", "begin", "animationend", "keydown"])
        e.dispatchEvent(new Event(type, {bubbles: true, cancelable: true}));
      if (!e.closest("a[href]") || !/^(https?|mailto|tel):$/.test(e.closest("a[href]").protocol)) e.click?.();
    }
  };
  const visit = url => new Promise(done => {
    const frame = document.createElement("iframe");
    const end = () => { frame.remove(); done(); };
    frame.onload = async () => {
      frame.onload = null;
      try {
        frame.contentDocument.addEventListener("submit", e => e.preventDefault(), true);
        look(frame.contentDocument, url);
        await new Promise(next => setTimeout(next, 20));
        for (const s of frame.contentWindow.__seen) found.push(url + " did " + s);
        if (decodeURI(frame.contentWindow.location.pathname) !== decodeURI(url)) found.push(url + " went to " + frame.contentWindow.location);
      } catch (error) { found.push(url + " is another document: " + error); }
      end();
    };
    frame.src = url;
    document.body.append(frame);
  });
  await Promise.all(Array.from({length: 8}, async () => { while (queue.length) await visit(queue.pop()); }));
  for (const s of window.__seen) found.push(location + " did " + s);
  return found;
}`
