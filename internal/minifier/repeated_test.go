package minifier

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// What is inside HTML comes out the same, whether it was seen before or not, and as whatever it was seen.
func TestRepeated(t *testing.T) {
	const code = `{ "a" :  1 }`
	m := New(Options{})
	minify := func(m *Minifier, page string) string {
		out, err := m.Bytes(context.Background(), typeHTML, nil, []byte(page))
		if err != nil {
			t.Error(err)
		}
		return string(out)
	}
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range 3 * mostRepeated {
				page := fmt.Sprintf("<style>a  { color : #%d }</style><script>f( %d )</script><script type=application/json>%s</script><script>%s</script>",
					i%5, i+worker, code, code)
				if got, want := minify(m, page), minify(New(Options{}), page); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
	wg.Wait()
	for kind, kept := range m.repeated.kept {
		if len(kept) > mostRepeated {
			t.Errorf("%d of %s are kept", len(kept), kind)
		}
	}
	big := "<style>" + strings.Repeat("a { color : red }", longestRepeated/16) + "</style>"
	if minify(m, big); len(m.repeated.kept[typeCSS]) > 5 {
		t.Error("a very long style sheet is kept")
	}
}
