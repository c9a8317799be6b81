package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree writes files to a new directory and returns it.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func runIn(ctx context.Context, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(ctx, args, &out, &errs)
	return status, out.String(), errs.String()
}

func TestBuild(t *testing.T) {
	src := tree(t, map[string]string{
		"docs/index.md":       "# Home\n\nSee [one](one.md).\n",
		"docs/one.md":         "A page with <b>HTML</b>.\n",
		"docs/news/later.md":  "---\ndate: 9999-01-02\n---\nNot yet.\n",
		"docs/unfinished.md":  "---\ndraft: true\n---\nNot quite.\n",
		"layouts/broken.html": "{{ nonsense }}",
		"static/style.css":    "body { color: black }\n",
	})
	out := filepath.Join(t.TempDir(), "public")
	args := []string{"-src", src, "-out", out, "-content", "docs", "-theme", "plain",
		"-base", "https://example.org/sub/", "-title", "Things", "-unsafe", "-drafts", "-future", "-permalink", "news=/:year/:contentbasename/"}

	status, stdout, stderr := runIn(t.Context(), args...)
	if status != 0 || stderr != "" {
		t.Fatalf("status %d, stderr:\n%s", status, stderr)
	}
	if !strings.HasPrefix(stdout, "6 pages; 10 files written, 0 kept, 0 removed; 0 warnings\n") ||
		!strings.Contains(stdout, "\nload ") || !strings.Contains(stdout, " s, render ") {
		t.Errorf("stdout:\n%s", stdout)
	}
	for name, want := range map[string]string{
		"index.html":            `/sub/one/`,
		"one/index.html":        `<b>HTML</b>`,
		"9999/later/index.html": `Not yet.`,
		"unfinished/index.html": `Not quite.`,
		"404.html":              `Things`,
		"style.css":             `body{color:black}`,
	} {
		b, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(string(b), want) {
			t.Errorf("%s has no %s:\n%s", name, want, b)
		}
	}

	if err := os.Remove(filepath.Join(src, "docs", "news", "later.md")); err != nil {
		t.Fatal(err)
	}
	_, stdout, _ = runIn(t.Context(), args...)
	if !strings.Contains(stdout, " 4 removed; ") {
		t.Errorf("after a page was removed:\n%s", stdout)
	}
	if _, err := os.Stat(filepath.Join(out, "9999")); !os.IsNotExist(err) {
		t.Errorf("the page that was removed is still there: %v", err)
	}
}

// The flags that describe the content of a tree made for another program.
func TestContent(t *testing.T) {
	post := func(title string) string { return "---\ntitle: " + title + "\nseries: [Start]\ntags: [a]\n---\n" }
	tests := []struct {
		name  string
		files map[string]string
		args  []string
		want  []string // files, some of those that are written
		not   []string
	}{
		{"languages by suffix", map[string]string{"content/_index.md": "Hello.\n", "content/a.md": "A.\n", "content/a.de.md": "A.\n"},
			[]string{"-languages", "en,de"}, []string{"a/index.html", "de/a/index.html", "de/index.html"}, []string{"en/a/index.html"}},
		{"languages by folder", map[string]string{"text/en/a.md": "A.\n", "text/de/a.md": "A.\n", "text/de/b.md": "B.\n"},
			[]string{"-languages", "en=text/en,de=text/de"}, []string{"a/index.html", "de/a/index.html", "de/b/index.html"}, []string{"b/index.html"}},
		{"taxonomies by default", map[string]string{"content/a.md": post("A")},
			nil, []string{"tags/a/index.html"}, []string{"series/start/index.html"}},
		{"taxonomies", map[string]string{"content/a.md": post("A")},
			[]string{"-taxonomies", "series"}, []string{"series/start/index.html"}, []string{"tags/index.html"}},
		{"no taxonomies", map[string]string{"content/a.md": post("A")},
			[]string{"-taxonomies", ""}, []string{"a/index.html"}, []string{"tags/index.html", "series/index.html"}},
		{"pagination", map[string]string{"content/posts/a.md": post("A"), "content/posts/b.md": post("B"), "content/posts/c.md": post("C")},
			[]string{"-paginate", "2"}, []string{"page/2/index.html", "posts/page/2/index.html", "tags/a/page/2/index.html"}, []string{"posts/page/3/index.html"}},
		{"keys", map[string]string{"content/a.md": "---\npermalink: /elsewhere/\nposition: 3\n---\n"},
			[]string{"-keys", "permalink=url,position=weight"}, []string{"elsewhere/index.html"}, []string{"a/index.html"}},
		{"dates of files", map[string]string{"content/posts/2026-03-01-hello.md": "Hello.\n"},
			[]string{"-filedates", "-permalink", "posts=/:year/:month/:slug/"}, []string{"2026/03/hello/index.html"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := t.TempDir()
			status, stdout, stderr := runIn(t.Context(), append(tt.args, "-q", "-src", tree(t, tt.files), "-out", out)...)
			if status != 0 || stdout != "" || stderr != "" {
				t.Fatalf("status %d, stdout %q, stderr:\n%s", status, stdout, stderr)
			}
			for _, name := range tt.want {
				if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(name))); err != nil {
					t.Error(err)
				}
			}
			for _, name := range tt.not {
				if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(name))); !os.IsNotExist(err) {
					t.Errorf("%s: have %v, want that there is no such file", name, err)
				}
			}
		})
	}
}

func TestErrors(t *testing.T) {
	src := tree(t, map[string]string{
		"content/a.md": "---\ndate: soon\n---\n",
		"content/b.md": "---\ntitle: B\nweight: heavy\n---\n",
	})
	out := filepath.Join(t.TempDir(), "public")
	status, stdout, stderr := runIn(t.Context(), "-src", src, "-out", out)
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	if status != 1 || stdout != "" || len(lines) != 2 ||
		!strings.HasPrefix(lines[0], "content/a.md:2:7: front matter: ") ||
		!strings.HasPrefix(lines[1], "content/b.md:3:9: front matter: ") {
		t.Errorf("status %d, stdout %q, stderr:\n%s", status, stdout, stderr)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("a tree with errors has output: %v", err)
	}
}

func TestWarnings(t *testing.T) {
	var text strings.Builder
	for i := range 23 {
		fmt.Fprintf(&text, "[a](nowhere%d.md)\n", i)
	}
	src := tree(t, map[string]string{"content/a.md": text.String()})
	out := filepath.Join(t.TempDir(), "public")
	tests := []struct {
		args        []string
		status      int
		lines       int
		first, last string
	}{
		{nil, 0, 21, "warning: content/a.md:1:1: link: ", "… and 3 more (-v lists them all)"},
		{[]string{"-v"}, 0, 23, "warning: content/a.md:1:1: link: ", "warning: content/a.md:23:1: link: "},
		{[]string{"-strict"}, 1, 23, "content/a.md:1:1: link: ", "content/a.md:23:1: link: "},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			status, stdout, stderr := runIn(t.Context(), append(tt.args, "-q", "-src", src, "-out", out)...)
			lines := strings.Split(strings.TrimSpace(stderr), "\n")
			if status != tt.status || stdout != "" || len(lines) != tt.lines ||
				!strings.HasPrefix(lines[0], tt.first) || !strings.HasPrefix(lines[len(lines)-1], tt.last) {
				t.Errorf("status %d, stdout %q, %d lines:\n%s", status, stdout, len(lines), stderr)
			}
		})
	}
}

func TestLenient(t *testing.T) {
	src := tree(t, map[string]string{
		"content/a.md":    "text\n",
		"static/wrong.js": "let a = 'unclosed\n",
	})
	args := []string{"-q", "-src", src, "-out", filepath.Join(t.TempDir(), "public")}
	if status, _, stderr := runIn(t.Context(), args...); status != 1 || !strings.HasPrefix(stderr, "static/wrong.js:1:") {
		t.Errorf("status %d, stderr:\n%s", status, stderr)
	}
	if status, _, stderr := runIn(t.Context(), append(args, "-lenient")...); status != 0 ||
		!strings.HasPrefix(stderr, "warning: static/wrong.js:1:") {
		t.Errorf("lenient: status %d, stderr:\n%s", status, stderr)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"-nonsense"}, {"tree"}, {"-theme", "fancy"}, {"-permalink", "/:slug/"},
		{"-keys", "permalink=url,template"}, {"-paginate", "0"}, {"-paginate", "many"}} {
		if status, _, stderr := runIn(t.Context(), args...); status != 2 || !strings.Contains(stderr, "-src directory") {
			t.Errorf("%v: status %d, stderr:\n%s", args, status, stderr)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	src := tree(t, map[string]string{"content/a.md": "text\n"})
	status, stdout, stderr := runIn(ctx, "-src", src, "-out", filepath.Join(t.TempDir(), "public"))
	if status != 1 || stdout != "" || stderr != "context canceled\n" {
		t.Errorf("status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
}

// A link in the tree does not lead out of it.
func TestLinkOut(t *testing.T) {
	outside := tree(t, map[string]string{"secret.md": "secret\n"})
	src := tree(t, map[string]string{"content/a.md": "text\n"})
	if err := os.Symlink(filepath.Join(outside, "secret.md"), filepath.Join(src, "content", "b.md")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	status, _, stderr := runIn(t.Context(), "-src", src, "-out", filepath.Join(t.TempDir(), "public"))
	if status != 1 || !strings.HasPrefix(stderr, "content/b.md: read: ") {
		t.Errorf("status %d, stderr:\n%s", status, stderr)
	}
}
