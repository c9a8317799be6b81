package rules

import (
	"bytes"
	"strings"

	"github.com/jam-go/jam/internal/feeds/syntax"
	"github.com/jam-go/jam/internal/suggest"
)

// maxRobots is how much of a robots.txt crawlers must read (RFC 9309, 2.5).
const maxRobots = 500 << 10

// robotsNames are the lines of RFC 9309 and those that large crawlers know.
var robotsNames = []string{"user-agent", "allow", "disallow", "sitemap", "crawl-delay", "host", "clean-param", "content-signal"}

// Robots checks a robots.txt (RFC 9309).
func Robots(b []byte) []Problem {
	r := &report{src: b}
	if !r.isUTF8() {
		return r.problems()
	}
	if len(b) > maxRobots {
		r.add(maxRobots, Limit, "the file has %d bytes, of which crawlers read %d", len(b), maxRobots)
	}
	offset := 0
	if bytes.HasPrefix(b, []byte("\uFEFF")) {
		offset = len("\uFEFF")
	}
	inGroup := false
	for line := range strings.Lines(string(b[offset:])) {
		r.robotsLine(offset, strings.TrimRight(line, "\r\n"), &inGroup)
		offset += len(line)
	}
	return r.problems()
}

func (r *report) robotsLine(offset int, line string, inGroup *bool) {
	if i := strings.IndexFunc(line, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }); i >= 0 {
		r.add(offset+i, Syntax, "the line holds the control character %q", line[i])
		return
	}
	line, _, _ = strings.Cut(line, "#")
	if strings.TrimSpace(line) == "" {
		return
	}
	name, rest, ok := strings.Cut(line, ":")
	if !ok {
		r.add(offset, Syntax, "%q has no colon", strings.TrimSpace(line))
		return
	}
	at := offset + len(name) + 1 + len(rest) - len(strings.TrimLeft(rest, " \t"))
	v := strings.TrimSpace(rest)
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "user-agent":
		*inGroup = true
		r.note(at, Type, syntax.Agent(v))
	case "allow", "disallow":
		if !*inGroup {
			r.add(offset, Location, "%s has no User-agent line before it", name)
		}
		r.note(at, Type, syntax.Pattern(v))
	case "sitemap":
		r.webURL(at, v)
	default:
		if !contains(robotsNames, name) {
			r.add(offset, Element, "crawlers don't know %q%s", name, suggest.DidYouMean(name, robotsNames))
		}
	}
}

// note adds err, if there is one.
func (r *report) note(offset int, rule string, err error) {
	if err != nil {
		r.add(offset, rule, "%v", err)
	}
}
