package jam_test

import (
	"bytes"
	"html"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	feedrules "github.com/jam-go/jam/internal/feeds/rules"
	headrules "github.com/jam-go/jam/internal/head/rules"
)

// TestCorporaLayouts builds two real sites with the layouts in testdata/layouts, which have every
// shortcode that the sites use, render hooks, menus, taxonomies and, for one, 28 languages.
func TestCorporaLayouts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	root := corpora(t)
	for _, tt := range []struct {
		tree    string
		cfg     jam.Config
		pages   int               // HTML files, redirects not
		calls   int               // of shortcodes, those in texts that are included as well
		escaped int               // shortcodes shown as they are written
		markers map[string]string // patterns of what each shortcode writes
		parts   map[string]int    // patterns of what else is to be seen, and how often at least
	}{
		// 785 pages as in TestCorporaAsTheirOwn, and the page of keywords with six terms.
		{tree: "hugoDocs", cfg: hugoDocs(), pages: 785 + 1 + 6, calls: 975, escaped: 144, markers: hugoDocsMarkers, parts: hugoDocsParts},
		// 1332 pages as there, six further pagers of the blog, and authors: 28 pages with 33 terms.
		{tree: "letsencrypt", cfg: letsencryptLayouts(t, root), pages: 1332 + 6 + 28 + 33,
			calls: 1056, markers: letsencryptMarkers, parts: letsencryptParts},
	} {
		t.Run(tt.tree, func(t *testing.T) {
			b := buildReal(t, filepath.Join(root, tt.tree), tt.tree, tt.cfg)
			if n := len(b.html()); n != tt.pages {
				t.Errorf("%d pages, want %d", n, tt.pages)
			}
			b.checkRemains(t)
			if calls, escaped := b.checkShortcodes(t, tt.markers); calls != tt.calls || escaped != tt.escaped {
				t.Errorf("%d calls of shortcodes, and %d shown, want %d and %d", calls, escaped, tt.calls, tt.escaped)
			}
			b.checkParts(t, tt.parts)
			b.checkFeeds(t)
			b.checkHeads(t)
		})
	}
}

// hugoDocs returns a configuration much like that of the site's own hugo.toml.
func hugoDocs() jam.Config {
	return jam.Config{
		BaseURL: "https://gohugo.io/", Title: "Hugo", Copyright: "© Hugo Authors", ContentDir: "content/en",
		Languages:       []jam.Language{{Code: "en", Locale: "en-US", Name: "English"}},
		Taxonomies:      []string{"categories", "keywords"},
		NoRedirectFiles: true,
		SectionMenu:     "docs",
		Markdown:        jam.Markdown{Math: true, DefinitionIDs: true},
		Params: map[string]any{
			"description": "The world’s fastest framework for building websites", "goVersion": "1.26",
			"ghrepo": "https://github.com/gohugoio/hugoDocs/", "publisher": "Hugo", "social": map[string]any{"twitter": "@GoHugoIO"},
		},
		Outputs: map[string][]string{
			jam.KindHome: {"html", "rss", "atom", "jsonfeed", "json", "sitemap", "robots", "llms", "search", "opensearch"},
			jam.KindPage: {"html", "json", "markdown"}, jam.KindSection: {"html", "rss", "json"}, jam.KindTerm: {"html", "rss"},
		},
		OutputFormats: []jam.OutputFormat{{Name: "opensearch", MediaType: "application/opensearchdescription+xml",
			Suffix: "xml", BaseName: "opensearch", Rel: "search"}},
		Related: jam.Related{Indices: []jam.RelatedIndex{{Name: "keywords", Weight: 1}}, Threshold: 80, IncludeNewer: true, ToLower: true},
		Cascade: []jam.Cascade{
			{Path: "{/functions/**,/methods/**}", Kind: jam.KindPage, Values: map[string]any{"isFunctionOrMethod": true}},
		},
		Menus: map[string][]jam.MenuEntry{"global": {
			{Name: "News", PageRef: "/news/", Weight: 1}, {Name: "Docs", PageRef: "/documentation", Weight: 5},
			{Name: "Themes", URL: "https://themes.gohugo.io/", Weight: 10},
			{Name: "Community", Post: "external", URL: "https://discourse.gohugo.io/", Weight: 150},
			{Name: "GitHub", Post: "external", URL: "https://github.com/gohugoio/hugo", Weight: 200},
		}},
	}
}

// letsencryptLayouts returns the configuration of the site's files, with more formats.
func letsencryptLayouts(t *testing.T, root string) jam.Config {
	cfg := letsencrypt(t, filepath.Join(root, "letsencrypt"))
	cfg.BaseURL, cfg.Title = "https://letsencrypt.org/", "Let's Encrypt"
	cfg.Taxonomies = []string{"author"}
	cfg.Markdown.Unsafe = true
	cfg.Pagination = map[string]jam.Pagination{"/post": {Size: 20, Order: "-date"}}
	cfg.Feed = jam.Feed{Limit: 10, Full: true}
	cfg.Params = map[string]any{
		"sponsorEmail": "sponsor@abetterinternet.org", "github_username": "letsencrypt",
		"sponsorshipURL":    "https://www.abetterinternet.org/sponsor/",
		"cryptoDonationURL": "https://thegivingblock.com/donate/internet-security-research-group/",
	}
	cfg.Outputs = map[string][]string{
		jam.KindHome: {"html", "rss", "atom", "jsonfeed", "json", "sitemap", "robots", "llms", "search", "clients"},
		jam.KindPage: {"html", "markdown"}, jam.KindTerm: {"html", "rss"},
	}
	cfg.OutputFormats = []jam.OutputFormat{{Name: "clients", MediaType: "text/csv", BaseName: "clients"}}
	return cfg
}

// ownLayouts is a real tree with layouts and static files of ours in place of its own.
type ownLayouts struct{ tree, ours fs.FS }

func (f ownLayouts) Open(name string) (fs.File, error) {
	if top, _, _ := strings.Cut(name, "/"); top == "layouts" || top == "static" {
		return f.ours.Open(name)
	}
	return f.tree.Open(name)
}

// realSite is a site that was built.
type realSite struct {
	site  *jam.Site
	base  string
	files map[string][]byte
}

func buildReal(t *testing.T, dir, name string, cfg jam.Config) *realSite {
	t.Helper()
	cfg.Now = later
	tree := ownLayouts{os.DirFS(dir), os.DirFS(filepath.Join("testdata", "layouts", name))}
	site, err := jam.Load(t.Context(), tree, &cfg)
	if err != nil {
		t.Fatal(err)
	}
	mem := jam.Memory()
	if _, err := site.Build(t.Context(), mem); err != nil {
		t.Fatal(err)
	}
	return &realSite{site: site, base: cfg.BaseURL, files: mem.Files()}
}

// html returns the names of the HTML files that are no redirects.
func (b *realSite) html() []string {
	redirects := make(map[string]bool)
	for _, r := range b.site.Redirects() {
		redirects[outputFile(r.From)] = true
	}
	var out []string
	for name := range b.files {
		if strings.HasSuffix(name, ".html") && !redirects[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// outputFile returns the file at a path of the site.
func outputFile(rel string) string {
	rel = strings.TrimPrefix(rel, "/")
	if rel == "" || strings.HasSuffix(rel, "/") {
		rel += "index.html"
	}
	return rel
}

// pages returns the pages that have a file and a text, in all languages.
func (b *realSite) pages() []*jam.Page {
	var out []*jam.Page
	for _, p := range b.site.AllPages() {
		if p.RelPermalink() != "" && p.RawContent() != "" {
			out = append(out, p)
		}
	}
	return out
}

// checkRemains looks for what must not remain in any file.
func (b *realSite) checkRemains(t *testing.T) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		if ext := path.Ext(name); ext == ".png" || ext == ".bin" {
			continue
		}
		for _, remains := range []string{"\x02", "\x03", "<no value>", "&lt;no value&gt;", "HAHAHUGO", "ZgotmplZ"} {
			isAbout := strings.HasPrefix(name, "functions/safe/") || strings.HasPrefix(name, "troubleshooting/audit/")
			if bytes.Contains(b.files[name], []byte(remains)) && !isAbout {
				t.Errorf("%s has %q", name, remains)
			}
		}
	}
}

// hugoDocsMarkers are patterns of what the shortcodes write. Where that is a value alone, it is looked for in its place.
var hugoDocsMarkers = map[string]string{
	"chroma-lexers":                    `<dl class="?lexers`,
	"code-toggle":                      `<div class="?code-toggle`,
	"current-go-version":               `version 1\.26 or later`,
	"datatable":                        `aria-label="?(mediaTypes|outputFormats)`,
	"deprecated-in":                    `class="badge deprecated"`,
	"details":                          `<summary>See the details</summary>`,
	"eturl":                            `/tpl/tplimpl/embedded/templates/_?[a-z]`,
	"figure":                           `<p>Zion National Park`,
	"get-page-desc":                    `Reports whether the given value is a Resource`,
	"glossary":                         `<h2 id="?archetype`,
	"glossary-term":                    `<p>[^\n]*<em>`,
	"highlight":                        `<code class="?language-go"?>(package main|fmt\.Println)`,
	"hl":                               `some <code class="?language-go"?>fmt\.Println`,
	"img":                              `<img [^>]*loading="?lazy`,
	"include":                          `<(p|li|td)\b`,
	"instagram":                        `https://www\.instagram\.com/p/`,
	"module-mounts-note":               `better made with <a href="?/configuration/module/#mounts`,
	"new-in":                           `class="?badge"? href`,
	"newtemplatesystem":                `found in another way since v0\.146\.0`,
	"param":                            `v0\.158\.0`,
	"per-lang-config-keys":             `<ul class="?keys`,
	"qr":                               `<svg`,
	"quick-reference":                  `<h2 id="?(collections|menu-entry)"?[ >]`,
	"render-list-of-pages-in-section":  `<li><a href="?/[a-z/-]+"?><code>`,
	"render-table-of-pages-in-section": `<td[^>]*><a href="?/methods/resource/`,
	"root-configuration-keys":          `configuration keys are <code>`,
	"syntax-highlighting-styles":       `<h3 id="?monokai`,
	"syntax-highlighting-styles-light-with-counterpart": `<a href="?#monokai`,
	"vimeo":   `player\.vimeo\.com`,
	"x":       `https://x\.com/SanDiegoZoo`,
	"youtube": `youtube-nocookie\.com/embed`,
}

var hugoDocsParts = map[string]int{
	`href="?g[" >]`: 0, // links to the glossary are resolved
	`<a href="?/quick-reference/glossary/#[^>]* class="?term`: 850,
	`<a class="?anchor`:                   1700, // headings
	`class="?alert-title`:                 350,
	`<figure class="?code`:                340,
	`<figure class="?drawing`:             6,
	`<pre class="?tree`:                   140,
	`<div class="?scroll"? role="?region`: 220, // tables
	`<img [^>]*loading="?lazy`:            85,
	`role="?math`:                         7,
	`aria-current`:                        790, // menus and breadcrumbs
	`rel="?tag`:                           20,
	`id="?related-pages`:                  15,
	`<form role="?search`:                 790,
}

var letsencryptParts = map[string]int{
	`<a [^>]*hreflang=`:                   30000,
	`<html lang="?[a-zA-Z-]+"? dir="?rtl`: 40,
	`<div lang="?en-US`:                   470, // pages that show the English text
	`<nav class="?pager`:                  7,
	`aria-current`:                        1300,
	`rel="?author`:                        120,
	`<figcaption>ASN\.1`:                  400, // code blocks of one language
	`<form role="?search`:                 1300,
}

var letsencryptMarkers = map[string]string{
	"ct_logs":           `<table|<ul>\s*<li>`,
	"def":               `<h2 id="?def-`,
	"docs_index":        `<ul class="?docs-index`,
	"double_donation":   `name="?employer`,
	"i18n_status":       `<table class="?status`,
	"link":              `<a href="?/[a-z/-]*stats`,
	"newsletter-inline": `name="?email`,
	"plotly":            `role="?note`,
	"renderglossary":    `<h2 id="?def-ACME`,
}

var (
	callTag    = regexp.MustCompile(`\{\{[<%]\s*([A-Za-z][\w.-]*)(?:\s+"?([^\s">]*))?`)
	escapedTag = regexp.MustCompile(`(?s)\{\{([<%])/\*(.*?)\*/([>%])\}\}`)
	htmlTag    = regexp.MustCompile(`(?s)<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|</?[A-Za-z](?:"[^"]*"|'[^']*'|[^'">])*>`)
	squeeze    = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", " ", "", "\u00a0", "", "\t", "", "\n", "", "\r", "")
)

// shownText is what a reader sees of HTML, without white space and with straight quotes.
func shownText(b []byte) string {
	return squeeze.Replace(html.UnescapeString(string(htmlTag.ReplaceAll(b, nil))))
}

// shortcodes are those that a text has, and the texts that it includes.
type shortcodes struct {
	calls    map[string]int // by name
	escaped  map[string]int // by what is shown
	included []*jam.Page
}

func (s *shortcodes) read(t *testing.T, p *jam.Page) {
	source := p.RawContent()
	for _, m := range escapedTag.FindAllStringSubmatch(source, -1) {
		s.escaped[squeeze.Replace("{{"+m[1]+m[2]+m[3]+"}}")]++
	}
	for _, m := range callTag.FindAllStringSubmatch(source, -1) {
		s.calls[m[1]]++
		if !p.HasShortcode(m[1]) {
			t.Errorf("%s: the shortcode %s is not known to be there", p.File(), m[1])
		}
		if m[1] == "include" {
			included := p.Site().GetPage(m[2])
			if included == nil {
				t.Fatalf("%s: no page %q", p.File(), m[2])
			}
			s.included = append(s.included, included)
			s.read(t, included)
		}
	}
	if p.Params()["untranslated"] != nil {
		s.read(t, p.Site().In("en").GetPage(p.Path()))
	}
}

// checkShortcodes looks for the output of each call, and for each shortcode that is shown as it is
// written, in the page's file; and for others that are.
func (b *realSite) checkShortcodes(t *testing.T, markers map[string]string) (calls, escaped int) {
	t.Helper()
	patterns := make(map[string]*regexp.Regexp)
	for name, p := range markers {
		patterns[name] = regexp.MustCompile(p)
	}
	total := shortcodes{calls: map[string]int{}, escaped: map[string]int{}}
	for _, p := range b.pages() {
		s := shortcodes{calls: map[string]int{}, escaped: map[string]int{}}
		s.read(t, p)
		file := b.files[outputFile(p.RelPermalink())]
		for name, n := range s.calls {
			total.calls[name] += n
			if patterns[name] == nil {
				t.Errorf("%s: what does %s write?", p.File(), name)
			} else if have := len(patterns[name].FindAll(file, -1)); have < n {
				t.Errorf("%s: %d times the output of %s, want %d", p.RelPermalink(), have, name, n)
			}
		}
		shown := shownText(file)
		for _, other := range s.included {
			if whole := squeeze.Replace(other.Plain()); whole == "" || !strings.Contains(shown, whole) {
				t.Errorf("%s: does not have the text of %s, which begins with %.60q", p.RelPermalink(), other.File(), whole)
			}
		}
		for code, n := range s.escaped {
			total.escaped[code] += n
			if have := strings.Count(shown, code); have < n {
				t.Errorf("%s: shows %s %d times, want %d", p.RelPermalink(), code, have, n)
			}
		}
		for code := range s.escaped {
			shown = strings.ReplaceAll(shown, code, "")
		}
		for _, rest := range []string{"{{<", "{{%", "{{&lt;", ">}}", "%}}"} {
			if i := strings.Index(shown, rest); i >= 0 {
				t.Errorf("%s: shows %q", p.RelPermalink(), shown[max(0, i-40):min(len(shown), i+40)])
			}
		}
	}
	for name := range markers {
		if total.calls[name] == 0 {
			t.Errorf("no page calls %s", name)
		}
		calls += total.calls[name]
	}
	for _, n := range total.escaped {
		escaped += n
	}
	t.Logf("calls of shortcodes: %v", total.calls)
	return calls, escaped
}

// checkParts looks for what hooks, menus, taxonomies and languages make.
func (b *realSite) checkParts(t *testing.T, parts map[string]int) {
	t.Helper()
	names := b.html()
	for pattern, want := range parts {
		re := regexp.MustCompile(pattern)
		n := 0
		for _, name := range names {
			n += len(re.FindAll(b.files[name], -1))
		}
		if n < want || want == 0 && n > 0 {
			t.Errorf("%d times %s, want %d", n, pattern, want)
		}
	}
}

// checkFeeds checks feeds and sitemaps by the rules of their specifications.
func (b *realSite) checkFeeds(t *testing.T) {
	t.Helper()
	checks := map[string]func(b []byte, self string) []feedrules.Problem{
		"index.xml": feedrules.RSS, "atom.xml": feedrules.Atom, "feed.json": feedrules.JSONFeed, "sitemap.xml": feedrules.Sitemap,
		"robots.txt": func(b []byte, _ string) []feedrules.Problem { return feedrules.Robots(b) },
		"llms.txt":   func(b []byte, _ string) []feedrules.Problem { return feedrules.LLMs(b) },
	}
	found := make(map[string]int)
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		check := checks[path.Base(name)]
		if check == nil {
			continue
		}
		found[path.Base(name)]++
		for _, p := range check(b.files[name], b.base+name) {
			t.Errorf("%s: %v", name, p)
		}
	}
	for _, f := range b.site.Home().OutputFormats() {
		name := path.Base(f.RelPermalink())
		if checks[name] != nil && found[name] == 0 {
			t.Errorf("no file %s", name)
		}
	}
	for _, p := range feedrules.Alternates([][]byte{b.files["sitemap.xml"]})[0] {
		t.Errorf("sitemap.xml: %v", p)
	}
}

// checkHeads checks the head tags of the pages of each kind, the first and the last in each language.
func (b *realSite) checkHeads(t *testing.T) {
	t.Helper()
	last := make(map[string]*jam.Page)
	checked := 0
	check := func(p *jam.Page) {
		name := outputFile(p.RelPermalink())
		for _, problem := range headrules.Check(string(b.files[name]), headrules.Options{}) {
			t.Errorf("%s: %v", name, problem)
		}
		checked++
	}
	for _, p := range b.site.AllPages() {
		if p.RelPermalink() == "" || p.Layout() == "blank" {
			continue
		}
		key := p.Lang() + " " + p.Kind()
		if last[key] == nil {
			check(p)
		}
		last[key] = p
	}
	for _, key := range slices.Sorted(maps.Keys(last)) {
		check(last[key])
	}
	if checked < 10 {
		t.Errorf("%d heads checked", checked)
	}
}
