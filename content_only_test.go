package jam_test

import (
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

// A tree may have shortcodes and hooks, and no layouts: then pages are the plain theme's, or the program's.
func TestContentTemplatesOnly(t *testing.T) {
	const tree = `
-- content/a.md --
{{< hi >}} [x](/y)
-- layouts/_shortcodes/hi.html --
<i>hi</i>
-- layouts/_markup/render-link.html --
<a data-own href="{{ .Destination }}">{{ .Text }}</a>
`
	for name, renderer := range map[string]jam.Renderer{"none": nil, "plain": jam.PlainTheme(), "own": jam.RendererFunc(dump)} {
		files := written(t, tree, jam.Config{Renderer: renderer})
		if got := files["a/index.html"]; !strings.Contains(got, `<i>hi</i> <a data-own href="/y">x</a>`) {
			t.Errorf("%s: got %s", name, got)
		}
	}
	got := complaints(t, nil, archive(t, tree+"-- layouts/_partials/x.html --\n{{ nonsense }}\n"))
	if want := `layouts/_partials/x.html:1:4: template: function "nonsense" not defined`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Layouts that are not for this program may be wrong, as those of another generator are; what a text uses of them may not.
func TestForeignLayouts(t *testing.T) {
	const tree = "-- content/a.md --\n{{< hi >}}\n-- layouts/page.html --\n{{ nonsense }\n-- layouts/_partials/x.html --\n{{ nonsense }}\n-- layouts/_shortcodes/hi.html --\n"
	cfg := jam.Config{Renderer: jam.RendererFunc(dump)}
	if got := written(t, tree+"hi\n", cfg)["a/index.html"]; !strings.Contains(got, "hi") {
		t.Errorf("got %s", got)
	}
	got := complaints(t, &cfg, archive(t, tree+"{{ nonsense }}\n"))
	if want := `layouts/_shortcodes/hi.html:1:4: template: function "nonsense" not defined`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
