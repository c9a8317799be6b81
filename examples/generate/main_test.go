package main

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

func TestBuild(t *testing.T) {
	out := jam.Memory()
	report, err := build(t.Context(), tree, out)
	if err != nil {
		t.Fatal(err)
	}
	if report.Pages != 14 {
		t.Errorf("%d pages, want 14", report.Pages)
	}
	files := out.Files()
	for name, wants := range map[string][]string{
		"index.html":                       {"<a href=/lighthouses/>pages</a>", "<a href=/api/index.json>JSON</a>"},
		"lighthouses/index.html":           {"<a href=/lighthouses/bell-rock/>Bell Rock</a>, 1811</li>\n<li><a href=/lighthouses/tuskar-rock/>"},
		"lighthouses/fastnet/index.html":   {"off County Cork and was first lit in 1904", "<a href=/countries/ireland/>Ireland</a>"},
		"countries/index.html":             {"<a href=/countries/england/>England</a>"},
		"countries/scotland/index.html":    {"Bell Rock", "Skerryvore", "Dubh Artach"},
		"lighthouses/wolf-rock/index.html": {"off Land’s End"},
	} {
		for _, want := range wants {
			if page := string(files[name]); !strings.Contains(page, want) {
				t.Errorf("%s has no %q:\n%s", name, want, page)
			}
		}
	}
	var list []struct{ Name, URL string }
	if err := json.Unmarshal(files["api/index.json"], &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 8 || list[0].Name != "Bell Rock" || list[0].URL != "https://example.org/lighthouses/bell-rock/" {
		t.Errorf("api/index.json: %v", list)
	}
}

func TestMistakes(t *testing.T) {
	tests := []struct{ name, table, want string }{
		{"year", "name,country,lit,place\nBell Rock,Scotland,soon,off Arbroath\nFastnet,Ireland,,off Cork\n",
			"data/lighthouses.csv: row 2: lit: \"soon\" is no year\ndata/lighthouses.csv: row 3: lit: \"\" is no year"},
		{"twice", "name,country,lit,place\nFastnet,Ireland,1904,off Cork\nFastnet,Ireland,1854,off Cork\n",
			`data/lighthouses.csv: row 3: generate: the path is taken: by data/lighthouses.csv: row 2`},
		{"width", "name,country,lit,place\nFastnet,Ireland\n", `data/lighthouses.csv:2:1: data: the row has 2 fields, but the first one, on line 1, has 4 fields`},
		{"empty", "name,country,lit,place\n", `/lighthouses: page: no such page: file does not exist`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree := fstest.MapFS{"data/lighthouses.csv": {Data: []byte(tt.table)}}
			_, err := build(t.Context(), tree, jam.Memory())
			if err == nil || err.Error() != tt.want {
				t.Errorf("have:\n%v\nwant:\n%s", err, tt.want)
			}
		})
	}
}
