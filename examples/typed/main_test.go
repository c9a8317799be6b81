package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

func TestRun(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), tree, &out); err != nil {
		t.Fatal(err)
	}
	const want = `Flatbread: 1h30m0s, serves 2, needs 2 things
Lentil soup: 40m0s, serves 4, needs 3 things, goes with Flatbread
`
	if out.String() != want {
		t.Errorf("have:\n%swant:\n%s", out.String(), want)
	}
}

// Every mistake in every recipe is listed, each with its place.
func TestMistakes(t *testing.T) {
	wrong := fstest.MapFS{
		"content/recipes/flatbread.md": {Data: []byte("---\ntime: 1h\nneeds: [{name: flour}]\n---\n")},
		"content/recipes/pie.md":       {Data: []byte("---\ntitle: Pie\nserve: 4\ntime: long\nneeds:\n  - amount: 2\n---\n")},
		"content/recipes/soup.md":      {Data: []byte("---\ntime: 30h\nserves: 0\nneeds: [{name: water}]\n---\n")},
		"content/recipes/salad.md":     {Data: []byte("---\ntime: 5m\nneeds: [{name: leaves}]\nwith: flatbred\n---\n")},
	}
	err := run(t.Context(), wrong, &strings.Builder{})
	const want = `content/recipes/pie.md:3:1: front matter: unknown key "serve" in Recipe (did you mean "serves"?)
content/recipes/pie.md:4:7: front matter: time: invalid duration "long" (want one such as 1h30m)
content/recipes/pie.md:6:5: front matter: needs[0]: the key "name" is missing
content/recipes/salad.md:4:7: front matter: reference "flatbred": it leads to no page (did you mean "/recipes/flatbread"?)
content/recipes/soup.md:2:7: front matter: time: 30h0m0s is more than a day
content/recipes/soup.md:3:9: front matter: serves: want at least 1, not 0`
	if err == nil || err.Error() != want {
		t.Errorf("have:\n%v\nwant:\n%s", err, want)
	}
	if n := len(jam.Errors(err)); n != 6 {
		t.Errorf("%d errors, want 6", n)
	}
}
