package jam_test

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jam-go/jam"
)

// TestMistakesAreTheSame builds sites with mistakes by one and by many workers, and asks for their pages one by one: through
// FS and through Handler.
func TestMistakesAreTheSame(t *testing.T) {
	many := func(text string) string {
		var b strings.Builder
		for i := range 60 {
			b.WriteString("-- content/s/" + string(rune('a'+i%26)) + strings.Repeat("x", i/26) + ".md --\n---\ndate: 2026-01-02\n---\n" + text + "\n")
		}
		return b.String()
	}
	const layout = "-- layouts/all.html --\n{{ .Content }}{{ range .Pages }}{{ .Summary }}{{ end }}\n"
	for _, test := range []struct{ name, tree, want string }{
		{"layout", many("") + "-- layouts/all.html --\n{{ .Nix }}\n",
			`layouts/all.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page content/s/a.md and 61 more)`},
		{"cached partial", many("") + "-- layouts/all.html --\n{{ partialCached \"p\" . }}\n-- layouts/_partials/p.html --\n{{ index2 }}{{ errorf \"no\" }}\n",
			`layouts/_partials/p.html:1:4: template: function "index2" not defined (did you mean "index"?)`},
		{"failing cached partial", many("") + "-- layouts/all.html --\n{{ partialCached \"p\" . }}\n-- layouts/_partials/p.html --\n{{ errorf \"no\" }}\n",
			`layouts/_partials/p.html:1:4: render: at <errorf "no">: error calling errorf: no (called from layouts/all.html:1:4) (page content/s/a.md and 61 more)`},
		{"shortcode", many("a\n\n{{< x >}}") + layout + "-- layouts/_shortcodes/x.html --\n{{ .Nix }}\n",
			`layouts/_shortcodes/x.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (page content/s/a.md:6:1 and 59 more)`},
		{"hook", many("[a](/b)") + layout + "-- layouts/_markup/render-link.html --\n{{ .Nix }}\n",
			`layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/s/a.md:4:1 and 59 more)`},
		{"contents that need each other", layout + "-- content/a.md --\n{{< x b >}}\n-- content/b.md --\n{{< x c >}}\n-- content/c.md --\n{{< x a >}}\n-- layouts/_shortcodes/x.html --\n{{ (site.GetPage (.Get 0)).Content }}\n",
			`content/a.md: shortcode: the contents of content/a.md and content/b.md and content/c.md need each other: shortcodes or render hooks in them ask for them`},
		{"a page that shows another", layout + "-- content/a.md --\n{{< x b >}}\n-- content/b.md --\n\n{{< y >}}\n-- layouts/_shortcodes/x.html --\n{{ (site.GetPage (.Get 0)).Content }}\n-- layouts/_shortcodes/y.html --\n{{ errorf \"no\" }}\n",
			`layouts/_shortcodes/y.html:1:4: render: at <errorf "no">: error calling errorf: no (page content/b.md:2:1)`},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			for _, workers := range []int{1, 8, 8} {
				cfg := &jam.Config{BaseURL: "https://example.org/", Workers: workers}
				if got := complaints(t, cfg, archive(t, test.tree)); got != test.want {
					t.Fatalf("%d workers: got\n%s\nwant\n%s", workers, got, test.want)
				}
			}
			var log logged
			site, err := jam.Load(t.Context(), archive(t, test.tree), &jam.Config{BaseURL: "https://example.org/", Now: now, Logger: slog.New(&log)})
			if err != nil {
				return // Load has said it
			}
			want := placesOf(test.want)
			if got := opened(t, site.FS(t.Context())); !slices.Equal(got, want) {
				t.Errorf("FS: got\n%q\nwant\n%q", got, want)
			}
			err = fs.WalkDir(archive(t, test.tree), "content", func(p string, d fs.DirEntry, err error) error {
				if !d.IsDir() {
					url := strings.TrimSuffix(strings.TrimPrefix(p, "content"), ".md") + "/"
					site.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, url, nil))
				}
				return err
			})
			if got := placesOf(strings.Join(log.errors, "\n")); err != nil || !slices.Equal(got, want) {
				t.Errorf("Handler: got\n%q, %v\nwant\n%q", got, err, want)
			}
		})
	}
}

// logged collects the errors of a site's log.
type logged struct {
	mu     sync.Mutex
	errors []string
}

func (l *logged) Enabled(context.Context, slog.Level) bool { return true }
func (l *logged) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *logged) WithGroup(string) slog.Handler            { return l }

func (l *logged) Handle(_ context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	r.Attrs(func(a slog.Attr) bool {
		if err, ok := a.Value.Any().(error); ok {
			l.errors = append(l.errors, err.Error())
		}
		return true
	})
	return nil
}

// opened returns what opening all files of a site says, without the pages.
func opened(t *testing.T, files fs.FS) []string {
	t.Helper()
	var lines []string
	err := fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if _, err := fs.ReadFile(files, p); err != nil {
			for _, e := range jam.Errors(err) {
				lines = append(lines, e.Error())
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return placesOf(strings.Join(lines, "\n"))
}

var ofPages = regexp.MustCompile(`(?m) \(page [^()]*\)$`)

// placesOf returns the different lines of a report, without the pages.
func placesOf(report string) []string {
	lines := strings.Split(ofPages.ReplaceAllString(report, ""), "\n")
	slices.Sort(lines)
	return slices.Compact(lines)
}
