package check

import (
	"bytes"
	"encoding/xml"
	"strings"

	feedrules "github.com/jam-go/jam/internal/feeds/rules"
	"github.com/jam-go/jam/internal/htmlscan"
)

// sitemapURL is a URL that a sitemap lists.
type sitemapURL struct {
	file, url string
	at        position
}

// xml checks a feed or sitemap; other XML is left alone.
func (r *run) xml(name string, src []byte) []Finding {
	self := ""
	if r.site.host != "" {
		self = r.site.scheme + "://" + r.site.host + r.site.prefix + name
	}
	var problems []feedrules.Problem
	syntax, invalid := feedSyntax, feedInvalid
	switch rootOf(src) {
	case "rss", "RDF":
		if rootOf(src) == "rss" {
			problems = feedrules.RSS(src, self)
		}
	case "feed":
		problems = feedrules.Atom(src, self)
	case "urlset":
		syntax, invalid = sitemapSyntax, sitemapInvalid
		problems = feedrules.Sitemap(src, self)
		r.sitemapURLs(name, src)
	case "sitemapindex":
		syntax, invalid = sitemapSyntax, sitemapInvalid
		problems = feedrules.SitemapIndex(src, self)
		r.sitemapURLs(name, src)
	}
	return r.problems(name, problems, syntax, invalid)
}

// problems makes findings of what is wrong with a feed or sitemap.
func (r *run) problems(name string, problems []feedrules.Problem, syntax, invalid ruleID) []Finding {
	var found []Finding
	for _, p := range problems {
		rule := invalid
		if p.Rule == feedrules.Syntax || p.Rule == feedrules.Encoding {
			rule = syntax
		}
		if r.severity[rule] != Off {
			found = append(found, r.finding(rule, name, p.Line, p.Column, p.Rule, p.Text))
		}
	}
	return found
}

// rootOf returns the name of the root element of an XML document, "" if it has none.
func rootOf(src []byte) string {
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict = false
	for {
		tok, err := d.RawToken()
		if err != nil {
			return ""
		}
		if s, ok := tok.(xml.StartElement); ok {
			return s.Name.Local
		}
	}
}

// sitemapURLs takes note of the URLs that a sitemap lists.
func (r *run) sitemapURLs(name string, src []byte) {
	var list []sitemapURL
	var places htmlscan.Places
	places.Reset(src)
	d := xml.NewDecoder(bytes.NewReader(src))
	inLoc := false
	for {
		at := int(d.InputOffset())
		tok, err := d.RawToken()
		if err != nil {
			break
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			inLoc = tok.Name.Local == "loc" && tok.Name.Space == ""
		case xml.EndElement:
			inLoc = false
		case xml.CharData:
			if url := strings.TrimSpace(string(tok)); inLoc && url != "" {
				line, column := places.Of(at + leading(tok))
				list = append(list, sitemapURL{name, url, position{int32(line), int32(column)}})
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sitemaps = append(r.sitemaps, list...)
}

// json checks a file of JSON, which may be a feed.
func (r *run) json(name string, src []byte) []Finding {
	if offset, problem := badJSON(src); problem != "" {
		if r.severity[jsonSyntax] == Off {
			return nil
		}
		var places htmlscan.Places
		places.Reset(src)
		line, column := places.Of(offset)
		return []Finding{r.finding(jsonSyntax, name, line, column, "", problem)}
	}
	if !bytes.Contains(src[:min(len(src), 200)], []byte("https://jsonfeed.org/version/")) {
		return nil
	}
	self := ""
	if r.site.host != "" {
		self = r.site.scheme + "://" + r.site.host + r.site.prefix + name
	}
	return r.problems(name, feedrules.JSONFeed(src, self), feedSyntax, feedInvalid)
}
