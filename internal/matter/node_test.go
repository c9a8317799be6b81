package matter

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/diag"
)

func data(t testing.TB, format Format, src string) *Node {
	t.Helper()
	n, err := ParseData(format, []byte(src))
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return n
}

func TestYAMLValues(t *testing.T) {
	huge, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	tests := []struct {
		src  string
		kind Kind
		want any
	}{
		{"", Null, nil}, {"~", Null, nil}, {"null", Null, nil}, {"Null", Null, nil}, {"nUll", String, "nUll"},
		{"true", Bool, true}, {"False", Bool, false}, {"TRUE", Bool, true},
		{"yes", String, "yes"}, {"on", String, "on"}, {"off", String, "off"}, {"n", String, "n"}, {"tRue", String, "tRue"},
		{"0", Int, 0}, {"-0", Int, 0}, {"12", Int, 12}, {"-12", Int, -12}, {"+12", Int, 12},
		{"010", Int, 10}, {"08", Int, 8}, {"0o17", Int, 15}, {"0x1f", Int, 31}, {"0b11", String, "0b11"}, {"-0x1f", String, "-0x1f"},
		{"1_000", String, "1_000"}, {"0o8", String, "0o8"}, {"12:30", String, "12:30"}, {"1.2.3", String, "1.2.3"},
		{strconv.Itoa(math.MaxInt), Int, math.MaxInt}, {"9223372036854775808", Int, uint64(1 << 63)},
		{"123456789012345678901234567890", Int, huge}, {strings.Repeat("9", 500), String, strings.Repeat("9", 500)},
		{"1.5", Float, 1.5}, {".5", Float, .5}, {"1.", Float, 1.}, {"-1e3", Float, -1000.}, {"+.5e-1", Float, .05}, {"1_0.5", String, "1_0.5"},
		{".inf", Float, math.Inf(1)}, {"-.INF", Float, math.Inf(-1)}, {"+.Inf", Float, math.Inf(1)}, {"inf", String, "inf"}, {"1e", String, "1e"},
		{"2024-05-06", Time, day(2024, 5, 6)}, {"2024-5-6", Time, day(2024, 5, 6)},
		{"2024-05-06 10:11:12", Time, time.Date(2024, 5, 6, 10, 11, 12, 0, time.UTC)},
		{"2024-05-06t10:11:12.5Z", Time, time.Date(2024, 5, 6, 10, 11, 12, 5e8, time.UTC)},
		{"2024-05-06T10:11:12+02:00", Time, time.Date(2024, 5, 6, 10, 11, 12, 0, time.FixedZone("", 7200))},
		{"2024-13-06", String, "2024-13-06"}, {"2024-05", String, "2024-05"},
		{"'12'", String, "12"}, {`"true"`, String, "true"}, {"|\n 12", String, "12"}, {">\n  a\n  b", String, "a b"},
		{"!!str 12", String, "12"}, {"!!int '12'", Int, 12}, {"!!float 12", Float, 12.}, {"!!bool 'true'", Bool, true},
		{"!!null ''", Null, nil}, {"!!timestamp '2024-05-06'", Time, day(2024, 5, 6)}, {"!!binary aGk=", String, "hi"},
		{"!env HOME", String, "HOME"}, {"! 12", String, "12"}, {"!!set {a, b}", Map, values{"a": nil, "b": nil}},
		{"[1, a, [b]]", List, []any{1, "a", []any{"b"}}},
		{"{1: a, true: b, 1.50: c, 2024-05-06: d}", Map, values{"1": "a", "true": "b", "1.50": "c", "2024-05-06": "d"}},
		{"a: &x {b: 1}\nc: *x", Map, values{"a": values{"b": 1}, "c": values{"b": 1}}},
		{"&k a: 1\nb: *k\n*k : 2", Null, errors.New(`3:1: duplicate key "a" (first on line 1)`)},
		{"&k a: 1\nb: *k", Map, values{"a": 1, "b": "a"}},
		{"a: &x {b: 1, c: 2}\nd:\n  c: 3\n  <<: *x\n  e: 4", Map, values{"a": values{"b": 1, "c": 2}, "d": values{"b": 1, "c": 3, "e": 4}}},
		{"<<: [{a: 1}, {a: 2, b: 2}, {c: 3}]\nb: 4", Map, values{"a": 1, "b": 4, "c": 3}},
		{"\"<<\": {a: 1}", Map, values{"<<": values{"a": 1}}},
		{"--- \na: 1\n...\n", Map, values{"a": 1}},
		{"a: 1\n---\nb: 2\n", Null, errors.New("2:1: a second YAML document starts here, where only one is allowed")},
		{"[a]: 1", Null, errors.New("1:1: a key must be a scalar, not a list or a map")},
	}
	for _, c := range tests {
		n, err := ParseData(YAML, []byte(c.src))
		if want, ok := c.want.(error); ok || err != nil {
			if !ok || err == nil || err.Error() != want.Error() {
				t.Errorf("%q: error %v, want %v", c.src, err, want)
			}
			continue
		}
		if n.Kind != c.kind || !reflect.DeepEqual(n.Value(), c.want) {
			t.Errorf("%q: %v %#v, want %v %#v", c.src, n.Kind, n.Value(), c.kind, c.want)
		}
	}
	if f, ok := data(t, YAML, ".nan").Value().(float64); !ok || !math.IsNaN(f) {
		t.Error(".nan is a number")
	}
}

func TestTOMLValues(t *testing.T) {
	src := `str = "a\tb"
lit = 'a\b'
multi = """
x
y"""
int = 1_000
hex = 0x7ead_beef
oct = 0o17
bin = 0b101
float = 6.626e-3_4
inf = -inf
bool = true
odt = 2024-05-06T10:11:12+02:00
odtz = 2024-05-06 10:11z
ldt = 2024-05-06T10:11:12.5
ld = 2024-05-06
lt = 07:32:00
list = [ # comment ]
  1, # one
  [ "a", ],
  {x = 1, y.z = 2},
]
dotted.key."a b" = 1
dotted.other = 2
[table]
a = 1
[table.sub]
b = 2
[[lists]]
n = 1
[lists.in]
x = 1
[[lists]]
n = 2
[lists.in]
x = 2
[later.sub]
[later]
c = 3
`
	want := values{
		"str": "a\tb", "lit": `a\b`, "multi": "x\ny",
		"int": 1000, "hex": 0x7EADBEEF, "oct": 15, "bin": 5, "float": 6.626e-34, "inf": math.Inf(-1), "bool": true,
		"odt":  time.Date(2024, 5, 6, 10, 11, 12, 0, time.FixedZone("", 7200)),
		"odtz": time.Date(2024, 5, 6, 10, 11, 0, 0, time.UTC),
		"ldt":  time.Date(2024, 5, 6, 10, 11, 12, 5e8, time.UTC),
		"ld":   day(2024, 5, 6), "lt": "07:32:00",
		"list":   []any{1, []any{"a"}, values{"x": 1, "y": values{"z": 2}}},
		"dotted": values{"key": values{"a b": 1}, "other": 2},
		"table":  values{"a": 1, "sub": values{"b": 2}},
		"lists":  []any{values{"n": 1, "in": values{"x": 1}}, values{"n": 2, "in": values{"x": 2}}},
		"later":  values{"sub": values{}, "c": 3},
	}
	n := data(t, TOML, src)
	if got := n.Value(); !reflect.DeepEqual(got, any(want)) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
	for _, c := range []struct{ src, want string }{
		{"a = {b = 1}\n[a.c]\n", "2:2: invalid TOML: key a already exists as a value"},
		{"a = [1]\n[[a]]\n", "2:3: invalid TOML: key a already exists as a value, but should be an array table"},
		{"[[a]]\n[a]\n", "2:2: invalid TOML: table a already exists as an array of tables"},
		{"a.b = 1\n[a]\n", "2:2: invalid TOML: table a already exists as defined by a dotted key"},
		{"a = 1\na.b = 2\n", "2:1: invalid TOML: key a is already defined"},
	} {
		_, err := ParseData(TOML, []byte(c.src))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: error %v, want %s", c.src, err, c.want)
		}
	}
}

func TestJSONValues(t *testing.T) {
	n := data(t, JSON, `{"s": "a\u00e9\n", "i": -3, "u": 18446744073709551615, "f": 1.50, "e": 1E2, "t": true, "f2": false, "n": null, "l": [], "m": {"": {}}}`)
	want := values{"s": "aé\n", "i": -3, "u": uint64(math.MaxUint64), "f": 1.5, "e": 100., "t": true, "f2": false, "n": nil, "l": []any{}, "m": values{"": values{}}}
	if got := n.Value(); !reflect.DeepEqual(got, any(want)) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
	for _, c := range []struct{ src, want string }{
		{"", "1:1: invalid JSON: unexpected end of JSON input"},
		{"[1,\n2\n", "2:2: invalid JSON: unexpected end of JSON input"},
		{"[1]\n x", "2:2: invalid JSON: invalid character 'x' after top-level value"},
	} {
		_, err := ParseData(JSON, []byte(c.src))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: error %v, want %s", c.src, err, c.want)
		}
	}
	if _, err := ParseData("ini", nil); err == nil || err.Error() != `unknown data format "ini"` {
		t.Errorf("unknown format: %v", err)
	}
}

// positions lists keys and values with their places.
func positions(n *Node) (out []string) {
	for _, e := range n.Entries() {
		out = append(out, fmt.Sprintf("%s %d:%d=%d:%d", e.Key, e.Line, e.Column, e.Value.Line, e.Value.Column))
		out = append(out, positions(e.Value)...)
	}
	for _, item := range n.Items() {
		out = append(out, fmt.Sprintf("%d:%d", item.Line, item.Column))
		out = append(out, positions(item)...)
	}
	return out
}

func TestPositions(t *testing.T) {
	tests := []struct {
		format    Format
		src, want string
	}{
		{YAML, "a: x\r\n\"é\": 'é' # c\r\nc:\r\n- 1\r\n-  d: |\r\n    x\r\n   e: {f: [é, 2]}\r\n", "a 1:1=1:4; é 2:1=2:6; c 3:1=4:1; 4:3; 5:4; d 5:4=5:7; e 7:4=7:7; f 7:8=7:11; 7:12; 7:15"},
		{YAML, "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 1\n", "a 1:1=1:4; b 1:8=1:11; c 2:1=2:4; b 1:8=1:11; d 3:1=4:3; b 1:8=1:11; e 5:3=5:6"},
		{YAML, "a: x\u2028  y\u0085  z\rb: 1\nc: [1\u2029, 2]\n\nd: 2\n", "a 1:1=1:4; b 1:14=1:17; c 2:1=2:4; 2:5; 2:9; d 4:1=4:4"},
		{TOML, "a = 'x'\r\n\"é\" = [1, [ # ]\r\n  'é', 2 ]]\r\n[t.u]\r\nb.c = {d = 1, e={f=2}}\r\n[[l]]\r\n", "a 1:1=1:5; é 2:1=2:7; 2:8; 2:11; 3:3; 3:8; t 4:2=4:2; u 4:4=4:4; b 5:1=5:1; c 5:3=5:7; d 5:8=5:12; e 5:15=5:17; f 5:18=5:20; l 6:3=6:3; 6:3"},
		{TOML, "[t.u]\n[t]\na = \"\"\"\nx\n\"\"\"\nb = 1\n", "t 2:2=2:2; u 1:4=1:4; a 3:1=3:5; b 6:1=6:5"},
		{JSON, "{\"é\": [1 , {\"b\" :\r\n  \"x\"}, null],\r\n\"c\": {}}", "é 1:2=1:7; 1:8; 1:12; b 1:13=2:3; 2:9; c 3:1=3:6"},
	}
	for _, c := range tests {
		if got := strings.Join(positions(data(t, c.format, c.src)), "; "); got != c.want {
			t.Errorf("%s %q:\ngot  %s\nwant %s", c.format, c.src, got, c.want)
		}
	}
	n := data(t, YAML, "a:\nb: \nc: 1\n")
	if b := n.Get("b"); b.Line != 2 || n.Get("a").Line != 1 {
		t.Errorf("empty values on lines %d and %d", n.Get("a").Line, b.Line)
	}
}

func TestNodeAccess(t *testing.T) {
	var none *Node
	if none.Get("x") != nil || none.Entries() != nil || none.Items() != nil || none.Value() != nil || none.Text() != "" || none.Quoted() || none.Zoned() {
		t.Error("a nil node has something")
	}
	if _, ok := none.Lookup("x"); ok {
		t.Error("a nil node has a key")
	}
	n := data(t, YAML, "Title: 1.0\ntitle: '2'\ntags: [a]\nnote: |\n  x\nplain: y\nday: 2024-05-06\ninstant: 2024-05-06T00:00:00Z\n")
	if e, ok := n.Lookup("title"); !ok || e.Key != "title" {
		t.Errorf("Lookup prefers %q", e.Key)
	}
	if e, ok := n.Lookup("TAGS"); !ok || e.Key != "tags" || e.Line != 3 || len(e.Value.Items()) != 1 {
		t.Errorf("Lookup finds %+v", e)
	}
	if _, ok := n.Lookup("tag"); ok || n.Get("TITLE") != nil {
		t.Error("found a key that is not there")
	}
	if n.Get("Title").Text() != "1.0" || n.Get("tags").Text() != "" {
		t.Error("Text differs")
	}
	for key, want := range map[string]bool{"title": true, "note": true, "plain": false, "Title": false} {
		if n.Get(key).Quoted() != want {
			t.Errorf("%s: Quoted is %v", key, !want)
		}
	}
	if n.Get("day").Zoned() || !n.Get("instant").Zoned() {
		t.Error("Zoned differs")
	}
	berlin := time.FixedZone("B", 3600)
	got := n.ValueIn(berlin).(values)
	if d := got["day"].(time.Time); !d.Equal(time.Date(2024, 5, 6, 0, 0, 0, 0, berlin)) {
		t.Errorf("day in zone is %v", d)
	}
	if d := got["instant"].(time.Time); !d.Equal(day(2024, 5, 6)) {
		t.Errorf("instant in zone is %v", d)
	}
}

func TestLargeMap(t *testing.T) {
	var src strings.Builder
	for i := range 100 {
		fmt.Fprintf(&src, "k%d: %d\n", i, i)
	}
	n := data(t, YAML, src.String())
	for i := range 100 {
		if v, err := n.Get(fmt.Sprint("k", i)).Int(); v != i || err != nil {
			t.Fatalf("k%d is %d, %v", i, v, err)
		}
	}
	if n.Get("k100") != nil {
		t.Error("found a key that is not there")
	}
	_, err := ParseData(YAML, []byte(src.String()+"k50: 1\n"))
	if want := `101:1: duplicate key "k50" (first on line 51)`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestAccessors(t *testing.T) {
	doc, err := Parse([]byte(`---
str: x
int: 10
float: 1.50
whole: 10.0
bool: true
boolish: "false"
date: 2024-05-06
instant: 2024-05-06T10:00:00+02:00
text: 6 May 2024
bad: 2023-13-40
word: soon
list: [a, 1, 2.0, true, 2024-05-06]
nested: [a, [b]]
holes: [a, ]
hole: [a, null]
map: {a: 1}
big: 99999999999999999999
yes: yes
empty: ""
none:
---
`))
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("", 3600)
	str := func(n *Node) (any, error) { return n.String() }
	boolean := func(n *Node) (any, error) { return n.Bool() }
	integer := func(n *Node) (any, error) { return n.Int() }
	date := func(n *Node) (any, error) { return n.Time(zone) }
	list := func(n *Node) (any, error) { return n.Strings() }
	const wantDate = "(want 2006-01-02, 2006-01-02 15:04:05 or RFC 3339, such as 2006-01-02T15:04:05Z)"
	tests := []struct {
		key  string
		get  func(*Node) (any, error)
		want any // an error's text if it begins with a digit
	}{
		{"str", str, "x"}, {"int", str, "10"}, {"float", str, "1.50"}, {"bool", str, "true"}, {"date", str, "2024-05-06"},
		{"none", str, ""}, {"absent", str, ""}, {"list", str, "13:7: list: want a string, have a list"}, {"map", str, "17:6: map: want a string, have a map"},
		{"bool", boolean, true}, {"boolish", boolean, false}, {"none", boolean, false}, {"absent", boolean, false},
		{"yes", boolean, `19:6: yes: want true or false, have "yes"`}, {"int", boolean, "3:6: int: want true or false, have an integer"},
		{"int", integer, 10}, {"whole", integer, 10}, {"none", integer, 0}, {"absent", integer, 0},
		{"str", integer, "2:6: str: want an integer, have a string"}, {"float", integer, "4:8: float: want an integer, have a number"},
		{"big", integer, "18:6: big: 99999999999999999999 is out of range for a 64-bit integer"},
		{"date", date, time.Date(2024, 5, 6, 0, 0, 0, 0, zone)}, {"instant", date, time.Date(2024, 5, 6, 10, 0, 0, 0, time.FixedZone("", 7200))},
		{"text", date, time.Date(2024, 5, 6, 0, 0, 0, 0, zone)}, {"empty", date, time.Time{}}, {"none", date, time.Time{}}, {"absent", date, time.Time{}},
		{"bad", date, `11:6: bad: invalid date "2023-13-40": month out of range ` + wantDate}, {"word", date, `12:7: word: invalid date "soon" ` + wantDate},
		{"int", date, "3:6: int: want a date, have an integer"},
		{"list", list, []string{"a", "1", "2.0", "true", "2024-05-06"}}, {"str", list, []string{"x"}}, {"int", list, []string{"10"}},
		{"holes", list, []string{"a"}}, {"empty", list, []string(nil)}, {"none", list, []string(nil)}, {"absent", list, []string(nil)},
		{"hole", list, "16:11: hole: want a string, have null"}, {"nested", list, "14:13: nested: want a string, have a list"},
		{"map", list, "17:6: map: want a string or a list of strings, have a map"},
	}
	for _, c := range tests {
		got, err := c.get(doc.Root.Get(c.key))
		if err != nil {
			if err.Error() != c.want {
				t.Errorf("%s: error %v, want %v", c.key, err, c.want)
			}
			if _, ok := errors.AsType[*diag.Error](err); !ok {
				t.Errorf("%s: the error is a %T, want a *diag.Error", c.key, err)
			}
			continue
		}
		if w, ok := c.want.(time.Time); ok && w.Equal(got.(time.Time)) {
			continue
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %#v, want %#v", c.key, got, c.want)
		}
	}
}

func TestParseTime(t *testing.T) {
	zone := time.FixedZone("Z", -3600)
	utc := func(h, m, s int) time.Time { return time.Date(2024, 5, 6, h, m, s, 0, time.UTC) }
	local := func(h, m, s int) time.Time { return time.Date(2024, 5, 6, h, m, s, 0, zone) }
	for text, want := range map[string]time.Time{
		"":                                  {},
		"  ":                                {},
		"2024-05-06":                        local(0, 0, 0),
		" 2024-05-06\n":                     local(0, 0, 0),
		"2024-5-6":                          local(0, 0, 0),
		"2024/05/06":                        local(0, 0, 0),
		"2024-05-06 10:11:12":               local(10, 11, 12),
		"2024-05-06T10:11:12":               local(10, 11, 12),
		"2024-05-06T10:11":                  local(10, 11, 0),
		"2024-05-06 10:11":                  local(10, 11, 0),
		"2024/05/06 10:11":                  local(10, 11, 0),
		"2024-05-06T10:11:12Z":              utc(10, 11, 12),
		"2024-05-06t10:11:12z":              utc(10, 11, 12),
		"2024-05-06T10:11Z":                 utc(10, 11, 0),
		"2024-05-06T10:11:12.000+02:00":     utc(8, 11, 12),
		"2024-05-06T10:11:12+0200":          utc(8, 11, 12),
		"2024-05-06 10:11:12+02:00":         utc(8, 11, 12),
		"2024-05-06 10:11:12 +02:00":        utc(8, 11, 12),
		"2024-05-06 10:11:12 -0400":         utc(14, 11, 12),
		"2024-05-06 10:11:12 -04":           utc(14, 11, 12),
		"2024-05-06 10:11 -0400":            utc(14, 11, 0),
		"2024/05/06 10:11:12 -0400":         utc(14, 11, 12),
		"2024-05-06 10:11:12 UTC":           utc(10, 11, 12),
		"2024-05-06 10:11:12 GMT":           utc(10, 11, 12),
		"2024-05-06 10:11:12 +0200 CEST":    utc(8, 11, 12),
		"6 May 2024":                        local(0, 0, 0),
		"06 May 2024 10:11":                 local(10, 11, 0),
		"May 6, 2024":                       local(0, 0, 0),
		"may 6, 2024":                       local(0, 0, 0),
		"May 6 2024":                        local(0, 0, 0),
		"May 06, 2024 10:11:12":             local(10, 11, 12),
		"Mon, 06 May 2024":                  local(0, 0, 0),
		"Mon, 06 May 2024 10:11:12 GMT":     utc(10, 11, 12),
		"Mon, 06 May 2024 10:11:12 +0200":   utc(8, 11, 12),
		"Mon May 6 10:11:12 2024 +0200":     utc(8, 11, 12),
		"Mon May  6 10:11:12 2024":          local(10, 11, 12),
		"Mon May  6 10:11:12 UTC 2024":      utc(10, 11, 12),
		"Mon May 06 10:11:12 +0200 2024":    utc(8, 11, 12),
		"2024-05-06 10:11:12 +0000 UTC":     utc(10, 11, 12),
		"2024-05-06T10:11:12.123456789Z":    utc(10, 11, 12).Add(123456789),
		"2024-05-06 10:11:12.5":             local(10, 11, 12).Add(5e8),
		"Monday, 06-May-24 10:11:12 UTC":    {}, // stands for an error, as do those below
		"2024-05-06 10:11:12 EST":           {},
		"Mon, 06 May 2024 10:11:12 EST":     {},
		"05/06/2024":                        {},
		"06.05.2024":                        {},
		"2024-05":                           {},
		"20240506":                          {},
		"2024-02-30":                        {},
		"2024-05-06 25:00":                  {},
		"2024-05-06 10:11:12 2024 -0800":    {},
		"2023-01-29 18:30:22 2023 -0800":    {},
		"2024-05-06T10:11:12 and some more": {},
	} {
		got, err := ParseTime(text, zone)
		if want.IsZero() && strings.TrimSpace(text) != "" {
			if err == nil {
				t.Errorf("%q is %v, want an error", text, got)
			}
			continue
		}
		if err != nil || !got.Equal(want) {
			t.Errorf("%q is %v, %v, want %v", text, got, err, want)
		}
	}
	got, err := ParseTime("2024-05-06", nil)
	if err != nil || got != day(2024, 5, 6) {
		t.Errorf("without location: %v, %v", got, err)
	}
}

func TestFromValue(t *testing.T) {
	type tag string
	one := 1
	v := map[string]any{
		"nil": nil, "bool": true, "int": int8(-3), "uint": uint64(math.MaxUint64), "float": 1.5, "str": tag("x"),
		"json": json.Number("1.50"), "big": big.NewInt(7), "time": day(2024, 5, 6), "addr": netip.MustParseAddr("::1"),
		"ptr": &one, "none": (*int)(nil), "list": []string{"a", "b"}, "array": [2]any{1, nil},
		"map": map[tag]int{"b": 2, "a": 1}, "anymap": map[any]any{"k": []any{}},
	}
	want := values{
		"nil": nil, "bool": true, "int": -3, "uint": uint64(math.MaxUint64), "float": 1.5, "str": "x",
		"json": 1.5, "big": 7, "time": day(2024, 5, 6), "addr": "::1",
		"ptr": 1, "none": nil, "list": []any{"a", "b"}, "array": []any{1, nil},
		"map": values{"a": 1, "b": 2}, "anymap": values{"k": []any{}},
	}
	n, err := FromValue(v)
	if err != nil {
		t.Fatal(err)
	}
	if got := n.Value(); !reflect.DeepEqual(got, any(want)) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
	if e := n.Entries()[0]; e.Key != "addr" || e.Line != 0 || e.Value.Line != 0 {
		t.Errorf("first entry %+v", e)
	}
	if text := n.Get("json").Text(); text != "1.50" {
		t.Errorf("text %q", text)
	}
	if _, err := n.Get("str").Int(); err == nil || err.Error() != "str: want an integer, have a string" {
		t.Errorf("error %v", err)
	}
	again, err := FromValue(n.Value())
	if err != nil || !reflect.DeepEqual(again.Value(), n.Value()) {
		t.Errorf("again: %#v, %v", again.Value(), err)
	}

	cyclic := map[string]any{}
	cyclic["x"] = cyclic
	var p any
	p = &p
	for name, v := range map[string]any{"struct": struct{ A int }{}, "func": func() {}, "key": map[int]int{1: 1}, "nil key": map[any]any{nil: 1}, "cyclic": cyclic, "pointers": p, "number": json.Number("x")} {
		if n, err := FromValue(v); err == nil || n != nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestReturnedNodesStay has nodes put into other maps while they are read, as
// the race detector would notice.
func TestReturnedNodesStay(t *testing.T) {
	n := data(t, YAML, "a: [1, [2]]\nb: {c: x}\n")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			into := &Node{Kind: Map}
			for _, e := range n.Entries() {
				into.add(e)
			}
			if _, err := into.Get("a").Int(); err == nil || err.Error() != "1:4: a: want an integer, have a list" {
				t.Errorf("error %v", err)
			}
		})
	}
	all.Wait()
}

func TestLift(t *testing.T) {
	doc, err := Parse([]byte("---\na: 1\nparams:\n  a: 2\n  b: 3\n---\n"))
	if err != nil {
		t.Fatal(err)
	}
	lifted := doc.Root.Lift("Params")
	if v := lifted.Get("a").Value(); v != 1 {
		t.Errorf("a = %v, want the outer 1", v)
	}
	if n := lifted.Get("b"); n.Value() != 3 || n.Line != 5 || n.Column != 6 {
		t.Errorf("b = %v at %d:%d", n.Value(), n.Line, n.Column)
	}
	if doc.Root.Get("b") != nil {
		t.Error("Lift changed the map that it was given")
	}
	if doc.Root.Lift("a") != doc.Root || doc.Root.Lift("none") != doc.Root || (*Node)(nil).Lift("x") != nil {
		t.Error("without a map to lift, the same node is expected")
	}
}
