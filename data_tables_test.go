package jam_test

import (
	"fmt"
	"testing"

	"github.com/jam-go/jam"
)

func TestDataFormats(t *testing.T) {
	site := mustLoad(t, archive(t, `
-- content/_index.md --
-- data/a.csv --
n,"x, y"
-- data/sub/b.tsv --
n	x, y
-- data/sub/c.xml --
<r><n k="1">x</n><m>2</m></r>
`), &jam.Config{Now: now, Renderer: jam.RendererFunc(dump)})
	want := "map[a:[[n x, y]] sub:map[b:[[n x, y]] c:map[m:2 n:map[#text:x -k:1]]]]"
	if got := fmt.Sprint(site.Data()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
