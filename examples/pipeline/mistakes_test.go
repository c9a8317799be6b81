package pipeline_test

import (
	"testing"

	"github.com/jam-go/jam/examples/pipeline"
	"github.com/jam-go/jam/sitetest"
)

// What is wrong in the data is reported, all of it, and nothing is built.
func TestMistakes(t *testing.T) {
	tests := []struct {
		name, records string
		want          []string
	}{
		{"fields", `[{"title": "Mars", "moons": 2}, {"title": "Pluto", "radius": "small", "moon": 5}]`, []string{
			`planets.json[0]: front matter: the key "radius" is missing`,
			`planets.json[1]: front matter: radius: want an integer, have a string`,
			`planets.json[1]: front matter: unknown key "moon" in Planet (did you mean "moons"?)`,
		}},
		{"twice", `[{"title": "Mars", "radius": 3390}, {"title": "Mars", "radius": 3390}]`, []string{
			`planets.json[1]: read: the same source has the path planets/mars.md twice`,
		}},
		{"bad path", `[{"title": "../Mars", "radius": 3390}]`, []string{
			`planets.json[0]: read: "planets/../mars.md" is not a valid document path: want slashes, and no . or .. within`,
		}},
		{"no JSON", `[{]`, []string{
			`read: planets: invalid character ']' looking for beginning of object key string`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := pipeline.Load(t.Context(), sitetest.FS("-- planets.json --\n"+tt.records))
			sitetest.WantErrors(t, err, tt.want...)
		})
	}
}

func TestMistakesOfShortcodes(t *testing.T) {
	site, err := pipeline.Load(t.Context(), sitetest.FS("-- planets.json --\n"+`[{"title": "Mars", "radius": 3390, "text": "{{< distance far >}}"}]`))
	sitetest.New(t, site, err).BuildErrors(
		"planets.json[0]:1:1: shortcode: want a distance in millions of kilometres, such as 149.6, not far",
	)
}
