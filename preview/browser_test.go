package preview_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/devtools"
	"github.com/jam-go/jam/preview"
)

// TestBrowser looks at previews with a real browser.
func TestBrowser(t *testing.T) {
	b := startBrowser(t)
	for i, test := range []struct {
		name string
		run  func(*testing.T, *devtools.Browser)
	}{
		{"edits", browserEdits},
		{"mistakes", browserMistakes},
		{"styles", browserStyles},
		{"reach", browserReach},
		{"files", browserFiles},
		{"no 404 page", browserNo404},
		{"drafts", browserDrafts},
		{"scroll", browserScroll},
		{"tabs", browserTabs},
		{"history", browserHistory},
		{"restart", browserRestart},
		{"prefix", browserPrefix},
		{"other files", browserOtherFiles},
		{"alone", browserAlone},
		{"polling", browserPolling},
		{"clock", browserClock},
		{"one page", browserOnePage},
		{"many mistakes", browserManyMistakes},
		{"hostile names", browserHostile},
		{"broken start", browserBrokenStart},
		{"narrow", browserNarrow},
	} {
		if testing.Short() && i > 2 {
			break
		}
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, b)
		})
	}
}

// browserEdits changes everything that a page shows, one after the other.
func browserEdits(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 12, "/")
	w := r.open("/posts/p001/")
	w.current()
	for _, e := range []struct{ file, old, new, selector, want string }{
		{postName(1), "The text of", "Another text of", "#text", "Another text of post 1."},
		{postName(1), "title: Post 1", "title: First", "h1", "First"},
		{postName(2), "title: Post 2", "title: Second", "main", "before Second"},
		{"layouts/_partials/foot.html", "Foot of", "End of", "#foot", "End of First"},
		{"layouts/_partials/nav.html", "Menu", "Contents", "#nav", "Contents"},
		{"layouts/page.html", "words", "terms", "main", "terms"},
		{"layouts/baseof.html", "<body>", "<body><i>New</i>", "i", "New"},
		{"data/authors.yaml", "name: Bob", "name: Robert", "#by", "By Robert"},
		{"content/notes/_index.md", "title: Notes", "title: Asides", "#nav", "Asides"},
	} {
		w.mark()
		w.edit(e.file, e.old, e.new)
		w.waitText(e.selector, e.want)
		w.current()
		if w.marked() {
			t.Errorf("%s: the page was not reloaded", e.file)
		}
	}
	w.replace(postName(1), post(1, "Put in place."))
	w.waitText("#text", "Put in place.")
	w.current()
	w.show("/")
	w.edit("content/_index.md", "Welcome", "Come in")
	w.waitText("main", "Come in")
	w.current()
	w.quiet()
}

// browserStyles changes a style sheet, which is swapped in the page.
func browserStyles(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 2, "/")
	w := r.open("/about/")
	w.mark()
	for i := range 3 {
		w.write("static/style.css", fmt.Sprintf("body { color: rgb(%d, 2, 3) }\n", i))
		w.wait(fmt.Sprintf(`getComputedStyle(document.body).color === "rgb(%d, 2, 3)"`, i))
		w.wait(`document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	}
	for i := range 30 { // some while the page asks about the last one
		w.write("static/style.css", fmt.Sprintf("body { color: rgb(%d, 2, 3) }\n", i))
		time.Sleep(time.Duration(i) * time.Millisecond)
	}
	w.write("static/style.css", "body { color: rgb(2, 2, 3) }\n")
	w.wait(`getComputedStyle(document.body).color === "rgb(2, 2, 3)"`)
	w.wait(`document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	w.write("static/print.css", "body { color: red }\n")
	r.settled()
	w.wait(`getComputedStyle(document.body).color === "rgb(2, 2, 3)"`)
	if !w.marked() {
		t.Error("the page was reloaded")
	}
	w.current()
	w.quiet()
}

// browserReach changes what a page does not show.
func browserReach(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 12, "/")
	aside, home, list := r.open("/notes/aside/"), r.open("/"), r.open("/posts/")
	r.settled()
	for _, w := range []*tab{aside, home, list} {
		w.mark()
	}
	r.edit(postName(1), "The text", "Other text")
	r.write("content/notes/aside.md", r.read("content/notes/aside.md")) // touched
	r.settled()
	for _, w := range []*tab{aside, home, list} {
		if !w.marked() {
			t.Errorf("%s was reloaded, and does not show the text of a post", w.path())
		}
	}
	r.edit(postName(11), "title: Post 11", "title: Newest")
	home.waitText("#list", "Newest")
	list.waitText("#list", "Newest")
	r.settled()
	if !aside.marked() {
		t.Error("the aside was reloaded, and does not show titles of posts")
	}
	for _, w := range []*tab{aside, home, list} {
		w.current()
		w.quiet()
	}
}

// browserFiles makes, renames and deletes the page that is open.
func browserFiles(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 12, "/")
	w := r.open("/posts/new/")
	w.waitText("#missing", "nothing here")
	w.current()
	w.page.Messages() // of the status 404
	w.write("content/posts/new.md", post(13, "Fresh."))
	w.waitText("#text", "Fresh.")
	w.current()
	list := r.open("/posts/")
	list.waitText("#list", "Post 13")
	w.rename("content/posts/new.md", "content/posts/newer.md")
	w.waitText("#missing", "nothing here")
	list.wait(`document.querySelector("#list a[href='/posts/newer/']")`)
	w.page.Messages()
	w.show("/posts/newer/")
	w.current()
	w.remove("content/posts/newer.md")
	w.waitText("#missing", "nothing here")
	list.wait(`!document.querySelector("#list").textContent.includes("Post 13")`)
	w.write("content/deep/er/_index.md", "---\ntitle: Deep\n---\n")
	w.write("content/deep/er/page.md", "---\ntitle: Deeper\n---\nIn a new folder.\n")
	list.waitText("#nav", "Deep")
	w.page.Messages()
	w.show("/deep/er/page/")
	w.current()
	w.edit("content/deep/er/page.md", "In a new folder", "In a folder")
	w.waitText("#text", "In a folder")
	w.rename("content/deep", "content/shallow")
	w.waitText("#missing", "nothing here")
	list.wait(`document.querySelector("#nav a[href='/shallow/']")`)
	list.current()
	list.quiet()
}

// browserNo404 makes and deletes the page that is open, in a site that has none for what is missing.
func browserNo404(t *testing.T, b *devtools.Browser) {
	tr := newTree(t, 2)
	tr.remove("layouts/404.html")
	r := newRigOf(tr, b, "/", nil)
	w := r.open("/notes/new/")
	w.write("content/notes/new.md", "---\ntitle: New\n---\nFresh.\n")
	w.waitText("#text", "Fresh.")
	w.current()
	w.remove("content/notes/new.md")
	w.wait(`!document.querySelector("#text")`)
	w.write("content/notes/new.md", "---\ntitle: New\n---\nFresh again.\n")
	w.waitText("#text", "Fresh again.")
	w.current()
}

// browserDrafts shows pages that are not published, with a mark.
func browserDrafts(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 3, "/")
	w := r.open("/about/")
	w.wait(badgeText + ` === ""`)
	w.edit("content/about.md", "title: About", "title: About\ndraft: true")
	w.wait(badgeText + `.includes("Draft")`)
	w.current()
	w.edit("content/about.md", "draft: true", "date: 2100-01-01")
	w.wait(badgeText + ` === "Future: 1 January 2100"`)
	w.current()
	w.edit("content/about.md", "date: 2100-01-01", "expiryDate: 2001-01-01")
	w.wait(badgeText + ` === "Expired: 1 January 2001"`)
	w.current()
	w.edit("content/about.md", "expiryDate: 2001-01-01", "")
	w.wait(badgeText + ` === ""`)
	w.current()
	w.quiet()
}

// browserScroll keeps the place in a long page.
func browserScroll(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 2, "/")
	for _, path := range []string{"/notes/long/", "/notes/long/#foot"} {
		w := r.open(path)
		for i := range 3 {
			w.eval(fmt.Sprintf(`void scrollTo(0, %d)`, 1500+100*i), nil)
			w.write("content/notes/long.md", r.read("content/notes/long.md")+fmt.Sprintf("\nOne more, %s, %d.\n", path, i))
			w.waitText("#text", fmt.Sprintf("One more, %s, %d.", path, i))
			w.wait(fmt.Sprintf(`document.readyState === "complete" && Math.abs(scrollY - %d) < 2`, 1500+100*i))
		}
		w.quiet()
	}
	w := r.open("/notes/long/")
	w.eval(`void scrollTo(0, 2000)`, nil)
	for i := range 10 { // faster than pages load
		w.replace("content/notes/long.md", r.read("content/notes/long.md")+fmt.Sprintf("\nQuick %d.\n", i))
		w.eval(`new Promise(done => setTimeout(done, 20)).then(() => 1)`, nil)
	}
	w.waitText("#text", "Quick 9.")
	w.current()
	w.wait(`Math.abs(scrollY - 2000) < 2`)
	w.show("/notes/aside/") // another page begins at its top
	w.show("/notes/long/")
	w.wait(`document.readyState === "complete" && scrollY === 0`)
}

// browserTabs has more tabs open than a browser has connections to a server.
func browserTabs(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 12, "/")
	var tabs []*tab
	for i := range 9 {
		tabs = append(tabs, r.open(fmt.Sprintf("/posts/p%03d/", i)))
	}
	r.edit("layouts/_partials/foot.html", "Foot of", "End of")
	for i, w := range tabs {
		w.waitText("#foot", fmt.Sprintf("End of Post %d", i))
	}
	tabs[0].mark()
	r.edit(postName(7), "The text", "Other text")
	tabs[7].waitText("#text", "Other text of post 7.")
	if !tabs[0].marked() {
		t.Error("the edit of another tab's page reloaded the first")
	}
	for _, w := range tabs {
		w.current()
		w.quiet()
	}
}

// browserHistory goes back to a page that was edited since it was left.
func browserHistory(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 3, "/")
	w := r.open("/posts/p001/")
	w.show("/posts/p002/")
	r.edit(postName(1), "The text", "Other text")
	r.settled()
	w.eval(`void history.back()`, nil)
	w.waitText("#text", "Other text of post 1.")
	w.current()
	r.edit(postName(1), "Other text", "Third text")
	w.waitText("#text", "Third text of post 1.")
	w.eval(`void history.forward()`, nil)
	w.waitText("#text", "The text of post 2.")
	w.current()
	w.quiet()
}

// browserRestart ends the program and starts it again, with edits before, between and after.
func browserRestart(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 3, "/")
	w, other := r.open("/posts/p001/"), r.open("/about/")
	r.edit(postName(1), "The text", "Second text")
	w.waitText("#text", "Second text of post 1.")
	r.server.stop()
	r.edit(postName(1), "Second", "Third")
	r.server.start()
	w.waitText("#text", "Third text of post 1.")
	w.current()
	r.edit("content/about.md", "About this", "Of this")
	other.waitText("#text", "Of this site")
	other.current()
}

// browserPrefix has the site below a path.
func browserPrefix(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 3, "/some/docs/")
	w := r.open("/some/docs/posts/p001/")
	w.current()
	r.edit(postName(1), "The text", "Other text")
	w.waitText("#text", "Other text")
	w.current()
	w.mark()
	r.write("static/style.css", "body { color: rgb(9, 9, 9) }\n")
	w.wait(`getComputedStyle(document.body).color === "rgb(9, 9, 9)"`)
	if !w.marked() {
		t.Error("the page was reloaded for a style sheet")
	}
	w.eval(`void document.querySelector("#nav a").click()`, nil)
	w.waitText("h1", "Posts")
	w.current()
	w.quiet()
}

// browserOtherFiles changes an image, a script, and a style sheet that another one imports.
func browserOtherFiles(t *testing.T, b *devtools.Browser) {
	image := func(width int) string {
		return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="10"></svg>`, width)
	}
	tr := newTree(t, 2)
	tr.write("static/style.css", "@import 'colors.css';\n")
	tr.write("static/colors.css", "body { color: rgb(1, 1, 1) }\n")
	tr.write("static/image.svg", image(10))
	tr.write("static/script.js", "window.answer = 1;\n")
	tr.edit("layouts/baseof.html", "</body>", `<img src="/image.svg"><script src="/script.js"></script></body>`)
	r := newRigOf(tr, b, "/", nil)
	w := r.open("/about/")
	w.wait(`document.images[0].naturalWidth === 10 && answer === 1`)
	w.mark()
	r.write("static/colors.css", "body { color: rgb(2, 2, 2) }\n")
	w.wait(`getComputedStyle(document.body).color === "rgb(2, 2, 2)"`)
	r.write("static/image.svg", image(20))
	w.wait(`document.images[0].naturalWidth === 20`)
	if !w.marked() {
		t.Error("the page was reloaded for a style sheet or an image")
	}
	r.write("static/script.js", "window.answer = 2;\n")
	w.wait(`answer === 2`)
	w.quiet()
}

// browserAlone has pages that cannot share a worker, as in some browsers.
func browserAlone(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 3, "/")
	w := r.open("/about/")
	ctx, cancel := r.soon()
	defer cancel()
	if err := w.page.OnNewDocument(ctx, `delete window.SharedWorker`); err != nil {
		t.Fatal(err)
	}
	w.show("/posts/p001/")
	w.wait(`!window.SharedWorker`)
	r.edit(postName(1), "The text", "Other text")
	w.waitText("#text", "Other text")
	w.mark()
	r.write("static/style.css", "body { color: rgb(3, 3, 3) }\n")
	w.wait(`getComputedStyle(document.body).color === "rgb(3, 3, 3)"`)
	r.edit("layouts/page.html", "<article>", "<article>{{ if }}")
	w.wait(overlayHas("layouts/page.html", "missing value for if"))
	r.edit("layouts/page.html", "{{ if }}", "")
	w.wait(`!(` + overlayShown + `)`)
	if !w.marked() {
		t.Error("the page was reloaded for what does not change it")
	}
	r.server.stop()
	r.edit(postName(1), "Other text", "Third text")
	r.server.start()
	w.waitText("#text", "Third text")
	w.current()
}

// browserPolling has no events of files.
func browserPolling(t *testing.T, b *devtools.Browser) {
	r := newRigOf(newTree(t, 3), b, "/", &preview.Options{Poll: 20 * time.Millisecond})
	w := r.open("/posts/p001/")
	r.edit(postName(1), "The text", "Other text")
	w.waitText("#text", "Other text")
	r.edit(postName(1), "Other text", "Third text") // of the same size
	w.waitText("#text", "Third text")
	r.remove(postName(1))
	w.waitText("#missing", "nothing here")
	r.write(postName(1), post(1, "Here again."))
	w.waitText("#text", "Here again.")
	w.current()
}

// browserClock has pages that are never the same twice.
func browserClock(t *testing.T, b *devtools.Browser) {
	tr := newTree(t, 3)
	tr.edit("layouts/_partials/foot.html", "Foot of", "{{ now.UnixNano }}, foot of")
	r := newRigOf(tr, b, "/", nil)
	w := r.open("/posts/p001/")
	for _, restart := range []bool{false, true} {
		if restart {
			r.server.stop()
			r.server.start()
		}
		r.settled()
		w.eval(`new Promise(done => setTimeout(done, 300)).then(() => 1)`, nil)
		w.mark()
		w.eval(`new Promise(done => setTimeout(done, 300)).then(() => 1)`, nil)
		if !w.marked() {
			t.Error("the page is reloaded when no file has changed")
		}
	}
	w.page.Messages() // of the time without a server
	w.edit(postName(1), "The text", "Other text")
	w.waitText("#text", "Other text")
	w.quiet()
}

// path returns where a tab is.
func (w *tab) path() string {
	w.Helper()
	var path string
	w.eval(`location.pathname`, &path)
	return path
}

// overlayHas is true when the text of the message has all parts.
func overlayHas(parts ...string) string {
	var conditions []string
	for _, p := range parts {
		conditions = append(conditions, fmt.Sprintf(`%s.includes(%s)`, overlayText, quote(p)))
	}
	return strings.Join(conditions, " && ")
}
