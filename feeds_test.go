package jam_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
	feedrules "github.com/jam-go/jam/internal/feeds/rules"
	"github.com/jam-go/jam/sitetest"
)

// hard is a site whose texts are hard to put into feeds.
func hard() fstest.MapFS {
	tree := fstest.MapFS{
		"content/posts/_index.md": {Data: []byte("---\ntitle: \"P & <q> \\\"]]>\"\nlastmod: 2026-05-01\n---\n")},
		"content/posts/b/x.png":   {},
	}
	for i, text := range []string{
		"[a](../b/) ![x](x.png) <script>alert(1)</script>",
		"]]> & &amp; {{< details summary=\"<x>\" >}}[y](#z){{< /details >}}\n\n## Z\n\n![](/img.png)",
		"ünï 👩‍🚀 \u202Eabc", "", "<!--more-->",
	} {
		name := string(rune('a' + i))
		tree["content/posts/"+name+"/index.md"] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: \"%s & <b> ]]>\"\ndate: 2026-05-0%dT10:00:00+05:30\ntags: [\"t & u\", go]\nauthor: {name: \"A <b>\", email: a@example.org}\n---\n%s\n", name, i+1, text)}
		tree["content/posts/"+name+"/index.de.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %s\ndate: 2026-05-0%d\n---\n", name, i+1)}
	}
	return tree
}

// TestFeedsFollowTheirRules checks every feed and sitemap of sites against the specifications.
func TestFeedsFollowTheirRules(t *testing.T) {
	for _, full := range []bool{false, true} {
		lists := []string{"html", "rss", "atom", "jsonfeed"}
		site := sitetest.Load(t, hard(), &jam.Config{
			BaseURL: "https://example.org/sub/", Title: "T & <t>", Now: now, Feed: jam.Feed{Full: full, Limit: 3},
			Languages: []jam.Language{{Code: "en"}, {Code: "de", Locale: "de-AT"}},
			Outputs:   map[string][]string{"home": append(lists, "sitemap", "robots", "llms"), "section": lists, "taxonomy": lists, "term": lists},
			Params:    map[string]any{"description": "All & <i>everything</i>"}, Markdown: jam.Markdown{Unsafe: true},
			Minify: jam.Minify{Disabled: !full},
		})
		checked := make(map[string]int)
		for name, b := range site.Build().Files() {
			url := "https://example.org/sub/" + escape(name)
			var problems []feedrules.Problem
			var kind string
			switch base := name[strings.LastIndexByte(name, '/')+1:]; base {
			case "index.xml":
				kind, problems = base, feedrules.RSS(b, url)
			case "atom.xml":
				kind, problems = base, feedrules.Atom(b, url)
			case "feed.json":
				kind, problems = base, feedrules.JSONFeed(b, url)
			case "sitemap.xml":
				kind, problems = base, append(feedrules.Sitemap(b, url), feedrules.Alternates([][]byte{b})[0]...)
			case "robots.txt":
				kind, problems = base, feedrules.Robots(b)
			case "llms.txt":
				kind, problems = base, feedrules.LLMs(b)
			default:
				continue
			}
			checked[kind]++
			for _, p := range problems {
				t.Errorf("%s:%d:%d: %s: %s\n%s", name, p.Line, p.Column, p.Rule, p.Text, b)
			}
			if bytes.Contains(b, []byte("<script")) {
				t.Errorf("%s has a script:\n%s", name, b)
			}
		}
		if checked["index.xml"] != 7 || checked["atom.xml"] != 7 || checked["feed.json"] != 7 || checked["sitemap.xml"] != 1 || checked["llms.txt"] != 2 {
			t.Errorf("checked %v", checked)
		}
	}
}

func escape(name string) string { return strings.ReplaceAll(name, " ", "%20") }

// The settings of the sitemap hold for a template of it, too.
func TestSitemapTemplateSettings(t *testing.T) {
	tree := archive(t, "-- content/a.md --\n-- layouts/all.html --\n-- layouts/sitemap.xml --\n<x/>\n")
	for disable, want := range map[bool]string{false: "a/index.html index.html map.xml robots.txt", true: "a/index.html index.html robots.txt"} {
		site := sitetest.Load(t, tree, &jam.Config{
			BaseURL: "https://example.org/", Now: now, Sitemap: jam.SitemapOptions{Filename: "map.xml", Disable: disable},
			Outputs: map[string][]string{"home": {"html", "sitemap", "robots"}},
		})
		if got := strings.Join(site.Files(), " "); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		robots := site.Output("/robots.txt")
		if strings.Contains(robots.String(), "Sitemap: https://example.org/map.xml") == disable {
			t.Errorf("robots.txt: %s", robots)
		}
	}
}

// TestSitemapIsDivided has more pages than a sitemap may list.
func TestSitemapIsDivided(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 50_001
	docs := make([]*jam.Document, n)
	for i := range docs {
		docs[i] = &jam.Document{Path: fmt.Sprintf("p%d.md", i), FrontMatter: map[string]any{"lastmod": time.Date(2026, 1, 1+i%28, 0, 0, 0, 0, time.UTC)}}
	}
	site := sitetest.Load(t, nil, &jam.Config{
		BaseURL: "https://example.org/", Now: now, Sources: []jam.Source{jam.Documents(docs...)},
		Sitemap: jam.SitemapOptions{ChangeFreq: "weekly", Priority: 0.5, Filename: "map.xml"},
	})
	files := slices.DeleteFunc(site.Files(), func(name string) bool { return !strings.HasPrefix(name, "map") })
	if want := []string{"map-1.xml", "map-2.xml", "map.xml"}; !slices.Equal(files, want) {
		t.Fatalf("the sitemap is in %v, want %v", files, want)
	}
	urls := 0
	fsys := site.FS(t.Context())
	for _, name := range files {
		b, err := fs.ReadFile(fsys, name) // which makes no other file
		if err != nil {
			t.Fatal(err)
		}
		problems := feedrules.Sitemap(b, "https://example.org/"+name)
		if name == "map.xml" {
			problems = feedrules.SitemapIndex(b, "https://example.org/"+name)
		}
		for _, p := range problems {
			t.Errorf("%s:%d: %s: %s", name, p.Line, p.Rule, p.Text)
		}
		urls += bytes.Count(b, []byte("<url>"))
	}
	if urls != n+1 {
		t.Errorf("%d URLs, want %d pages and the home page", urls, n)
	}
}

// TestSitemapIsDividedBySize has few pages, each of which has a long address in many languages.
func TestSitemapIsDividedBySize(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const most = 50 << 20 // bytes, by the protocol
	cfg := jam.Config{BaseURL: "https://example.org/" + strings.Repeat("&", 1900) + "/", Now: now}
	var docs []*jam.Document
	for _, code := range strings.Fields("en da de es fr it nl pl pt sv") {
		cfg.Languages = append(cfg.Languages, jam.Language{Code: code})
		for n := range 60 {
			docs = append(docs, &jam.Document{Path: fmt.Sprintf("p%d.%s.md", n, code)})
		}
	}
	cfg.Language = cfg.Languages[0].Code
	cfg.Sources = []jam.Source{jam.Documents(docs...)}
	site := sitetest.Load(t, nil, &cfg)
	files := slices.DeleteFunc(site.Files(), func(name string) bool { return !strings.HasPrefix(name, "sitemap") })
	if want := []string{"sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"}; !slices.Equal(files, want) {
		t.Fatalf("the sitemap is in %v, want %v", files, want)
	}
	urls := 0
	for _, name := range files {
		b, err := fs.ReadFile(site.FS(t.Context()), name)
		if err != nil || len(b) > most {
			t.Errorf("%s: %d bytes, %v", name, len(b), err)
		}
		urls += bytes.Count(b, []byte("<url>"))
	}
	if want := 10 * (60 + 1); urls != want {
		t.Errorf("%d URLs, want %d", urls, want)
	}
}
