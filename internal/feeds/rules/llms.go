package rules

import (
	"bytes"
	"strings"
)

// LLMs checks an llms.txt (llmstxt.org): a heading of level 1, maybe a block
// quote, then text without headings, then sections of level 2 with lists of
// links. Links may be relative.
func LLMs(b []byte) []Problem {
	r := &report{src: b}
	if !r.isUTF8() {
		return r.problems()
	}
	c := llms{report: r}
	offset := 0
	if bytes.HasPrefix(b, []byte("\uFEFF")) {
		offset = len("\uFEFF")
	}
	for line := range strings.Lines(string(b[offset:])) {
		c.line(offset, strings.TrimRight(line, "\r\n"))
		offset += len(line)
	}
	c.endSection()
	if !c.titled {
		r.add(0, Required, "there is no heading of level 1 with the site's name")
	}
	return r.problems()
}

// llms is the state between lines.
type llms struct {
	*report
	titled  bool
	fence   string // of an open code block
	section int    // offset of the section's heading
	in      bool   // a section
	links   int    // of the section
}

func (c *llms) line(offset int, line string) {
	text := strings.TrimLeft(line, " ")
	if c.fence != "" {
		if strings.HasPrefix(text, c.fence) {
			c.fence = ""
		}
		return
	}
	for _, fence := range [...]string{"```", "~~~"} {
		if strings.HasPrefix(text, fence) {
			c.fence = fence
		}
	}
	level := len(text) - len(strings.TrimLeft(text, "#"))
	if level > 6 || len(text) > level && text[level] != ' ' && text[level] != '\t' || len(line)-len(text) > 3 {
		level = 0
	}
	switch {
	case strings.TrimSpace(text) == "":
	case level > 0:
		c.heading(offset, level, text[level:])
	case !c.titled:
		c.add(offset, Location, "text before the heading of level 1")
		c.titled = true // one problem is enough
	case c.in:
		c.item(offset, text)
	}
}

func (c *llms) heading(offset, level int, name string) {
	if strings.Trim(name, " \t#") == "" && !strings.Contains(name, `\#`) {
		c.add(offset, Required, "the heading is empty")
	}
	switch {
	case level == 1 && c.titled:
		c.add(offset, Duplicate, "a second heading of level 1")
	case level == 1:
		c.titled = true
	case level == 2:
		c.endSection()
		c.section, c.in, c.links = offset, true, 0
		if !c.titled {
			c.add(offset, Location, "a section before the heading of level 1")
			c.titled = true
		}
	default:
		c.add(offset, Element, "a heading of level %d; only levels 1 and 2 have a meaning", level)
	}
}

func (c *llms) endSection() {
	if c.in && c.links == 0 {
		c.add(c.section, Required, "the section has no list of links")
	}
}

// item checks a line of a list: a link, and maybe a colon and notes.
func (c *llms) item(offset int, text string) {
	if len(text) < 2 || strings.IndexByte("-*+", text[0]) < 0 || text[1] != ' ' {
		return
	}
	rest := strings.TrimLeft(text[2:], " ")
	name, url, after, ok := cutLink(rest)
	switch {
	case !ok:
		c.add(offset, Syntax, "an item of the list doesn't begin with a link [name](url)")
		return
	case strings.TrimSpace(name) == "":
		c.add(offset, Required, "a link has no name")
	case url == "" || strings.ContainsAny(url, " \t<>"):
		c.add(offset, URL, "%q is no URL", url)
	case after != "" && after[0] != ':':
		c.add(offset, Syntax, "after the link comes %q, not a colon and notes", after)
	}
	c.links++
}

// cutLink cuts the inline link that s begins with from what follows it.
func cutLink(s string) (name, url, after string, ok bool) {
	if !strings.HasPrefix(s, "[") {
		return "", "", "", false
	}
	end := 1
	for depth := 1; end < len(s); end++ {
		switch s[end] {
		case '\\':
			end++
		case '[':
			depth++
		case ']':
			depth--
		}
		if depth == 0 {
			break
		}
	}
	if end >= len(s) || !strings.HasPrefix(s[end:], "](") {
		return "", "", "", false
	}
	url, after, ok = strings.Cut(s[end+2:], ")")
	return s[1:end], url, strings.TrimSpace(after), ok
}
