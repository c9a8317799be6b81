package rules

import (
	"strings"
	"testing"
)

const robotsDoc = `# comment
User-agent: *
User-Agent : Bot-2_x # another
Disallow: /a
allow:
Disallow: *.pdf$
crawl-delay: 2

Sitemap: https://example.com/sitemap.xml
`

func TestRobots(t *testing.T) {
	check(t, robotsDoc, Robots, []breach{
		{"# comment\n", "\uFEFF", ""},
		{"# comment", "\xff", "1:1: encoding: the byte 0xff is not UTF-8"},
		{"# comment", "comment", `1:1: syntax: "comment" has no colon`},
		{"# comment", "# com\x00ment", `1:6: syntax: the line holds the control character '\x00'`},
		{"# comment", "Disallow: /", "1:1: location: disallow has no User-agent line before it"},
		{"User-agent: *", "Useragent: *", `2:1: element: crawlers don't know "useragent" (did you mean "user-agent"?)`},
		{": *\n", ":\n", "2:12: type: a User-agent line needs a crawler's name or *"},
		{"Bot-2_x", "Bot 2", `3:14: type: "Bot 2" is no crawler's name: it may hold letters, - and _`},
		{"Disallow: /a", "Disallow:   a", `4:13: type: "a" must begin with / or *`},
		{"Disallow: /a", "Disallow: /a b", `4:11: type: "/a b" holds a space, which must be percent-encoded`},
		{"https://example.com/sitemap.xml", "/sitemap.xml", `9:10: url: "/sitemap.xml" is no absolute URL: it has no scheme, such as https`},
		{"# comment", "#" + strings.Repeat("x", maxRobots), "limit: the file has 512141 bytes, of which crawlers read 512000"},
	})
	if got := Robots(nil); got != nil {
		t.Errorf("an empty file: %v", got)
	}
}

const llmsDoc = `# Site

> Summary
> more

Details, with a list:

- without a link

## Docs

- [A [b] \]](https://example.com/a): notes
* [C](c.md)
  - [D](/d)

## Optional

~~~
# not a heading
~~~
- [E](https://example.com/e)
`

func TestLLMs(t *testing.T) {
	check(t, llmsDoc, LLMs, []breach{
		{"# Site", "\uFEFF# Site", ""},
		{"# Site", "\n# Site\xff", "2:7: encoding: the byte 0xff is not UTF-8"},
		{"# Site", "Site", "1:1: location: text before the heading of level 1"},
		{"# Site", "#Site", "1:1: location: text before the heading of level 1"},
		{"# Site", "# ", "1:1: required: the heading is empty"},
		{"# Site\n\n> Summary\n> more\n\nDetails, with a list:\n\n- without a link\n", "", "2:1: location: a section before the heading of level 1"},
		{"## Docs", "# Docs", "duplicate: a second heading of level 1"},
		{"> more", "### More", "4:1: element: a heading of level 3; only levels 1 and 2 have a meaning"},
		{"- [E]", "- E", "16:1: required: the section has no list of links\n21:1: syntax: an item of the list doesn't begin with a link [name](url)"},
		{"[C](c.md)", "C", "13:1: syntax: an item of the list doesn't begin with a link [name](url)"},
		{"[C](c.md)", "[C]", "13:1: syntax: an item of the list doesn't begin with a link [name](url)"},
		{"[C](c.md)", "[C(c.md)", "13:1: syntax: an item of the list doesn't begin with a link [name](url)"},
		{"[C](c.md)", "[](c.md)", "13:1: required: a link has no name"},
		{"[C](c.md)", "[C]()", `13:1: url: "" is no URL`},
		{"[C](c.md)", "[C](c d.md)", `13:1: url: "c d.md" is no URL`},
		{"(c.md)", "(c.md) - notes", `13:1: syntax: after the link comes "- notes", not a colon and notes`},
		{"- [E](https://example.com/e)", "text", "16:1: required: the section has no list of links"},
	})
	for _, doc := range []string{"", "\n \n"} {
		got := LLMs([]byte(doc))
		if len(got) != 1 || got[0].String() != "1:1: required: there is no heading of level 1 with the site's name" {
			t.Errorf("%q: %v", doc, got)
		}
	}
}
