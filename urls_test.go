package jam

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/unicode/norm"
)

func TestSanitizeSegment(t *testing.T) {
	for in, want := range map[string]string{
		"Hello World": "hello-world", "a  b - c": "a--b---c", "a--b": "a--b", " x ": "x", "C++ & C#": "c++--c#",
		"Über uns": "über-uns", "日本 語": "日本-語", "x/y": "xy", "???": "", "..": "", "v1.2": "v1.2", "a@b~c_d+e": "a@b~c_d+e",
		"हिन्दी": "हिन्दी", "what?!": "what",
	} {
		if got := sanitizeSegment(in); got != want {
			t.Errorf("sanitizeSegment(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSlugify(t *testing.T) {
	for in, want := range map[string]string{
		"Hello, World & Co": "hello-world-co", "a  b - c": "a-b-c", "C++ & C#": "c-c#", "My Slug: A/B": "my-slug-a/b", "../x": "x", "???": "",
	} {
		if got := slugPath(in); got != want {
			t.Errorf("slugPath(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestCleanPath checks that paths for which there is a short cut are what the long way makes of them.
func TestCleanPath(t *testing.T) {
	const chars = "ab1.-_/ A~ä"
	var try func(p string)
	clean := 0
	try = func(p string) {
		var elems []string
		for e := range strings.SplitSeq(p, "/") {
			elems = append(elems, sanitizeSegment(e))
		}
		long := path.Clean(strings.Join(elems, "/"))
		if long == "." {
			long = ""
		}
		if got := sanitizePath(p); got != long {
			t.Fatalf("sanitizePath(%q) = %q, want %q", p, got, long)
		}
		if isCleanPath(p) {
			clean++
			if joined := path.Join(p, "index.html"); joined != p+"/index.html" || long == "" {
				t.Fatalf("%q is said to be clean", p)
			}
		}
		if len(p) < 5 {
			for _, c := range chars {
				try(p + string(c))
			}
		}
	}
	try("")
	if clean < 1000 {
		t.Errorf("%d clean paths", clean)
	}
}

// TestFoldPath checks that names have the same key if and only if they are the same but for case and
// Unicode form.
func TestFoldPath(t *testing.T) {
	names := []string{"", "a", "A", "b", "k", "K", "\u212a", "s", "S", "ſ", "ß", "ẞ", "é", "É", "e\u0301", "E\u0301", "a/b.html", "A/B.HTML", "a/b-1_~.html", "σ", "ς", "Σ", "\u1fbe", "ι", "1", "日本"}
	for _, a := range names {
		if strings.ToLower(a) == a && len(a) == len([]rune(a)) && foldPath(a) != a {
			t.Errorf("foldPath(%q) = %q", a, foldPath(a))
		}
		for _, b := range names {
			same := strings.EqualFold(norm.NFC.String(a), norm.NFC.String(b))
			if (foldPath(a) == foldPath(b)) != same {
				t.Errorf("%q and %q: keys %q and %q", a, b, foldPath(a), foldPath(b))
			}
		}
	}
}

func TestURLFile(t *testing.T) {
	for in, want := range map[string]string{
		"/": "index.html", "about": "about/index.html", "/about/": "about/index.html", "/a/b.html": "a/b.html",
		"feed.xml": "feed.xml", "/v1.2/": "v1.2/index.html", "/caf%C3%A9/": "café/index.html", "/A b/": "A b/index.html",
	} {
		if got, err := urlFile(in); err != nil || got != want {
			t.Errorf("urlFile(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"../x", "/a/../../b", "//host/x", "https://example.org/", "/a?b", "/a#b", "/a//b", "/a\x00b", "/%zz", "/a%2f..%2fb", `/a\b`} {
		if got, err := urlFile(in); err == nil {
			t.Errorf("urlFile(%q) = %q, want an error", in, got)
		}
	}
}

func FuzzURLFile(f *testing.F) {
	for _, s := range []string{"/about/", "a/../b", "%2e%2e/x", "x.html", "日本/", "a\\b", "./", "/index.html/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, u string) {
		if name, err := urlFile(u); err == nil && !fs.ValidPath(name) {
			t.Errorf("urlFile(%q) = %q, which is no valid name", u, name)
		}
		p := sanitizePath("/" + u)
		for elem := range strings.SplitSeq(strings.Trim(p, "/"), "/") {
			if elem == ".." || strings.ContainsAny(elem, "\\\x00 ") {
				t.Errorf("sanitizePath(%q) = %q", u, p)
			}
		}
	})
}

func TestPermalink(t *testing.T) {
	d := &pageData{path: "/docs/guides/deep/My Page", code: kindCode(slices.Index(kinds, KindPage)), pageMore: &plainPage,
		meta: meta{Title: "The Title", Date: time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC), metaMore: &plainMeta}}
	for pattern, want := range map[string]string{
		"/:year/:month/:day/:yearday/:monthname/:weekday/:weekdayname/": "/2026/03/07/66/March/6/Saturday/",
		":section/:title":             "/docs/the-title",
		"/:sections/:contentbasename": "/docs/guides/deep/my-page",
		"/:sections[0]/x":             "/docs/x",
		"/:sections[1:]/x":            "/guides/deep/x",
		"/:sections[:last]/x":         "/docs/guides/x",
		"/:sections[last]/x":          "/deep/x",
		"/:sections[7]/x":             "//x",
		"/:slug.html":                 "/the-title.html",
		"/:slugorcontentbasename/":    "/my-page/",
		"/plain/":                     "/plain/",
		"/:06/:1/:02/:2006/":          "/26/3/07/2026/",
	} {
		if got, err := permalink(pattern, d); err != nil || got != want {
			t.Errorf("permalink(%q) = %q, %v, want %q", pattern, got, err, want)
		}
	}
	undated := &pageData{path: "/x", pageMore: &plainPage, meta: meta{Title: "x", metaMore: &plainMeta}}
	if _, err := permalink("/:year/:slug/", undated); err == nil || !strings.Contains(err.Error(), "needs a date") {
		t.Errorf("err = %v", err)
	}
	nameless := &pageData{path: "/x", pageMore: &plainPage, meta: meta{Title: "???", metaMore: &plainMeta}}
	if got, err := permalink("/blog/:slug/", nameless); err == nil {
		t.Errorf("a page of which nothing can stand in the URL goes to %q", got)
	}
	for pattern, want := range map[string]string{
		"/:yaer/": `unknown token ":yaer" (did you mean "year"?)`, "/:slug[1]/": "only :sections", "/:sections[x]": `index "x"`, "/:sections[1": "brackets", "/:": "unknown token",
	} {
		errs := checkPermalinks(map[string]string{"posts": pattern})
		if len(errs) != 1 || !strings.Contains(errs[0].Error(), want) {
			t.Errorf("%s: %v, want %s", pattern, errs, want)
		}
	}
}

func TestRelURL(t *testing.T) {
	s, errs := (&Config{BaseURL: "https://example.org/docs"}).settle()
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	for in, want := range map[string]string{
		"x.css": "/docs/x.css", "/x.css": "/docs/x.css", "/docs/x.css": "/docs/x.css", "": "/docs/",
		"https://example.org/docs/y": "/docs/y", "https://other.example/y": "https://other.example/y", "//cdn.example/z": "//cdn.example/z", "mailto:a@b": "mailto:a@b",
	} {
		if got := s.relURL(in); got != want {
			t.Errorf("relURL(%q) = %q, want %q", in, got, want)
		}
	}
	if got := s.absURL("/x"); got != "https://example.org/docs/x" {
		t.Errorf("absURL = %q", got)
	}
	for _, bad := range []string{"example.org", "/docs/", "https://", "https://example.org/?q", ":"} {
		if _, errs := (&Config{BaseURL: bad}).settle(); len(errs) != 1 {
			t.Errorf("BaseURL %q: %v", bad, errs)
		}
	}
}

// TestPermalinkOfNothing has a token that stands for nothing.
func TestPermalinkOfNothing(t *testing.T) {
	tree := fstest.MapFS{"content/docs/x.md": {}, "content/docs/deep/_index.md": {}, "content/docs/deep/y.md": {}}
	s, err := load(t.Context(), tree, &Config{UglyURLs: true, Permalinks: map[string]string{"docs": "/manual/:sections[1:]/:contentbasename/"}})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/docs/x": "/manual/x.html", "/docs/deep/y": "/manual/deep/y.html"} {
		if p, err := s.base.site(s.main).Page(path); err != nil || p.RelPermalink() != want {
			t.Errorf("%s: %v, %v, want %s", path, p.RelPermalink(), err, want)
		}
	}
}
