package pipeline_test

import (
	"testing"

	"github.com/jam-go/jam/check"
	"github.com/jam-go/jam/examples/pipeline"
	"github.com/jam-go/jam/sitetest"
)

var planets = sitetest.FS(`-- planets.json --
[
	{"title": "Earth", "radius": 6371, "moons": 1, "text": "With *seas*. {{< distance 149.6 >}}"},
	{"title": "Venus", "radius": 6052, "text": "Hot."}
]`)

func TestMain(m *testing.M) { sitetest.UpdateFlag(); m.Run() }

func TestSource(t *testing.T) { // alone, without a site
	if err := sitetest.TestSource(pipeline.Records{FS: planets}, "planets/earth.md", "planets/venus.md"); err != nil {
		t.Error(err)
	}
}

func TestPlanets(t *testing.T) {
	site, err := pipeline.Load(t.Context(), planets)
	s := sitetest.New(t, site, err)
	if earth, _ := pipeline.Planets.Of(s.Page("earth")); *earth != (pipeline.Planet{Radius: 6371, Moons: 1}) {
		t.Errorf("the front matter is %+v", earth)
	}
	page := s.Output("/planets/earth/") // rendered alone
	page.Find("h1").WantText("Earth")
	page.Find("p data").WantText("149.6 million km (1.00 AU)").WantAttr("value", "149600000")
	s.Output("/planets/").Find("a").WantText("Earth", "Venus").WantAttr("href", "/planets/earth/", "/planets/venus/")
	built := s.Build()
	built.Golden("testdata/site.txtar")
	check.Test(t, built.FS(), &check.Options{Rules: map[string]check.Severity{"*": check.Error}}) // links, and more
}
