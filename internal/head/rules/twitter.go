package rules

import (
	"slices"
	"strings"
)

var cards = []string{"summary", "summary_large_image", "app", "player"}

func (c *checker) twitter() {
	has := map[string]bool{}
	var card meta
	for _, m := range c.metas {
		has[m.key] = true
		switch m.key {
		case "twitter:card":
			card = m
			if !slices.Contains(cards, m.content) {
				c.add("twitter-card", m.line, "unknown card %q", m.content)
			}
		case "twitter:site", "twitter:creator":
			if !isHandle(m.content) {
				c.add("twitter-handle", m.line, "%s is %q, no user name", m.key, m.content)
			}
		case "twitter:image", "twitter:player":
			c.absolute("twitter-url", m)
		}
	}
	if card.line == 0 {
		return
	}
	if !has["twitter:title"] && !has["og:title"] {
		c.add("twitter-required", card.line, "neither twitter:title nor og:title is there")
	}
	if card.content == "summary_large_image" && !has["twitter:image"] && !has["og:image"] {
		c.add("twitter-required", card.line, "a large card without twitter:image or og:image")
	}
}

func isHandle(s string) bool {
	name, ok := strings.CutPrefix(s, "@")
	return ok && name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
}
