package syntax

import (
	"errors"
	"fmt"
	"strings"
)

// Agent reports why s can't be the value of a User-agent line of robots.txt
// (RFC 9309, section 2.2.1): a crawler's product token or *. Digits are
// allowed too, because crawlers have them in their tokens.
func Agent(s string) error {
	if s == "*" {
		return nil
	}
	for i := range len(s) {
		if c := s[i]; !isAlpha(c) && !isDigit(c) && c != '-' && c != '_' {
			return fmt.Errorf("%q is no crawler's name: it may hold letters, - and _", clip(s))
		}
	}
	if s == "" {
		return errors.New("a User-agent line needs a crawler's name or *")
	}
	return nil
}

// Pattern reports why s can't be the value of an Allow or Disallow line: a path
// from the root, maybe with *, or nothing.
func Pattern(s string) error {
	if s != "" && s[0] != '/' && s[0] != '*' {
		return fmt.Errorf("%q must begin with / or *", clip(s))
	}
	if strings.ContainsAny(s, " \t") {
		return fmt.Errorf("%q holds a space, which must be percent-encoded", clip(s))
	}
	return nil
}
