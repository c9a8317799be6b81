package sitetest

import (
	"testing"

	"github.com/jam-go/jam"
)

// Build is what came of building a site in memory: the report, and the files.
type Build struct {
	*jam.Report
	*jam.MemoryOutput
	t testing.TB
	s *Site
}

// Build builds the whole site in memory. If that fails, the test ends with every mistake, one per line. To
// build to another output, call the Build of the [jam.Site].
func (s *Site) Build() *Build {
	s.t.Helper()
	out := jam.Memory()
	report, err := s.Site.Build(s.t.Context(), out)
	if err != nil {
		s.t.Fatalf("the site cannot be built:\n%s", lines(jam.Errors(err)))
	}
	return &Build{Report: report, MemoryOutput: out, t: s.t, s: s}
}

// Output returns a file of the build, which is named as for [Site.Output].
func (b *Build) Output(name string) *Output {
	b.t.Helper()
	file, ok := b.s.file(name)
	if !ok {
		return b.s.Output(name) // which says why
	}
	return b.s.output(file, b.Files()[file])
}
