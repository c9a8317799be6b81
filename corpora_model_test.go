package jam_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/jam-go/jam"
)

// TestCorporaAsTheirOwn loads real sites with the configuration that their own generators
// have, and expects as many pages as these make of them: Hugo 0.165 and Jekyll 4.3.1 as they
// were run on the same trees, and Zola by its rules.
func TestCorporaAsTheirOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	root := corpora(t)
	zola := map[string]string{"path": "url", "template": "layout", "redirect_to": "redirect", "render": "build"}
	for _, tt := range []struct {
		tree  string
		cfg   jam.Config
		pages int // HTML files, 404 pages and pagers included, redirects not
	}{
		{"hugoDocs", jam.Config{ContentDir: "content/en", Taxonomies: []string{"categories"}, NoRedirectFiles: true}, 785},
		{"letsencrypt", letsencrypt(t, filepath.Join(root, "letsencrypt")), 1332},
		{"jekyll-docs/docs", jekyll(t, filepath.Join(root, "jekyll-docs", "docs")), 198 - 2}, // two are redirects
		{"rust-blog", jam.Config{Taxonomies: []string{}, FrontMatterKeys: zola}, 742 + 1},    // one is an asset
		{"zola-docs/docs", jam.Config{Taxonomies: []string{"theme-tags"}, FrontMatterKeys: zola}, 207},
		{"zola-docs/test_site_i18n", jam.Config{FrontMatterKeys: zola, Languages: []jam.Language{
			{Code: "en", Taxonomies: []string{"authors", "tags"}},
			{Code: "fr", Taxonomies: []string{"auteurs", "tags"}}, {Code: "it", Taxonomies: []string{}}}}, 26 + 2}, // and two 404 pages
	} {
		t.Run(strings.ReplaceAll(tt.tree, "/", "_"), func(t *testing.T) {
			cfg := tt.cfg
			cfg.Now, cfg.Renderer, cfg.Markdown.KeepShortcodes = later, everyKind(t), true
			site, err := jam.Load(t.Context(), os.DirFS(filepath.Join(root, tt.tree)), &cfg)
			if err != nil {
				t.Fatal(err)
			}
			redirects := make(map[string]bool)
			for _, r := range site.Redirects() {
				file := strings.TrimPrefix(r.From, "/")
				if file == "" || strings.HasSuffix(file, "/") {
					file += "index.html"
				}
				redirects[file] = true
			}
			pages := slices.DeleteFunc(site.Files(), func(f string) bool { return redirects[f] || !strings.HasSuffix(f, ".html") })
			if len(pages) != tt.pages {
				t.Errorf("%d pages, want %d", len(pages), tt.pages)
			}
		})
	}
}

// TestCorporaLanguages shows that nothing is lost between the languages of a real site.
func TestCorporaLanguages(t *testing.T) {
	dir := filepath.Join(corpora(t), "letsencrypt")
	cfg := letsencrypt(t, dir)
	cfg.Now, cfg.Renderer, cfg.Markdown.KeepShortcodes = later, everyKind(t), true
	site, err := jam.Load(t.Context(), os.DirFS(dir), &cfg)
	if err != nil {
		t.Fatal(err)
	}
	var ids map[string]any
	decodeTOML(t, filepath.Join(dir, "i18n", "en.toml"), &ids)
	if len(site.Sites()) != 28 || len(ids) < 200 {
		t.Fatalf("%d languages, %d messages", len(site.Sites()), len(ids))
	}
	for _, s := range site.Sites() {
		for id := range ids {
			if text, err := s.Translate(id); err != nil || text == "" {
				t.Errorf("%s: message %s: %q, %v", s.Language(), id, text, err)
			}
		}
		home := s.Home()
		if len(home.AllTranslations()) != 28 || len(s.Sections()) == 0 || len(s.Menus()["main"]) == 0 {
			t.Errorf("%s: %d translations of the home page, sections %v, menu %v",
				s.Language(), len(home.AllTranslations()), s.Sections(), s.Menus()["main"])
		}
		want := "/" + s.Language().Code + "/"
		if s.Language().IsDefault() {
			want = "/"
		}
		if home.RelPermalink() != want {
			t.Errorf("%s: the home page is at %s", s.Language(), home.RelPermalink())
		}
		for _, p := range s.Pages() {
			if p.Language().Code != s.Language().Code || !strings.HasPrefix(p.RelPermalink(), want) {
				t.Errorf("%s has the page %s of %s", s.Language(), p.RelPermalink(), p.Language())
			}
		}
	}
}

// letsencrypt returns the configuration that the site's files for Hugo have.
func letsencrypt(t *testing.T, dir string) jam.Config {
	t.Helper()
	cfg := jam.Config{Language: "en", Taxonomies: []string{}, Permalinks: map[string]string{"post": "/:year/:month/:day/:slug.html"}}
	files, err := filepath.Glob(filepath.Join(dir, "config", "_default", "languages.*.toml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no languages", err)
	}
	weights := make(map[string]int)
	for _, name := range files {
		code := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "languages."), ".toml")
		var l struct {
			Title, ContentDir, Label, Locale string
			Weight                           int
			Params                           map[string]any
		}
		decodeTOML(t, name, &l)
		var menus map[string][]jam.MenuEntry
		decodeTOML(t, filepath.Join(filepath.Dir(name), "menu."+code+".toml"), &menus)
		cfg.Languages = append(cfg.Languages, jam.Language{Code: code, Locale: l.Locale, Name: l.Label, Title: l.Title,
			Params: l.Params, ContentDir: l.ContentDir, Menus: menus})
		weights[code] = l.Weight
	}
	slices.SortStableFunc(cfg.Languages, func(a, b jam.Language) int { return weights[a.Code] - weights[b.Code] })
	return cfg
}

// jekyll returns the configuration that the site's _config.yml and Jekyll's defaults have.
func jekyll(t *testing.T, dir string) jam.Config {
	t.Helper()
	loc, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Skip("no time zones:", err)
	}
	// The date of this post is "2023-01-29 18:30:22 2023 -0800", which Jekyll makes something of.
	const odd = "2023-01-29-jekyll-3-9-3-released.markdown"
	post, err := os.ReadFile(filepath.Join(dir, "_posts", odd))
	if err != nil {
		t.Fatal(err)
	}
	source := func(name string) jam.Source { return jam.FS(os.DirFS(filepath.Join(dir, name))) }
	return jam.Config{
		Sources: []jam.Source{jam.Mount("docs", source("_docs")), jam.Mount("tutorials", source("_tutorials")),
			jam.Mount("news", source("_posts")), source("pages"),
			jam.Documents(&jam.Document{Path: "news/" + odd, Body: bytes.Replace(post, []byte(" 2023 -"), []byte(" -"), 1)})},
		Location: loc, Future: true, NoBundles: true, FileNameDates: true, Taxonomies: []string{},
		FrontMatterKeys: map[string]string{"permalink": "url", "redirect_from": "aliases", "redirect_to": "redirect"},
		Cascade:         []jam.Cascade{{Path: "{/redirects,/news}", Kind: "section", Values: map[string]any{"build": false}}},
		Permalink: func(p *jam.Page) string { // Jekyll turns dates into the site's time zone
			if p.Section() != "news" {
				return ""
			}
			return p.Date().In(loc).Format("news/2006/01/02/") + p.Slug() + "/"
		},
	}
}

func decodeTOML(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err == nil {
		err = toml.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// later is when the other generators were run: some pages have expired by then.
func later() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// everyKind has a layout for each kind of page.
func everyKind(t *testing.T) jam.Renderer {
	t.Helper()
	r, err := jam.Templates(fstest.MapFS{"all.html": {Data: []byte("{{ .Title }}")}, "404.html": {Data: []byte("{{ .Title }}")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
