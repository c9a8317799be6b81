package funcs

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func titles(v any) string {
	var out []string
	for _, p := range v.(pages) {
		out = append(out, p.title)
	}
	return strings.Join(out, " ")
}

// library of books, for queries.
func books() pages {
	day := func(d int) time.Time { return time.Date(2024, 1, d, 0, 0, 0, 0, time.UTC) }
	return pages{
		{title: "a", section: "posts", words: 10, date: day(1), Slug: "x", author: &author{"Ann"},
			params: map[string]any{"color": "red", "Price": 42, "fiction": true, "tags": []any{"go", 1}, "meta": map[string]any{"level": 1}}},
		{title: "b", section: "docs", words: 20, date: day(2), Slug: "y",
			params: map[string]any{"color": "green", "price": 42.5, "fiction": false, "tags": []string{"web"}, "meta": "none", "when": "2024-05-01"}},
		{title: "c", section: "posts", words: 30, date: day(3), Slug: "z", author: &author{"Bob"},
			params: map[string]any{"price": "cheap", "year": 2024, "when": noon}},
	}
}

func TestWhere(t *testing.T) {
	c := Collections{newLibrary(testOptions())}
	list := books()
	for _, tt := range []struct {
		args []any
		want string
	}{
		{[]any{"Section", "posts"}, "a c"},
		{[]any{"Section", "=", "posts"}, "a c"},
		{[]any{"Section", "==", "posts"}, "a c"},
		{[]any{".Section.", "EQ", "posts"}, "a c"},
		{[]any{"Section", "!=", "posts"}, "b"},
		{[]any{"Section", "<>", "posts"}, "b"},
		{[]any{"Section", " ne ", "posts"}, "b"},
		{[]any{"Section", "POSTS"}, ""},
		{[]any{"Slug", "y"}, "b"},
		{[]any{"WordCount", ">", 10}, "b c"},
		{[]any{"WordCount", "gt", 10.5}, "b c"},
		{[]any{"WordCount", ">=", 20}, "b c"},
		{[]any{"WordCount", "ge", "20"}, "b c"},
		{[]any{"WordCount", "<", 20}, "a"},
		{[]any{"WordCount", "lt", uint8(20)}, "a"},
		{[]any{"WordCount", "<=", 20}, "a b"},
		{[]any{"WordCount", "le", 20}, "a b"},
		{[]any{"Late", 20}, "b"},
		{[]any{"WordCount", "20"}, ""},
		{[]any{"Date", "<", time.Date(2024, 1, 2, 12, 0, 0, 0, time.FixedZone("", 3600))}, "a b"},
		{[]any{"Date", "ge", "2024-01-02"}, "b c"},
		{[]any{"Params.color", "red"}, "a"},
		{[]any{"Params.Color", "red"}, "a"},
		{[]any{"Params.price", 42}, "a"},
		{[]any{"Params.price", "ge", 42}, "a b"},
		{[]any{"Params.fiction", true}, "a"},
		{[]any{"Params.fiction", "eq", false}, "b"},
		{[]any{"Params.fiction", "ne", true}, "b c"},
		{[]any{"Params.fiction", "ne", false}, "a c"},
		{[]any{"Params.fiction", nil}, "c"},
		{[]any{"Params.fiction", "!=", nil}, "a b"},
		{[]any{"Params.color", "<", "z"}, "a b"},
		{[]any{"Params.none.at.all", nil}, "a b c"},
		{[]any{"Params.meta.level", 1}, "a"},
		{[]any{"Params.when", ">", noon.AddDate(0, 1, 0)}, "b"},
		{[]any{"Author.Name", "Bob"}, "c"},
		{[]any{"Author.Name", "!=", "Bob"}, "a b"},
		{[]any{"Author", nil}, "b"},
		{[]any{"Section", "in", []string{"docs", "x"}}, "b"},
		{[]any{"Section", "in", "all docs"}, "b"},
		{[]any{"Section", "not in", "all docs"}, "a c"},
		{[]any{"Section", "not in", []any{"docs", nil}}, "a c"},
		{[]any{"Section", "not in", []string{}}, "a b c"},
		{[]any{"Section", "in", nil}, ""},
		{[]any{"WordCount", "in", []any{10, 30.0}}, "a c"},
		{[]any{"WordCount", "in", "10"}, ""},
		{[]any{"Params.color", "not in", []string{"red"}}, "b"},
		{[]any{"Date", "in", []time.Time{list[0].date.In(time.FixedZone("", 3600))}}, "a"},
		{[]any{"Params.tags", "intersect", []string{"go", "web"}}, "a b"},
		{[]any{"Params.tags", "intersect", []any{1.0}}, "a"},
		{[]any{"Params.tags", "intersect", []int{2}}, ""},
		{[]any{"Section", "intersect", []string{"posts"}}, ""},
		{[]any{"Params.color", "like", "^(?i)R"}, "a"},
		{[]any{"Params.price", "like", "."}, "c"},
	} {
		got, err := c.Where(list, tt.args[0], tt.args[1:]...)
		if err != nil {
			t.Errorf("where %q: %v", tt.args, err)
		} else if titles(got) != tt.want {
			t.Errorf("where %q gives %q, want %q", tt.args, titles(got), tt.want)
		}
	}
}

func TestWhereOtherCollections(t *testing.T) {
	type params map[string]any
	type named map[string]string
	one := &params{"A": 1}
	for _, tt := range []struct {
		collection, key, value, want any
	}{
		{[]map[string]any{{"a": 1}, {"a": 2}, nil}, "a", 1, []map[string]any{{"a": 1}}},
		{[]params{{"a": 1}, {"A": 1}, {"b": 1}}, "a", 1, []params{{"a": 1}, {"A": 1}}},
		{[]*params{one, nil}, "a", 1, []*params{one}},
		{[]named{{"a": "x"}, {"A": "x"}}, "a", "x", []named{{"a": "x"}, {"A": "x"}}},
		{[]author{{"Ann"}, {"Bob"}}, "Name", "Bob", []author{{"Bob"}}},
		{[2]author{{"Ann"}, {"Bob"}}, "Name", "Bob", []author{{"Bob"}}},
		{&[]author{{"Ann"}, {"Bob"}}, "Name", "Bob", []author{{"Bob"}}},
		{[]page{{title: "a"}, {title: "b"}}, "Title", "b", []page{{title: "b"}}},
		{[]any{author{"Ann"}, &author{"Bob"}, nil, map[string]any{"Name": "Ann"}, page{title: "t"}.byName()}, "Name", "Ann",
			[]any{author{"Ann"}, map[string]any{"Name": "Ann"}}},
		{[]pages{}, "x", 1, []pages{}},
		{map[string]author{"x": {"Ann"}, "y": {"Bob"}}, "Name", "Ann", map[string]author{"x": {"Ann"}}},
		{map[string][]author{"x": {{"Ann"}, {"Bob"}}, "y": {{"Bob"}}}, "Name", "Ann", map[string][]author{"x": {{"Ann"}, {"Bob"}}}},
		{[]any{page{words: 3}}, "WordCount", 3, []any{page{words: 3}}},
	} {
		got, err := Collections{newLibrary(Options{})}.Where(tt.collection, tt.key, tt.value)
		if err != nil {
			t.Errorf("where %#v: %v", tt.collection, err)
		} else if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("where %#v gives %#v, want %#v", tt.collection, got, tt.want)
		}
	}
}

// byName has a field promoted through a nil pointer.
func (p page) byName() any { return struct{ *author }{} }

func TestWhereErrors(t *testing.T) {
	data := map[string]any{"Pages": books(), "Nil": pages{nil}, "Int": 3, "Broken": []any{struct{ *page }{}}}
	for _, tt := range []example{
		{`{{ where .Pages "Sction" "x" }}`, `where: *funcs.page has no method, field or key "Sction" (did you mean "Section"?)`},
		{`{{ where .Pages "title" "x" }}`, `has no method, field or key "title" (did you mean "Title"?)`},
		{`{{ where .Pages "Fails" "x" }}`, `where: Fails: no content in a`},
		{`{{ where .Pages "With" "x" }}`, `where: method With of *funcs.page wants arguments`},
		{`{{ where .Pages "Nothing" "x" }}`, `where: method Nothing of *funcs.page doesn't return one value`},
		{`{{ where .Pages "Author.Nmae" "x" }}`, `*funcs.author has no method, field or key "Nmae" (did you mean "Name"?)`},
		{`{{ where .Pages "" "x" }}`, `where: want a key such as Params.color, have string ""`},
		{`{{ where .Pages nil "x" }}`, `where: want a key such as Params.color, have nil`},
		{`{{ where .Pages "Title" "lik" "x" }}`, `where: unknown operator "lik" (did you mean "like"?)`},
		{`{{ where .Pages "Title" 1 "x" }}`, `where: want an operator, have int`},
		{`{{ where .Pages "Title" "in" 1 }}`, `where: want a slice, have int`},
		{`{{ where .Pages "Title" "intersect" "a" }}`, `where: want a slice, have string "a"`},
		{`{{ where .Pages "Title" "like" "(" }}`, "where: error parsing regexp: missing closing ): `(`"},
		{`{{ where .Pages "Title" "like" 1 }}`, `where: want a regular expression, have int`},
		{`{{ where .Pages "Title" }}`, `where: want a collection, a key, an operator and a value, have 2 arguments`},
		{`{{ where .Pages "Title" "=" 1 2 }}`, `have 5 arguments`},
		{`{{ where nil "Title" "x" }}`, `where: want a slice or a map, have nil`},
		{`{{ where .Int "Title" "x" }}`, `where: want a slice or a map, have int`},
		{`{{ where .Broken "Title" "x" }}`, `panic: runtime error`},
		{`{{ sort .Broken "Title" }}`, `panic: runtime error`},
		{`{{ where (slice 1 2) "Title" "x" }}`, `where: int has no method, field or key "Title"`},
	} {
		tt.fail(t, data)
	}
	example{`{{ len (where .Nil "Title" nil) }}{{ len (where .Nil "Title" "a") }}`, "10"}.run(t, data)
}

// A query must leave its input as it was and share no memory that append reaches.
func TestQueriesLeaveInput(t *testing.T) {
	c := Collections{newLibrary(Options{})}
	list := books()
	before := slices.Clone(list)
	for _, q := range []func() (any, error){
		func() (any, error) { return c.Where(list, "Section", "posts") },
		func() (any, error) { return c.Sort(list, "Title", "desc") },
		func() (any, error) { return c.First(2, list) },
		func() (any, error) { return c.Last(2, list) },
		func() (any, error) { return c.After(1, list) },
		func() (any, error) { return c.Reverse(list) },
		func() (any, error) { return c.Shuffle(list) },
		func() (any, error) { return c.Uniq(list) },
		func() (any, error) { return c.Append(list[0], list[:2]) },
		func() (any, error) { return c.Union(list[:1], list[:2]) },
		func() (any, error) { return c.Complement(list[:1], list[:2]) },
		func() (any, error) { return c.Intersect(list[:1], list[:2]) },
		func() (any, error) { return c.SymDiff(list[:1], list[:2]) },
	} {
		got, err := q()
		if err != nil {
			t.Error(err)
			continue
		}
		out, ok := got.(pages)
		if !ok {
			t.Errorf("the result has the type %T", got)
			continue
		}
		_ = append(out, nil)
		if !slices.Equal(list, before) {
			t.Fatalf("the input changed to %v", titles(list))
		}
	}
}
