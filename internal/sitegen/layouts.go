package sitegen

import (
	"fmt"
	"strings"
)

// layout is a template: pieces of a sort, with something around them. It is not changed once it is made.
type layout struct {
	head, tail string
	sort       []string // the pieces that it may have
	pieces     []string
	level      int // of a partial, which calls only those of a higher one
}

func (l *layout) text() string { return l.head + strings.Join(l.pieces, "\n") + l.tail }

func (l *layout) withPieces(p []string) *layout {
	c := *l
	c.pieces = p
	return &c
}

// partials are the names of the partials that depend on their page; each calls only those that
// come later. Those in sitePartials are the same on all pages of a language.
var (
	pagePartials    = []string{"page-a.html", "page-b.html", "sub/page-c.html", "page-d.html"}
	sectionPartials = []string{"section-a.html", "section-b.html"}
	sitePartials    = []string{"site-a.html", "site-b.html", "sub/site-c.html"}
)

// frame is a template of a site, how often it is there, and what it is made of.
type frame struct {
	name       string
	often      int // once in so many sites
	head, tail string
	sort       []string
}

var pageAndLists = append(append([]string{}, pagePieces...), listPieces...)

var frames = []frame{
	{"baseof.html", 1, "<!doctype html><html lang=\"{{ .Language.Locale }}\"><head>{{ block \"head\" . }}<title>{{ .Title }}</title>{{ end }}</head><body>\n",
		"\n{{ block \"main\" . }}nothing{{ end }}</body></html>\n", pagePieces},
	{"posts/baseof.html", 4, "<!doctype html><html><title>{{ .Title }}</title><body class=posts>\n", "\n{{ block \"main\" . }}{{ end }}</body></html>\n", pagePieces},
	{"all.html", 1, "<main>", "</main>\n", pagePieces},
	{"home.html", 2, "{{ define \"main\" }}<main>\n", "\n</main>{{ end }}\n", pageAndLists},
	{"page.html", 2, "{{ define \"main\" }}<main>\n{{ .Content }}\n", "\n</main>{{ end }}\n", pagePieces},
	{"single.html", 4, "{{ define \"main\" }}<main>single\n", "\n</main>{{ end }}\n", pagePieces},
	{"section.html", 2, "{{ define \"main\" }}<main>\n", "\n</main>{{ end }}\n", pageAndLists},
	{"list.html", 2, "{{ define \"main\" }}<main>list\n", "\n</main>{{ end }}\n", pageAndLists},
	{"taxonomy.html", 2, "{{ define \"main\" }}<main>\n", "\n</main>{{ end }}\n", pageAndLists},
	{"term.html", 2, "{{ define \"head\" }}<title>term</title>{{ end }}{{ define \"main\" }}<main>\n", "\n</main>{{ end }}\n", pageAndLists},
	{"404.html", 2, "<main>not here\n", "\n</main>\n", pagePieces},
	{"posts/page.html", 2, "{{ define \"main\" }}<main class=post>\n{{ .Content }}", "\n</main>{{ end }}\n", pagePieces},
	{"docs/guides/page.html", 3, "<main class=guide>\n{{ .Content }}", "\n</main>\n", pagePieces},
	{"posts/section.html", 3, "<main class=posts>\n", "\n</main>\n", pageAndLists},
	{"wide.html", 2, "{{ define \"_partials/inline.html\" }}<u>{{ .Title }}</u>{{ end }}{{ define \"main\" }}<main class=wide>{{ partial \"inline.html\" . }}\n", "\n</main>{{ end }}\n", pagePieces},
	{"plain.html", 2, "<p>plain {{ .Title }}</p>\n", "\n", pagePieces},
	{"special/page.html", 2, "<p>special</p>\n", "\n", pagePieces},
	{"page.de.html", 4, "<p>deutsch</p>\n", "\n", pagePieces},
	{"_views/card.html", 1, "<b>{{ .Title }}</b>", "\n", cardPieces},
	{"posts/_views/card.html", 2, "<i>{{ .Title }}</i>", "\n", cardPieces},
	{"rss.xml", 4, "<rss version=\"2.0\"><channel><title>{{ .Title }}</title>\n", "\n</channel></rss>\n", xmlPieces},
	{"page.json", 3, "{\"title\": {{ .Title }}, \"pieces\": [\n", " 0]}\n", jsonPieces},
	{"robots.txt", 4, "User-agent: *\n", "\n", textPieces},
	{"sitemap.xml", 8, "<urlset>", "</urlset>\n", xmlPieces},
	{"_shortcodes/note.html", 1, "<aside>{{ .Inner | markdownify }}</aside>", "\n", shortcodePieces},
	{"posts/_shortcodes/note.html", 4, "<aside class=post>{{ .InnerDeindent }}</aside>", "\n", shortcodePieces},
	{"_shortcodes/md.html", 1, "_{{ .Inner }}_", "\n", nil},
	{"_shortcodes/box.html", 1, "<div title=\"{{ .Get \"title\" }}\">{{ .Inner | markdownify }}", "</div>\n", shortcodePieces},
	{"_shortcodes/key.html", 1, "<kbd>{{ .Get 0 }}</kbd>", "", nil},
	{"posts/_shortcodes/key.html", 3, "<kbd class=post>{{ .Get 0 }}</kbd>", "", shortcodePieces},
	{"_shortcodes/key.de.html", 3, "<kbd lang=de>{{ .Get 0 }}</kbd>", "", nil},
	{"_shortcodes/site-facts.html", 1, "<span>", "</span>\n", metaPieces},
	{"_shortcodes/title-of.html", 1, "{{ with .Page.GetPage (.Get 0) }}<a href=\"{{ .RelPermalink }}\">{{ .Title }} {{ .Date.Year }}</a>{{ else }}none{{ end }}", "\n", shortcodePieces},
	{"_shortcodes/words-of.html", 1, "{{ with .Site.GetPage (.Get 0) }}{{ .WordCount }} {{ .Summary }}{{ end }}", "\n", nil},
	{"_shortcodes/include.html", 1, "{{ with .Page.GetPage (.Get 0) }}{{ .RenderShortcodes }}{{ end }}", "\n", nil},
	{"_shortcodes/content-of.html", 1, "<blockquote>{{ with .Site.GetPage (.Get 0) }}{{ .Content }}{{ end }}</blockquote>", "\n", nil},
	{"_shortcodes/keep.html", 1, "{{ .Page.Store.Add \"kept\" 1 }}<i>{{ .Get 0 }} {{ .Ordinal }}</i>", "\n", shortcodePieces},
	{"_shortcodes/headings.html", 1, "<ol>{{ range .Page.Fragments.Identifiers }}<li>{{ . }}{{ end }}</ol>", "\n", nil},
	{"_shortcodes/res.html", 1, "{{ range .Page.Resources.Match (.Get 0) }}<i>{{ .Name }} {{ .Title }} {{ .RelPermalink }} {{ with .Params.by }}{{ . }}{{ end }}{{ if eq .ResourceType \"text\" }}{{ .Content }}{{ end }}</i>{{ end }}", "\n", nil},
	{"_shortcodes/list-of.html", 1, "<ul>{{ range where .Site.RegularPages \"Params.tags\" \"intersect\" (slice (.Get 0)) }}<li>{{ .Title }}{{ end }}</ul>", "\n", nil},
	{"_shortcodes/data.html", 1, "{{ index .Site.Data.settings (.Get 0) }}", "\n", shortcodePieces},
	{"_shortcodes/say.html", 1, "{{ .Page.Title }} {{ .Position }} {{ i18n \"hello\" }}", "\n", nil},
	{"_shortcodes/link.html", 1, "{{ with .Page.GetPage (.Get 0) }}<a href=\"{{ .Permalink }}\">{{ .LinkTitle }}</a>{{ end }}", "\n", nil},
	{"_markup/render-link.html", 2, "<a class=h href=\"{{ .Destination }}\"{{ with .Title }} title=\"{{ . }}\"{{ end }}>{{ .Text }}</a>", "", hookPieces},
	{"posts/_markup/render-link.html", 3, "<a class=post href=\"{{ .Destination }}\">{{ .PlainText }}</a>", "", hookPieces},
	{"_markup/render-image.html", 2, "<img src=\"{{ .Destination }}\" alt=\"{{ .PlainText }} {{ .Source }} {{ .IsBlock }}\">", "", hookPieces},
	{"_markup/render-heading.html", 2, "<h{{ .Level }} id=\"{{ .Anchor }}\">{{ .Text }}</h{{ .Level }}>", "\n", hookPieces},
	{"_markup/render-codeblock.html", 2, "<pre>{{ .Type }} {{ .Options }} {{ .Inner }}</pre>", "\n", hookPieces},
	{"_markup/render-codeblock-go.html", 3, "{{ with transform.HighlightCodeBlock . }}<div>{{ .Wrapped }}</div>{{ end }}", "\n", hookPieces},
	{"_markup/render-blockquote.html", 2, "<q>{{ .Type }} {{ .Text }}</q>", "\n", hookPieces},
	{"_markup/render-blockquote-alert-tip.html", 3, "<aside>{{ .AlertTitle }}{{ .AlertSign }} {{ .Text }}</aside>", "\n", hookPieces},
	{"_markup/render-table.html", 3, "<table>{{ len .THead }}{{ range .TBody }}<tr>{{ range . }}<td class=\"{{ .Alignment }}\">{{ .Text }}</td>{{ end }}</tr>{{ end }}</table>", "\n", hookPieces},
	{"_markup/render-passthrough.html", 3, "<var>{{ .Inner }}</var>", "", hookPieces},
}

// makeLayouts fills the folder of templates.
func (s *Site) makeLayouts() {
	for _, f := range frames {
		if s.chance(f.often) {
			s.setLayout("layouts/"+f.name, s.makeFrame(f))
		}
	}
	for i, name := range pagePartials {
		s.setLayout("layouts/_partials/"+name, s.makeLayout(&layout{head: "<div>", tail: "</div>\n", sort: partialPieces, level: i + 1}))
	}
	for i, name := range sectionPartials {
		s.setLayout("layouts/_partials/"+name, s.makeLayout(&layout{head: "<nav>", tail: "</nav>\n", sort: sectionPieces, level: i + 1}))
	}
	for i, name := range sitePartials {
		s.setLayout("layouts/_partials/"+name, s.makeLayout(&layout{head: "<nav>", tail: "</nav>\n", sort: sitePieces, level: i + 1}))
	}
	s.setLayout("layouts/_partials/count.html", &layout{sort: countPieces, pieces: []string{s.fill(pick(s, countPieces...), 0)}})
	s.setLayout("layouts/_partials/newest.html", &layout{sort: newestPieces, pieces: []string{s.fill(pick(s, newestPieces...), 0)}})
	s.setLayout("layouts/_partials/meta.html", s.makeLayout(&layout{head: "<u>", tail: "</u>\n", sort: metaPieces}))
	s.setLayout("layouts/_partials/leaf.html", &layout{head: "<u>", tail: "</u>\n", sort: leafPieces, pieces: leafPieces[:1]})
}

func (s *Site) makeFrame(f frame) *layout {
	return s.makeLayout(&layout{head: f.head, tail: f.tail, sort: f.sort})
}

func (s *Site) makeLayout(l *layout) *layout {
	if len(l.sort) == 0 {
		return l
	}
	for range s.between(min(s.dense, 2)-1, s.dense) {
		l.pieces = append(l.pieces, s.fill(pick(s, l.sort...), l.level))
	}
	return l
}

// fill puts names in place of the words in a piece that begin with @.
func (s *Site) fill(piece string, level int) string {
	for {
		before, rest, found := strings.Cut(piece, "@")
		if !found {
			return piece
		}
		n := strings.IndexFunc(rest, func(r rune) bool { return r < 'a' || r > 'z' })
		if n < 0 {
			n = len(rest)
		}
		piece = before + s.word(rest[:n], level) + rest[n:]
	}
}

func (s *Site) word(kind string, level int) string {
	switch kind {
	case "page":
		return s.pagePath()
	case "name":
		return pick(s, names...)
	case "file":
		return pick(s, append(s.documents(), "content/none.md", "static/style.css", "data/shops.yaml", "static/robots-extra.txt")...)
	case "section":
		return "/" + pick(s, sections...)
	case "top":
		return pick(s, "posts", "docs", "news", "parts")
	case "tag":
		return pick(s, tags...)
	case "term":
		return pick(s, "red", "green-tea", "blue", "go", "web", "été")
	case "topic":
		return pick(s, topics...)
	case "param":
		return pick(s, params...)
	case "simple":
		return pick(s, "color", "rating", "banner", "size", "shape", "from", "none")
	case "color":
		return pick(s, "red", "green", "blue")
	case "data":
		return pick(s, tables...)
	case "message":
		return pick(s, "hello", "more", "by", "missing")
	case "menu":
		return pick(s, "main", "footer", "sections")
	case "lang":
		return pick(s, s.langs...)
	case "date":
		return pick(s, dates...)
	case "n":
		return fmt.Sprint(s.between(1, 5))
	case "dir":
		return pick(s, "asc", "desc")
	case "order":
		return pick(s, "ByTitle", "ByDate", "ByWeight", "ByLastmod", "ByPublishDate", "ByLinkTitle", "ByExpiryDate", "ByDefault", "ByDate.Reverse")
	case "field":
		return pick(s, "Title", "Date", "Weight", "Params.color", "Section", "Lastmod", "RelPermalink", "Type", "LinkTitle")
	case "op":
		return pick(s, "=", "==", "eq", "!=", "ne")
	case "compare":
		return pick(s, ">", ">=", "<", "<=", "gt", "ge", "lt", "le", "eq")
	case "text":
		return strings.NewReplacer(`"`, "", "'", "", "<", "").Replace(s.phrase(1, 2))
	case "pagepartial":
		return partialFrom(s, pagePartials, level)
	case "sectionpartial":
		return partialFrom(s, sectionPartials, level)
	case "sitepartial":
		return partialFrom(s, sitePartials, level)
	}
	return "unknown-" + kind
}

// partialFrom returns a partial that comes after those of a level, so that none calls itself.
func partialFrom(s *Site, list []string, level int) string {
	if level >= len(list) {
		return "leaf.html"
	}
	return pick(s, list[level:]...)
}
