package sitegen

import (
	"path"
	"strings"
)

// key is a key of front matter, how often pages have it, and what it may be.
type key struct {
	name  string
	often int // once in so many pages
	value func(s *Site, file string) any
}

// keys are those of all pages. Values that come from the name of the file keep pages from
// taking each other's places; now and then one does.
var keys = []key{
	{"title", 1, func(s *Site, _ string) any { return s.phrase(1, 4) }},
	{"date", 2, func(s *Site, _ string) any { return date(pick(s, dates...)) }},
	{"tags", 2, func(s *Site, _ string) any { return list(s.some(s.between(0, 3), tags)) }},
	{"weight", 4, func(s *Site, _ string) any { return s.between(-1, 5) }},
	{"linkTitle", 5, func(s *Site, _ string) any { return s.phrase(1, 2) }},
	{"description", 4, func(s *Site, _ string) any { return s.phrase(2, 6) }},
	{"summary", 8, func(s *Site, _ string) any { return s.phrase(2, 6) + " *strong*" }},
	{"lastmod", 6, func(s *Site, _ string) any { return date(pick(s, dates...)) }},
	{"publishDate", 12, func(s *Site, _ string) any {
		return date(pick(s, "2025-01-01", "2026-05-31", "2026-05-31", "2027-01-01"))
	}},
	{"expiryDate", 12, func(s *Site, _ string) any {
		return date(pick(s, "2030-01-01", "2031-05-05", "2030-01-01", "2020-01-01"))
	}},
	{"draft", 12, func(s *Site, _ string) any { return s.chance(3) }},
	{"slug", 10, func(s *Site, file string) any { return "s-" + path.Base(logical(file)) }},
	{"url", 20, func(s *Site, file string) any {
		name := "u-" + strings.ReplaceAll(strings.Trim(logical(file), "/"), "/", "-")
		return pick(s, "/custom/"+name+"/", name+".html", "/"+name)
	}},
	{"aliases", 10, func(s *Site, file string) any {
		name := strings.ReplaceAll(strings.Trim(logical(file), "/"), "/", "-")
		return list([]string{"/old/" + name + "/", "was-" + name + ".html"}[:s.between(1, 2)])
	}},
	{"layout", 15, func(s *Site, _ string) any { return pick(s, "wide", "plain", "absent") }},
	{"type", 15, func(s *Site, _ string) any { return pick(s, "special", "posts", "news") }},
	{"outputs", 12, func(s *Site, _ string) any {
		return list(pick(s, []string{"html", "json"}, []string{"html", "markdown", "txt"}, []string{"html"}, []string{"html", "card"}))
	}},
	{"menus", 8, func(s *Site, _ string) any {
		return pick[any](s, "main", list([]string{"main", "footer"}),
			map[string]any{"main": map[string]any{"weight": s.between(1, 9), "name": s.phrase(1, 2), "params": map[string]any{"icon": pick(s, colors...)}}},
			map[string]any{"main": map[string]any{"parent": "tea", "identifier": "under-" + pick(s, names...), "pre": "<i>", "post": "</i>"}})
	}},
	{"build", 15, func(s *Site, _ string) any {
		return pick(s, map[string]any{"list": pick(s, "never", "local", "always")}, map[string]any{"render": pick(s, "never", "link", "always")},
			map[string]any{"publishResources": false})
	}},
	{"sitemap", 12, func(s *Site, _ string) any {
		return pick(s, map[string]any{"priority": 0.5, "changefreq": "weekly"}, map[string]any{"disable": true})
	}},
	{"redirect", 40, func(s *Site, _ string) any { return pick(s, "/", "https://example.com/there") }},
	{"translationKey", 20, func(_ *Site, file string) any { return "key-" + path.Base(logical(file)) }},
	{"params", 4, func(s *Site, _ string) any {
		return map[string]any{"size": s.between(1, 4), "nested": map[string]any{"deep": map[string]any{"x": pick(s, colors...)}}}
	}},
	{"color", 3, func(s *Site, _ string) any { return pick(s, colors...) }},
	{"rating", 4, func(s *Site, _ string) any { return s.between(1, 5) }},
	{"banner", 10, func(s *Site, _ string) any { return pick(s, "x.png", "pic.png") }},
	{"facts", 5, func(s *Site, _ string) any {
		return map[string]any{"origin": pick(s, "Uji", "Assam"), "hot": s.chance(2), "list": []any{1, 2.5, "three"}}
	}},
	{"categories", 4, func(s *Site, _ string) any { return list(s.some(s.between(0, 2), topics)) }},
	{"tags_weight", 10, func(s *Site, _ string) any { return s.between(1, 9) }},
	{"keywords", 4, func(s *Site, _ string) any { return list(s.some(s.between(1, 3), keywords)) }},
	{"headline", 20, func(s *Site, _ string) any { return s.phrase(1, 2) }},
	{"headless", 40, func(s *Site, _ string) any { return true }},
	{"resources", 8, func(s *Site, _ string) any {
		return []any{
			map[string]any{"src": "*.png", "title": s.phrase(1, 2) + " :counter", "params": map[string]any{"by": pick(s, "Ann", "Bob")}},
			map[string]any{"src": "notes.txt", "name": pick(s, "the-notes", "notes"), "title": s.phrase(1, 2)},
		}
	}},
}

// listKeys are those of sections and the home page alone.
var listKeys = []key{
	{"cascade", 3, func(s *Site, _ string) any {
		values := pick(s, map[string]any{"banner": pick(s, colors...)}, map[string]any{"params": map[string]any{"size": s.between(5, 9), "from": "cascade"}},
			map[string]any{"color": pick(s, colors...)})
		if s.chance(2) {
			return values
		}
		values["target"] = pick(s, map[string]any{"kind": "page"}, map[string]any{"path": "/docs/**"}, map[string]any{"path": "**/" + pick(s, names...)})
		return []any{values, map[string]any{"shape": "round"}}
	}},
	{"paginate", 6, func(s *Site, _ string) any { return s.between(1, 4) }},
}

func list(words []string) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}

// keysOf returns the keys that a file may have.
func keysOf(file string) []key {
	if strings.HasPrefix(path.Base(file), "_index.") {
		return append(append([]key{}, keys...), listKeys...)
	}
	return keys
}

// makeDocument makes a document for a file.
func (s *Site) makeDocument(file string) *document {
	d := &document{format: pick(s, "yaml", "yaml", "toml", "json"), crlf: s.chance(40)}
	for _, k := range keysOf(file) {
		// A page whose pattern of URLs has dates needs one.
		if s.chance(k.often) || k.name == "date" && isNews(file) {
			d.keys = append(d.keys, pair{k.name, k.value(s, file)})
		}
	}
	if s.chance(25) && !isNews(file) {
		d.format, d.keys = "", nil // the title is the first heading
		d.blocks = append(d.blocks, "# "+s.phrase(1, 3))
	}
	for range s.between(0, 6) {
		d.blocks = append(d.blocks, s.block(file))
	}
	if s.chance(4) && len(d.blocks) > 1 {
		d.blocks = append(d.blocks[:1], append([]string{"<!--more-->"}, d.blocks[1:]...)...)
	}
	return d
}
