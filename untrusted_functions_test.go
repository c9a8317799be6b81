package jam_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/funcs"
)

// TestUntrustedFunctions prints what template functions make of an author's texts, in calls made up at random, one in the other: none but those
// named safe may have it become HTML.
func TestUntrustedFunctions(t *testing.T) {
	rounds, full, all := uint64(2), 0, 0
	if *allVectors {
		rounds = 100
	}
	for seed := range rounds {
		c := calls{rand.New(rand.NewPCG(seed, 3)), slices.DeleteFunc(funcs.Names(jam.TemplateFunctions()), isNoCall)}
		var list []string
		for range 2000 {
			list = append(list, c.call(1+c.rnd.IntN(3)))
		}
		page := buildCalls(t, list)
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for e := range root.Descendants() {
			if e.Type != html.ElementNode {
				continue
			}
			if e.Data == "p" && attr(e, "id") != "" {
				if all++; e.FirstChild != nil {
					full++
				}
			}
			if problem := inspectElement(e); problem != "" {
				for e != nil && attr(e, "id") == "" {
					e = e.Parent
				}
				i, _ := strconv.Atoi(attr(e, "id"))
				t.Fatalf("round %d: %s by %s", seed, problem, list[i])
			}
		}
	}
	if full < all/20 {
		t.Errorf("of %d calls, only %d print something", all, full)
	}
	t.Logf("%d calls, %d print something", all, full)
}

// isNoCall tells of functions that vouch for what they are given, that are about other templates, or that end or delay the page.
func isNoCall(name string) bool {
	namespace, short, ok := strings.Cut(name, ".")
	if !ok {
		short = name
	}
	return strings.HasPrefix(name, "safe") || namespace == "partials" || slices.Contains([]string{"partial", "partialCached", "return", "try", "errorf", "erroridf", "warnf", "warnidf",
		"Errorf", "Erroridf", "Warnf", "Warnidf", "Timer"}, short)
}

// calls makes up calls of functions.
type calls struct {
	rnd   *rand.Rand
	names []string
}

func (c calls) call(depth int) string {
	s := "(" + c.names[c.rnd.IntN(len(c.names))]
	for range c.rnd.IntN(4) {
		s += " " + c.value(depth-1)
	}
	return s + ")"
}

// value is a call, or what one may be given: texts of the author, and values of many types.
func (c calls) value(depth int) string {
	values := []string{"$text", "$text", "$other", "$texts", "$map", "$maps", "$html", "$htmls", "0", "1", "3", "30", `"x"`, `","`, `"go"`, `"<"`, "true", "$page", "site", "site.RegularPages", "nil", `"%s"`, `"%v%v"`}
	switch n := c.rnd.IntN(12); {
	case depth <= 0 || n < 6:
		return values[c.rnd.IntN(len(values))]
	case n == 6:
		return "(slice " + c.value(depth-1) + " " + c.value(depth-1) + ")"
	case n == 7:
		return `(dict "x" ` + c.value(depth-1) + " $text " + c.value(depth-1) + ")"
	}
	return c.call(depth)
}

// buildCalls returns a page that prints each call, as far as it does not fail.
func buildCalls(t *testing.T, list []string) []byte {
	t.Helper()
	text := `<img src=x onerror=` + call + `> a:smile: b & "c' https://example.org/ 12 ` + "`d`" + ` | *e* <script>` + call + `</script>`
	other := `&lt;img src=x onerror=` + call + `&gt; [a](javascript:` + call + `) <b onclick=` + call
	values := map[string]any{"x": text, "list": []string{text, other}, text: other}
	front, err := json.Marshal(map[string]any{"title": text, "text": text, "other": other, "texts": []string{text, other}, "map": values, "maps": []any{values, values}})
	if err != nil {
		t.Fatal(err)
	}
	var layout strings.Builder
	layout.WriteString(`{{ $page := . }}{{ with .Params }}{{ $text := .text }}{{ $other := .other }}{{ $texts := .texts }}{{ $map := .map }}{{ $maps := .maps }}` +
		`{{ $html := safeHTML "<b>own</b> x" }}{{ $htmls := slice $html $html }}{{ if $text }}`)
	for i, e := range list {
		fmt.Fprintf(&layout, "<p id=%d>{{ with try %s }}{{ with .Value }}{{ . }}{{ end }}{{ end }}</p>\n", i, e)
	}
	layout.WriteString("{{ end }}{{ end }}")
	site, err := jam.Load(t.Context(), fstest.MapFS{
		"layouts/all.html": {Data: []byte(layout.String())},
		"i18n/en.json":     {Data: []byte(`{"x": "<b>{{ .x }}</b> {{ . }}"}`)},
		"content/a.md":     {Data: []byte(string(front) + "\n\n" + text)},
	}, &jam.Config{Markdown: jam.Markdown{Untrusted: []string{"**"}, Unsafe: true}, Minify: asIs})
	if err != nil {
		t.Fatal(cutText(err.Error(), 2000))
	}
	out := jam.Memory()
	if _, err := site.Build(t.Context(), out); err != nil {
		t.Fatal(cutText(err.Error(), 2000))
	}
	return out.Files()["a/index.html"]
}
