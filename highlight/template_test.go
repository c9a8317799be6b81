package highlight_test

import (
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/highlight"
)

// Templates learn what is coloured, and have the code of a block without what is around it.
func TestTemplateFunctions(t *testing.T) {
	tree := fstest.MapFS{
		"content/a.md":                          {Data: []byte("```go\nreturn\n```\n")},
		"layouts/all.html":                      {Data: []byte(`{{ range slice "go" "GO" "text" "nolang" }}{{ transform.CanHighlight . }} {{ end }}{{ .Content }}`)},
		"layouts/_markup/render-codeblock.html": {Data: []byte(`<b>{{ (transform.HighlightCodeBlock .).Inner }}</b>`)},
	}
	for _, tt := range []struct {
		extensions []goldmark.Extender
		want       string
	}{
		{nil, "false false false false <b>return</b>\n"},
		{[]goldmark.Extender{highlight.New(highlight.Options{})}, `true true false false <b><span class="k">return</span></b>` + "\n"},
	} {
		cfg := &jam.Config{Minify: jam.Minify{Disabled: true}}
		cfg.Markdown.Extensions = tt.extensions
		site, err := jam.Load(t.Context(), tree, cfg)
		if err != nil {
			t.Fatal(err)
		}
		out := jam.Memory()
		if _, err := site.Build(t.Context(), out); err != nil {
			t.Fatal(err)
		}
		if got := string(out.Files()["a/index.html"]); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
