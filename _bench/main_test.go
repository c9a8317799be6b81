package main

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestCompare runs everything on a small site, as a user does.
func TestCompare(t *testing.T) {
	program, err := goBuild(t.Context(), make(map[string]string), ".", t.TempDir(), ".")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	tmp := t.TempDir()
	out, err := exec.CommandContext(ctx, program, "-n", "25,50", "-runs", "1", "-corpus", "synthetic", "-tmp", tmp).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
	rows := regexp.MustCompile(`(?m)^\| (\S+) \| [\d.]+ \| [\d.]+ \| \d+ \| [\d.]* \| [\d.]* \| [\d.]* \| (\d+) \| ([0-9a-f]*) \|$`).FindAllStringSubmatch(string(out), -1)
	sums, files := map[string][]string{}, map[string][]string{}
	for _, r := range rows {
		files[r[1]], sums[r[1]] = append(files[r[1]], r[2]), append(sums[r[1]], r[3])
	}
	for _, name := range []string{"jam", "jam-update", "jam-load", "jam-1core", "own-floor", "own-floor-1core"} {
		if len(sums[name]) != 2 {
			t.Fatalf("%s: %d rows, want 2", name, len(sums[name]))
		}
	}
	for i, n := range []string{"25", "50"} {
		if files["own-floor"][i] != n {
			t.Errorf("the floor has written %s files of %s", files["own-floor"][i], n)
		}
		for _, name := range []string{"jam-update", "jam-1core"} {
			if sums[name][i] == "" || sums[name][i] != sums["jam"][i] || files[name][i] != files["jam"][i] {
				t.Errorf("%s: files %s, hash %s; jam has %s, %s", name, files[name][i], sums[name][i], files["jam"][i], sums["jam"][i])
			}
		}
	}
	if _, err := exec.LookPath("hugo"); err != nil {
		t.Log("Hugo is not installed: it is left out")
	} else if len(sums["hugo"]) != 2 {
		t.Error("no rows of Hugo")
	}
	if !strings.Contains(string(out), "Growth from 25 pages") {
		t.Error("no growth")
	}
	left, err := fs.Glob(os.DirFS(tmp), "*")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestShares prints what is done on one goroutine, for a small site.
func TestShares(t *testing.T) {
	program, err := goBuild(t.Context(), make(map[string]string), ".", t.TempDir(), ".")
	if err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	out, err := exec.CommandContext(t.Context(), program, "-shares", "-n", "300", "-runs", "1", "-corpus", "synthetic", "-tmp", tmp).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{`% {2}on one goroutine, of [\d.]+ ms on all cores`, `(?m)^16 cores: [\d.]+ times as fast as one$`, `(?m)% {2}\(\*loader\)\.\w+`} {
		if !regexp.MustCompile(want).Match(out) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	if left, err := fs.Glob(os.DirFS(tmp), "*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestWork holds that jam's site has all that the comparison says of it.
func TestWork(t *testing.T) {
	dir := t.TempDir()
	o := &options{corpus: "synthetic", generate: filepath.Join(dir, "content")}
	if err := generate(t.Context(), t.Output(), o, 1200); err != nil {
		t.Fatal(err)
	}
	if err := copySite(dir); err != nil {
		t.Fatal(err)
	}
	program, err := goBuild(t.Context(), make(map[string]string), ".", t.TempDir(), "jam")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	if text, err := exec.CommandContext(t.Context(), program, "-src", dir, "-out", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	pages, err := filepath.Glob(filepath.Join(out, "part-*", "0*", "index.html"))
	if err != nil || len(pages) != 1200 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for name, want := range map[string][]string{
		"index.html":                 {"<h1>Bench</h1>", "<ol>", "/001199-"},
		"index.xml":                  {"<rss", "<item>"},
		"sitemap.xml":                {"/tags/travel/", "/part-19/", "/000000-"},
		"part-00/index.html":         {"Part 1 of 2", "<a rel=next href=/part-00/page/2/>On</a>", "<time>2020-01-01</time>"},
		"part-00/page/2/index.html":  {"Part 2 of 2", "<a rel=prev href=/part-00/>Back</a>"},
		"part-00/index.xml":          {"<rss", "<item>"},
		"tags/index.html":            {"<a href=/tags/animals/>"},
		"tags/art/index.html":        {"Part 1 of ", "<a rel=next"},
		"tags/art/index.xml":         {"<rss", "<item>"},
		relative(t, out, pages[600]): {"<a href=/part-19/>", " minutes", " words", "<a href=/tags/", "<a rel=next href=/part-", "<style>main{"},
	} {
		text, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, w := range want {
			if !strings.Contains(string(text), w) {
				t.Errorf("%s: lacks %s", name, w)
			}
		}
	}
}

func relative(t *testing.T, dir, file string) string {
	t.Helper()
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

func TestHash(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	base := fstest.MapFS{"a/b.html": file("one"), "c.html": file("two")}
	sum, files, err := hashFS(base)
	if err != nil || files != 2 || len(sum) != 16 {
		t.Fatalf("%q, %d files, %v", sum, files, err)
	}
	for what, other := range map[string]fstest.MapFS{
		"other content": {"a/b.html": file("one"), "c.html": file("too")},
		"other name":    {"a/b.html": file("one"), "d.html": file("two")},
		"moved text":    {"a/b.html": file("onet"), "c.html": file("wo")},
		"one file less": {"a/b.html": file("one")},
	} {
		if got, _, err := hashFS(other); err != nil || got == sum {
			t.Errorf("%s: %q, %v", what, got, err)
		}
	}
	base[".jam/manifest"] = file("list")
	if got, files, err := hashFS(base); err != nil || got != sum || files != 2 {
		t.Errorf("with jam's own folder: %q, %d files, %v", got, files, err)
	}
}

// TestHashTrees builds real sites, where they are beside this checkout.
func TestHashTrees(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	shared := findShared()
	if shared == "" {
		t.Skip("no shared content trees beside this checkout")
	}
	var out strings.Builder
	if err := hashTrees(t.Context(), &out, shared); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n"); lines != 2*len(trees) {
		t.Errorf("%d lines, want %d:\n%s", lines, 2*len(trees), out.String())
	}
}

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		want   float64
	}{
		{nil, 0}, {[]float64{3}, 3}, {[]float64{5, 1, 3}, 3}, {[]float64{4, 1, 2, 9}, 3},
	} {
		if got := median(tt.values); got != tt.want {
			t.Errorf("median of %v: %v, want %v", tt.values, got, tt.want)
		}
	}
	c := &contender{runs: []usage{{wall: 1, cpu: 2}, {wall: 4, cpu: 2}, {wall: 6, cpu: 2}}}
	base := &contender{runs: []usage{{wall: 2}, {wall: 2}, {wall: 2}}}
	if got := c.ratio(base, wallOf); got != "2.00" {
		t.Errorf("ratio %s", got)
	}
	if got := c.ratio(base, cpuOf); got != "" {
		t.Errorf("ratio to nothing: %q", got)
	}
}

func TestOptions(t *testing.T) {
	for _, args := range []string{"-n 0", "-n x", "-n 5,", "-runs 0", "-hash -shared=", "-corpus shared -shared=", "extra", "-only nobody -corpus synthetic -n 5"} {
		if err := run(t.Context(), strings.Fields(args), t.Output()); err == nil {
			t.Errorf("%s: no error", args)
		}
	}
}

func TestPeakMemory(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	u, err := measure(t.Context(), nil, program, "-test.run=^$")
	if err != nil {
		t.Fatal(err)
	}
	if u.wall <= 0 || u.cpu < 0 {
		t.Errorf("usage %+v", u)
	}
	if runtime.GOOS == "linux" && (u.peak < 1 || u.peak > 500) {
		t.Errorf("peak %.1f MB", u.peak)
	}
}
