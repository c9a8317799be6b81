package sitegen

import (
	"encoding/json"
	"strings"
)

// Config says what of Go a site has besides its tree, in the file [ConfigFile], whose other keys are
// those of the configuration.
type Config struct {
	Shortcodes, Hooks, Formats, Collection, Funcs, Renderer, Source, Generator bool
}

func (s *Site) makeConfig() {
	s.config = map[string]any{"Title": s.phrase(1, 3), "Go": map[string]any{"Shortcodes": true, "Funcs": true, "Formats": true}}
	if len(s.langs) > 1 {
		var langs []any
		for _, code := range s.langs {
			l := map[string]any{"Code": code, "Name": "Language " + code}
			if s.folders && code != s.langs[0] {
				l["ContentDir"] = strings.TrimSuffix(langFolder(code), "/")
			}
			if s.chance(2) {
				l["Title"] = s.phrase(1, 2)
				l["Params"] = map[string]any{"color": "of " + code}
			}
			langs = append(langs, l)
		}
		s.config["Languages"] = langs
	}
	for _, o := range options {
		if s.chance(o.often) {
			s.config[o.name] = o.value(s)
		}
	}
	if s.config["BaseURL"] = "https://example.org/"; s.chance(10) {
		delete(s.config, "BaseURL")
		delete(s.config, "Outputs") // feeds need it
	}
	s.writeConfig()
}

func (s *Site) writeConfig() {
	b, err := json.MarshalIndent(s.config, "", "  ")
	if err != nil {
		panic(err) // of values that this package makes
	}
	s.files[ConfigFile] = string(b)
}

// option is a field of the configuration, how often sites have it, and what it may be.
type option struct {
	name  string
	often int
	value func(s *Site) any
}

var options = []option{
	{"Params", 1, func(s *Site) any {
		p := map[string]any{"color": pick(s, colors...), "list": list(s.some(2, names)), "facts": map[string]any{"origin": "site", "deep": map[string]any{"x": s.between(1, 3)}}}
		if s.chance(4) {
			p["mainSections"] = []any{"docs"}
		}
		return p
	}},
	{"Copyright", 2, func(s *Site) any { return "© " + s.phrase(1, 2) }},
	{"Pagination", 2, func(s *Site) any {
		return pick(s, map[string]any{"/posts": map[string]any{"Size": s.between(1, 4), "Order": pick(s, "", "-date", "title", "weight", "color")}},
			map[string]any{"section": map[string]any{"Size": 2}, "term": map[string]any{"Size": s.between(1, 3)}, "home": map[string]any{"Size": 3}})
	}},
	{"Permalinks", 3, func(s *Site) any {
		return pick(s, map[string]any{"news": "/:year/:month/:slug/"}, map[string]any{"docs": "/manual/:sections/:contentbasename/"},
			map[string]any{"posts": "/p/:title-:contentbasename/", "term:tags": "/by-tag/:slug/"}, map[string]any{"section:docs": "/manual/"})
	}},
	{"Menus", 2, func(s *Site) any {
		return map[string]any{"main": []any{
			map[string]any{"Name": "Tea", "Identifier": "tea", "PageRef": "/posts", "Weight": s.between(1, 9), "Params": map[string]any{"icon": "leaf"}},
			map[string]any{"Name": "To " + s.phrase(1, 1), "URL": "https://example.com/", "Weight": s.between(1, 9)},
			map[string]any{"PageRef": "/docs", "Name": "Docs", "Parent": "tea"},
		}}
	}},
	{"SectionMenu", 3, func(s *Site) any { return pick(s, "main", "sections") }},
	{"Outputs", 2, func(s *Site) any {
		return map[string]any{
			"home":    list(pick(s, []string{"html", "rss", "json", "search", "sitemap", "llms", "robots"}, []string{"html", "atom", "jsonfeed", "sitemap"}, []string{"html"})),
			"section": list(pick(s, []string{"html", "rss"}, []string{"html", "atom", "json"}, []string{"html"})),
			"page":    list(pick(s, []string{"html"}, []string{"html", "json"}, []string{"html", "markdown"}, []string{"html", "txt"})),
			"term":    list(pick(s, []string{"html"}, []string{"html", "rss"})),
		}
	}},
	{"Related", 4, func(s *Site) any {
		return map[string]any{"Indices": []any{map[string]any{"Name": "tags", "Weight": s.between(10, 100)}, map[string]any{"Name": "color", "Weight": 50},
			map[string]any{"Name": "date", "Weight": 10, "Pattern": "2006"}}, "Threshold": pick(s, 0, 30, 80), "IncludeNewer": s.chance(2), "Limit": 5}
	}},
	{"Taxonomies", 6, func(s *Site) any {
		return pick(s, list([]string{"tags"}), list([]string{"tags", "categories", "keywords"}))
	}},
	{"Cascade", 5, func(s *Site) any {
		return []any{map[string]any{"Path": "/docs/**", "Values": map[string]any{"banner": pick(s, colors...)}},
			map[string]any{"Kind": "page", "Values": map[string]any{"shape": "square"}}}
	}},
	{"Markdown", 3, func(s *Site) any {
		m := map[string]any{}
		for _, name := range s.some(s.between(1, 3), []string{"Unsafe", "HardWraps", "Math", "Diagrams", "BlockImages", "NoTypographer", "NoAlerts", "NoFootnotes", "NoLinkify", "NoAttributes", "NoHeadingIDs",
			"NoDefinitionLists", "DefinitionIDs"}) {
			m[name] = true
		}
		if s.chance(3) {
			m["SummaryWords"] = pick(s, 5, 20)
		}
		if s.chance(3) {
			m["TOC"] = map[string]any{"Start": 2, "End": pick(s, 2, 4), "Ordered": s.chance(2)}
		}
		return m
	}},
	{"Redirects", 5, func(s *Site) any {
		return []any{map[string]any{"From": "/from/" + pick(s, names...) + "/", "To": s.pagePathFor("/posts/")}}
	}},
	{"Feed", 4, func(s *Site) any { return map[string]any{"Limit": pick(s, 2, -1), "Full": s.chance(2)} }},
	{"Sitemap", 5, func(s *Site) any {
		return pick(s, map[string]any{"Priority": 0.4, "ChangeFreq": "daily"}, map[string]any{"Filename": "map.xml"}, map[string]any{"Disable": true})
	}},
	{"UglyURLs", 10, func(s *Site) any { return true }},
	{"Drafts", 6, func(s *Site) any { return true }},
	{"Future", 6, func(s *Site) any { return true }},
	{"Expired", 6, func(s *Site) any { return true }},
	{"Ignore", 8, func(s *Site) any { return pick(s, list([]string{"**/kappa*"}), list([]string{"**/*.bin", "news/**"})) }},
	{"NoRedirectFiles", 8, func(s *Site) any { return true }},
	{"FrontMatterKeys", 8, func(s *Site) any { return map[string]any{"headline": "linkTitle", "notice": "description"} }},
	{"NoBundles", 25, func(s *Site) any { return true }},
	{"FileNameDates", 10, func(s *Site) any { return true }},
	{"Minify", 4, func(s *Site) any {
		return map[string]any{pick(s, "Disabled", "KeepHTML", "KeepCSS", "KeepQuotes", "Rewrite", "KeepWhitespace"): true}
	}},
	{"Memory", 4, func(s *Site) any { return pick(s, -1, 2000, 20000) }},
	{"Go", 1, func(s *Site) any {
		return map[string]any{"Shortcodes": true, "Funcs": true, "Formats": true, "Hooks": s.chance(4), "Collection": s.chance(4), "Renderer": s.chance(12),
			"Source": s.chance(3), "Generator": s.chance(4)}
	}},
}

// pagePathFor returns a path of the site for the configuration, which is made before the content.
func (s *Site) pagePathFor(prefix string) string { return prefix + pick(s, names...) + "/" }
