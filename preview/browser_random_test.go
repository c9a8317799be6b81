package preview_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	editsFlag = flag.Int("edits", 0, "how many random edits TestBrowserRandom makes (default: 100, or 30 with -short)")
	seedFlag  = flag.Uint64("seed", 1, "what the edits of TestBrowserRandom are drawn from")
)

// TestBrowserRandom edits a site at random while a browser looks at it. What the page shows must
// become what a site that is loaded afresh has for it, each time.
func TestBrowserRandom(t *testing.T) {
	edits := 100
	switch {
	case *editsFlag > 0:
		edits = *editsFlag
	case testing.Short():
		edits = 30
	}
	r := newRig(t, startBrowser(t), 150, "/")
	e := &editor{rig: r, rnd: rand.New(rand.NewPCG(*seedFlag, 0)), w: r.open("/")}
	for n := range 150 {
		e.posts = append(e.posts, postName(n))
	}
	e.w.current()
	for e.n < edits {
		for range 1 + e.rnd.IntN(3) { // some within one load, some while it goes on
			e.n++
			e.log = append(e.log, fmt.Sprintf("%d: %s", e.n, e.edit()))
			time.Sleep(time.Duration(e.rnd.IntN(3)*e.rnd.IntN(40)) * time.Millisecond)
		}
		if e.rnd.IntN(2) == 0 {
			path := e.anyPath()
			e.log = append(e.log, "show "+path)
			e.w.show(path)
		}
		e.check()
	}
	t.Logf("%d edits, %d of them mistakes, seen on %d pages; shown with a message %d times", e.n, e.mistakes, len(e.seen), e.messages)
}

// editor makes random edits.
type editor struct {
	*rig
	rnd   *rand.Rand
	w     *tab
	posts []string          // names of files that are there
	good  map[string]string // the texts of files that are broken
	log   []string

	old, oldText string // an earlier text of a file

	seen map[string]bool

	n, mistakes, messages int
}

// check waits until the page is current, and tells the latest edits if it does not become so.
func (e *editor) check() {
	e.Helper()
	ok := false
	defer func() {
		if !ok {
			e.Logf("seed %d, the latest edits:\n%s", *seedFlag, strings.Join(e.log[max(0, len(e.log)-12):], "\n"))
		}
	}()
	e.w.current()
	ok = true
	if e.seen == nil {
		e.seen = make(map[string]bool)
	}
	e.seen[e.w.path()] = true
	var message bool
	e.w.eval(overlayShown, &message)
	if message {
		e.messages++
	}
}

// edit makes an edit and describes it. One time in three it is one of the page that is shown.
func (e *editor) edit() string {
	if len(e.good) > 0 && e.rnd.IntN(2) == 0 {
		return e.mend()
	}
	name := e.posts[e.rnd.IntN(len(e.posts))]
	if shown := e.shownPost(); shown != "" && e.rnd.IntN(3) == 0 {
		name = shown
	}
	switch k := e.rnd.IntN(24); {
	case e.good[name] != "":
		return e.mend()
	case k >= 20:
		return e.rare(name)
	case k < 6:
		return e.change(name, func(s string) string { return s + fmt.Sprintf("\nEdit %d.\n", e.n) })
	case k < 9:
		return e.change(name, e.frontMatter)
	case k < 10:
		return e.change("layouts/_partials/"+e.pick("nav.html", "foot.html", "byline.html"), e.number)
	case k < 11:
		return e.change("layouts/"+e.pick("baseof.html", "page.html", "list.html", "home.html", "404.html", "_shortcodes/hi.html"), e.number)
	case k < 12:
		return e.change("data/authors.yaml", func(string) string {
			return fmt.Sprintf("ann:\n  name: Ann %d\nbob:\n  name: Bob %d\n", e.n, e.rnd.IntN(2))
		})
	case k < 13:
		return e.change("static/style.css", func(string) string { return fmt.Sprintf("body { color: rgb(%d, %d, 7) }\n", e.n/256, e.n%256) })
	case k < 14:
		return e.change("content/"+e.pick("_index.md", "posts/_index.md", "about.md"), func(s string) string {
			return s + fmt.Sprintf("\nEdit %d.\n", e.n)
		})
	case k < 16:
		return e.create()
	case k < 17 && len(e.posts) > 20:
		return e.delete(name)
	case k < 18:
		return e.move(name)
	}
	return e.mistake(name)
}

// rare makes one of the edits that are made less often.
func (e *editor) rare(name string) string {
	switch e.rnd.IntN(6) {
	case 0: // a section gets another name
		from, to := "content/notes", "content/memos"
		if !e.has(from) {
			from, to = to, from
		}
		e.tree.rename(from, to)
		return fmt.Sprintf("moved %s to %s", from, to)
	case 1: // posts get a template of their own, or lose it
		return e.toggle("layouts/posts/page.html", fmt.Sprintf(`{{ define "main" }}<h1>{{ .Title }}</h1><p>Own %d</p>{{ .Content }}{{ end }}`, e.n))
	case 2: // a page's place is taken by a file, or free again
		return e.toggle("static/none/index.html", fmt.Sprintf(`<!doctype html><title>None</title><link rel=stylesheet href=/style.css><p>%d`, e.n))
	case 3:
		return e.change("i18n/en.yaml", func(string) string { return fmt.Sprintf("hello: Hello %d\n", e.n) })
	case 4:
		e.put(name, e.read(name))
		return "touched " + name
	}
	if e.old == "" {
		e.old, e.oldText = name, e.read(name)
		return "nothing yet"
	}
	name, text := e.old, e.oldText
	e.old = ""
	if !slices.Contains(e.posts, name) || e.good[name] != "" {
		return "nothing"
	}
	e.put(name, text)
	return "reverted " + name
}

func (e *editor) has(name string) bool {
	_, err := os.Stat(e.tree.path(name))
	return err == nil
}

func (e *editor) toggle(name, text string) string {
	if e.has(name) {
		e.remove(name)
		return "deleted " + name
	}
	e.write(name, text)
	return "made " + name
}

// shownPost returns the file of the post that is shown, if it is one.
func (e *editor) shownPost() string {
	slug := strings.TrimSuffix(strings.TrimPrefix(e.w.path(), "/posts/"), "/")
	if name := "content/posts/" + slug + ".md"; slices.Contains(e.posts, name) {
		return name
	}
	return ""
}

func (e *editor) pick(names ...string) string { return names[e.rnd.IntN(len(names))] }

// change rewrites a file in one of the ways in which editors do.
func (e *editor) change(name string, f func(string) string) string {
	if e.good[name] != "" {
		return e.mend()
	}
	e.put(name, f(e.read(name)))
	return "changed " + name
}

func (e *editor) put(name, text string) {
	switch e.rnd.IntN(3) {
	case 0:
		e.replace(name, text)
	case 1:
		e.remove(name)
		e.write(name, text)
	default:
		e.write(name, text)
	}
}

// number puts a number into a template.
func (e *editor) number(text string) string {
	const before, after = "<s>", "</s>"
	mark := fmt.Sprintf("%s%d%s", before, e.n, after)
	if i, j := strings.Index(text, before), strings.Index(text, after); i >= 0 {
		return text[:i] + mark + text[j+len(after):]
	}
	if i := strings.LastIndex(text, "{{ end }}"); i >= 0 {
		return text[:i] + mark + text[i:]
	}
	return text + mark
}

// frontMatter changes something in the front matter of a post.
func (e *editor) frontMatter(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		key, value, _ := strings.Cut(line, ": ")
		switch {
		case key == "title" && e.rnd.IntN(2) == 0:
			lines[i] = fmt.Sprintf("title: Title %d", e.n)
		case key == "date" && e.rnd.IntN(3) == 0:
			lines[i] = fmt.Sprintf("date: 2026-02-%02dT00:00:00Z", 1+e.rnd.IntN(28))
		case key == "author" && e.rnd.IntN(3) == 0:
			lines[i] = "author: " + e.pick("ann", "bob", "eve")
		case key == "tags" && e.rnd.IntN(2) == 0:
			lines[i] = fmt.Sprintf("tags: [t%d]", e.rnd.IntN(5))
		case key == "draft":
			lines[i] = "draft: " + map[string]string{"true": "false", "false": "true"}[value]
		}
	}
	if !strings.Contains(text, "draft: ") && e.rnd.IntN(3) == 0 {
		lines = slices.Insert(lines, 1, "draft: true")
	}
	return strings.Join(lines, "\n")
}

func (e *editor) create() string {
	name := fmt.Sprintf("content/posts/new%d.md", e.n)
	e.write(name, post(e.n, fmt.Sprintf("New post %d.", e.n)))
	e.posts = append(e.posts, name)
	return "made " + name
}

func (e *editor) delete(name string) string {
	e.remove(name)
	e.posts = slices.DeleteFunc(e.posts, func(p string) bool { return p == name })
	return "deleted " + name
}

func (e *editor) move(name string) string {
	to := fmt.Sprintf("content/posts/moved%d.md", e.n)
	e.rename(name, to)
	e.posts[slices.Index(e.posts, name)] = to
	return fmt.Sprintf("moved %s to %s", name, to)
}

// mistake breaks a file, at times the post with that name.
func (e *editor) mistake(name string) string {
	breaks := []func(string) (string, string){
		func(s string) (string, string) { return name, strings.Replace(s, "date: ", "date: x", 1) },
		func(s string) (string, string) { return name, s + "\n{{< none >}}\n" },
		func(s string) (string, string) { return "layouts/page.html", s + "{{ if }}" },
		func(s string) (string, string) { return "layouts/_partials/foot.html", "{{ .Titel }}" + s },
		func(s string) (string, string) {
			return "layouts/list.html", strings.Replace(s, "{{ .Content }}", `{{ index .Title "x" }}`, 1)
		},
		func(s string) (string, string) { return "data/authors.yaml", s + "\nx: [" },
	}
	f := breaks[e.rnd.IntN(len(breaks))]
	file, _ := f("")
	if e.good[file] != "" {
		return e.mend()
	}
	good := e.read(file)
	_, bad := f(good)
	if e.good == nil {
		e.good = make(map[string]string)
	}
	e.good[file] = good
	e.put(file, bad)
	e.mistakes++
	return "broke " + file
}

// mend brings back the text that a broken file had.
func (e *editor) mend() string {
	names := slices.Sorted(maps.Keys(e.good))
	name := names[e.rnd.IntN(len(names))]
	e.put(name, e.good[name])
	delete(e.good, name)
	return "mended " + name
}

// anyPath returns the path of a page, which may not be there.
func (e *editor) anyPath() string {
	if e.rnd.IntN(2) == 0 {
		name := e.posts[e.rnd.IntN(len(e.posts))]
		return "/posts/" + strings.TrimSuffix(name[strings.LastIndex(name, "/")+1:], ".md") + "/"
	}
	return e.pick("/", "/posts/", "/posts/page/2/", "/posts/page/16/", "/tags/", "/tags/t1/", "/tags/t4/", "/about/", "/notes/",
		"/notes/long/", "/memos/", "/memos/long/", "/none/",
		postPath(e.rnd.IntN(150)))
}

func postPath(n int) string { return fmt.Sprintf("/posts/p%03d/", n) }
