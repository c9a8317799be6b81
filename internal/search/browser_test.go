package search

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// TestBrowser opens a search page in Chromium, where there is one: below a
// path with a space, and under a content security policy without exceptions.
func TestBrowser(t *testing.T) {
	t.Parallel()
	chromium := findChromium(t)
	const prefix = "/my%20site/"
	docs := append([]Doc{
		{URL: "hostile/", Title: "<img src=x onerror=alert(1)> hostile & co", Text: "<script>alert(1)</script> hostile"},
		{URL: "javascript:alert(1)", Title: "Scripted", Text: "address"},
		{URL: "https://elsewhere.invalid/", Title: "Elsewhere", Text: "address"},
	}, library...)
	for i := range docs {
		docs[i].URL = strings.TrimPrefix(docs[i].URL, "/")
	}
	b := build(t, docs, language.English, 1)
	page := "<!doctype html><html lang=en><meta charset=utf-8><title>Search</title>" +
		"<script type=module src=" + prefix + "search.js></script>" +
		Form(FormOptions{Index: prefix + "index", Base: prefix, Page: true})
	broken := strings.Replace(page, prefix+"index", prefix+"nowhere", 1)
	cases := []struct {
		path string
		want []string
		not  string
	}{
		{"search/?q=template", []string{">4 results</p>", "data-open", `<mark>Templates</mark></a>`}, ""},
		{"search/?q=where", []string{">1 result</p>", `b/#where">Template functions<span class="jam-search-heading"> › <mark>Where</mark></span></a>`}, ""},
		{"search/?q=%E5%A4%B1%E5%8A%B9", []string{prefix + `f/">証明書を<mark>失効</mark>する</a>`}, ""},
		{"search/?q=hostile", []string{"&lt;img src=x onerror=alert(1)&gt; <mark>hostile</mark> &amp; co</a>"}, "<img"},
		{"search/?q=address", []string{">2 results</p>", "<a>Scripted</a>", "<a>Elsewhere</a>"}, `href="javascript`},
		{"search/?q=menu+zzz", []string{">1 result No page has all of the words"}, ""},
		{"search/?q=zzz", []string{">No results</p>"}, "<li>"},
		{"search/", []string{">Type to search.</p>"}, "<li>"},
		{"broken/?q=template", []string{">The search does not work"}, "<li>"},
	}
	var frames strings.Builder
	for _, c := range cases {
		frames.WriteString("<iframe src='" + prefix + c.path + "'></iframe>")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self'")
		name := strings.TrimPrefix(r.URL.Path, "/my site/")
		files := map[string]string{
			"search.js": script, "search/": page, "broken/": broken, "collect.js": collect,
			"": "<!doctype html>" + frames.String() + "<script type=module src=" + prefix + "collect.js></script>",
		}
		if file := b.File(strings.TrimPrefix(name, "index/")); file != nil {
			files[name] = string(file)
		}
		file, ok := files[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if path.Ext(name) == ".js" {
			w.Header().Set("Content-Type", "text/javascript")
		}
		_, _ = io.WriteString(w, file)
	}))
	defer server.Close()
	_, dump, _ := strings.Cut(dumpDOM(t, chromium, server.URL+prefix), "<pre>")
	doms := strings.Split(dump, "<pre>")
	if len(doms) != len(cases) {
		t.Fatalf("%d of %d pages came to rest:\n%s", len(doms), len(cases), dump)
	}
	for i, c := range cases {
		dom := html.UnescapeString(doms[i])
		for _, want := range c.want {
			if !strings.Contains(dom, want) {
				t.Errorf("%s: no %s in\n%s", c.path, want, dom)
			}
		}
		if c.not != "" && strings.Contains(dom, c.not) {
			t.Errorf("%s: %s in\n%s", c.path, c.not, dom)
		}
	}
}

// collect shows the HTML of each frame once its search has said something.
const collect = `for (const frame of document.querySelectorAll("iframe")) {
  const status = () => frame.contentDocument.querySelector("[role=status]")?.textContent;
  while (!status() || status() === "Searching…") await new Promise(done => setTimeout(done, 20));
  const pre = document.createElement("pre");
  pre.textContent = frame.contentDocument.body.innerHTML;
  document.body.append(pre);
}`

func findChromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if exe, err := exec.LookPath(name); err == nil {
			return exe
		}
	}
	t.Skip("no Chromium on this machine")
	return ""
}

// dumpDOM returns what a page is once its scripts are at rest.
func dumpDOM(t *testing.T, chromium, url string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args := []string{"--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--user-data-dir=" + filepath.Join(t.TempDir(), "profile"), "--virtual-time-budget=5000", "--dump-dom", url}
	if os.Getuid() == 0 { // the sandbox refuses to work for root
		args = append([]string{"--no-sandbox"}, args...)
	}
	out, err := exec.CommandContext(ctx, chromium, args...).Output()
	if err != nil {
		t.Skipf("Chromium does not run here: %v", err)
	}
	return string(out)
}
