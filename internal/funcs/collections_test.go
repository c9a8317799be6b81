package funcs

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestSlices(t *testing.T) {
	data := map[string]any{
		"Pages": books(), "Array": [3]int{1, 2, 3}, "Nested": [][]int{{1}}, "Empty": pages{}, "Names": []string{"x"},
		"Nil": nil, "Anys": []any{1, "a"},
	}
	for _, tt := range []example{
		{`{{ first 2 (slice 1 2 3) }}{{ first 0 (slice 1) }}{{ first 9 (slice 1) }}`, `[1 2][][1]`},
		{`{{ first "2" .Array }}{{ first 1.0 .Array }}`, `[1 2][1]`},
		{`{{ range first 1 .Pages }}{{ .Title }}{{ end }}{{ (first 2 .Pages).Len }}`, `a2`},
		{`{{ "abc" | first 2 }}{{ "abc" | last 1 }}{{ "abc" | after 2 }}`, `abcc`},
		{`{{ last 2 (slice 1 2 3) }}{{ last 0 (slice 1) }}{{ last 9 .Array }}`, `[2 3][][1 2 3]`},
		{`{{ after 2 (slice 1 2 3) }}{{ after 0 (slice 1) }}{{ after 9 (slice 1) }}`, `[3][1][]`},
		{`{{ (after 1 .Pages).Len }}{{ (last 1 .Pages).Len }}{{ (first 0 .Pages).Len }}`, `210`},
		{`{{ collections.Reverse (slice 1 2 3) }}{{ (collections.Reverse .Pages).Len }}`, `[3 2 1]3`},
		{`{{ seq 3 }}{{ seq -3 }}{{ seq 0 }}{{ seq 2 4 }}{{ seq 2 -1 }}{{ seq 1 2 6 }}{{ seq 5 -2 0 }}{{ seq 4 1 4 }}`,
			`[1 2 3][-1 -2 -3][][2 3 4][2 1 0 -1][1 3 5][5 3 1][4]`},
		{`{{ seq "2" }}{{ len (seq 1000000) }}`, `[1 2]1000000`},
		{`{{ seq 9223372036854775806 9223372036854775807 }}`, `[9223372036854775806 9223372036854775807]`},
		{`{{ seq -9223372036854775808 9223372036854775807 9223372036854775807 }}`, `[-9223372036854775808 -1 9223372036854775806]`},
		{`{{ printf "%T %T %T %T %T" (slice) (slice 1) (slice 1 "a") (slice nil) (slice 1 nil) }}`, `[]interface {} []int []interface {} []interface {} []interface {}`},
		{`{{ printf "%T %T" (slice (index .Pages 0)) (slice | append (index .Pages 0)) }}`, `funcs.pages funcs.pages`},
		{`{{ slice "b" | append "c" }}{{ slice "b" | append "c" "d" }}{{ slice "b" | append (slice "c") }}`, `[b c][b c d][b c]`},
		{`{{ slice | append "a" }}{{ slice | append (slice "a") }}{{ slice | append 1 "a" }}{{ slice | append nil }}`, `[a][a][1 a][<nil>]`},
		{`{{ printf "%T %T" (slice | append "a") (slice | append .Pages) }}`, `[]string funcs.pages`},
		{`{{ printf "%T %v" (append 1 .Names) (append 1 .Names) }}`, `[]interface {} [x 1]`},
		{`{{ append nil .Names }}{{ append (slice 1 2) .Names }}{{ append .Anys .Names }}`, `[x <nil>][x 1 2][x 1 a]`},
		{`{{ append (slice 2) .Nested }}{{ append (slice 2) (slice 3) .Nested }}`, `[[1] [2]][[1] [2] [3]]`},
		{`{{ append .Nested (slice) }}`, `[[1]]`},
		{`{{ append "a" .Nil }}`, `[a]`},
		{`{{ (append (index .Pages 0) .Empty).Len }}{{ (append .Pages .Pages).Len }}`, `16`},
		{`{{ delimit (slice "a" "b" "c") ", " }}|{{ delimit (slice "a" "b" "c") ", " " and " }}|{{ delimit (slice "a" "b") "," "&" }}`,
			`a, b, c|a, b and c|a&b`},
		{`{{ delimit (dict "b" 2 "a" 1.5 "c" true) "-" }}{{ delimit (slice) "," "x" }}{{ delimit (slice 1) "," "x" }}`, `1.5-2-true1`},
		{`{{ delimit .Array 0 }}`, `10203`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ first "x" (slice 1) }}`, `first: the count: want a whole number, have string "x"`},
		{`{{ first (slice 1) 1 }}`, `first: want a count and a collection, have int`},
		{`{{ first 1 nil }}`, `first: want a count and a collection, have nil`},
		{`{{ first -1 (slice 1) }}`, `first: the count -1 is negative`},
		{`{{ first nil (slice 1) }}`, `first: the count: want a whole number, have nil`},
		{`{{ last 1 (dict) }}`, `last: want a count and a collection, have map[string]any`},
		{`{{ last -1 "x" }}`, `last: the count -1 is negative`},
		{`{{ after true (slice 1) }}`, `after: the count: want a whole number, have bool`},
		{`{{ collections.Reverse "abc" }}`, `collections.Reverse: want a slice, have string "abc"`},
		{`{{ shuffle 1 }}`, `shuffle: want a slice, have int`},
		{`{{ seq }}`, `seq: want 1 to 3 numbers, have 0`},
		{`{{ seq 1 2 3 4 }}`, `seq: want 1 to 3 numbers, have 4`},
		{`{{ seq "a" }}`, `seq: an argument: want a whole number, have string "a"`},
		{`{{ seq 1 0 3 }}`, `seq: the increment 0 doesn't lead from 1 to 3`},
		{`{{ seq 1 -1 3 }}`, `seq: the increment -1 doesn't lead from 1 to 3`},
		{`{{ seq 3 1 1 }}`, `seq: the increment 1 doesn't lead from 3 to 1`},
		{`{{ seq 1000001 }}`, `are more than 1000000 numbers`},
		{`{{ seq -9223372036854775808 9223372036854775807 }}`, `are more than 1000000 numbers`},
		{`{{ seq 9223372036854775807 -9223372036854775808 }}`, `are more than 1000000 numbers`},
		{`{{ append 1 }}`, `append: want elements and a slice, have 1 argument`},
		{`{{ append 1 2 }}`, `append: want a slice as the last argument, have int`},
		{`{{ delimit "abc" "," }}`, `delimit: want a slice or a map, have string "abc"`},
		{`{{ delimit (slice (slice 1)) "," }}`, `delimit: want text, have []int`},
		{`{{ delimit (slice 1) (slice) }}`, `delimit: want text, have []any`},
		{`{{ delimit (slice 1) "," "," "," }}`, `delimit: want a collection and 1 or 2 delimiters, have 3`},
	} {
		tt.fail(t, data)
	}
}

func TestShuffle(t *testing.T) {
	c := Collections{newLibrary(Options{})}
	numbers, _ := c.Seq(100)
	a, err := c.Shuffle(numbers)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Collections{newLibrary(testOptions())}.Shuffle(slices.Clone(numbers))
	if !reflect.DeepEqual(a, b) {
		t.Error("two shuffles of the same differ")
	}
	if slices.Equal(a.([]int), numbers) {
		t.Error("the order is the same")
	}
	if s := slices.Sorted(slices.Values(a.([]int))); !slices.Equal(s, numbers) {
		t.Errorf("the elements are %v", s)
	}
	numbers[0] = 500
	if b, _ := c.Shuffle(numbers); slices.Equal(slices.DeleteFunc(b.([]int), func(n int) bool { return n == 500 }),
		slices.DeleteFunc(slices.Clone(a.([]int)), func(n int) bool { return n == 1 })) {
		t.Error("the order doesn't depend on the elements")
	}
	list := manyPages(50)
	p, _ := c.Shuffle(list)
	q, _ := c.Shuffle(manyPages(50))
	if titles(p) != titles(q) || titles(p) == titles(list) {
		t.Errorf("pages: %s and %s", titles(p), titles(q))
	}
}

func TestSets(t *testing.T) {
	list := books()
	data := map[string]any{
		"Pages": list, "Two": list[1:], "Structs": []author{{"a"}, {"b"}, {"a"}}, "Floats": []float64{1, 2.5},
		"Maps": []map[string]any{{"a": 1}, {"a": 1.0}, {"a": 2}}, "Chans": []any{make(chan int), func() {}},
		"Big": []uint64{1 << 63, 1}, "Times": []any{noon, &noon, noon.Local()},
	}
	for _, tt := range []example{
		{`{{ uniq (slice 1 3 2 1) }}{{ uniq (slice "a" "A" "a") }}{{ uniq (slice 1 1.0 "1" true 1) }}{{ uniq nil }}`, `[1 3 2][a A][1 1 true][]`},
		{`{{ uniq (slice nil 1 nil) }}{{ uniq .Structs }}{{ len (uniq .Maps) }}{{ uniq .Big }}{{ len (uniq .Times) }}`,
			`[<nil> 1][{a} {b}]2[9223372036854775808 1]1`},
		{`{{ (uniq (append .Two .Pages)).Len }}{{ printf "%T" (uniq (slice "a")) }}`, `3[]string`},
		{`{{ complement (slice 3) (slice 4 5) (slice 1 2 3 4 5) }}{{ slice "b" "a" "b" | complement (slice "a") }}`, `[1 2][b b]`},
		{`{{ (.Pages | complement .Two).Len }}{{ complement nil (slice 1) }}{{ complement (slice "1") (slice 1) }}`, `1[1][1]`},
		{`{{ intersect (slice 1 2 2 3) (slice 3 2 9) }}{{ intersect nil (slice 1) }}{{ intersect (slice 1) nil }}`, `[2 3][][]`},
		{`{{ (.Pages | intersect .Two).Len }}{{ intersect (slice 1 2) .Floats }}`, `2[1]`},
		{`{{ union (slice 1 2 3) (slice 3 4) }}{{ union nil nil }}{{ union nil (slice 1) }}{{ union (slice 1 1) nil }}`, `[1 2 3 4][][1][1]`},
		{`{{ union (slice 1) (slice "a" 1) }}{{ union (slice 1 2) .Floats }}{{ union (slice) (slice "a") }}`, `[1 a][1 2 2.5][a]`},
		{`{{ (union .Two .Pages).Len }}{{ printf "%T" (union slice .Pages) }}`, `3funcs.pages`},
		{`{{ slice 1 2 3 | symdiff (slice 3 4) }}{{ symdiff nil (slice 1) }}{{ symdiff nil nil }}`, `[1 2 4][1][]`},
		{`{{ in (slice "a" "b") "b" }}{{ in (slice "a") "c" }}{{ in (slice 1 2) 2.0 }}{{ in (slice 1) "1" }}{{ in (slice nil 1) nil }}`,
			`truefalsetruefalsefalse`},
		{`{{ in "abc" "b" }}{{ in "abc" "x" }}{{ in 123 2 }}{{ in nil 1 }}{{ in .Pages (index .Pages 1) }}{{ in .Structs (index .Structs 1) }}`,
			`truefalsetruefalsetruetrue`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ uniq "a" }}`, `uniq: want a slice, have string "a"`},
		{`{{ uniq .Chans }}`, `uniq: can't compare elements of type func()`},
		{`{{ complement (slice 1) }}`, `complement: want at least 2 slices, have 1`},
		{`{{ complement (slice 1) 2 }}`, `complement: want a slice, have int`},
		{`{{ complement 1 (slice 2) }}`, `complement: want a slice, have int`},
		{`{{ intersect 1 (slice 2) }}`, `intersect: want a slice, have int`},
		{`{{ intersect (slice 2) "x" }}`, `intersect: want a slice, have string "x"`},
		{`{{ union (slice 2) "x" }}`, `union: want a slice, have string "x"`},
		{`{{ union "x" (slice 2) }}`, `union: want a slice, have string "x"`},
		{`{{ symdiff (slice 2) "x" }}`, `symdiff: want a slice, have string "x"`},
		{`{{ symdiff "x" (slice 2) }}`, `symdiff: want a slice, have string "x"`},
		{`{{ in (dict "a" 1) "a" }}`, `in: want text, have map[string]any`},
	} {
		tt.fail(t, data)
	}
}

func TestSort(t *testing.T) {
	data := map[string]any{
		"Pages": books(), "Mixed": []any{"b", 2, nil, true, 1.5, noon, "a", false, []int{1}},
		"Map":     map[string]any{"b": map[string]any{"name": "x"}, "a": map[string]any{"Name": "y"}, "c": map[string]any{"name": "x"}},
		"Numbers": map[int]string{10: "ten", 9: "nine"}, "Words": []string{"b", "A", "a", "é", "B", "ä", "Z", "Éa"},
		"Structs": []struct{ N int }{{2}, {1}},
	}
	for _, tt := range []example{
		{`{{ sort (slice 3 1 2) }}{{ sort (slice 3 1 2) "value" "desc" }}{{ sort (slice "b" "a") "value" "asc" }}{{ sort (slice 2 1) nil }}`,
			`[1 2 3][3 2 1][a b][1 2]`},
		{`{{ sort .Words }}`, `[A a B b Z ä é Éa]`},
		{`{{ sort .Mixed }}`, `[<nil> false true 1.5 2 a b 2024-02-29 12:00:00 +0000 UTC [1]]`},
		{`{{ range sort .Pages "Title" "desc" }}{{ .Title }}{{ end }}{{ (sort .Pages "Title").Len }}`, `cba3`},
		{`{{ range sort .Pages "Section" }}{{ .Title }}{{ end }}|{{ range sort .Pages "Section" "desc" }}{{ .Title }}{{ end }}`, `bac|acb`},
		{`{{ range sort .Pages "Params.color" }}{{ .Title }}{{ end }}|{{ range sort .Pages "Author.Name" "desc" }}{{ .Title }}{{ end }}`, `cba|cab`},
		{`{{ sort .Map }}`, `[map[Name:y] map[name:x] map[name:x]]`},
		{`{{ range sort .Map "NAME" "desc" }}{{ len . }}{{ or (index . "name") (index . "Name") }}{{ end }}`, `1y1x1x`},
		{`{{ sort .Numbers }}{{ sort .Numbers "value" }}{{ sort .Numbers "" "desc" }}`, `[nine ten][nine ten][ten nine]`},
		{`{{ sort .Structs "N" }}{{ sort (slice) }}{{ sort (dict) }}`, `[{1} {2}][][]`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ sort nil }}`, `sort: want a slice or a map, have nil`},
		{`{{ sort "abc" }}`, `sort: want a slice or a map, have string "abc"`},
		{`{{ sort .Pages }}`, `sort: the elements have no order: give a key to sort by`},
		{`{{ sort .Pages "Tilte" }}`, `sort: *funcs.page has no method, field or key "Tilte" (did you mean "Title"?)`},
		{`{{ sort .Pages "Fails" }}`, `sort: Fails: no content in a`},
		{`{{ sort .Pages "Title" "down" }}`, `sort: want asc or desc, have string "down"`},
		{`{{ sort .Pages "Title" "asc" 1 }}`, `sort: want a collection, a key and an order, have 4 arguments`},
		{`{{ sort .Pages .Pages }}`, `sort: want text, have funcs.pages`},
		{`{{ sort .Pages "." }}`, `sort: want a key such as Params.color, have string "."`},
	} {
		tt.fail(t, data)
	}
}

func TestSortByGivenOrder(t *testing.T) {
	c := Collections{newLibrary(Options{SortKey: func(s string) string { return strings.Repeat("x", len(s)) }})}
	got, err := c.Sort([]string{"ccc", "a", "bb", "d"}, "value", "desc")
	if want := []string{"ccc", "bb", "a", "d"}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestApply(t *testing.T) {
	data := map[string]any{"Pages": books()}
	for _, tt := range []example{
		{`{{ apply (slice "a" "b") "upper" "." }}`, `[A B]`},
		{`{{ apply (slice "a" "b") "strings.TrimSuffix" "b" "." }}`, `[a ]`},
		{`{{ apply (slice "a.b" "c") "replace" "." "b" "x" }}`, `[a.x c]`},
		{`{{ apply (slice 1 2) "add" "." 10 }}{{ apply nil "upper" "." }}{{ apply (slice) "upper" "." }}`, `[11 12][][]`},
		{`{{ apply (slice "2024-01-02") "time.Format" "Jan 2" "." }}{{ apply (slice "2024-01-02" ) "time" "." }}`,
			`[Jan 2][2024-01-02 00:00:00 +0000 UTC]`},
		{`{{ apply (slice 1) "now" }}{{ apply (slice 1) "now.Year" }}`, `[2024-02-29 12:00:00 +0000 UTC][2024]`},
		{`{{ apply (slice (slice 1 2)) "first" 1 "." }}`, `[[1]]`},
		{`{{ apply (slice nil 1) "default" "none" "." }}`, `[none 1]`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ apply (slice 1) "uper" "." }}`, `apply: unknown function "uper" (did you mean "upper"?)`},
		{`{{ apply (slice 1) "strings.ToUper" "." }}`, `apply: unknown function "strings.ToUper" (did you mean "ToUpper"?)`},
		{`{{ apply (slice 1) "string.ToUpper" "." }}`, `apply: "string" is no namespace`},
		{`{{ apply (slice 1) "nothing.ToUpper" "." }}`, `apply: unknown function "nothing.ToUpper"`},
		{`{{ apply (slice 1) "now.Yaer" }}`, `apply: unknown function "now.Yaer" (did you mean "Year"?)`},
		{`{{ apply (slice 1) "apply" "." }}`, `apply: a function can't be applied by way of apply`},
		{`{{ apply (slice 1) "collections.Apply" "." }}`, `apply: a function can't be applied by way of apply`},
		{`{{ apply (slice 1) "upper" }}`, `apply: upper: have 0 arguments, want 1`},
		{`{{ apply (slice 1) "upper" "." 2 }}`, `apply: upper: have 2 arguments, want 1`},
		{`{{ apply (slice "x") "first" "." (slice 1) }}`, `apply: first: first: the count: want a whole number, have string "x"`},
		{`{{ apply 1 "upper" "." }}`, `apply: want a slice, have int`},
		{`{{ apply (slice 1) (slice) "." }}`, `apply: want text, have []any`},
	} {
		tt.fail(t, data)
	}
}

func TestApplyCallsFunctionsOfTheCaller(t *testing.T) {
	m := Map(Options{})
	m["hello"] = func(name string) string { return "hello " + name }
	m["broken"] = func(string) string { panic("oh") }
	m["wide"] = func(v reflect.Value, p *page) string { return fmt.Sprint(v.Len(), p == nil) }
	m["none"] = func() {}
	apply := m["apply"].(func(any, any, ...any) (any, error))
	for _, tt := range []struct {
		name string
		args []any
		want string
	}{
		{"hello", []any{"."}, "[hello x]"},
		{"wide", []any{".", nil}, "[1 true]"},
		{"hello", []any{1}, "apply: hello: want string, have int"},
		{"hello", []any{nil}, "apply: hello: want string, have nil"},
		{"broken", []any{"."}, "apply: broken: panic: oh"},
		{"none", nil, "apply: none: the function doesn't return one value, or one and an error"},
		{"none.X", nil, `apply: "none" is no namespace`},
	} {
		got, err := apply([]string{"x"}, tt.name, tt.args...)
		s := fmt.Sprint(got)
		if err != nil {
			s = err.Error()
		}
		if s != tt.want {
			t.Errorf("apply %s gives %q, want %q", tt.name, s, tt.want)
		}
	}
}
