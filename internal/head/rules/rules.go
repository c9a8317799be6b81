// Package rules checks the head of an HTML page against what those who read it ask for:
// canonical links, hreflang, feeds, Open Graph (https://ogp.me), X cards, and JSON-LD
// (https://schema.org and what Google requires of it).
package rules

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Problem is a rule that a page breaks, and where.
type Problem struct {
	Rule    string // one of Rules
	Line    int    // of the HTML, from 1
	Message string
}

func (p Problem) String() string { return fmt.Sprintf("%d: %s: %s", p.Line, p.Rule, p.Message) }

// Options says what to ask for.
type Options struct {
	Image bool // Open Graph needs an image, as ogp.me has it
}

// A Rule is something that may be wrong.
type Rule struct{ Name, Doc string }

var rules = []Rule{
	{"meta-duplicate", "a name that makes sense once is there once"},
	{"meta-empty", "metadata that is there has a value"},
	{"robots-directive", "robots has directives that search engines know"},
	{"canonical-count", "there is one canonical link at most"},
	{"canonical-url", "the canonical link is an absolute URL without fragment"},
	{"hreflang-tag", "hreflang is a BCP 47 tag or x-default"},
	{"hreflang-duplicate", "a language has one alternate"},
	{"hreflang-self", "the page is among its alternates"},
	{"hreflang-url", "alternates in other languages are absolute URLs"},
	{"alternate-type", "feeds and other formats have a media type and a URL"},
	{"og-attribute", "Open Graph uses the attribute property"},
	{"og-required", "og:title, og:type and og:url are there, and og:image on demand"},
	{"og-duplicate", "a property that has one value is there once"},
	{"og-order", "structured properties follow their root"},
	{"og-url", "URLs of Open Graph are absolute"},
	{"og-canonical", "og:url is the canonical URL"},
	{"og-locale", "locales are of the form ll_TT, each there once"},
	{"og-type", "properties of a type are on pages of that type"},
	{"og-date", "times are of ISO 8601"},
	{"og-size", "widths and heights are positive numbers"},
	{"twitter-card", "twitter:card is summary, summary_large_image, app or player"},
	{"twitter-required", "a card has a title, and a large one an image"},
	{"twitter-handle", "user names begin with @ and have letters, digits and _"},
	{"twitter-url", "the image is an absolute URL"},
	{"jsonld-syntax", "JSON-LD is JSON"},
	{"jsonld-context", "JSON-LD has the context https://schema.org"},
	{"jsonld-type", "nodes have a type"},
	{"jsonld-required", "nodes have the properties that their type requires"},
	{"jsonld-url", "URLs of JSON-LD are absolute"},
	{"jsonld-date", "dates of JSON-LD are of ISO 8601"},
	{"jsonld-breadcrumb", "breadcrumbs are two or more, numbered from 1, each but the last with an item"},
}

// Rules returns every rule that Check knows.
func Rules() []Rule { return slices.Clone(rules) }

// Check returns what is wrong with the head of a page, or with a fragment of one, in the order
// of lines. What follows a body tag is not looked at. It may be called concurrently.
func Check(html string, opt Options) []Problem {
	c := &checker{opt: opt}
	c.scan(html)
	c.metadata()
	c.canonical()
	c.alternates()
	c.openGraph()
	c.twitter()
	c.schema()
	slices.SortStableFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule, b.Rule))
	})
	return c.problems
}

// checker is one check under way.
type checker struct {
	opt      Options
	metas    []meta
	links    []link
	scripts  []script
	canonURL string
	problems []Problem
}

func (c *checker) add(rule string, line int, format string, args ...any) {
	c.problems = append(c.problems, Problem{rule, line, fmt.Sprintf(format, args...)})
}

// isAbsolute reports whether u is a URL with scheme http or https and a host.
func isAbsolute(u string) bool {
	p, err := url.Parse(u)
	return err == nil && (p.Scheme == "http" || p.Scheme == "https") && p.Hostname() != "" && !strings.ContainsAny(u, " \"<>")
}

// isDate reports whether s is a date, or date and time, of ISO 8601.
func isDate(s string) bool {
	for _, layout := range []string{time.RFC3339, time.DateOnly, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01", "2006"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}
