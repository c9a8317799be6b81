package rules

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// once are names that a page has one of; so are all of X cards.
var once = []string{"description", "keywords", "robots", "viewport", "generator"}

func (c *checker) metadata() {
	seen := map[string]bool{}
	for _, m := range c.metas {
		if m.content == "" {
			c.add("meta-empty", m.line, "%s has no value", m.key)
		}
		single := !m.property && (slices.Contains(once, m.key) || strings.HasPrefix(m.key, "twitter:"))
		if single && seen[m.key] {
			c.add("meta-duplicate", m.line, "%s is there more than once", m.key)
		}
		seen[m.key] = true
		if m.key == "robots" {
			c.robots(m)
		}
	}
}

var directives = []string{"all", "none", "index", "noindex", "follow", "nofollow", "noarchive", "nocache", "nosnippet",
	"indexifembedded", "notranslate", "noimageindex", "noai", "noimageai"}

// valued are directives with a value after a colon.
var valued = []string{"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"}

func (c *checker) robots(m meta) {
	for d := range strings.SplitSeq(strings.ToLower(m.content), ",") {
		d = strings.TrimSpace(d)
		name, _, ok := strings.Cut(d, ":")
		if ok && name == "unavailable_after" {
			return // its date may have commas
		}
		if !ok && !slices.Contains(directives, d) || ok && !slices.Contains(valued, strings.TrimSpace(name)) {
			c.add("robots-directive", m.line, "unknown directive %q", d)
		}
	}
}

func (c *checker) canonical() {
	n := 0
	for _, l := range c.links {
		if !slices.Contains(l.rel, "canonical") {
			continue
		}
		if n++; n > 1 {
			c.add("canonical-count", l.line, "a second canonical link, to %q", l.href)
			continue
		}
		if !isAbsolute(l.href) || strings.Contains(l.href, "#") {
			c.add("canonical-url", l.line, "%q is no absolute URL without fragment", l.href)
		}
		c.canonURL = l.href
	}
}

// alternates checks links to the page in other languages and formats, and to feeds.
func (c *checker) alternates() {
	seen := map[string]bool{}
	self, first := false, 0
	for _, l := range c.links {
		if !slices.Contains(l.rel, "alternate") || slices.Contains(l.rel, "stylesheet") {
			continue
		}
		if !l.hasLang {
			typ, sub, ok := strings.Cut(l.typ, "/")
			if !ok || typ == "" || sub == "" || strings.ContainsAny(l.typ, " ,") || l.href == "" {
				c.add("alternate-type", l.line, "an alternate to %q with type %q", l.href, l.typ)
			}
			continue
		}
		if first == 0 {
			first = l.line
		}
		self = self || l.href == c.canonURL
		c.language(l, seen)
	}
	if first > 0 && c.canonURL != "" && !self {
		c.add("hreflang-self", first, "no alternate is the page itself, %s", c.canonURL)
	}
}

func (c *checker) language(l link, seen map[string]bool) {
	tag := strings.ToLower(l.hreflang)
	if seen[tag] {
		c.add("hreflang-duplicate", l.line, "a second alternate for %s", l.hreflang)
	}
	seen[tag] = true
	if tag != "x-default" && !isLanguage(tag) {
		c.add("hreflang-tag", l.line, "%q is no language", l.hreflang)
	}
	if !isAbsolute(l.href) {
		c.add("hreflang-url", l.line, "%q is no absolute URL", l.href)
	}
}

func isLanguage(tag string) bool {
	t, err := language.Parse(tag)
	return err == nil && !t.IsRoot() && !strings.HasPrefix(tag, "x-") && !strings.HasPrefix(tag, "und") && !strings.Contains(tag, "_")
}
