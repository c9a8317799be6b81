package jam

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/feeds"
)

// Feed sets what is in feeds: RSS, Atom and JSON Feed. A feed has the newest pages of its list that
// have a date: of the home page's those of the site, and of a section's those below it, too. Its
// URLs are absolute. The author is the parameter author of the page, or else of the site: a
// name, a list of names, or maps with name, email and url.
type Feed struct {
	// Limit is how many pages a feed has. Default: 20. A negative limit means all.
	Limit int

	// Full puts the whole content of pages into feeds, and not only the summary.
	Full bool
}

const defaultFeedLimit = 20

func (s *settings) feedLimit() int {
	if s.Feed.Limit == 0 {
		return defaultFeedLimit
	}
	return s.Feed.Limit
}

func writeRSS(_ context.Context, w io.Writer, p *Page) error {
	f := p.feed()
	f.Copyright = p.Site().Copyright()
	return writeAll(w)(feeds.AppendRSS(nil, f))
}

func writeAtom(_ context.Context, w io.Writer, p *Page) error {
	f := p.feed()
	f.Copyright = p.Site().Copyright()
	if len(f.Items) == 0 {
		f.Updated = time.Unix(0, 0).UTC() // there must be a date
	}
	return writeAll(w)(feeds.AppendAtom(nil, f))
}

func writeJSONFeed(_ context.Context, w io.Writer, p *Page) error {
	return writeAll(w)(feeds.AppendJSON(nil, p.feed()))
}

// feed returns the feed of a list, as it is in the format that is being rendered, but for the copyright notice, which not all formats have.
func (p *Page) feed() *feeds.Feed {
	site := p.Site()
	set := p.v.read(settingFeed)
	f := &feeds.Feed{
		Description: p.Description(), Language: site.LanguageCode(),
		URL: p.Permalink(), FeedURL: p.Permalink(), Authors: persons(site.paramAt("author")), Generator: "jam",
	}
	if f.Title = site.Title(); f.Title == "" {
		f.Title = p.v.read(settingBaseURL).base.Host
	}
	if f.Authors == nil { // Atom must have one
		f.Authors = []feeds.Person{{Name: f.Title}}
	}
	if o := p.OutputFormats().Get(p.OutputFormat()); o != nil {
		f.FeedURL = o.Permalink()
	}
	if !p.IsHome() {
		f.Title = joinTitles(p.Title(), f.Title)
	}
	if f.Description == "" {
		f.Description = site.description()
	}
	for _, q := range p.v.list(p.d.feed) {
		item := q.feedItem(set.Feed.Full)
		if item.Updated.After(f.Updated) {
			f.Updated = item.Updated
		}
		f.Items = append(f.Items, item)
	}
	return f
}

// description returns the parameter of that name, as text.
func (s *Site) description() string {
	d, _ := s.Param("description").(string)
	return strings.Join(strings.Fields(plainText(d)), " ")
}

func joinTitles(page, site string) string {
	switch {
	case page == "" || page == site:
		return site
	case site == "":
		return page
	}
	return page + " – " + site
}

func (p *Page) feedItem(full bool) feeds.Item {
	item := feeds.Item{
		URL: p.Permalink(), Title: p.Title(), Published: p.Date(), Updated: p.Lastmod(), Language: p.Site().LanguageCode(),
		Authors: persons(p.paramsAt("author", "authors")...), Categories: p.Tags(),
	}
	if item.Summary = p.Description(); item.Summary == "" {
		item.Summary = strings.TrimSpace(plainText(string(p.Summary())))
	}
	if full {
		item.ContentHTML = feeds.Absolute([]byte(p.Content()), item.URL)
	}
	return item
}

// persons reads the authors of a page or a site: names, or maps with a name.
func persons(values ...any) []feeds.Person {
	var out []feeds.Person
	for _, v := range values {
		switch v := v.(type) {
		case string:
			if v = strings.TrimSpace(v); v != "" {
				out = append(out, feeds.Person{Name: v})
			}
		case []string:
			for _, name := range v {
				out = append(out, persons(name)...)
			}
		case []any:
			out = append(out, persons(v...)...)
		case map[string]any:
			name, _ := lookupString(v, "name")
			if name == "" {
				continue
			}
			who := feeds.Person{Name: name}
			who.Email, _ = lookupString(v, "email")
			who.URL, _ = lookupString(v, "url")
			out = append(out, who)
		}
	}
	return out
}

func lookupString(m map[string]any, name string) (string, bool) {
	v, _ := lookupParam(m, name)
	s, ok := v.(string)
	return s, ok
}
