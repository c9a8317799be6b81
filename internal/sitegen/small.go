package sitegen

import "strings"

// use is where a small site has the piece that it is about: in a template, which a layout for all pages makes
// use of.
type use struct {
	file, head, tail string
	layout           string
	sort             []string
}

var uses = []use{
	{"all.html", "<main>", "</main>\n", "", pageAndLists},
	{"_partials/once.html", "<p>", "</p>\n", `{{ partialCached "once.html" . }}`, sitePieces},
	{"_views/card.html", "<p>", "</p>\n", `{{ range first 3 site.RegularPages }}{{ .Render "_views/card" }}{{ end }}`, cardPieces},
	{"_shortcodes/say.html", "<i>", "</i>\n", `{{ .Content }}`, shortcodePieces},
	{"_shortcodes/say.html", "<i>", "</i>\n", `{{ range site.RegularPages }}{{ .Summary }}{{ end }}`, shortcodePieces},
	{"_markup/render-link.html", `<a href="{{ .Destination }}">{{ .Text }}</a>`, "", `{{ .Content }}`, hookPieces},
	{"_markup/render-heading.html", `<h2 id="{{ .Anchor }}">{{ .Text }}</h2>`, "", `{{ .Content }}`, hookPieces},
	{"_partials/count.html", "", "", `{{ partial "count.html" site.RegularPages }}`, countPieces},
	{"_partials/newest.html", "", "", `{{ with partial "newest.html" site.RegularPages }}{{ .Title }}{{ end }}`, newestPieces},
	{"page.json", `{"pieces": [`, " 0]}\n", "", jsonPieces},
	{"rss.xml", `<rss version="2.0"><channel><title>x</title>`, "</channel></rss>\n", "", xmlPieces},
	{"robots.txt", "User-agent: *\n", "\n", "", textPieces},
}

// SmallSites returns how many kinds of small sites there are.
func SmallSites() int {
	n := 0
	for _, u := range uses {
		n += len(u.sort)
	}
	return n
}

// makeSmallLayouts fills the folder of templates for a piece.
func (s *Site) makeSmallLayouts(n int) {
	for _, f := range frames {
		if strings.HasPrefix(f.name, "_shortcodes/") && f.often == 1 {
			s.setLayout("layouts/"+f.name, &layout{head: f.head, tail: f.tail})
		}
	}
	s.setLayout("layouts/_views/card.html", &layout{head: "card", sort: []string{"@text"}})
	for _, name := range append(append([]string{"meta.html", "leaf.html"}, pagePartials...), append(sectionPartials, sitePartials...)...) {
		s.setLayout("layouts/_partials/"+name, &layout{head: name, sort: []string{"@text"}})
	}
	s.setLayout("layouts/_partials/count.html", &layout{sort: countPieces, pieces: countPieces[:1]})
	s.setLayout("layouts/_partials/newest.html", &layout{sort: newestPieces, pieces: newestPieces[1:2]})
	for _, u := range uses {
		if n >= len(u.sort) {
			n -= len(u.sort)
			continue
		}
		s.setLayout("layouts/all.html", &layout{head: "<main>" + s.fill(u.layout, 0), tail: "</main>\n", sort: []string{"@text"}})
		s.setLayout("layouts/"+u.file, &layout{head: u.head, tail: u.tail, sort: u.sort, pieces: []string{s.fill(u.sort[n], 0)}})
		if strings.Contains(u.layout, ".Content") || strings.Contains(u.layout, ".Summary") {
			s.addCalls()
		}
		return
	}
}

// addCalls has the pages of a small site show what its template is for.
func (s *Site) addCalls() {
	for _, name := range s.documents() {
		if strings.HasSuffix(name, ".md") && !isPart(name) {
			d := s.docs[name]
			s.setDocument(name, d.withBlocks(append([]string{"{{< say >}} and [a link](/posts) or [two](#x)", "## Head " + s.phrase(1, 1)}, d.blocks...)))
		}
	}
}
