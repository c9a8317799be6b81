package rules

import (
	"strings"

	"github.com/jam-go/jam/internal/feeds/syntax"
)

var (
	channelElements = elements{
		many: []string{"item", "category"},
		once: []string{"title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate",
			"lastBuildDate", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays"},
	}
	itemElements = elements{
		many: []string{"category"},
		once: []string{"title", "link", "description", "author", "comments", "enclosure", "guid", "pubDate", "source"},
	}
	imageElements     = elements{once: []string{"url", "title", "link", "width", "height", "description"}}
	textInputElements = elements{once: []string{"title", "description", "name", "link"}}
	weekdays          = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)

// RSS checks a feed of RSS 2.0 against the RSS Advisory Board's specification
// and the parts of its best practices profile that readers depend on. self is
// the feed's URL, "" if it isn't known.
func RSS(b []byte, self string) []Problem {
	r := &report{src: b}
	if root := parseXML(r); root != nil {
		r.rss(root, self)
	}
	return r.problems()
}

func (r *report) rss(root *node, self string) {
	if !root.is("", "rss") {
		r.add(root.offset, Element, "the root element is %s, not rss", root.label())
		return
	}
	if v := root.attr("version"); v != "2.0" {
		r.add(root.offset, Version, "the version is %q, not 2.0", v)
	}
	r.children(root, "", elements{once: []string{"channel"}})
	channel := root.first("", "channel")
	if channel == nil {
		r.add(root.offset, Required, "rss has no channel")
		return
	}
	r.channel(channel)
	r.selfLink(channel, self)
	seen := make(map[string]bool)
	for _, item := range channel.all("", "item") {
		r.rssItem(item, seen)
	}
}

func (r *report) channel(n *node) {
	r.children(n, "", channelElements)
	r.required(n, "", "title", "link", "description")
	r.each(n, "", "link", r.url)
	r.each(n, "", "docs", r.url)
	r.each(n, "", "language", r.language)
	r.each(n, "", "pubDate", r.rfc822)
	r.each(n, "", "lastBuildDate", r.rfc822)
	r.each(n, "", "managingEditor", r.rssAddress)
	r.each(n, "", "webMaster", r.rssAddress)
	r.each(n, "", "ttl", func(offset int, v string) { r.positive(offset, "ttl", v) })
	r.dublinCore(n)
	r.category(n)
	for _, k := range n.kids {
		if k.space != "" {
			continue
		}
		switch k.name {
		case "image":
			r.rssImage(k)
		case "textInput":
			r.children(k, "", textInputElements)
			r.required(k, "", textInputElements.once...)
			r.each(k, "", "link", r.url)
		case "cloud":
			r.attributes(k, "domain", "port", "path", "registerProcedure", "protocol")
			r.ifSet(k, "port", func(offset int, v string) { r.positive(offset, "port", v) })
		case "skipHours":
			r.skip(k, "hour", func(v string) bool { return isDigits(v) && len(v) <= 2 && atoi(v) < 24 })
		case "skipDays":
			r.skip(k, "day", func(v string) bool { return contains(weekdays, v) })
		}
	}
}

// dublinCore checks the elements of that module whose values have a form.
func (r *report) dublinCore(n *node) {
	r.each(n, nsDC, "language", r.language)
	r.each(n, nsDC, "date", r.w3cDate)
}

// category checks that no category is empty.
func (r *report) category(n *node) {
	r.each(n, "", "category", func(offset int, v string) {
		if v == "" {
			r.add(offset, Required, "category is empty")
		}
	})
}

// rssAddress checks an address, which a name in brackets may follow.
func (r *report) rssAddress(offset int, s string) {
	address, _, _ := strings.Cut(s, " (")
	r.email(offset, address)
}

func (r *report) rssImage(n *node) {
	r.children(n, "", imageElements)
	r.required(n, "", "url", "title", "link")
	r.each(n, "", "url", r.url)
	r.each(n, "", "link", r.url)
	size := func(name string, most int) {
		r.each(n, "", name, func(offset int, v string) {
			r.positive(offset, name, v)
			if v = strings.TrimLeft(v, "0"); isDigits(v) && (len(v) > 3 || atoi(v) > most) {
				r.add(offset, Limit, "%s is more than %d", name, most)
			}
		})
	}
	size("width", 144)
	size("height", 400)
}

// skip checks the hours or days when readers needn't read.
func (r *report) skip(n *node, name string, valid func(string) bool) {
	r.children(n, "", elements{many: []string{name}})
	if n.first("", name) == nil {
		r.add(n.offset, Required, "%s has no %s", n.label(), name)
	}
	seen := make(map[string]bool)
	r.each(n, "", name, func(offset int, v string) {
		switch {
		case !valid(v):
			r.add(offset, Type, "%q is no %s", v, name)
		case seen[v]:
			r.add(offset, Duplicate, "the %s %s comes twice", name, v)
		}
		seen[v] = true
	})
}

// attributes checks that attributes are there.
func (r *report) attributes(n *node, names ...string) {
	for _, name := range names {
		if strings.TrimSpace(n.attr(name)) == "" {
			r.add(n.offset, Required, "%s has no attribute %s", n.label(), name)
		}
	}
}

// selfLink checks the channel's atom:link elements, of which one names the feed.
func (r *report) selfLink(channel *node, self string) {
	var links []*node
	for _, link := range channel.all(nsAtom, "link") {
		r.atomLinkValues(link)
		if link.attr("rel") == "self" {
			links = append(links, link)
		}
	}
	r.selfLinks(channel, links, self)
}

// selfLinks checks that there is one link of a feed to itself.
func (r *report) selfLinks(n *node, links []*node, self string) {
	switch {
	case len(links) == 0:
		r.add(n.offset, Self, "%s has no link with rel=\"self\" to name the feed's address", n.label())
	case len(links) > 1:
		r.add(links[1].offset, Self, "a second link with rel=\"self\"")
	case self != "" && links[0].attr("href") != self:
		r.add(links[0].offset, Self, "the feed's address is %s, not %s", self, links[0].attr("href"))
	}
}

func (r *report) rssItem(n *node, seen map[string]bool) {
	r.children(n, "", itemElements)
	title, description := n.first("", "title"), n.first("", "description")
	if (title == nil || title.value() == "") && (description == nil || description.value() == "") {
		r.add(n.offset, Required, "item has neither title nor description")
	}
	r.each(n, "", "link", r.url)
	r.each(n, "", "comments", r.url)
	r.each(n, "", "author", r.rssAddress)
	r.each(n, "", "pubDate", r.rfc822)
	r.dublinCore(n)
	r.category(n)
	r.guids(n, seen)
	r.rssHTML(n)
	for _, e := range n.all("", "enclosure") {
		r.attributes(e, "url", "length", "type")
		r.ifSet(e, "url", r.webURL)
		r.ifSet(e, "type", r.mediaType)
		r.ifSet(e, "length", func(offset int, v string) { r.natural(offset, "length", v) })
	}
	for _, s := range n.all("", "source") {
		r.attributes(s, "url")
		r.ifSet(s, "url", r.url)
	}
}

// ifSet calls check with the value of an attribute that isn't empty.
func (r *report) ifSet(n *node, name string, check func(offset int, v string)) {
	if v := n.attr(name); v != "" {
		check(n.offset, v)
	}
}

func (r *report) guids(n *node, seen map[string]bool) {
	for _, g := range n.all("", "guid") {
		id := g.value()
		permalink := g.attr("isPermaLink")
		switch {
		case id == "":
			r.add(g.offset, ID, "guid is empty")
		case seen[id]:
			r.add(g.offset, ID, "another item has the guid %q", id)
		}
		seen[id] = true
		switch permalink {
		case "", "true":
			if err := syntax.WebURL(id); err != nil && id != "" {
				r.add(g.offset, ID, "a guid without isPermaLink=\"false\" is a URL: %v", err)
			}
		case "false":
		default:
			r.add(g.offset, Type, "isPermaLink is %q, not true or false", permalink)
		}
	}
}

// rssHTML checks the elements of an item that hold HTML.
func (r *report) rssHTML(n *node) {
	if d := n.first("", "description"); d != nil && !d.based {
		r.html(d.offset, d.text)
	}
	for i, c := range n.all(nsContent, "encoded") {
		if i > 0 {
			r.add(c.offset, Duplicate, "a second %s in item", c.label())
		}
		if !c.based {
			r.html(c.offset, c.text)
		}
	}
}

// atoi returns the number of at most three digits.
func atoi(s string) (n int) {
	for i := range len(s) {
		n = 10*n + int(s[i]-'0')
	}
	return n
}
