package preview_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

var shotsFlag = flag.String("shots", "", "TestBrowserShots writes screenshots into this `directory`")

// TestBrowserShots takes pictures of messages about mistakes, and of what the preview adds to
// pages, on wide and narrow screens, light and dark.
func TestBrowserShots(t *testing.T) {
	if *shotsFlag == "" {
		t.Skip("want -shots DIR")
	}
	b := startBrowser(t)
	for _, m := range []struct {
		name, path string
		make       func(*rig)
		ready      string
	}{
		{"template", "/posts/p001/", func(r *rig) {
			r.edit("layouts/page.html", "<article>", "<article>\n  {{ range .Pages }}\n  <p>{{ .Titel }}{{ if }}</p>\n  {{ end }}\n")
		}, overlayShown},
		{"render", "/posts/p001/", func(r *rig) {
			r.edit("layouts/_partials/foot.html", "{{ .Title }}", `{{ index .Title "x" }}`)
		}, overlayShown},
		{"many", "/", func(r *rig) {
			for n := range 12 {
				r.edit(postName(n), "date: 2026", "date: yesterday, in 2026")
			}
			r.edit("data/authors.yaml", "name: Ann", "name: [Ann")
			r.edit("layouts/list.html", "{{ .Content }}", "{{ .Contents | upcase }}")
		}, overlayShown},
		{"long lines", "/about/", func(r *rig) {
			r.edit("content/about.md", "title: About", "title: [About, a list that does not end, and goes on, and on, and on, and on, and on, and on, and on, and on, and on, to the end of a line that no screen is wide enough for: averylongwordwithoutanyspacesthatcannotbebrokenanywhereatallandgoesonandonandonandonandonandon")
		}, overlayShown},
		{"draft", "/about/", func(r *rig) { r.edit("content/about.md", "title: About", "title: About\ndraft: true") }, badgeText + ` !== ""`},
		{"missing", "/none/", func(*rig) {}, "true"},
	} {
		r := newRig(t, b, 20, "/")
		w := r.open(m.path)
		m.make(r)
		w.wait(m.ready)
		w.shoot(m.name)
		if m.ready == overlayShown { // asked for while there is a mistake
			r.server.stop()
			r.server.start()
			fresh := r.open(m.path)
			fresh.wait(overlayShown)
			fresh.shoot(m.name + " fresh")
		}
	}
}

// shoot takes pictures of a page.
func (w *tab) shoot(name string) {
	w.Helper()
	for _, width := range []int{1280, 390} {
		for _, dark := range []bool{false, true} {
			ctx, cancel := w.soon()
			defer cancel()
			if err := w.page.SetViewport(ctx, width, 800, dark); err != nil {
				w.Fatal(err)
			}
			shot, err := w.page.Screenshot(ctx)
			if err != nil {
				w.Fatal(err)
			}
			scheme := map[bool]string{false: "light", true: "dark"}[dark]
			file := filepath.Join(*shotsFlag, fmt.Sprintf("%s %d %s.png", name, width, scheme))
			if err := os.WriteFile(file, shot, 0o666); err != nil {
				w.Fatal(err)
			}
		}
	}
}
