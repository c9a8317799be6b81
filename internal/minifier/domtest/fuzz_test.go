package domtest

import (
	"bytes"
	"os"
	"testing"

	"github.com/jam-go/jam/internal/minifier"
)

// FuzzHTML looks for a document that means something else once minified.
func FuzzHTML(f *testing.F) {
	src, err := os.ReadFile("testdata/tricky.html")
	if err != nil {
		f.Fatal(err)
	}
	for line := range bytes.Lines(src) {
		f.Add(line)
	}
	m := minifier.New(minifier.Options{SkipJS: true})
	f.Fuzz(func(t *testing.T, src []byte) {
		if bytes.HasPrefix(src, []byte("\ufeff")) || len(src) > 2000 {
			return
		}
		out, err := m.Bytes(t.Context(), "text/html", nil, src)
		if err != nil {
			return // in a style sheet or JSON
		}
		for _, scripting := range []bool{true, false} {
			diff, err := Diff(src, out, scripting)
			if err == nil && diff != "" {
				t.Fatalf("%q became %q (scripting %v): %s", src, out, scripting, diff)
			}
		}
	})
}
