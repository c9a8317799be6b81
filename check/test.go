package check

import (
	"context"
	"io/fs"
)

// TB is the part of [testing.TB] that [Test] needs.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
}

// Test runs the checks and fails the test if a finding is an error, with all
// findings, warnings too, or if the checks cannot be run. If there are but
// warnings, it logs them. [Options.Rules] makes errors of warnings, all of them with
//
//	map[string]check.Severity{"*": check.Error}
//
// A t with the methods Context or Logf, as a [testing.T] has, is used with them.
func Test(t TB, fsys fs.FS, opt *Options) {
	t.Helper()
	ctx := context.Background()
	if c, ok := t.(interface{ Context() context.Context }); ok {
		ctx = c.Context()
	}
	report, err := Run(ctx, fsys, opt)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	if n := report.Count(Error); n > 0 {
		t.Errorf("%d errors and %d warnings:\n%s", n, report.Count(Warning), list(report.Findings))
	} else if l, ok := t.(interface{ Logf(string, ...any) }); ok && len(report.Findings) > 0 {
		l.Logf("%d warnings:\n%s", len(report.Findings), list(report.Findings))
	}
	for _, e := range report.Unused {
		if l, ok := t.(interface{ Logf(string, ...any) }); ok {
			l.Logf("the exception {Rule: %q, File: %q, About: %q} matches nothing and can go", e.Rule, e.File, e.About)
		}
	}
}
