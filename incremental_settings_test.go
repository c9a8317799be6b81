package jam_test

import (
	"slices"
	"testing"

	"github.com/jam-go/jam"
)

// settingCases are edits of the configuration that a cache outlives. Each changes files.
var settingCases = []kindCase{
	{kind: "Languages", home: `{{ site.Language.Name }}`, config: language(jam.Language{Name: "x"})},
	{kind: "Languages", home: `{{ (site.In "de").LanguagePrefix }}`, config: func(c *jam.Config, edited bool) {
		c.Languages = []jam.Language{{Code: "en"}, {Code: "de", Path: onlyIf(edited, "x")}}
	}},
	{kind: "Languages", home: `{{ relLangURL "y" }}`, config: language(jam.Language{Path: "x"})},
	{kind: "Languages", home: `{{ range site.Languages }}{{ .Title }}{{ end }}`, config: language(jam.Language{Title: "x"})},
	{kind: "Languages", home: `{{ range site.Menus.main }}{{ .Name }}{{ end }}`, config: language(jam.Language{Menus: map[string][]jam.MenuEntry{"main": {{Name: "x", URL: "/"}}}})},
	{kind: "Taxonomies", home: `{{ range $name, $t := site.Taxonomies }}{{ $name }}{{ end }}`, before: "-- content/a.md --\n---\ntags: [x]\ncolors: [y]\n---\n", config: taxonomies},
	{kind: "Taxonomies", home: `{{ site.Language.Taxonomies }}`, config: taxonomies},
	{kind: "Taxonomies", home: `{{ with (site.GetPage "/a").Params.colors }}{{ printf "%T" . }}{{ end }}`, before: "-- content/a.md --\n---\ncolors: [y]\n---\n", config: taxonomies},
	{kind: "Taxonomies", home: `{{ (site.GetPage "/a").Terms "colors" }}`, before: "-- content/a.md --\n---\ncolors: [y]\n---\n", config: taxonomies},
	{kind: "Drafts", home: `{{ range site.RegularPages }}{{ .Path }}{{ end }}`, before: front("draft: true"), config: func(c *jam.Config, edited bool) { c.Drafts = edited }},
	{kind: "Drafts", home: `{{ site.BuildDrafts }}`, config: func(c *jam.Config, edited bool) { c.Drafts = edited }},
	{kind: "Sitemap", home: `x`, config: func(c *jam.Config, edited bool) {
		c.BaseURL, c.Sitemap.ChangeFreq = "https://example.org/", onlyIf(edited, "daily")
	}},
	{kind: "Sitemap", home: `x`, config: func(c *jam.Config, edited bool) {
		c.BaseURL, c.Outputs = "https://example.org/", map[string][]string{"home": {"html", "sitemap", "robots"}}
		c.Sitemap.Filename = onlyIf(edited, "map.xml")
	}},
	{kind: "Sitemap", home: `x`, before: "-- static/map.xml --\n<a></a>\n", config: func(c *jam.Config, edited bool) {
		c.BaseURL, c.Outputs, c.Sitemap.Filename = "https://example.org/", map[string][]string{"home": {"html", "robots"}}, onlyIf(edited, "map.xml")
	}},
	{kind: "Feed", home: `x`, before: "-- content/a.md --\n---\ndate: 2025-01-01\n---\nfirst\n\n<!--more-->\n\nlast\n", config: func(c *jam.Config, edited bool) {
		c.BaseURL, c.Feed.Full = "https://example.org/", edited
	}},
	{kind: "Feed", home: `{{ site.Config.Services.RSS.Limit }}`, config: func(c *jam.Config, edited bool) {
		if edited {
			c.Feed.Limit = 3
		}
	}},
	{kind: "BaseURL", home: `{{ range site.RegularPages }}{{ .Permalink }}{{ end }}`, before: "-- content/a.md --\n", config: func(c *jam.Config, edited bool) {
		c.BaseURL = "https://example.org/"
		if edited {
			c.BaseURL = "https://example.com/"
		}
	}},
	{kind: "BaseURL", home: `{{ range site.RegularPages }}{{ .RelPermalink }}{{ end }}`, before: "-- content/a.md --\n", config: subPath},
	{kind: "BaseURL", home: `{{ relURL "x" }}`, config: subPath},
	{kind: "BaseURL", home: `{{ absURL "x" }}`, config: subPath},
	{kind: "BaseURL", home: `{{ site.BaseURL }}`, config: subPath},
	{kind: "BaseURL", home: `{{ (site.GetPage "/a").Content }}`, before: "-- content/a.md --\n[x](/x.txt)\n-- static/x.txt --\nx\n", config: subPath},
	{kind: "BaseURL", home: `{{ range site.Menus.main }}{{ .URL }}{{ end }}`, config: func(c *jam.Config, edited bool) {
		c.Menus = map[string][]jam.MenuEntry{"main": {{Name: "x", URL: "/x"}}}
		subPath(c, edited)
	}},
	{kind: "BaseURL", home: `{{ head . }}`, config: subPath},
	{kind: "Outputs", home: `{{ range .OutputFormats }}{{ .Name }}{{ end }}`, config: func(c *jam.Config, edited bool) {
		c.Outputs = map[string][]string{"home": {"html", "json"}}
		if edited {
			c.Outputs["home"] = append(c.Outputs["home"], "txt")
		}
	}},
	{kind: "Outputs", home: `{{ range (site.GetPage "/a").OutputFormats }}{{ .Name }}{{ end }}`, before: "-- content/a.md --\n---\nurl: /a.txt\n---\n", config: func(c *jam.Config, edited bool) {
		c.Outputs = map[string][]string{"page": {"txt"}}
		if edited {
			c.Outputs["page"] = []string{"html"}
		}
	}},
	{kind: "Outputs", home: `{{ searchForm }}`, before: "-- content/a.md --\n", config: func(c *jam.Config, edited bool) {
		if edited {
			c.Outputs = map[string][]string{"home": {"html", "search"}}
		}
	}},
	{kind: "Title", home: `{{ site.Title }}`, config: func(c *jam.Config, edited bool) { c.Title = onlyIf(edited, "x") }},
	{kind: "Title", home: `{{ site.Language.Title }}`, config: func(c *jam.Config, edited bool) { c.Title = onlyIf(edited, "x") }},
	{kind: "Params", home: `{{ site.Params.x }}`, config: param},
	{kind: "Params", home: `{{ site.Language.Params.x }}`, config: param},
	{kind: "Params", home: `{{ jsonify site.Language.Params }}`, config: param},
	{kind: "Params", home: `{{ jsonify site.Language }}`, config: param},
	{kind: "Params", home: `{{ range site.Languages }}{{ .Params.x }}{{ end }}`, config: param},
	{kind: "Params", home: `{{ site.Language.Params.mainSections }}`, before: "-- content/s/a.md --\n", config: func(c *jam.Config, edited bool) {
		c.Params = map[string]any{"y": 1}
		if edited {
			c.Params["mainSections"] = []string{"s"}
		}
	}},
	{kind: "Copyright", home: `{{ site.Copyright }}`, config: func(c *jam.Config, edited bool) { c.Copyright = onlyIf(edited, "x") }},
	{kind: "Menus", home: `{{ range site.Menus.main }}{{ .Name }}{{ end }}`, config: func(c *jam.Config, edited bool) {
		c.Menus = map[string][]jam.MenuEntry{"main": {{Name: "x" + onlyIf(edited, "y"), URL: "/"}}}
	}},
	{kind: "SectionMenu", home: `{{ range site.Menus.main }}{{ .Name }}{{ end }}`, before: "-- content/s/a.md --\n", config: func(c *jam.Config, edited bool) { c.SectionMenu = onlyIf(edited, "main") }},
	{kind: "Permalinks", home: `{{ range site.RegularPages }}{{ .RelPermalink }}{{ end }}`, before: "-- content/s/a.md --\n", config: func(c *jam.Config, edited bool) {
		c.Permalinks = map[string]string{"s": onlyIf(edited, "/p/:slug/")}
	}},
	{kind: "Permalink", home: `{{ range site.RegularPages }}{{ .RelPermalink }}{{ end }}`, before: "-- content/s/a.md --\n", config: func(c *jam.Config, edited bool) {
		c.Permalink = func(p *jam.Page) string { return onlyIf(edited && p.Path() == "/s/a", "/b/") }
	}},
	{kind: "UglyURLs", home: `{{ range site.RegularPages }}{{ .RelPermalink }}{{ end }}`, before: "-- content/a.md --\n", config: func(c *jam.Config, edited bool) { c.UglyURLs = edited }},
	{kind: "Redirects", home: `{{ range site.Redirects }}{{ .From }}{{ .To }}{{ end }}`, config: redirect},
	{kind: "NoRedirectFiles", home: `{{ site.Files }}`, config: func(c *jam.Config, edited bool) {
		redirect(c, true)
		c.NoRedirectFiles = edited
	}},
	{kind: "Pagination", home: `{{ (site.GetPage "/s").Paginator.TotalPages }}`, before: "-- content/s/a.md --\n-- content/s/b.md --\n", config: func(c *jam.Config, edited bool) {
		c.Pagination = map[string]jam.Pagination{"section": {Size: 5}}
		if edited {
			c.Pagination["section"] = jam.Pagination{Size: 1}
		}
	}},
	{kind: "Pagination", home: `{{ range (site.GetPage "/s").Paginator.Pages }}{{ .Path }}{{ end }}`, before: "-- content/s/a.md --\n-- content/s/t/_index.md --\n", config: func(c *jam.Config, edited bool) {
		c.Pagination = map[string]jam.Pagination{"section": {Size: 5, Of: "regular"}}
		if edited {
			c.Pagination["section"] = jam.Pagination{Size: 5, Of: "pages"}
		}
	}},
	{kind: "Related", home: `{{ range (site.GetPage "/a").Related }}{{ .Path }}{{ end }}`, before: "-- content/a.md --\n---\ntags: [x]\ncolor: red\n---\n-- content/b.md --\n---\ncolor: red\n---\n", config: func(c *jam.Config, edited bool) {
		if edited {
			c.Related.Indices = []jam.RelatedIndex{{Name: "color", Weight: 10}}
		}
	}},
	{kind: "Cascade", home: `{{ range site.RegularPages }}{{ .Params.x }}{{ end }}`, before: "-- content/a.md --\n", config: func(c *jam.Config, edited bool) {
		c.Cascade = []jam.Cascade{{Values: map[string]any{"x": edited}}}
	}},
	{kind: "FrontMatterKeys", home: `{{ range site.RegularPages }}{{ .LinkTitle }}{{ end }}`, before: front("headline: x"), config: headline},
	{kind: "FrontMatterKeys", home: `{{ range site.RegularPages }}{{ printf "%T" .Params.day }}{{ end }}`, before: front("day: [1]\ntags: x"), config: func(c *jam.Config, edited bool) {
		c.FrontMatterKeys = map[string]string{"day": "keywords"}
		if !edited {
			c.FrontMatterKeys = nil
		}
		c.Taxonomies = []string{"tags" + onlyIf(edited, "x"), "day" + onlyIf(!edited, "x")}
	}},
	{kind: "FileNameDates", home: `{{ range site.RegularPages }}{{ .Date }}{{ end }}`, before: "-- content/2025-01-01-a.md --\n", config: func(c *jam.Config, edited bool) { c.FileNameDates = edited }},
	{kind: "NoBundles", home: `{{ range site.RegularPages }}{{ .Path }}{{ end }}`, before: "-- content/a/index.md --\nx\n-- content/a/b.md --\ny\n", config: func(c *jam.Config, edited bool) { c.NoBundles = edited }},
	{kind: "Ignore", home: `{{ range site.RegularPages }}{{ .Path }}{{ end }}`, before: "-- content/a.md --\n-- content/b.md --\n", config: func(c *jam.Config, edited bool) {
		if edited {
			c.Ignore = []string{"b.md"}
		}
	}},
	{kind: "Ignore", home: `{{ len site.Data }}`, before: "-- data/a.yaml --\nx: 1\n-- data/b.yaml --\nx: 1\n", config: func(c *jam.Config, edited bool) {
		if edited {
			c.Ignore = []string{"b.yaml"}
		}
	}},
	{kind: "Future", home: `{{ range site.RegularPages }}{{ .Path }}{{ end }}`, before: front("date: 2030-01-01"), config: func(c *jam.Config, edited bool) { c.Future = edited }},
	{kind: "Expired", home: `{{ range site.RegularPages }}{{ .Path }}{{ end }}`, before: front("expiryDate: 2020-01-01"), config: func(c *jam.Config, edited bool) { c.Expired = edited }},
}

func onlyIf(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

func subPath(c *jam.Config, edited bool) {
	c.BaseURL = "https://example.org/" + onlyIf(edited, "sub/")
}

func param(c *jam.Config, edited bool) {
	if edited {
		c.Params = map[string]any{"x": "y"}
	}
}

func redirect(c *jam.Config, edited bool) {
	if edited {
		c.Redirects = []jam.Redirect{{From: "/from/", To: "/"}}
	}
}

func headline(c *jam.Config, edited bool) {
	if edited {
		c.FrontMatterKeys = map[string]string{"headline": "linkTitle"}
	}
}

func taxonomies(c *jam.Config, edited bool) {
	c.Taxonomies = []string{"tags"}
	if edited {
		c.Taxonomies = []string{"tags", "colors"}
	}
}

func language(l jam.Language) func(*jam.Config, bool) {
	return func(c *jam.Config, edited bool) {
		c.Languages = []jam.Language{{Code: "en"}}
		if edited {
			l.Code = "en"
			c.Languages[0] = l
		}
	}
}

// TestEachSetting edits each setting of which a cache need not be thrown away: a build after it is as a clean one. When it is not seen
// that a setting is read, it is not.
func TestEachSetting(t *testing.T) {
	tried, needed := make(map[string]bool), make(map[string]bool)
	for i, k := range settingCases {
		tried[k.kind] = true
		made, clean := k.build(t, func(*jam.Config) {})
		if made != clean {
			t.Errorf("%s, %d: have\n%s\nwant\n%s", k.kind, i, made, clean)
		}
		before := k
		before.config = func(c *jam.Config, _ bool) { k.config(c, false) }
		if _, old := before.build(t, func(*jam.Config) {}); old == clean {
			t.Errorf("%s, %d: it makes no difference", k.kind, i)
		}
		for name, blind := range jam.BlindToSettings() {
			if !needed[name] {
				made, clean := k.build(t, blind)
				needed[name] = made != clean
			}
		}
	}
	for name := range jam.BlindToSettings() {
		if !needed[name] {
			t.Errorf("no case needs that the %s is seen", name)
		}
	}
	for _, name := range jam.SeenSettings() {
		others := []string{"Sources", "Generators", "Now", "Workers", "Memory", "Progress", "Logger", "Cache", "Strict"} // of which other tests are
		if !tried[name] && !slices.Contains(others, name) {
			t.Errorf("no case edits %s", name)
		}
	}
}
