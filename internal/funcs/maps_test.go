package funcs

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestMaps(t *testing.T) {
	type params map[string]any
	data := map[string]any{
		"Params": params{"Color": "red", "n": 0}, "Ints": map[int]string{1: "one"}, "Bytes": map[uint8]int{200: 1},
		"Any": map[any]any{1: "one", "a": nil}, "List": []any{"x", []int{7, 8}}, "Array": [2]string{"a", "b"},
		"Nil": nil, "M": map[string]any{"a": map[string]any{"b": map[string]any{"c": 1}}}, "Pages": books(),
		"Key": safeKey("Color"),
	}
	for _, tt := range []example{
		{`{{ dict }}{{ dict "a" 1 "b" nil }}{{ dict (slice "a" "b") 1 (slice "a" "c") 2 }}{{ dict .Key 1 }}`,
			`map[]map[a:1 b:<nil>]map[a:map[b:1 c:2]]map[Color:1]`},
		{`{{ dict (slice "a") 1 "a" 2 }}{{ dict "a" (dict "x" 1) (slice "a" "b") 2 }}`, `map[a:2]map[a:map[b:2 x:1]]`},
		{`{{ $in := dict "x" 1 }}{{ $out := dict "a" $in (slice "a" "b") 2 }}{{ $in }}`, `map[x:1]`},
		{`{{ index .List 0 }}{{ index .List 1 1 }}{{ index .List (slice 1 0) }}{{ index .Array 1 }}`, `x87b`},
		{`{{ index .M "a" "b" "c" }}{{ index .M (slice "a" "b" "c") }}{{ index .Params "Color" }}{{ index .Params .Key }}`, `11redred`},
		{`{{ index .Ints 1 }}{{ index .Bytes 200 }}{{ index .Any 1 }}{{ index "abc" 1 }}`, `one1one98`},
		{`{{ with index .M "x" }}some{{ else }}none{{ end }}{{ with index .M "x" "y" "z" }}some{{ else }}none{{ end }}`, `nonenone`},
		{`{{ with index .List 9 }}some{{ else }}none{{ end }}{{ with index .List -1 }}some{{ else }}none{{ end }}`, `nonenone`},
		{`{{ with index .Nil 9 }}some{{ else }}none{{ end }}{{ with index .Ints 9 }}some{{ else }}none{{ end }}`, `nonenone`},
		{`{{ with index .Any "a" nil (slice) }}some{{ else }}none{{ end }}`, `none`},
		{`{{ isset .Params "n" }}{{ isset .Params "color" }}{{ isset .List 1 }}{{ isset .List 2 }}{{ isset .List -1 }}{{ isset .Nil "a" }}`,
			`truefalsetruefalsefalsefalse`},
		{`{{ isset .Ints 1 }}{{ isset .Ints "1" }}{{ isset .Any "a" }}{{ isset .Any (slice 1) }}{{ isset .Array "1" }}{{ isSet .Params .Key }}`,
			`truefalsetruefalsetruetrue`},
		{`{{ merge (dict "a" 1 "b" 2) (dict "b" 3) }}{{ merge (dict "A" 1) (dict "a" 2) }}{{ merge nil (dict "a" 1) nil }}`,
			`map[a:1 b:3]map[a:2]map[a:1]`},
		{`{{ merge (dict "a" (dict "x" 1 "y" 2)) (dict "a" (dict "Y" 3)) }}{{ merge (dict "a" (dict "x" 1)) (dict "a" 2) (dict "b" .Params) }}`,
			`map[a:map[Y:3 x:1]]map[a:2 b:map[Color:red n:0]]`},
		{`{{ merge .Params (dict "color" "blue") }}{{ .Params }}`, `map[color:blue n:0]map[Color:red n:0]`},
		{`{{ querify "a" 1 "b" "x y" }}|{{ querify (dict "b" 2 "a" "&") }}|{{ querify (slice "a" 1 "b" true) }}|{{ querify }}|{{ querify .Params }}`,
			`a=1&b=x+y|a=%26&b=2|a=1&b=true||Color=red&n=0`},
		{`{{ $kv := keyVals "k" 1 "b" }}{{ $kv.Key }} {{ $kv.Values }} {{ len (keyVals "k").Values }}`, `k [1 b] 0`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ dict "a" }}`, `dict: want pairs of a key and a value, have 1 argument`},
		{`{{ dict nil 1 }}`, `dict: want a key, have nil`},
		{`{{ dict (dict) 1 }}`, `dict: want text, have map[string]any`},
		{`{{ dict (slice) 1 }}`, `dict: a key is an empty slice`},
		{`{{ dict (slice (slice)) 1 }}`, `dict: want text, have []any`},
		{`{{ dict "a" 1 (slice "a" "b") 2 }}`, `dict: the key "a" has the value int and can't have keys itself`},
		{`{{ index 1 2 }}`, `index: want a slice or a map, have int`},
		{`{{ index .M "a" "b" "c" "d" }}`, `index: want a slice or a map, have int`},
		{`{{ index .Ints "a" }}`, `index: want a key of type int, have string "a"`},
		{`{{ index .Bytes 300 }}`, `index: want a key of type uint8, have int`},
		{`{{ index .M 1 }}`, `index: want a key of type string, have int`},
		{`{{ index .M nil }}`, `index: want a key of type string, have nil`},
		{`{{ index .List "a" }}`, `index: want a whole number, have string "a"`},
		{`{{ isset 1 2 }}`, `isset: want a map or a slice, have int`},
		{`{{ isset .List "a" }}`, `isset: the index: want a whole number, have string "a"`},
		{`{{ merge (dict) }}`, `merge: want at least 2 maps, have 1`},
		{`{{ merge (dict) 1 }}`, `merge: want a map with string keys, have int`},
		{`{{ merge .Ints (dict) }}`, `merge: want a map with string keys, have map[int]string`},
		{`{{ querify 1 }}`, `querify: want a map, a slice, or keys and values, have int`},
		{`{{ querify "a" 1 "b" }}`, `querify: want pairs of a key and a value, have 3 arguments`},
		{`{{ querify "a" (slice) }}`, `querify: want text, have []any`},
		{`{{ querify "" 1 }}`, `querify: a key is empty`},
	} {
		tt.fail(t, data)
	}
}

type safeKey string

func TestMergeOfEndlessMaps(t *testing.T) {
	a, b := map[string]any{}, map[string]any{}
	a["x"], b["x"] = a, b
	if _, err := (Collections{}).Merge(a, b); err == nil || !strings.Contains(err.Error(), "nested too deeply") {
		t.Errorf("the error is %v", err)
	}
}

func TestMergeIsDeterministic(t *testing.T) {
	low := map[string]any{"a": 1, "A": 2, "B": 3}
	high := map[string]any{"b": 4, "B": 5, "a": 6}
	want, err := Collections{}.Merge(low, high)
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		if got, _ := (Collections{}).Merge(low, high); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v and %v", want, got)
		}
	}
}

func TestMapKeys(t *testing.T) {
	for _, tt := range []struct {
		m, key any
		ok     bool
	}{
		{map[int8]bool{1: true}, 1, true},
		{map[int8]bool{1: true}, 257, false},
		{map[int64]bool{-1: true}, uint64(math.MaxUint64), false},
		{map[uint64]bool{math.MaxUint64: true}, -1, false},
		{map[uint64]bool{7: true}, int8(7), true},
		{map[float64]bool{1: true}, 1, false},
	} {
		got, err := Collections{}.Index(tt.m, tt.key)
		if (err == nil && got == true) != tt.ok {
			t.Errorf("index %T %T gives %v, %v", tt.m, tt.key, got, err)
		}
	}
}

func TestScratch(t *testing.T) {
	for _, tt := range []example{
		{`{{ $s := newScratch }}{{ $s.Set "a" 1 }}{{ $s.Get "a" }}{{ $s.Add "a" 2 }}{{ $s.Get "a" }}{{ $s.Delete "a" }}{{ with $s.Get "a" }}x{{ end }}`, `13`},
		{`{{ $s := newScratch }}{{ $s.Add "a" "x" }}{{ $s.Add "a" "y" }}{{ $s.Get "a" }}`, `xy`},
		{`{{ $s := newScratch }}{{ $s.Set "a" (slice "x") }}{{ $s.Add "a" (slice "y" "z") }}{{ $s.Add "a" "w" }}{{ $s.Get "a" }}`, `[x y z w]`},
		{`{{ $s := newScratch }}{{ $s.SetInMap "m" "b" 2 }}{{ $s.SetInMap "m" "a" 1 }}{{ $s.Get "m" }}{{ $s.GetSortedMapValues "m" }}` +
			`{{ $s.DeleteInMap "m" "b" }}{{ $s.Get "m" }}{{ $s.Values }}{{ $s.DeleteInMap "x" "y" }}`, `map[a:1 b:2][1 2]map[a:1]map[m:map[a:1]]`},
		{`{{ $s := newScratch }}{{ $d := dict "x" 1 }}{{ $s.Set "m" $d }}{{ $s.SetInMap "m" "y" 2 }}{{ $d }}{{ $s.GetSortedMapValues "m" }}`, `map[x:1][1 2]`},
		{`{{ $s := newScratch }}{{ $s.SetInMap "m" "a" 1 }}{{ $s.SetInMap "m" "self" ($s.Get "m") }}{{ $s.Get "m" }}`, `map[a:1 self:map[a:1]]`},
		{`{{ $s := newScratch }}{{ $s.Set "m" (dict "b" 2 "a" 1) }}{{ $s.GetSortedMapValues "m" }}{{ with $s.GetSortedMapValues "x" }}x{{ end }}`, `[1 2]`},
	} {
		tt.run(t, nil)
	}
	for _, tt := range []example{
		{`{{ $s := newScratch }}{{ $s.Set "a" 1 }}{{ $s.Add "a" "x" }}`, `Scratch.Add: add: want numbers, have string "x"`},
		{`{{ $s := newScratch }}{{ $s.Set "a" 1 }}{{ $s.SetInMap "a" "x" 2 }}`, `Scratch.SetInMap: the value of "a" is no map but int`},
		{`{{ $s := newScratch }}{{ $s.Set "a" 1 }}{{ $s.DeleteInMap "a" "x" }}`, `Scratch.DeleteInMap: the value of "a" is no map but int`},
	} {
		tt.fail(t, nil)
	}
}
