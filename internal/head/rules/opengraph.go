package rules

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

var localeForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]{2,3}_[A-Z]{2}$`) })

// verticals are the prefixes of the properties that belong to a type of the same name.
var verticals = []string{"article", "book", "profile", "music", "video"}

// single are the properties of Open Graph with one value.
var single = []string{"og:title", "og:type", "og:url", "og:description", "og:determiner", "og:locale", "og:site_name",
	"article:published_time", "article:modified_time", "article:expiration_time", "article:section"}

func (c *checker) openGraph() {
	g := graph{c: c, count: map[string]int{}, locales: map[string]bool{}}
	for _, m := range c.metas {
		g.property(m)
	}
	if g.first == 0 {
		return
	}
	required := []string{"og:title", "og:type", "og:url"}
	if c.opt.Image {
		required = append(required, "og:image")
	}
	for _, name := range required {
		if g.count[name] == 0 {
			c.add("og-required", g.first, "%s is missing", name)
		}
	}
	for _, m := range g.typed {
		prefix, _, _ := strings.Cut(m.key, ":")
		if typ, _, _ := strings.Cut(g.typ, "."); typ != prefix {
			c.add("og-type", m.line, "%s on a page of type %q", m.key, g.typ)
		}
	}
}

// graph is what is known of a page's properties so far.
type graph struct {
	c       *checker
	first   int // line
	typ     string
	typed   []meta // properties of verticals
	count   map[string]int
	locales map[string]bool
	root    string // the structured property under way
}

func (g *graph) property(m meta) {
	prefix, _, ok := strings.Cut(m.key, ":")
	vertical := slices.Contains(verticals, prefix)
	if !ok || prefix != "og" && !vertical {
		return
	}
	g.first = cmp.Or(g.first, m.line)
	if !m.property {
		g.c.add("og-attribute", m.line, "%s is given with name, not property", m.key)
	}
	g.count[m.key]++
	if g.count[m.key] > 1 && slices.Contains(single, m.key) {
		g.c.add("og-duplicate", m.line, "%s is there more than once", m.key)
	}
	if vertical {
		g.typed = append(g.typed, m)
	}
	g.order(m)
	g.value(m)
}

// order checks that og:image:width and the like come after an og:image, with none of
// another root in between.
func (g *graph) order(m meta) {
	parts := strings.Split(m.key, ":")
	if parts[0] != "og" {
		return
	}
	root := "og:" + parts[1]
	if len(parts) > 2 && slices.Contains([]string{"og:image", "og:video", "og:audio"}, root) && root != g.root {
		g.c.add("og-order", m.line, "%s does not follow an %s", m.key, root)
	}
	if len(parts) == 2 {
		g.root = root
	}
}

func (g *graph) value(m meta) {
	c := g.c
	switch m.key {
	case "og:type":
		g.typ = m.content
	case "og:url":
		c.absolute("og-url", m)
		if c.canonURL != "" && m.content != c.canonURL {
			c.add("og-canonical", m.line, "og:url is %s, the canonical link %s", m.content, c.canonURL)
		}
	case "og:image", "og:image:url", "og:image:secure_url", "og:video", "og:video:url", "og:video:secure_url",
		"og:audio", "og:audio:url", "og:audio:secure_url", "og:see_also", "article:author":
		c.absolute("og-url", m)
	case "og:locale", "og:locale:alternate":
		if !localeForm().MatchString(m.content) {
			c.add("og-locale", m.line, "%q is not of the form ll_TT", m.content)
		} else if g.locales[m.content] {
			c.add("og-locale", m.line, "%s is there more than once", m.content)
		}
		g.locales[m.content] = true
	case "article:published_time", "article:modified_time", "article:expiration_time", "og:updated_time":
		if !isDate(m.content) {
			c.add("og-date", m.line, "%s is %q, no time of ISO 8601", m.key, m.content)
		}
	case "og:image:width", "og:image:height", "og:video:width", "og:video:height":
		if n, err := strconv.Atoi(m.content); err != nil || n < 1 {
			c.add("og-size", m.line, "%s is %q, no positive number", m.key, m.content)
		}
	}
}

func (c *checker) absolute(rule string, m meta) {
	if !isAbsolute(m.content) {
		c.add(rule, m.line, "%s is %q, no absolute URL", m.key, m.content)
	}
}
