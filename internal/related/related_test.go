package related

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func date(month, day int) time.Time {
	return time.Date(2024, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// small is a site of indices keywords and tags.
var small = []Document{
	{date(1, 1), [][]string{{"http", "go"}, {"go", "web"}}},
	{date(2, 1), [][]string{{"http"}, {"Go"}}},
	{date(2, 1), [][]string{{}, {"go", "web"}}},
	{date(3, 1), [][]string{{"http", "css"}, {"go", "web"}}},
	{date(4, 1), [][]string{{"css"}, {"web"}}},
	{date(1, 15), [][]string{{"go"}}},
	{time.Time{}, [][]string{{"http"}, {"web"}}},
	{date(5, 1), [][]string{{"other"}, {"go"}}},
}

func indices(keywords, tags int) []Index {
	return []Index{{Name: "keywords", Weight: keywords}, {Name: "tags", Weight: tags}}
}

// smallTests give the relations of every document of small, and the answers
// to smallQueries, as Hugo 0.165 gives them for the same site.
var smallTests = []struct {
	name    string
	cfg     Config
	want    [][]int32
	queries [3][]int32
}{
	{
		"older only",
		Config{Threshold: 80, Indices: indices(100, 80)},
		[][]int32{{6}, {0, 6}, {0, 6}, {0, 6, 2, 1}, {3, 2, 0, 6}, {0}, {3, 0, 1, 4, 2}, {3, 2, 0}},
		[3][]int32{{2, 0, 6}, {3, 4, 2, 0, 7, 6}, {2, 0, 6}},
	},
	{
		"newer, above the lighter weight",
		Config{Threshold: 90, IncludeNewer: true, Indices: indices(100, 80)},
		[][]int32{{3, 6, 2, 1, 5}, {3, 0, 6}, {3, 0}, {0, 4, 6, 2, 1}, {3}, {0}, {3, 0, 1}, nil},
		[3][]int32{{2, 0}, {3, 4, 2, 0}, {2, 0, 4, 6}},
	},
	{
		"lower case, common tags dropped",
		Config{Threshold: 80, IncludeNewer: true, ToLower: true, Indices: []Index{
			{Name: "keywords", Weight: 100},
			{Name: "tags", Weight: 80, CardinalityThreshold: 60},
		}},
		[][]int32{{3, 1, 5, 6}, {3, 0, 6}, nil, {4, 1, 0, 6}, {3}, {0}, {3, 1, 0}, nil},
		[3][]int32{nil, {4, 3}, nil},
	},
	{
		"negative weight",
		Config{Threshold: 60, IncludeNewer: true, Indices: indices(50, -20)},
		[][]int32{{1, 5, 6, 3}, {3, 0, 6}, nil, {1, 4, 6, 0}, {3}, {0}, {1, 3, 0}, nil},
		[3][]int32{nil, {4, 3}, nil},
	},
}

var smallQueries = [3]Query{
	{Document: 3, Indices: []string{"tags"}},
	{Document: NoDocument, Keywords: []Keywords{{"tags", []string{"go", "web"}}, {"keywords", []string{"css"}}}},
	{Document: 3, Indices: []string{"Tags"}, Keywords: []Keywords{{"TAGS", []string{"web"}}}},
}

func TestAsHugo(t *testing.T) {
	for _, test := range smallTests {
		t.Run(test.name, func(t *testing.T) {
			f, err := New(test.cfg, small)
			if err != nil {
				t.Fatal(err)
			}
			for d, want := range test.want {
				if got := f.For(d); !slices.Equal(got, want) {
					t.Errorf("For(%d) = %v, want %v", d, got, want)
				}
			}
			for i, want := range test.queries {
				got, err := f.Search(smallQueries[i])
				if err != nil || !slices.Equal(got.Documents, want) {
					t.Errorf("query %d: got %v, %v, want %v", i, got.Documents, err, want)
				}
			}
		})
	}
}

func TestTies(t *testing.T) {
	same := [][]string{{"k"}}
	docs := []Document{{date(1, 1), same}, {date(1, 2), same}, {time.Time{}, same}, {date(1, 1), same}, {date(1, 2), same}}
	f, err := New(Config{Indices: indices(1, 0), IncludeNewer: true}, docs)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.For(3), []int32{1, 4, 0, 2}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRepeatsCountOnce(t *testing.T) {
	docs := []Document{
		{Keywords: [][]string{{"a", "b"}}},
		{Keywords: [][]string{{"a", "a", "A"}}},
		{Keywords: [][]string{{"a", "b"}}},
	}
	f, err := New(Config{Indices: []Index{{Name: "k", Weight: 1, ToLower: true}}}, docs)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.For(0), []int32{2, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWindow(t *testing.T) {
	docs := make([]Document, 100) // newest first, all with a common keyword
	for i := range docs {
		docs[i] = Document{date(1, -i), [][]string{{"common"}, nil}}
	}
	docs[10].Keywords[1] = []string{"rare"}
	docs[90].Keywords[1] = []string{"rare"}
	tests := []struct {
		name  string
		newer bool
		query Query
		want  []int32
	}{
		{"nearest older", false, Query{Document: 50}, []int32{51, 52, 53, 54}},
		{"few older", false, Query{Document: 98}, []int32{99}},
		{"both sides", true, Query{Document: 50}, []int32{48, 49, 51, 52}},
		{"at the newest", true, Query{Document: 0}, []int32{1, 2, 3, 4}},
		{"at the oldest", true, Query{Document: 99}, []int32{95, 96, 97, 98}},
		{"rank is exact outside the window", false, Query{Document: 10}, []int32{90, 11, 12, 13, 14}},
		{"no document", false, Query{Document: NoDocument, Keywords: []Keywords{{"k", []string{"common"}}}}, []int32{0, 1, 2, 3}},
		{"date", false, Query{Document: NoDocument, Date: date(1, -30), Keywords: []Keywords{{"k", []string{"common"}}}}, []int32{30, 31, 32, 33}},
		{"date, newer too", true, Query{Document: NoDocument, Date: date(1, -30), Keywords: []Keywords{{"k", []string{"common"}}}}, []int32{28, 29, 30, 31}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg := Config{Window: 4, IncludeNewer: test.newer, Indices: []Index{{Name: "k", Weight: 1}, {Name: "r", Weight: 1}}}
			f, err := New(cfg, docs)
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.Search(test.query)
			if err != nil || !slices.Equal(got.Documents, test.want) {
				t.Errorf("got %v, %v, want %v", got.Documents, err, test.want)
			}
		})
	}
}

// TestManyCommon has more common keywords than there are signs.
func TestManyCommon(t *testing.T) {
	docs := make([]Document, 400)
	for i := range docs {
		var words []string
		for k := range 200 {
			if (i+k*k)%7 == 0 {
				words = append(words, string(rune('A'+k)))
			}
		}
		docs[i] = Document{date(1, i%50), [][]string{words}}
	}
	cfg := Config{Indices: []Index{{Name: "k", Weight: 3}}, Window: 20, Limit: 30, IncludeNewer: true}
	f, err := New(cfg, docs)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []int{0, 1, 200} {
		if got, want := f.For(d), (oracle{cfg, docs}).related(d); !slices.Equal(got, want) {
			t.Errorf("For(%d) = %v, want %v", d, got, want)
		}
	}
}

func TestFilter(t *testing.T) {
	docs := []Document{
		{date(1, 3), [][]string{{"usage", "install", "alone"}, {"x"}}},
		{date(1, 2), [][]string{{"install", "usage"}, {"x"}}},
		{date(1, 4), [][]string{{"alone"}}},
	}
	cfg := Config{Threshold: 100, Indices: []Index{{Name: "headings", Weight: 50, ApplyFilter: true}, {Name: "tags", Weight: 100}}}
	f, err := New(cfg, docs)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Search(Query{Document: 0, Keywords: []Keywords{{"headings", []string{"usage", "unknown"}}}})
	if err != nil || !slices.Equal(got.Documents, []int32{1}) || !slices.Equal(got.Filter, []string{"install", "usage"}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestErrors(t *testing.T) {
	_, err := New(Config{Threshold: 101, Limit: -1, Window: -2, Indices: []Index{
		{Name: "tags", CardinalityThreshold: 200}, {Name: "Tags"}, {}, {Name: "big", Weight: 1<<30 + 1},
	}}, nil)
	want := `related: threshold is 101; it must be between 0 and 100
related: limit is -1; it must not be negative
related: window is -2; it must not be negative
related: index "tags": cardinality threshold is 200; it must be between 0 and 100
related: index "Tags" is configured twice
related: index 3 has no name
related: index "big": weight is 1073741825; it must be between -1073741824 and 1073741824`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	_, err = New(Config{}, []Document{{}, {Keywords: [][]string{{"a"}}}})
	if err == nil || !strings.Contains(err.Error(), "document 1 has keywords for 1 indices, but 0 are configured") {
		t.Errorf("got %v", err)
	}
}

func TestQueryErrors(t *testing.T) {
	f, err := New(Config{Indices: indices(100, 80)}, small)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []int{-2, -1, len(small)} {
		if got := f.For(d); got != nil {
			t.Errorf("For(%d) = %v", d, got)
		}
	}
	tests := []struct {
		query Query
		want  string
	}{
		{Query{Document: 8}, "related: no document 8; there are 8"},
		{Query{Document: -2}, "related: no document -2; there are 8"},
		{Query{Indices: []string{"tag"}}, `related: no index "tag" (did you mean "tags"?)`},
		{Query{Keywords: []Keywords{{"zebra", nil}}}, `related: no index "zebra"`},
	}
	for _, test := range tests {
		if _, err := f.Search(test.query); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

func TestNoDocuments(t *testing.T) {
	f, err := New(Config{Indices: indices(100, 80)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Search(Query{Document: NoDocument, Date: date(1, 1), Keywords: []Keywords{{"tags", []string{"go"}}}})
	if err != nil || got.Documents != nil || got.Filter != nil || f.For(0) != nil {
		t.Errorf("got %+v, %v", got, err)
	}
}
