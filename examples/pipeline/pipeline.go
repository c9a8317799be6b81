// Package pipeline makes a page of each record of a JSON file. How its Source, its
// front matter, its shortcode and its Renderer are tested, with no disk and no server, is in
// pipeline_test.go, and how its mistakes are, in mistakes_test.go.
//
//	go test ./examples/pipeline
package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"iter"
	"strings"

	"github.com/jam-go/jam"
)

// Planet is the front matter of a planet's page.
type Planet struct {
	Radius int `yaml:"radius" required:"true"` // in kilometres
	Moons  int `yaml:"moons"`
}

// Planets are the pages with that front matter.
var Planets = &jam.Collection[Planet]{Match: "planets/*"}

// Records is a Source that reads the file planets.json of a file system.
type Records struct{ FS fs.FS }

// Documents yields a document for each record.
func (r Records) Documents(context.Context) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) {
		var list []map[string]any
		text, err := fs.ReadFile(r.FS, "planets.json")
		if err == nil {
			err = json.Unmarshal(text, &list)
		}
		if err != nil {
			yield(nil, fmt.Errorf("planets: %w", err))
			return
		}
		for i, record := range list {
			text, _ := record["text"].(string)
			delete(record, "text") // all else is front matter
			doc := &jam.Document{
				Path:        fmt.Sprintf("planets/%s.md", strings.ToLower(fmt.Sprint(record["title"]))),
				Name:        fmt.Sprintf("planets.json[%d]", i), // for messages
				FrontMatter: record,
				Body:        []byte(text),
			}
			if !yield(doc, nil) {
				return
			}
		}
	}
}

var page = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>{{ .Page.Title }}</title>
<meta name="description" content="{{ with .Planet }}{{ $.Page.Title }} has a radius of {{ .Radius }} km.{{ else }}What goes round the sun: {{ .Page.Title }}.{{ end }}">
<h1>{{ .Page.Title }}</h1>{{ .Page.Content }}
{{ with .Planet }}<p>{{ .Radius }} km, moons: {{ .Moons }}{{ end }}
{{ range .Page.Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}`))

// Render is the Renderer.
func Render(_ context.Context, w io.Writer, p *jam.Page) error {
	planet, _ := Planets.Of(p)
	return page.Execute(w, map[string]any{"Page": p, "Planet": planet})
}

// Distance is a shortcode: {{< distance 149.6 >}} is a distance in millions of kilometres, and what it is in astronomical units.
func Distance(_ context.Context, w io.Writer, s *jam.Shortcode) error {
	v, err := s.Get(0)
	if err != nil {
		return err
	}
	km, ok := v.(float64)
	if !ok || km <= 0 {
		return fmt.Errorf("want a distance in millions of kilometres, such as 149.6, not %v", v)
	}
	_, err = fmt.Fprintf(w, "<data value=%.0f>%.1f million km (%.2f AU)</data>", km*1e6, km, km/149.6)
	return err
}

// Load returns the site of the planets in a file system.
func Load(ctx context.Context, fsys fs.FS) (*jam.Site, error) {
	return jam.Load(ctx, nil, &jam.Config{
		Title: "The solar system", Sources: []jam.Source{Records{fsys}},
		Collections: []jam.Schema{Planets}, Renderer: jam.RendererFunc(Render),
		Shortcodes: map[string]jam.ShortcodeFunc{"distance": Distance},
	})
}
