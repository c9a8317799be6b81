package theme

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"
)

// site and the types below have the methods and fields that the templates read.
type site struct {
	Title, BaseURL, Copyright string
	LanguagePrefix            string
	search                    bool
	Language                  language
	Params                    map[string]any
	Menus                     map[string]menu
	Home                      *page
	Sections                  pages
	Pages                     pages
}

func (s *site) LanguageCode() string { return s.Language.Locale }

type language struct {
	Locale, Dir, Name string
	Taxonomies        []string
	IsDefault         bool
}

type pages []*page

func (p pages) Reverse() pages {
	p = slices.Clone(p)
	slices.Reverse(p)
	return p
}

func (p pages) ByDate() pages {
	return slices.SortedStableFunc(slices.Values(p), func(a, b *page) int { return a.Date.Compare(b.Date) })
}

type page struct {
	Kind, Section, Title, LinkTitle, Description, RelPermalink string
	File                                                       any
	Date, Lastmod                                              time.Time
	Content, Summary, TableOfContents                          template.HTML
	ReadingTime                                                int
	Draft                                                      bool
	Params                                                     map[string]any
	Parent                                                     *page
	Pages, Related, AllTranslations                            pages
	PrevInSection, NextInSection                               *page
	Site                                                       *site

	formats   []string
	terms     map[string]pages
	paginated int   // size of pagers
	of        pages // what they divide, if not the usual list
	pager     int   // the one that is rendered
}

func (p *page) IsHome() bool                { return p.Kind == "home" }
func (p *page) IsNode() bool                { return p.Kind != "page" && p.Kind != "404" }
func (p *page) IsTranslated() bool          { return len(p.AllTranslations) > 1 }
func (p *page) Eq(other *page) bool         { return p == other }
func (p *page) Path() string                { return strings.TrimSuffix(p.RelPermalink, "/") }
func (p *page) Permalink() string           { return p.Site.absolute(p.RelPermalink) }
func (p *page) Sections() pages             { return p.children("section") }
func (p *page) RegularPages() pages         { return p.children("page") }
func (p *page) GetTerms(name string) pages  { return p.terms[name] }
func (p *page) Ancestors() (a pages)        { return p.appendAncestors(nil) }
func (s *site) absolute(path string) string { return s.BaseURL + strings.TrimPrefix(path, "/") }

func (p *page) appendAncestors(a pages) pages {
	if p.Parent == nil {
		return a
	}
	return p.Parent.appendAncestors(append(a, p.Parent))
}

func (p *page) children(kind string) pages {
	return slices.DeleteFunc(slices.Clone(p.Pages), func(c *page) bool { return c.Kind != kind })
}

// add makes a page below p and sets what every page has.
func (p *page) add(c *page) *page {
	c.Site, c.Parent = p.Site, p
	if c.LinkTitle == "" {
		c.LinkTitle = c.Title
	}
	if c.RelPermalink == "" {
		c.RelPermalink = p.RelPermalink + strings.ToLower(strings.ReplaceAll(c.Title, " ", "-")) + "/"
	}
	if c.Section == "" {
		c.Section = p.Section
	}
	p.Pages = append(p.Pages, c)
	switch {
	case c.Kind == "page":
		c.Site.Pages = append(c.Site.Pages, c)
	case c.Kind == "section" && p.IsHome():
		c.Site.Sections = append(c.Site.Sections, c)
	}
	return c
}

// OutputFormats has a file of each format beside the page's HTML.
func (p *page) OutputFormats() []output {
	list := []output{{"html", p.RelPermalink}}
	for _, name := range p.formats {
		list = append(list, output{name, p.RelPermalink + name})
	}
	return list
}

type output struct{ Name, RelPermalink string }

// Paginator is nil for what is no list.
func (p *page) Paginator() *pager {
	if !p.IsNode() {
		return nil
	}
	g := &pager{page: p, list: p.Pages, PagerSize: p.paginated, PageNumber: max(1, p.pager)}
	switch p.Kind {
	case "home":
		g.list = p.Site.Pages
	case "section":
		g.list = p.RegularPages()
	}
	if p.of != nil {
		g.list = p.of
	}
	if g.PagerSize == 0 {
		g.PagerSize = max(1, len(g.list))
	}
	return g
}

type pager struct {
	page                  *page
	list                  pages
	PagerSize, PageNumber int
}

func (g *pager) TotalNumberOfElements() int { return len(g.list) }
func (g *pager) TotalPages() int            { return max(1, (len(g.list)+g.PagerSize-1)/g.PagerSize) }
func (g *pager) First() *pager              { return g.at(1) }
func (g *pager) Last() *pager               { return g.at(g.TotalPages()) }
func (g *pager) Prev() *pager               { return g.at(g.PageNumber - 1) }
func (g *pager) Next() *pager               { return g.at(g.PageNumber + 1) }
func (g *pager) HasPrev() bool              { return g.PageNumber > 1 }
func (g *pager) Permalink() string          { return g.page.Site.absolute(g.URL()) }

func (g *pager) Pages() pages {
	from := (g.PageNumber - 1) * g.PagerSize
	return g.list[from:min(from+g.PagerSize, len(g.list))]
}

func (g *pager) at(n int) *pager {
	if n < 1 || n > g.TotalPages() {
		return nil
	}
	return &pager{g.page, g.list, g.PagerSize, n}
}

func (g *pager) URL() string {
	if g.PageNumber == 1 {
		return g.page.RelPermalink
	}
	return g.page.RelPermalink + "page/" + strconv.Itoa(g.PageNumber) + "/"
}

type menu []*entry

type entry struct {
	Menu, Name, URL, Title string
	Pre, Post              template.HTML
	Page                   *page
	Children               menu
}

func (e *entry) HasChildren() bool { return len(e.Children) > 0 }

func (p *page) IsMenuCurrent(name string, e *entry) bool { return e.Menu == name && e.Page == p }

func (p *page) HasMenuCurrent(name string, e *entry) bool {
	below := func(c *entry) bool { return p.IsMenuCurrent(name, c) || p.HasMenuCurrent(name, c) }
	return e.Menu == name && (slices.ContainsFunc(e.Children, below) ||
		e.Page != nil && !e.Page.IsHome() && slices.Contains(p.Ancestors(), e.Page))
}

// to makes a menu's entry that leads to a page.
func (p *page) to(menu string, children ...*entry) *entry {
	return &entry{Menu: menu, Name: p.LinkTitle, URL: p.RelPermalink, Page: p, Children: children}
}

func newSite() *site {
	s := &site{Title: "Field notes", BaseURL: "https://example.org/"}
	s.Language = language{"en", "ltr", "English", []string{"tags", "categories"}, true}
	s.Home = &page{Kind: "home", RelPermalink: "/", Site: s}
	return s
}
