package sitetest

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

// LoadErrors tests that a tree has certain mistakes, and no others: it loads the site and, if that succeeds, builds it,
// and holds the errors against want as [WantErrors] does.
func LoadErrors(t testing.TB, tree fs.FS, cfg *jam.Config, want ...string) {
	t.Helper()
	site, err := jam.Load(t.Context(), tree, cfg)
	if err == nil {
		_, err = site.Build(t.Context(), jam.Memory())
	}
	WantErrors(t, err, want...)
}

// BuildErrors tests that building the site has certain errors, and no others, as [WantErrors] does.
func (s *Site) BuildErrors(want ...string) {
	s.t.Helper()
	_, err := s.Site.Build(s.t.Context(), jam.Memory())
	WantErrors(s.t, err, want...)
}

// WantErrors tests that err consists of certain errors, in the order that [jam.Errors] gives. Each is wanted
// with its whole text,
//
//	content/posts/x.md:3:1: front matter: unknown key "auther" in Post (did you mean "author"?)
//
// and none are wanted without texts.
func WantErrors(t testing.TB, err error, want ...string) {
	t.Helper()
	wantLines(t, "errors", texts(jam.Errors(err)), want)
}

// WantWarnings builds the site in memory, and tests that loading and building have certain warnings, as [WantErrors] does
// for errors. Without texts, there must be none.
func (s *Site) WantWarnings(want ...string) {
	s.t.Helper()
	wantLines(s.t, "warnings", texts(s.Build().Warnings), want)
}

func wantLines(t testing.TB, what string, have, want []string) {
	t.Helper()
	h, w := text(have), text(want)
	switch {
	case h == w:
	case len(have) == 0:
		t.Errorf("there are no %s, want:\n%s", what, w)
	case len(want) == 0:
		t.Errorf("have %s, want none:\n%s", what, h)
	default:
		t.Errorf("the %s differ:\n%s", what, diff("want", "have", w, h))
	}
}

// text returns lines as a text, of which each is ended.
func text(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}
