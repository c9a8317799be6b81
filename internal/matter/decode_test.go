package matter

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/netip"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

// shout is a string in capitals, by way of encoding.TextUnmarshaler.
type shout string

func (s *shout) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return errors.New("nothing to shout")
	}
	*s = shout(strings.ToUpper(string(text)))
	return nil
}

// place remembers where it stands, by way of yaml.Unmarshaler.
type place struct {
	kind         string
	line, column int
	values       map[string]float64
}

func (p *place) UnmarshalYAML(n *yaml.Node) error {
	p.kind, p.line, p.column = n.ShortTag(), n.Line, n.Column
	if n.Kind == yaml.MappingNode {
		return n.Load(&p.values)
	}
	return nil
}

// pair is two strings joined by a dash, by way of json.Unmarshaler.
type pair struct{ a, b string }

func (p *pair) UnmarshalJSON(data []byte) error {
	var v []string
	if err := json.Unmarshal(data, &v); err != nil || len(v) != 2 {
		return errors.New("want a pair")
	}
	p.a, p.b = v[0], v[1]
	return nil
}

type author struct {
	Name  string `yaml:"name" required:"true"`
	Email string `yaml:"email"`
}

type Dates struct {
	Date    time.Time
	Updated *time.Time `json:"updated"`
}

type post struct {
	Title   string `yaml:"title"`
	Cover   string `toml:"cover_image,omitempty"`
	Rating  uint8  `json:"rating"`
	Plain   int
	Skipped string `yaml:"-"`
	Author  author `yaml:"author"`
	Dates   `yaml:",inline"`
	Tags    []string          `yaml:"tags"`
	Size    [2]int            `yaml:"size"`
	Links   map[string]author `yaml:"links"`
	Editor  *author           `yaml:"editor"`
	Any     any               `yaml:"any"`
	Took    time.Duration     `yaml:"took"`
	Shout   shout             `yaml:"shout"`
	Place   place             `yaml:"place"`
	Pair    pair              `yaml:"pair"`
	Addr    netip.Addr        `yaml:"addr"`
	Ratio   float32           `yaml:"ratio"`
	Raw     []byte            `yaml:"raw"`
	Draft   bool              `yaml:"draft"`
}

// threeFormats is one map in the formats, with the same values.
var threeFormats = map[Format]string{
	YAML: `title: 1.50
cover_image: c.png
RATING: 5
plain: -1
skipped: x
author: {name: Ada}
date: 2024-05-06
updated: 2024-05-06T10:00:00Z
tags: go
size: [1, 2]
links: {x: {name: Bob, email: b@x}}
editor: {name: Eve}
any: [1, {a: 2024-05-06}]
took: 1h30m
shout: hi
place: {a: 1, b: .inf}
pair: [x, y]
addr: "::1"
ratio: 3
raw: abc
draft: true
`,
	TOML: `title = "1.50"
cover_image = "c.png"
RATING = 5
plain = -1
skipped = "x"
author = {name = "Ada"}
date = 2024-05-06
updated = 2024-05-06T10:00:00Z
tags = "go"
size = [1, 2]
editor.name = "Eve"
any = [1, {a = 2024-05-06}]
took = "1h30m"
shout = "hi"
place = {a = 1.0, b = inf}
pair = ["x", "y"]
addr = "::1"
ratio = 3
raw = "abc"
draft = true
[links.x]
name = "Bob"
email = "b@x"
`,
	JSON: `{"title": 1.50, "cover_image": "c.png", "RATING": 5, "plain": -1.0, "skipped": "x",
"author": {"name": "Ada"}, "date": "2024-05-06", "updated": "2024-05-06T10:00:00Z", "tags": "go", "size": [1, 2],
"links": {"x": {"name": "Bob", "email": "b@x"}}, "editor": {"name": "Eve"}, "any": [1, {"a": "2024-05-06"}],
"took": "1h30m", "shout": "hi", "place": {"a": 1, "b": 1e400},
"pair": ["x", "y"], "addr": "::1", "ratio": 3, "raw": "abc", "draft": "true"}`,
}

func TestDecode(t *testing.T) {
	zone := time.FixedZone("", 3600)
	for format, src := range threeFormats {
		t.Run(string(format), func(t *testing.T) {
			src := strings.Replace(src, "1e400", "1e300", 1)
			var got post
			if errs := Decode(data(t, format, src), &got, DecodeOptions{Location: zone}); len(errs) > 0 {
				t.Fatal(errs)
			}
			updated := time.Date(2024, 5, 6, 10, 0, 0, 0, time.UTC)
			want := post{
				Title: "1.50", Cover: "c.png", Rating: 5, Plain: -1, Author: author{Name: "Ada"},
				Dates: Dates{time.Date(2024, 5, 6, 0, 0, 0, 0, zone), &updated},
				Tags:  []string{"go"}, Size: [2]int{1, 2}, Links: map[string]author{"x": {"Bob", "b@x"}}, Editor: &author{Name: "Eve"},
				Any:  []any{1, values{"a": time.Date(2024, 5, 6, 0, 0, 0, 0, zone)}},
				Took: 90 * time.Minute, Shout: "HI", Pair: pair{"x", "y"}, Addr: netip.IPv6Loopback(), Ratio: 3, Raw: []byte("abc"), Draft: true,
			}
			want.Place = place{"!!map", got.Place.line, got.Place.column, map[string]float64{"a": 1, "b": math.Inf(1)}}
			if format == JSON {
				want.Any = []any{1, values{"a": "2024-05-06"}}
				want.Place.values["b"] = 1e300
			}
			if got.Place.line == 0 || got.Place.column == 0 {
				t.Error("the YAML node has no position")
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestDecodeErrors(t *testing.T) {
	type numbers struct {
		I8  int8          `yaml:"i8"`
		U   uint          `yaml:"u"`
		F   float32       `yaml:"f"`
		Dur time.Duration `yaml:"dur"`
		Day time.Time     `yaml:"day"`
	}
	type page struct {
		Title   string              `yaml:"title" required:"true"`
		Author  author              `yaml:"author"`
		Authors []author            `yaml:"authors"`
		Numbers numbers             `yaml:"numbers"`
		ByName  map[string]author   `yaml:"byName"`
		Size    [2]int              `yaml:"size"`
		Shout   shout               `yaml:"shout"`
		Pair    pair                `yaml:"pair"`
		Place   place               `yaml:"place"`
		Nested  struct{ Width int } `yaml:"nested"`
		Draft   bool                `yaml:"draft"`
	}
	src := `auther: x
title:
Draft: 1
authors:
- name: Ada
  emial: x
- email: y
- Bob
numbers:
  i8: 300
  u: -1
  f: 1e39
  dur: 90
  day: 2024-13-01
byName:
  x: {Name: 1, name: 2}
  y: {}
size: [1]
shout: []
pair: [x]
place:
  a: 1
  b: {}
nested: {b: 1}
draft: false
Taggs: []
date: known elsewhere
`
	want := []string{
		`1:1: unknown key "auther" in Post (did you mean "author"?)`,
		`2:1: "title" needs a value`,
		`3:8: Draft: want true or false, have an integer`,
		`6:3: authors[0]: unknown key "emial" in author (did you mean "email"?)`,
		`7:3: authors[1]: the key "name" is missing`,
		`8:3: authors[2]: want a map, have a string`,
		`10:7: numbers.i8: 300 is out of range for int8`,
		`11:6: numbers.u: want a number that is not negative, have -1`,
		`12:6: numbers.f: 1e39 is out of range for float32`,
		`13:8: numbers.dur: want a duration such as 1h30m, have an integer`,
		`14:8: numbers.day: invalid date "2024-13-01": month out of range (want 2006-01-02, 2006-01-02 15:04:05 or RFC 3339, such as 2006-01-02T15:04:05Z)`,
		`16:16: byName.x: the keys "name" and "Name" (line 16) are for the same field`,
		`17:6: byName.y: the key "name" is missing`,
		`18:7: size: want 2 items, have 1`,
		`19:8: shout: want a string, have a list`,
		`20:7: pair: want a pair`,
		`23:6: place: cannot construct !!map into float64`,
		`24:10: nested: unknown key "b"`,
		`25:1: the keys "draft" and "Draft" (line 3) are for the same field`,
		`26:1: unknown key "Taggs" in Post (did you mean "tags"?)`,
	}
	var p page
	errs := Decode(data(t, YAML, src), &p, DecodeOptions{
		Strict: true, TypeName: "Post", Known: []string{"date", "tags"}, Ignore: func(key string) bool { return key == "date" },
	})
	for i := range max(len(errs), len(want)) {
		switch {
		case i >= len(errs):
			t.Errorf("missing: %s", want[i])
		case i >= len(want):
			t.Errorf("more: %v", errs[i])
		case errs[i].Error() != want[i]:
			t.Errorf("got  %v\nwant %s", errs[i], want[i])
		}
	}
	if p.Authors[0].Name != "Ada" {
		t.Error("what is right was not decoded beside the errors")
	}
}

func TestDecodeAbsent(t *testing.T) {
	type inner struct {
		N int `yaml:"n" default:"7"`
	}
	type page struct {
		Kept  string            `yaml:"kept"`
		Name  string            `yaml:"name" default:"yes: no"`
		Count int               `yaml:"count" default:"3"`
		Tags  []string          `yaml:"tags" default:"[a, b]"`
		Day   time.Time         `yaml:"day" default:"2024-05-06"`
		Took  *time.Duration    `yaml:"took" default:"5m"`
		Map   map[string]int    `yaml:"map"`
		Inner inner             `yaml:"inner" default:"{}"`
		Ptr   *inner            `yaml:"ptr"`
		Must  string            `yaml:"must" required:"true" default:"x"`
		Extra map[string]string `yaml:",inline"`
	}
	zone := time.FixedZone("", 3600)
	d, err := NewDecoder(reflect.TypeFor[*page](), DecodeOptions{Location: zone, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	shared := map[string]int{"a": 1}
	rest := map[string]string{"r": "1"}
	ptr := &inner{N: 1}
	got := page{Kept: "before", Count: 5, Map: shared, Ptr: ptr, Extra: rest}
	if errs := d.Decode(data(t, YAML, "map: {b: 2}\nptr: {n: 2}\nother: x\nname:\n"), &got); len(errs) > 0 {
		t.Fatal(errs)
	}
	took := 5 * time.Minute
	want := page{
		Kept: "before", Name: "yes: no", Count: 5, Tags: []string{"a", "b"}, Day: time.Date(2024, 5, 6, 0, 0, 0, 0, zone), Took: &took,
		Map: map[string]int{"a": 1, "b": 2}, Inner: inner{7}, Ptr: &inner{2}, Must: "x", Extra: map[string]string{"r": "1", "other": "x"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if len(shared) != 1 || len(rest) != 1 || ptr.N != 1 {
		t.Error("what the value shared with others was changed")
	}
	var second page
	if errs := d.Decode(nil, &second); len(errs) > 0 {
		t.Fatal(errs)
	}
	second.Tags[0] = "changed"
	var third page
	if errs := d.Decode(nil, &third); len(errs) > 0 || third.Tags[0] != "a" || third.Count != 3 {
		t.Errorf("third %+v, %v", third, errs)
	}
	cleared := page{Tags: []string{"x"}, Map: shared, Kept: "before"}
	if errs := d.Decode(data(t, YAML, "tags:\nmap: ~\nkept: null\n"), &cleared); len(errs) > 0 {
		t.Fatal(errs)
	}
	if cleared.Kept != "before" || cleared.Map != nil || len(cleared.Tags) != 2 {
		t.Errorf("null leaves %+v", cleared)
	}
}

func TestDecodeRequired(t *testing.T) {
	doc, err := Parse([]byte("\n---\nemail: x\n---\n"))
	if err != nil {
		t.Fatal(err)
	}
	var a author
	errs := Decode(doc.Root, &a, DecodeOptions{})
	if want := `2:1: the key "name" is missing`; errs.Error() != want {
		t.Errorf("got %v, want %s", errs, want)
	}
	errs = Decode(nil, &a, DecodeOptions{})
	if want := `the key "name" is missing`; errs.Error() != want {
		t.Errorf("got %v, want %s", errs, want)
	}
	errs = Decode(&Node{Kind: Map, Line: 1, Column: 1}, &a, DecodeOptions{})
	if want := `1:1: the key "name" is missing`; errs.Error() != want {
		t.Errorf("got %v, want %s", errs, want)
	}
}

type (
	base   struct{ A, B string }
	middle struct {
		*Base2
		B string
	}
	Base2 struct{ A, C string }
	top   struct {
		base
		Middle middle `yaml:",inline"`
		A      string
	}
	loop struct {
		Next *loop `yaml:"next"`
		N    int   `yaml:"n"`
	}
)

func TestDecodeEmbedded(t *testing.T) {
	var e struct {
		middle
		A string
	}
	if errs := Decode(data(t, YAML, "a: 1\nb: 2\nc: 3\n"), &e, DecodeOptions{Strict: true}); len(errs) > 0 {
		t.Fatal(errs)
	}
	if e.A != "1" || e.B != "2" || e.C != "3" || e.Base2.A != "" {
		t.Errorf("got %+v, %+v", e, e.Base2)
	}
	var none struct{ middle }
	if errs := Decode(nil, &none, DecodeOptions{}); len(errs) > 0 || none.Base2 != nil {
		t.Errorf("got %+v, %v", none, errs)
	}
	var l loop
	if errs := Decode(data(t, YAML, "n: 1\nnext: {n: 2, next: {n: 3}}"), &l, DecodeOptions{}); len(errs) > 0 || l.Next.Next.N != 3 {
		t.Errorf("got %+v, %v", l, errs)
	}
}

func TestDecodeTypes(t *testing.T) {
	type twice struct {
		A string `yaml:"x"`
		B string `yaml:"x"`
	}
	type self struct {
		*loop `yaml:",inline"`
		Self  *twice `yaml:",inline"`
	}
	tests := []struct {
		into any
		want string
	}{
		{nil, "can only decode into a pointer, not <nil>"},
		{post{}, "can only decode into a pointer, not matter.post"},
		{new(twice), `matter.twice.B: another field has the name "x" too`},
		{new(top), `matter.middle.B: another field has the name "B" too`},
		{new(struct{ F func() }), "struct { F func() }.F: cannot decode into func()"},
		{new(struct{ E error }), "struct { E error }.E: cannot decode into the interface error"},
		{new(struct{ M map[int]string }), "struct { M map[int]string }.M: the keys of a map must be strings, not int"},
		{new(struct {
			a string `yaml:"a"`
		}), `struct { a string "yaml:\"a\"" }.a: the field has a tag but is not exported`},
		{new(struct {
			A string `yaml:",inline"`
		}), `struct { A string "yaml:\",inline\"" }.A: only a struct or a map can be inline, not string`},
		{new(struct {
			A int `default:"x"`
		}), `struct { A int "default:\"x\"" }.A: default "x": want an integer, have a string`},
		{new(struct {
			A int `required:"yes"`
		}), `struct { A int "required:\"yes\"" }.A: the tag required wants true or false, have "yes"`},
		{new(self), "matter.self.loop: cannot decode into an embedded pointer to a type that is not exported\nmatter.twice.B: another field has the name \"x\" too"},
	}
	for _, c := range tests {
		errs := Decode(nil, c.into, DecodeOptions{})
		if errs.Error() != c.want {
			t.Errorf("%T:\ngot  %v\nwant %s", c.into, errs, c.want)
		}
	}
	d, err := NewDecoder(reflect.TypeFor[*author](), DecodeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if errs := d.Decode(nil, new(post)); len(errs) != 1 {
		t.Errorf("another type: %v", errs)
	}
	if errs := d.Decode(nil, (*author)(nil)); len(errs) != 1 {
		t.Errorf("a nil pointer: %v", errs)
	}
	if errs := d.Decode(nil, nil); len(errs) != 1 {
		t.Errorf("nil: %v", errs)
	}
}

type panicker struct{ X int }

func (*panicker) UnmarshalText([]byte) error { panic("no") }

func TestDecodePanic(t *testing.T) {
	var v struct {
		A struct{ B panicker } `yaml:"a"`
	}
	errs := Decode(data(t, YAML, "a: {b: x}"), &v, DecodeOptions{})
	if want := "1:1: a.b: decoding panicked: no"; errs.Error() != want {
		t.Errorf("got %v, want %s", errs, want)
	}
}

func TestDecodeHook(t *testing.T) {
	type ref struct {
		Path         string
		Line, Column int
	}
	var v struct {
		Refs []ref `yaml:"refs"`
		N    int   `yaml:"n"`
	}
	opt := DecodeOptions{Hook: func(n *Node, into reflect.Value) (bool, error) {
		r, ok := into.Addr().Interface().(*ref)
		if !ok {
			return false, nil
		}
		var err error
		r.Path, err = n.String()
		r.Line, r.Column = n.Line, n.Column
		if r.Path == "bad" {
			err = fmt.Errorf("no such page %s", r.Path)
		}
		return true, err
	}}
	errs := Decode(data(t, YAML, "refs: [a, bad]\nn: 1"), &v, opt)
	if want := "1:11: refs[1]: no such page bad"; errs.Error() != want {
		t.Errorf("got %v, want %s", errs, want)
	}
	if v.Refs[0] != (ref{"a", 1, 8}) || v.N != 1 {
		t.Errorf("got %+v", v)
	}
}

func TestDecoderConcurrently(t *testing.T) {
	d, err := NewDecoder(reflect.TypeFor[*post](), DecodeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	n := data(t, YAML, threeFormats[YAML])
	var want post
	if errs := d.Decode(n, &want); len(errs) > 0 {
		t.Fatal(errs)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				var got post
				if errs := d.Decode(n, &got); len(errs) > 0 || !reflect.DeepEqual(got, want) {
					t.Error("the result differs")
				}
			}
		})
	}
	all.Wait()
}

func TestDecodeScalars(t *testing.T) {
	type scalars struct {
		U   uint64            `yaml:"u"`
		U8  uint8             `yaml:"u8"`
		F   float64           `yaml:"f"`
		Dur time.Duration     `yaml:"dur"`
		M   map[string]int    `yaml:"m"`
		L   []int             `yaml:"l"`
		S   struct{ X int }   `yaml:"s"`
		P   place             `yaml:"p"`
		Raw []byte            `yaml:"raw"`
		N   map[string]*int   `yaml:"n"`
		T   map[shout]float32 `yaml:"t"`
	}
	one := 1
	tests := []struct {
		src  string
		want scalars
		err  string
	}{
		{"u: 18446744073709551615", scalars{U: math.MaxUint64}, ""},
		{"u: 18446744073709551616", scalars{}, "1:4: u: 18446744073709551616 is out of range for uint64"},
		{"u8: 256", scalars{}, "1:5: u8: 256 is out of range for uint8"},
		{"u8: x", scalars{}, "1:5: u8: want an integer, have a string"},
		{"f: 3", scalars{F: 3}, ""},
		{"f: 18446744073709551616", scalars{F: 1 << 64}, ""},
		{"f: x", scalars{}, "1:4: f: want a number, have a string"},
		{"dur: 0", scalars{}, ""},
		{"dur: soon", scalars{}, `1:6: dur: invalid duration "soon" (want one such as 1h30m)`},
		{"m: [1]", scalars{}, "1:4: m: want a map, have a list"},
		{"l: {a: 1}", scalars{}, "1:4: l: want a list, have a map"},
		{"l: 7", scalars{L: []int{7}}, ""},
		{"l: ''", scalars{L: []int{}}, ""},
		{"l: [1, x, 2]", scalars{L: []int{1, 0, 2}}, "1:8: l[1]: want an integer, have a string"},
		{"s: 1", scalars{}, "1:4: s: want a map, have an integer"},
		{"p: 1.5", scalars{P: place{kind: "!!float", line: 1, column: 4}}, ""},
		{"p: .nan", scalars{P: place{kind: "!!float", line: 1, column: 4}}, ""},
		{"p: 2024-05-06", scalars{P: place{kind: "!!timestamp", line: 1, column: 4}}, ""},
		{"p: 2024-05-06T01:02:03Z", scalars{P: place{kind: "!!timestamp", line: 1, column: 4}}, ""},
		{"p: [a, 'b', true]", scalars{P: place{kind: "!!seq", line: 1, column: 4}}, ""},
		{"p: {a: -.inf}", scalars{P: place{"!!map", 1, 4, map[string]float64{"a": math.Inf(-1)}}}, ""},
		{"raw: [1, 2]", scalars{Raw: []byte{1, 2}}, ""},
		{"n: {a: 1, b: }", scalars{N: map[string]*int{"a": &one, "b": nil}}, ""},
		{"t: {a: 0.5}", scalars{T: map[shout]float32{"a": .5}}, ""},
	}
	for _, c := range tests {
		var got scalars
		errs := Decode(data(t, YAML, c.src), &got, DecodeOptions{})
		if errs.Error() != c.err {
			t.Errorf("%s:\ngot  %v\nwant %s", c.src, errs, c.err)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.src, got, c.want)
		}
	}
}
