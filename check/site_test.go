package check

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is found into testdata")

// TestSites checks the sites of testdata. Their comments are options: base, clean and rules.
func TestSites(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sites: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := fstest.MapFS{}
			want := -1
			for i, f := range archive.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				fsys[f.Name] = &fstest.MapFile{Data: page(f.Data)}
			}
			if want < 0 {
				t.Fatal("no file want")
			}
			report, err := Run(t.Context(), fsys, siteOptions(t, string(archive.Comment)))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, f := range report.Findings {
				f.Fix = ""
				got += f.String() + "\n"
			}
			if *update {
				archive.Files[want].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(archive.Files[want].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// page makes a page of a text that begins with its title, and anything else of others.
func page(text []byte) []byte {
	title, body, ok := strings.Cut(strings.TrimPrefix(string(text), "title: "), "\n")
	if !ok || !strings.HasPrefix(string(text), "title: ") {
		return text
	}
	return []byte(`<!doctype html><html lang=en><meta charset=utf-8><title>` + title + `</title><meta name=description content=D><h1>` + title + "</h1>\n" + body)
}

func siteOptions(t *testing.T, comment string) *Options {
	t.Helper()
	opt := &Options{Rules: map[string]Severity{"canonical-missing": Off}}
	for line := range strings.Lines(comment) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		switch key {
		case "base":
			opt.BaseURL = value
		case "clean":
			opt.CleanURLs = value == "true"
		case "rule":
			name, severity, _ := strings.Cut(value, " ")
			var s Severity
			if err := s.UnmarshalText([]byte(severity)); err != nil {
				t.Fatal(err)
			}
			opt.Rules[name] = s
		case "ignore":
			f := strings.Fields(value)
			opt.Ignore = append(opt.Ignore, Exception{Rule: f[0], File: f[1], About: f[2]})
		case "budget":
			var b Budget
			if _, err := fmt.Sscan(value, &b.Files, &b.Bytes, &b.Total); err != nil {
				t.Fatal(err)
			}
			opt.Budgets = append(opt.Budgets, b)
		}
	}
	return opt
}

func TestOptionMistakes(t *testing.T) {
	for _, tt := range []struct {
		opt  Options
		want string
	}{
		{Options{BaseURL: "example.com"}, `check: BaseURL "example.com": want an absolute URL, such as https://example.com/`},
		{Options{BaseURL: "https://[x"}, "check: BaseURL: "},
		{Options{Rules: map[string]Severity{"link-brokn": Off}}, `check: Rules: no rule "link-brokn" (did you mean "link-broken"?)`},
		{Options{Rules: map[string]Severity{"x-*": Off}}, `check: Rules: no rule "x-*"`},
		{Options{Rules: map[string]Severity{"link-*": 9}}, `check: Rules: link-*: unknown severity 9`},
		{Options{Ignore: []Exception{{Rule: "images-alt"}}}, `check: Ignore[0]: Rule: no rule "images-alt" (did you mean "image-alt"?)`},
		{Options{Ignore: []Exception{{}, {File: "[a"}}}, `check: Ignore[1]: File: pattern "[a": syntax error in pattern`},
		{Options{Budgets: []Budget{{Files: "{a"}}}, `check: Budgets[0]: Files: pattern "{a"`},
	} {
		report, err := Run(t.Context(), fstest.MapFS{}, &tt.opt)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || report != nil {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

// failing is a file system in which one file can't be read.
type failing struct {
	fs.FS
	name string
}

func (f failing) Open(name string) (fs.File, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.FS.Open(name)
}

func TestUnreadable(t *testing.T) {
	files := fstest.MapFS{"index.html": {}, "a/b.html": {}}
	for _, name := range []string{"a/b.html", "a"} {
		if _, err := Run(t.Context(), failing{files, name}, nil); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, files, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// recorder is a test that keeps what it is told.
type recorder struct{ failed, logged string }

func (*recorder) Helper()                           {}
func (r *recorder) Errorf(format string, a ...any)  { r.failed += fmt.Sprintf(format, a...) + "\n" }
func (r *recorder) Logf(format string, args ...any) { r.logged += fmt.Sprintf(format, args...) + "\n" }

func TestTest(t *testing.T) {
	site := fstest.MapFS{"index.html": {Data: page([]byte("title: Home\n<a href=x><img src=/y>"))}}
	var r recorder
	Test(&r, site, nil)
	want := `3 errors and 1 warnings:
index.html:2:9: error: there is no x [link-broken]; correct the link, or add the file
index.html:2:11: error: the image has no alt [image-alt]; describe the image in alt, or write alt="" if it is decoration
index.html:2:11: warning: the image has neither width nor height [image-size]; add width and height; CSS can still scale it
index.html:2:20: error: there is no /y [link-broken]; correct the link, or add the file
`
	want = strings.Replace(want, "3 errors", "4 errors", 1)
	want = strings.Replace(want, "index.html:2:9:", "index.html:2:1: error: <a> isn't closed before the end of the file [tag-unclosed]; add the end tag\nindex.html:2:9:", 1)
	if r.failed != want || r.logged != "" {
		t.Errorf("got:\n%s%s\nwant:\n%s", r.failed, r.logged, want)
	}
	r = recorder{}
	Test(&r, site, &Options{Rules: map[string]Severity{"*": Off, "image-size": Warning}, Ignore: []Exception{{Rule: "link-*", About: "/z"}}})
	want = `1 warnings:
index.html:2:11: warning: the image has neither width nor height [image-size]; add width and height; CSS can still scale it
the exception {Rule: "link-*", File: "", About: "/z"} matches nothing and can go
`
	if r.failed != "" || r.logged != want {
		t.Errorf("got:\n%s%s\nwant:\n%s", r.failed, r.logged, want)
	}
	r = recorder{}
	Test(&r, site, &Options{BaseURL: "x"})
	if !strings.HasPrefix(r.failed, "check: BaseURL") {
		t.Errorf("got %s", r.failed)
	}
}

// TestAlike has findings of which there are many: the text names a few.
func TestAlike(t *testing.T) {
	site := fstest.MapFS{}
	for i := range 20 {
		site[fmt.Sprintf("%02d.html", i)] = &fstest.MapFile{Data: page(fmt.Appendf(nil, "title: %d\n<p><a href=/x>x</a>", i))}
	}
	report, err := Run(t.Context(), site, &Options{Rules: map[string]Severity{"orphan-page": Off}})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Findings) != 20 || report.Pages != 20 || report.Links != 20 {
		t.Errorf("%d findings, %d pages, %d links", len(report.Findings), report.Pages, report.Links)
	}
	text := report.Err().Error()
	if n := strings.Count(text, "\n"); n != 5 || !strings.HasSuffix(text, "\t… and 15 more like this one") {
		t.Errorf("got:\n%s", text)
	}
}
