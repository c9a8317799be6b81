package sitetest_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jam-go/jam/sitetest"
)

// holding switches updating off for a test.
func holding(t *testing.T) {
	t.Helper()
	t.Setenv("SITETEST_UPDATE", "0")
	update := flag.Lookup("update").Value.String()
	if err := flag.Set("update", "false"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("update", update); err != nil {
			t.Error(err)
		}
	})
}

func TestGolden(t *testing.T) {
	holding(t)
	dir := t.TempDir()
	file := filepath.ToSlash(filepath.Join(dir, "new", "a.txt"))
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, "new"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	golden := func(have string) string {
		return strings.ReplaceAll(run(func(t testing.TB) { sitetest.Golden(t, file, have) }).text(), dir, "DIR")
	}
	long := "<p>one</p>" + strings.Repeat("<p>same</p>", 20)
	tests := []struct{ name, want, have, report string }{
		{"same", "a\nb\n", "a\nb\n", ""},
		{"differs", "a\nb\nc\n", "a\nx\nc\n", `have differs from DIR/new/a.txt (go test -run '^TestFake$' -update writes what it is now):
--- DIR/new/a.txt
+++ have
@@ -1,3 +1,3 @@
 a
-b
+x
 c
`},
		{"carriage returns of version control", "a\r\nb\r\n", "a\nb\n", ""},
		{"own carriage returns", "a\r\n", "a\r\n", ""},
		{"newline at the end", "a\n", "a", `have differs from DIR/new/a.txt (go test -run '^TestFake$' -update writes what it is now):
--- DIR/new/a.txt
+++ have
@@ -1 +1 @@
-a
+a
\ No newline at end of file
`},
		{"long lines", long + "\n", strings.Replace(long, "one", "two", 1) + "\n", `have differs from DIR/new/a.txt (go test -run '^TestFake$' -update writes what it is now):
--- DIR/new/a.txt
+++ have (shown with lines broken before tags)
@@ -1,4 +1,4 @@
-<p>one</p>
+<p>two</p>
 <p>same</p>
 <p>same</p>
 <p>same</p>
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(tt.want)
			if got := golden(tt.have); got != tt.report {
				t.Errorf("have:\n%s\nwant:\n%s", got, tt.report)
			}
		})
	}
	if err := os.RemoveAll(filepath.Join(dir, "new")); err != nil {
		t.Fatal(err)
	}
	if got, want := golden("a"), "there is no file DIR/new/a.txt (go test -run '^TestFake$' -update writes it)"; got != want {
		t.Errorf("have:\n%s\nwant:\n%s", got, want)
	}
	t.Setenv("SITETEST_UPDATE", "1")
	for _, text := range []string{"new\n", "changed\n"} {
		if got, want := golden(text), "log: wrote DIR/new/a.txt"; got != want {
			t.Errorf("have:\n%s\nwant:\n%s", got, want)
		}
		if b, err := os.ReadFile(file); err != nil || string(b) != text {
			t.Errorf("the file is %q, %v, want %q", b, err, text)
		}
	}
	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := golden("changed\n"); got != "" {
		t.Errorf("a file that holds was written: %s", got)
	}
	if after, err := os.Stat(file); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("a file that holds was touched: %v", err)
	}
	t.Setenv("SITETEST_UPDATE", "0")
	if got := golden("other\n"); !strings.HasPrefix(got, "have differs") {
		t.Errorf("with SITETEST_UPDATE=0 a difference is %q", got)
	}
	t.Setenv("SITETEST_UPDATE", "")
	if err := flag.Set("update", "true"); err != nil {
		t.Fatal(err)
	}
	if got, want := golden("by flag\n"), "log: wrote DIR/new/a.txt"; got != want {
		t.Errorf("have:\n%s\nwant:\n%s", got, want)
	}
	if got := run(func(t testing.TB) { sitetest.Golden(t, dir, "x") }); !got.ended {
		t.Errorf("a folder as a golden file: %q", got.text())
	}
}

func TestGoldenFiles(t *testing.T) {
	sitetest.GoldenFiles(t, "testdata/files.txtar", map[string][]byte{
		"b.txt":        []byte("text\n"),
		"a.txt":        []byte("no newline"),
		"empty":        nil,
		"pic.png":      []byte("\x89PNG\x00"),
		"nested.txtar": []byte("-- a --\nb\n"),
	})
}

func TestSiteGolden(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(archive), plain())
	b := s.Build()
	b.Golden("testdata/site.txtar", "/posts/", "/posts/page/2/", "style.css")
	s.Output("/posts/hello/").Golden("testdata/hello.html")
	holding(t)
	got := run(func(t testing.TB) { sitetest.New(t, s.Site, nil).Build().Golden("testdata/site.txtar") })
	for _, want := range []string{"+-- index.html --\n", "+-- sitemap.xml --\n", " -- posts/page/2/index.html --\n"} {
		if !strings.Contains(got.text(), want) {
			t.Errorf("a whole build against a part of it: no %q in\n%s", want, got.text())
		}
	}
}
