package preview

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/fsnotify/fsnotify"

	"github.com/jam-go/jam"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 300) + "!" + strings.Repeat("y", 300)
	for _, c := range []struct {
		name, text   string
		line, column int
		want         string
	}{
		{"the middle", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", 5, 2, "2 2\n3 3\n4 4\n5 f[i]ve\n6 6\n7 7\n8 8"},
		{"the first", "one\ntwo", 1, 1, "1 [o]ne\n2 two"},
		{"the last", "one\ntwo", 2, 3, "1 one\n2 tw[o]"},
		{"no column", "one\ntwo\n", 1, 0, "1 one[]\n2 two"},
		{"after the end", "one\ntwo\n", 2, 9, "1 one\n2 two[]"},
		{"CRLF", "one\r\ntwo\r\n", 2, 1, "1 one\n2 [t]wo"},
		{"a byte order mark", "\uFEFFone", 1, 1, "1 [o]ne"},
		{"characters", "日本語\t😀x", 1, 5, "1 日本語\t[😀]x"},
		{"invalid UTF-8", "a\xffb", 1, 2, "1 a[\uFFFD]b"},
		{"a long line", long, 1, 301, "1 …" + strings.Repeat("x", 40) + "[!]" + strings.Repeat("y", 119) + "…"},
		{"the start of a long line", long, 1, 1, "1 [x]" + strings.Repeat("x", 159) + "…"},
		{"beside a long line", "a\n" + long, 1, 1, "1 [a]\n2 " + strings.Repeat("x", 160) + "…"},
		{"no such line", "one\n", 3, 1, ""},
		{"no text", "", 1, 1, ""},
	} {
		var lines []string
		for _, l := range excerpt([]byte(c.text), c.line, c.column) {
			s := fmt.Sprint(l.Number, " ", l.Before)
			if l.Marked {
				s += "[" + l.Point + "]" + l.After
			}
			lines = append(lines, s)
		}
		if got := strings.Join(lines, "\n"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add([]byte("one\ntwo\n"), 2, 3)
	f.Add([]byte("\xff\xfe\r\n\t"), 1, -1)
	f.Fuzz(func(t *testing.T, text []byte, line, column int) {
		marked := 0
		for _, l := range excerpt(text, line, column) {
			s := l.Before + l.Point + l.After
			if !utf8.ValidString(s) || strings.Contains(s, "\n") || utf8.RuneCountInString(s) > wide+4 {
				t.Errorf("line %d: %q", l.Number, s)
			}
			if l.Marked {
				marked++
			}
		}
		if marked > 1 {
			t.Errorf("%d lines are marked", marked)
		}
	})
}

func TestInject(t *testing.T) {
	for doc, want := range map[string]string{
		"":                                  "<s>",
		"<p>x":                              "<p>x<s>",
		"<body>x</body></html>":             "<body>x<s></body></html>",
		"<BODY>x</BODY\n></HTML>":           "<BODY>x<s></BODY\n></HTML>",
		"<p>x</html>\n":                     "<p>x<s></html>\n",
		"<p></body></p></body>":             "<p></body></p><s></body>",
		"x</bod":                            "x</bod<s>",
		"<script>'</body>'</script></body>": "<script>'</body>'</script><s></body>",
		"<script>'</body>'</script>":        "<script>'</body>'</script><s>",
		"<p>x<!-- </body></html> -->":       "<p>x<!-- </body></html> --><s>",
		"x</body></html><!-- </body> -->\n": "x<s></body></html><!-- </body> -->\n",
		"x</body><!-- <!-- -->":             "x</body><!-- <!-- --><s>",
		"x--></body>-->":                    "x--></body>--><s>",
		"x</body><p>y":                      "x</body><p>y<s>",
		"x</bodyguard>":                     "x</bodyguard><s>",
		">":                                 "><s>",
	} {
		if got := string(inject([]byte(doc), "<s>")); got != want {
			t.Errorf("%q: got %q, want %q", doc, got, want)
		}
	}
}

func FuzzInject(f *testing.F) {
	f.Add([]byte("<body>x</body>"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		const element = "\x00\x01\x02"
		if bytes.Contains(doc, []byte(element)) {
			return
		}
		before, after, ok := bytes.Cut(inject(bytes.Clone(doc), element), []byte(element))
		if !ok || !bytes.Equal(slices.Concat(before, after), doc) {
			t.Errorf("%q became %q and %q", doc, before, after)
		}
	})
}

// TestTracker looks at files without being told of changes.
func TestTracker(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var watched []string
	tr := newTracker([]root{{path: filepath.Join(dir, "content")}, {path: filepath.Join(dir, "static"), hidden: true}})
	tr.exact = true
	tr.watch = func(dir string) error { watched = append(watched, dir); return nil }
	expect := func(what string, want ...string) {
		t.Helper()
		got := tr.all()
		for i := range got {
			got[i] = filepath.ToSlash(strings.TrimPrefix(got[i], dir+string(filepath.Separator)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: changed are %q, want %q", what, got, want)
		}
		if again := tr.all(); len(again) > 0 {
			t.Errorf("%s: changed are %q when nothing is", what, again)
		}
	}
	expect("no folders")
	if !slices.Equal(slices.Compact(watched), []string{dir}) {
		t.Errorf("watched are %q", watched)
	}
	put("content/a.md", "one")
	put("content/x/b.md", "b")
	put("content/.hidden", "")
	put("content/a.md~", "")
	put("static/.well-known/x", "")
	put("static/.x.swp", "")
	put("other/x", "")
	expect("made", "content", "content/a.md", "content/x/b.md", "static", "static/.well-known/x")
	if !slices.Contains(watched, filepath.Join(dir, "content", "x")) {
		t.Errorf("watched are %q", watched)
	}
	sum := tr.sum
	at := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "content/a.md"), at, at); err != nil {
		t.Fatal(err)
	}
	expect("touched", "content/a.md")
	put("content/x/b.md", "c") // perhaps within the same tick of the clock
	expect("of the same size", "content/x/b.md")
	if err := os.Rename(filepath.Join(dir, "content/x"), filepath.Join(dir, "content/y")); err != nil {
		t.Fatal(err)
	}
	expect("renamed", "content/x/b.md", "content/y/b.md")
	if err := os.RemoveAll(filepath.Join(dir, "content")); err != nil {
		t.Fatal(err)
	}
	put("content", "a file")
	expect("a file in place of a folder", "content", "content/a.md", "content/y/b.md")
	if err := os.Remove(filepath.Join(dir, "content")); err != nil {
		t.Fatal(err)
	}
	put("content/a.md", "one")
	expect("and back", "content", "content/a.md")
	if sum == tr.sum {
		t.Error("the sum is the same for other files")
	}
	other := newTracker(tr.roots)
	other.all()
	if other.sum != tr.sum || len(other.files) != len(tr.files) {
		t.Errorf("another tracker has the sum %x and %d files, not %x and %d", other.sum, len(other.files), tr.sum, len(tr.files))
	}
}

// TestTrackerLinks replaces folders and files by links, which loading follows to files only.
func TestTrackerLinks(t *testing.T) {
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	must(os.MkdirAll(at("content/posts"), 0o755))
	must(os.WriteFile(at("content/posts/a.md"), []byte("a"), 0o644))
	if err := os.Symlink("none.md", at("content/link.md")); err != nil {
		t.Skip(err)
	}
	tr := newTracker([]root{{path: at("content")}})
	look := func(what string, hint string, want ...string) {
		t.Helper()
		got := tr.look(map[string]bool{at(hint): false})
		for i := range got {
			got[i] = filepath.ToSlash(strings.TrimPrefix(got[i], dir+string(filepath.Separator)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: changed are %q, want %q", what, got, want)
		}
	}
	look("first", "content", "content", "content/link.md", "content/posts/a.md")
	must(os.WriteFile(at("content/none.md"), []byte("none"), 0o644))
	look("the link leads somewhere", "content/none.md", "content/link.md", "content/none.md")
	must(os.Remove(at("content/none.md")))
	look("and nowhere", "content/none.md", "content/link.md", "content/none.md")
	must(os.Rename(at("content/posts"), at("elsewhere")))
	must(os.Symlink(at("elsewhere"), at("content/posts")))
	look("a link in place of a folder", "content/posts", "content/posts", "content/posts/a.md")
	look("once more", "content/posts")
	must(os.Remove(at("content/posts")))
	must(os.Rename(at("elsewhere"), at("content/posts")))
	look("and back", "content/posts", "content/posts/a.md")
}

// TestTrackerFaults has folders that cannot be watched.
func TestTrackerFaults(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "content", "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left on device")
	for _, c := range []struct{ err, want error }{
		{nil, nil},
		{&os.PathError{Op: "watch", Path: "x", Err: fs.ErrNotExist}, nil}, // it has just gone
		{&os.PathError{Op: "watch", Path: "x", Err: fs.ErrPermission}, nil},
		{full, full},
	} {
		tr := newTracker([]root{{path: filepath.Join(dir, "content")}})
		tr.watch = func(dir string) error {
			if filepath.Base(dir) == "x" {
				return c.err
			}
			return nil
		}
		if tr.all(); tr.fault != c.want {
			t.Errorf("%v: the fault is %v", c.err, tr.fault)
		}
	}
}

// TestEventsLost has the operating system's events fail.
func TestEventsLost(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "content", "a.md")
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	put("one")
	var log bytes.Buffer
	h, err := New(t.Context(), dir, &jam.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	await := func(want string) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/a/", nil))
			if strings.Contains(w.Body.String(), want) {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("never had %q, but\n%s", want, w.Body)
			}
		}
	}
	await("one")
	if h.events == nil {
		t.Skip("no events on this system")
	}
	for _, dir := range h.events.WatchList() {
		if err := h.events.Remove(dir); err != nil {
			t.Fatal(err)
		}
	}
	put("second")
	h.events.Errors <- fsnotify.ErrEventOverflow
	await("second")
	for _, dir := range h.events.WatchList() {
		if err := h.events.Remove(dir); err != nil {
			t.Fatal(err)
		}
	}
	h.events.Errors <- errors.New("no space left on device")
	put("the third")
	await("the third")
	put("the last") // which is found by comparing
	await("the last")
	if err := h.Close(); err != nil {
		t.Error(err)
	}
	if got := log.String(); !strings.Contains(got, "no events of files") || !strings.Contains(got, "no space left on device") {
		t.Errorf("the log says %q", got)
	}
}

func TestFolderNames(t *testing.T) {
	sep := string(filepath.Separator)
	dir := sep + "a" + sep + "b"
	for path, want := range map[string]string{
		dir + sep + "c": "c", dir + sep + "c" + sep + "d": "c" + sep + "d", dir: "", dir + "c": "", sep + "a": "", sep: "", "": "",
	} {
		if got, ok := below(path, dir); got != want || ok != (want != "") {
			t.Errorf("below(%q): %q, %v; want %q", path, got, ok, want)
		}
	}
	if got, ok := below(dir, sep); !ok || got != "a"+sep+"b" {
		t.Errorf("below the root: %q, %v", got, ok)
	}
}

func TestServedPages(t *testing.T) {
	var s served
	add := func(p string, size int) {
		a := newAnswer(nil)
		a.body.Write(make([]byte, size))
		s.addPage(p, result{answer: a})
	}
	for i := range 2 * manyPages {
		add(fmt.Sprint(i), 10)
	}
	if _, ok := s.page(fmt.Sprint(manyPages - 1)); ok || len(s.pages) != manyPages {
		t.Errorf("%d pages are kept", len(s.pages))
	}
	if _, ok := s.page(fmt.Sprint(manyPages)); !ok {
		t.Error("a page has gone too early")
	}
	add("large", manyBytes-10)
	if _, ok := s.page("large"); !ok || len(s.pages) != 2 {
		t.Errorf("%d pages are kept beside a large one", len(s.pages)-1)
	}
	add("large", 20) // again
	if page, ok := s.page("large"); !ok || len(page.body) != 20 || len(s.pages) != 2 {
		t.Errorf("%d pages are kept, the last has %d bytes", len(s.pages), len(page.body))
	}
	add("too large", manyBytes+1)
	if len(s.pages) != 0 {
		t.Errorf("%d pages are kept after one that is too large", len(s.pages))
	}
}
