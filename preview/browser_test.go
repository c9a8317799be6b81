package preview_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/devtools"
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
		{"drafts", browserDrafts},
		{"scroll", browserScroll},
		{"tabs", browserTabs},
		{"history", browserHistory},
		{"restart", browserRestart},
		{"prefix", browserPrefix},
		{"one page", browserOnePage},
		{"many mistakes", browserManyMistakes},
		{"hostile names", browserHostile},
		{"broken start", browserBrokenStart},
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
