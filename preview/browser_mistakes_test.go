package preview_test

import (
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/devtools"
)

// browserMistakes makes mistakes of several sorts, which are shown over the last good page, and
// mends them.
func browserMistakes(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 3, "/")
	w := r.open("/posts/p001/")
	for _, m := range []struct {
		file, old, new string
		want           []string // in the overlay
	}{
		{"layouts/page.html", "<article>", "<article>{{ if }}", []string{"layouts/page.html", "Line 1", "missing value for if"}},
		{"layouts/_partials/foot.html", "{{ .Title }}", "{{ .Titel }}", []string{"layouts/_partials/foot.html", "Line 1", "Titel"}},
		{"layouts/_partials/byline.html", "{{ end }}", "", []string{"layouts/_partials/byline.html", "{{with}} without {{end}}"}},
		{postName(1), "tags: [t1]", "tags: [t1", []string{"content/posts/p001.md", "Line 6"}},
		{postName(1), "date: 2026", "date: yesterday 2026", []string{"content/posts/p001.md", "Line 3", "date"}},
		{postName(1), "The text", "{{< none >}} The text", []string{"content/posts/p001.md", "Line 7", "none"}},
		{"data/authors.yaml", "name: Ann", "name: [Ann", []string{"data/authors.yaml"}},
	} {
		good := r.read(m.file)
		title := w.text("h1")
		w.edit(m.file, m.old, m.new)
		w.wait(overlayHas(m.want...))
		w.wait(overlayShown)
		w.current()
		if got := w.text("h1"); got != title {
			t.Errorf("%s: the page behind the message has the heading %q, want %q", m.file, got, title)
		}
		w.write(m.file, good)
		w.wait(`!(` + overlayShown + `)`)
		w.current()
	}
	w.edit("layouts/page.html", "words", "{{ nonesuch }}")
	w.wait(overlayHas("nonesuch"))
	w.edit("layouts/page.html", "{{ nonesuch }}", "terms") // mended, and changed
	w.waitText("main", "terms")
	w.wait(`!(` + overlayShown + `)`)
	w.current()
}

// browserOnePage has a mistake that shows when one page is rendered: others are not disturbed.
func browserOnePage(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 4, "/")
	r.edit("layouts/page.html", "words", `words{{ index .Title "x" }}`)
	w, other := r.open("/posts/p001/"), r.open("/")
	w.wait(overlayShown)
	w.current()
	other.current()
	r.edit("layouts/page.html", `{{ index .Title "x" }}`, "")
	w.wait(`!(` + overlayShown + `)`)
	w.current()
	other.current()
}

// browserManyMistakes shows all mistakes at once, and goes when the last is mended.
func browserManyMistakes(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 4, "/")
	w := r.open("/about/")
	for n := range 3 {
		r.edit(postName(n), "date: 2026", "date: x2026")
	}
	w.wait(overlayHas("p000.md", "Line 3", "p001.md", "Line 3", "p002.md", "Line 3"))
	r.edit(postName(0), "date: x2026", "date: 2026")
	w.wait(`!(` + overlayHas("p000.md", "Line 3") + `)`)
	w.wait(overlayHas("p001.md", "Line 3", "p002.md", "Line 3"))
	other := r.open("/posts/p003/") // asked for while nothing can be loaded
	other.wait(overlayHas("p001.md", "Line 3", "p002.md", "Line 3"))
	r.edit(postName(1), "date: x2026", "date: 2026")
	r.edit(postName(2), "date: x2026", "date: 2026")
	for _, w := range []*tab{w, other} {
		w.wait(`!(` + overlayShown + `)`)
		w.current()
	}
}

// browserHostile has mistakes whose texts would be markup.
func browserHostile(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 2, "/")
	w := r.open("/about/")
	const markup = `</script><img src=x onerror="window.bad=1"><script>window.bad=1</script>`
	r.write("content/notes/<b>.md", "---\ntitle: x\ndate: '"+markup+"'\n---\n")
	w.wait(overlayHas("<b>.md", "Line 3", markup))
	w.eval(`new Promise(done => setTimeout(done, 50)).then(() => 1)`, nil)
	r.open("/posts/p001/").wait(overlayHas("<b>.md", "Line 3", markup) + ` && !window.bad`)
	w.wait(`!window.bad`)
	r.remove("content/notes/<b>.md")
	w.wait(`!(` + overlayShown + `)`)
	w.current()
}

// browserBrokenStart starts the preview of a site that cannot be loaded.
func browserBrokenStart(t *testing.T, b *devtools.Browser) {
	tr := newTree(t, 2)
	tr.edit("layouts/page.html", "<article>", "<article>{{ if }}")
	r := newRigOf(tr, b, "/", nil)
	w := r.open("/about/")
	w.wait(overlayHas("layouts/page.html", "Line 1", "missing value for if"))
	r.edit("layouts/page.html", "{{ if }}", "")
	w.waitText("h1", "About")
	w.wait(`!(` + overlayShown + `)`)
	w.current()
}

// browserNarrow looks on a narrow screen whether the place of a mistake is seen that is far to the right.
func browserNarrow(t *testing.T, b *devtools.Browser) {
	r := newRig(t, b, 3, "/")
	w := r.open("/posts/p001/")
	w.current()
	ctx, cancel := w.soon()
	defer cancel()
	must(t, w.page.SetViewport(ctx, 390, 800, false))
	r.edit("layouts/_partials/foot.html", "{{ .Title }}", strings.Repeat("<b>far</b> ", 20)+"{{ nothing }}")
	const seen = `[document, ...` + added + `].flatMap(e => [...e.querySelectorAll(".jam .point")]).some(e => {
		const at = e.getBoundingClientRect(), box = e.closest("pre").getBoundingClientRect();
		return at.left > box.left && at.right < box.right;
	})`
	w.wait(overlayShown + " && " + seen)
	r.server.stop()
	r.server.start()
	w = r.open("/posts/p001/")
	must(t, w.page.SetViewport(ctx, 390, 800, false))
	w.show("/posts/p001/")
	w.wait(`document.querySelector("main.jam") && ` + seen)
}
