package feeds

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jam-go/jam/internal/feeds/syntax"
)

// AppendRobots appends a robots.txt (RFC 9309): the lines of rules, or a group
// that allows everything if there are none, and a line for each sitemap's URL.
// Rules are lines such as "User-agent: *" and "Disallow: /drafts/", comments
// that begin with #, and empty lines.
func AppendRobots(dst []byte, rules, sitemaps []string) ([]byte, error) {
	start := len(dst)
	var errs []error
	if len(rules) == 0 {
		rules = []string{"User-agent: *", "Disallow:"}
	}
	inGroup := false
	for i, line := range rules {
		if err := checkRule(line, &inGroup); err != nil {
			errs = append(errs, fmt.Errorf("robots.txt: rule %d (%q): %w", i+1, line, err))
		}
		dst = append(dst, line...)
		dst = append(dst, '\n')
	}
	for i, url := range sitemaps {
		if err := syntax.WebURL(url); err != nil {
			errs = append(errs, fmt.Errorf("robots.txt: sitemap: %w", err))
		}
		if i == 0 {
			dst = append(dst, '\n')
		}
		dst = append(dst, "Sitemap: "...)
		dst = append(dst, url...)
		dst = append(dst, '\n')
	}
	if len(errs) > 0 {
		return dst[:start], errors.Join(errs...)
	}
	return dst, nil
}

// checkRule checks a line of the form "name: value". inGroup tells whether a
// User-agent line came before.
func checkRule(line string, inGroup *bool) error {
	if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f || r == 0xfffd }) {
		return errors.New("it holds a line end or another control character")
	}
	line, _, _ = strings.Cut(line, "#")
	line = strings.TrimSpace(line)
	if line == "" {
		return nil
	}
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return errors.New("it has no colon; write it as in Disallow: /path/")
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "user-agent":
		*inGroup = true
		return syntax.Agent(value)
	case "allow", "disallow":
		if !*inGroup {
			return errors.New("no User-agent line is before it")
		}
		return syntax.Pattern(value)
	case "sitemap":
		return syntax.WebURL(value)
	}
	return nil
}
