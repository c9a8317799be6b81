package rules

// Alternates checks that the pages of all sitemaps of a site name each other as
// alternates: a page that one page names is in a sitemap and names that page,
// too. It returns the problems of each file, in the files' order. Files that
// aren't well-formed count as empty; Sitemap tells why.
func Alternates(files [][]byte) [][]Problem {
	reports := make([]*report, len(files))
	pages := make(map[string]map[string]bool) // the alternates of each location
	type link struct {
		file      int
		offset    int
		from, to  string
		localized string
	}
	var links []link
	for i, b := range files {
		reports[i] = &report{src: b}
		for _, n := range sitemapURLs(b) {
			loc := n.first(nsSitemap, "loc")
			if loc == nil {
				continue
			}
			from := loc.value()
			names := make(map[string]bool)
			pages[from] = names
			for _, l := range n.all(nsXHTML, "link") {
				to := l.attr("href")
				names[to] = true
				links = append(links, link{i, l.offset, from, to, l.attr("hreflang")})
			}
		}
	}
	for _, l := range links {
		switch names, ok := pages[l.to]; {
		case !ok:
			reports[l.file].add(l.offset, Hreflang, "the alternate %s (%s) is in no sitemap", l.to, l.localized)
		case !names[l.from]:
			reports[l.file].add(l.offset, Hreflang, "the alternate %s (%s) doesn't name %s in return", l.to, l.localized, l.from)
		}
	}
	problems := make([][]Problem, len(files))
	for i, r := range reports {
		problems[i] = r.problems()
	}
	return problems
}

// sitemapURLs returns the url elements of a sitemap.
func sitemapURLs(b []byte) []*node {
	root := parseXML(&report{src: b})
	if root == nil {
		return nil
	}
	return root.all(nsSitemap, "url")
}
