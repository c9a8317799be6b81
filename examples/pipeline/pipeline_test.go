package pipeline_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/examples/pipeline"
)

// data returns a file system with the records.
func data(records string) fs.FS {
	return fstest.MapFS{"planets.json": {Data: []byte(records)}}
}

const two = `[
	{"title": "Earth", "radius": 6371, "moons": 1, "text": "With *seas*."},
	{"title": "Venus", "radius": 6052, "text": "Hot."}
]`

func load(t *testing.T, records string) *jam.Site {
	t.Helper()
	site, err := pipeline.Load(t.Context(), data(records))
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// The Source alone: no site is needed to see what it yields.
func TestSource(t *testing.T) {
	var paths []string
	for doc, err := range (pipeline.Records{FS: data(two)}).Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, doc.Path)
	}
	if want := []string{"planets/earth.md", "planets/venus.md"}; !slices.Equal(paths, want) {
		t.Errorf("have %v, want %v", paths, want)
	}
}

// The front matter, as Go values.
func TestFrontMatter(t *testing.T) {
	earth, err := load(t, two).Page("planets/earth")
	if err != nil {
		t.Fatal(err)
	}
	planet, ok := pipeline.Planets.Of(earth)
	if want := (pipeline.Planet{Radius: 6371, Moons: 1}); !ok || *planet != want {
		t.Errorf("have %v, want %v", planet, want)
	}
}

// A single page: the file system of a site renders what is opened, and nothing else.
func TestPage(t *testing.T) {
	html, err := fs.ReadFile(load(t, two).FS(t.Context()), "planets/earth/index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<h1>Earth</h1>", "<em>seas</em>", "6371 km, moons: 1"} {
		if !strings.Contains(string(html), want) {
			t.Errorf("no %q in:\n%s", want, html)
		}
	}
}

// The whole site, in memory.
func TestSite(t *testing.T) {
	out := jam.Memory()
	report, err := load(t, two).Build(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"index.html", "planets/earth/index.html", "planets/index.html", "planets/venus/index.html"}
	if !slices.Equal(report.Written, want) {
		t.Errorf("written %v, want %v", report.Written, want)
	}
	if len(report.Warnings) > 0 {
		t.Errorf("warnings: %v", report.Warnings)
	}
	if list := string(out.Files()["planets/index.html"]); !strings.Contains(list, "/planets/venus/") {
		t.Errorf("the section does not list Venus:\n%s", list)
	}
}

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
			_, err := pipeline.Load(t.Context(), data(tt.records))
			var have []string
			for _, e := range jam.Errors(err) {
				have = append(have, e.Error())
			}
			if !slices.Equal(have, tt.want) {
				t.Errorf("have:\n%s\nwant:\n%s", strings.Join(have, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}
