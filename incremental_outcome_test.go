package jam_test

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"testing"

	"github.com/jam-go/jam"
)

// buildOutcome is what became of a build.
type buildOutcome struct {
	errs, warnings []string
	files          map[string]string
	report         *jam.Report
}

func cleanBuild(t *testing.T, tree fs.FS, cfg *jam.Config) *buildOutcome {
	t.Helper()
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		return failed(err)
	}
	out := jam.Memory()
	o := buildSite(t, site, out)
	o.files = outputFiles(t, out)
	return o
}

func buildSite(t *testing.T, site *jam.Site, out jam.Output) *buildOutcome {
	t.Helper()
	report, err := site.Build(t.Context(), out)
	if err != nil {
		return failed(err)
	}
	o := &buildOutcome{report: report}
	for _, w := range report.Warnings {
		o.warnings = append(o.warnings, w.Error())
	}
	return o
}

func failed(err error) *buildOutcome {
	o := &buildOutcome{}
	for _, e := range jam.Errors(err) {
		o.errs = append(o.errs, e.Error())
	}
	return o
}

// diff says in what an outcome differs from that of a clean build.
func (o *buildOutcome) diff(clean *buildOutcome) string {
	if d := diffLists("error", o.errs, clean.errs); d != "" {
		return d
	}
	if len(clean.errs) > 0 {
		return ""
	}
	if d := diffLists("warning", o.warnings, clean.warnings); d != "" {
		return d
	}
	names := maps.Clone(o.files)
	maps.Copy(names, clean.files)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		have, is := o.files[name]
		want, shouldBe := clean.files[name]
		switch {
		case !is:
			return fmt.Sprintf("%s is missing", name)
		case !shouldBe:
			return fmt.Sprintf("%s should not be there", name)
		case have != want:
			return fmt.Sprintf("%s differs:\n%s", name, diffTexts(have, want))
		}
	}
	return ""
}

// checkReport compares the lists of the report with how the output was before.
func (o *buildOutcome) checkReport(before map[string]string) string {
	if o.report == nil {
		return ""
	}
	var written, kept, removed []string
	for _, name := range slices.Sorted(maps.Keys(o.files)) {
		if old, ok := before[name]; ok && old == o.files[name] {
			kept = append(kept, name)
		} else {
			written = append(written, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, ok := o.files[name]; !ok {
			removed = append(removed, name)
		}
	}
	for _, l := range []struct {
		what       string
		have, want []string
	}{{"Written", o.report.Written, written}, {"Kept", o.report.Kept, kept}, {"Removed", o.report.Removed, removed}} {
		if d := diffLists("name in Report."+l.what, l.have, l.want); d != "" {
			return d
		}
	}
	return ""
}

// diffLists says of two lists what the first lacks and has too much.
func diffLists(what string, have, want []string) string {
	for i, s := range have {
		if !slices.Contains(want, s) {
			return fmt.Sprintf("%s %d should not be there: %s", what, i, s)
		}
	}
	for i, s := range want {
		if !slices.Contains(have, s) {
			return fmt.Sprintf("%s %d is missing: %s", what, i, s)
		}
	}
	if !slices.Equal(have, want) {
		return fmt.Sprintf("each %s is there, but the order or number differs: %q, want %q", what, have, want)
	}
	return ""
}

// diffTexts shows where two texts differ first.
func diffTexts(have, want string) string {
	i := 0
	for i < len(have) && i < len(want) && have[i] == want[i] {
		i++
	}
	from := max(0, i-80)
	cut := func(s string) string { return s[min(from, len(s)):min(i+120, len(s))] }
	return fmt.Sprintf("at byte %d:\nhave %q\nwant %q", i, cut(have), cut(want))
}
