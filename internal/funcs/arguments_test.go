package funcs

import (
	"html/template"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// parameters lists every function, by all of its names, with what each parameter
// takes (see kinds), and perhaps after "=" the text of a valid argument.
// What follows "*" may be given any number of times.
const parameters = `
cast.ToFloat float|scalar=1
cast.ToInt int|scalar=1
cast.ToString string|text
collections.After after|int sequence
collections.Append append|any list
collections.Apply apply|list text=strings.ToUpper any=.
collections.Complement complement|list list
collections.D|int int int
collections.Delimit delimit|collection text text
collections.Dictionary dict|key any
collections.First first|int sequence
collections.In in|sequence any
collections.Index index|keyed any
collections.Intersect intersect|list list
collections.IsSet isSet isset|settable int=1
collections.KeyVals keyVals|any *any
collections.Last last|int sequence
collections.Merge merge|map map
collections.NewScratch newScratch|
collections.Querify querify|text text
collections.Reverse|list
collections.Seq seq|*int
collections.Shuffle shuffle|list any
collections.Slice slice|*any
collections.Sort sort|collection text=value text=asc
collections.SymDiff symdiff|list list
collections.Union union|list list
collections.Uniq uniq|list
collections.Where where|collection text=a any=eq any
compare.Conditional cond|any any any
compare.Default default|any any
compare.Eq eq|any *any
compare.Ge ge|ordered *ordered
compare.Gt gt|ordered *ordered
compare.Le le|ordered *ordered
compare.Lt lt|ordered *ordered
compare.Ne ne|any *any
crypto.HMAC hmac|text=md5 text text
crypto.Hash|text=md5 text
crypto.MD5 md5|text
crypto.SHA1 sha1|text
crypto.SHA256 sha256|text
css.Quoted|text
css.Unquoted|text
debug.Dump|data
debug.VisualizeSpaces|text
encoding.Base64Decode base64Decode|text=YQ==
encoding.Base64Encode base64Encode|text
encoding.HexDecode|text=00
encoding.HexEncode|text
encoding.Jsonify jsonify|map=- data
fmt.Errorf errorf|text *any
fmt.Erroridf erroridf|text text *any
fmt.Print print|*any
fmt.Printf printf|text *any
fmt.Println println|*any
fmt.Warnf warnf|text *any
fmt.Warnidf warnidf|text text *any
hash.FNV32a|text
hash.XxHash xxhash|text
inflect.Humanize humanize|text
inflect.Pluralize pluralize|text
inflect.Singularize singularize|text
lang.FormatAccounting|int text=EUR number
lang.FormatCurrency|int text=EUR number
lang.FormatNumber|int number
lang.FormatNumberCustom|int number text
lang.FormatPercent|int number
math.Abs|number
math.Acos|number=1
math.Add add|number number
math.Asin|number=1
math.Atan|number
math.Atan2|number number
math.Ceil|number
math.Cos|number
math.Div div|number number
math.Floor|number
math.Log|number
math.Max|*numbers
math.MaxInt64|
math.Min|*numbers
math.Mod mod|int int
math.ModBool modBool|int int
math.Mul mul|number number
math.Pi|
math.Pow pow|number number
math.Product|*numbers
math.Round|number
math.Sin|number
math.Sqrt|number
math.Sub sub|number number
math.Sum|*numbers
math.Tan|number
math.ToDegrees|number
math.ToRadians|number
path.Base|text
path.BaseName|text
path.Clean|text
path.Dir|text
path.Ext|text
path.Join|*texts
path.Split|text
reflect.IsMap|any
reflect.IsSlice|any
safe.CSS safeCSS|text
safe.HTML safeHTML|text
safe.HTMLAttr safeHTMLAttr|text
safe.JS safeJS|text
safe.JSStr safeJSStr|text
safe.URL safeURL|text
strings.Chomp chomp|text
strings.Contains|text text
strings.ContainsAny|text text
strings.ContainsNonSpace|text
strings.Count|text text
strings.CountRunes countrunes|text
strings.CountWords countwords|text
strings.Diff|text text text text
strings.FindRE findRE|text text int
strings.FindRESubmatch findRESubmatch|text text int
strings.FirstUpper|text
strings.HasPrefix hasPrefix|text text
strings.HasSuffix hasSuffix|text text
strings.Repeat|int text
strings.Replace replace|text text text int
strings.ReplacePairs|text text text
strings.ReplaceRE replaceRE|text text text int
strings.RuneCount|text
strings.SliceString slicestr|text=abc int int
strings.Split split|text text
strings.Substr substr|text=abc int int
strings.Title title|text
strings.ToLower lower|text
strings.ToUpper upper|text
strings.Trim trim|text text
strings.TrimLeft|text text
strings.TrimPrefix|text text
strings.TrimRight|text text
strings.TrimSpace|text
strings.TrimSuffix|text text
strings.Truncate truncate|int text text
time.AsTime time|date text=UTC
time.Duration duration|text=hour number
time.Format dateFormat|text date
time.In|text=UTC date
time.Now now|
time.ParseDuration|text=1h
transform.Emojify emojify|text
transform.HTMLEscape htmlEscape|text
transform.HTMLUnescape htmlUnescape|text
transform.Plainify plainify|text
transform.PortableText|blocks=-
transform.Remarshal|text=json mapOrText
transform.Unmarshal unmarshal|map=- text={}
transform.XMLEscape|text
urls.Anchorize anchorize|text
urls.JoinPath|*texts
urls.Parse|text
urls.PathEscape|text
urls.PathUnescape|text
urls.URLize urlize|text
`

// samples are one value of each type.
var samples = map[string]any{
	"nil":     nil,
	"int":     3,
	"minus":   -3,
	"float":   1.5,
	"NaN":     math.NaN(),
	"bool":    true,
	"string":  "some words",
	"slice":   []any{"a", "b"},
	"map":     map[string]any{"a": 1},
	"pointer": &struct{ X int }{1},
	"func":    strings.ToUpper,
}

// kinds are the valid argument of each kind of parameter, and the samples that
// must be an error. Of the others some are valid as well.
var kinds = map[string]struct {
	valid any
	wrong string
}{
	"any":        {"v", ""},
	"blocks":     {map[string]any{}, "int minus float NaN bool string slice pointer func"},
	"collection": {[]any{"a", "b"}, "nil int minus float NaN bool string pointer func"},
	"data":       {"v", "NaN func"},
	"date":       {"2024-02-29", "nil float NaN bool string slice map pointer func"},
	"int":        {1, "nil NaN bool string slice map pointer func"},
	"key":        {"k", "nil map pointer func"},
	"keyed":      {[]any{"a"}, "int minus float NaN bool pointer func"},
	"list":       {[]any{"a", "b"}, "int minus float NaN bool string map pointer func"},
	"map":        {map[string]any{"a": 1}, "int minus float NaN bool string slice pointer func"},
	"mapOrText":  {map[string]any{"a": 1}, "slice pointer func"},
	"number":     {2, "nil bool string slice map pointer func"},
	"numbers":    {2, "nil bool string slice map pointer func"},
	"ordered":    {2, "string pointer func"},
	"scalar":     {2, "nil string slice map pointer func"},
	"sequence":   {[]any{"a", "b"}, "map pointer func"},
	"settable":   {[]any{"a"}, "int minus float NaN bool string pointer func"},
	"text":       {"a", "slice map pointer func"},
	"texts":      {"a", "map pointer func"},
}

// argument is one parameter of a function.
type parameter struct{ kind, valid string }

func readParameters(t *testing.T) map[string][]parameter {
	out := make(map[string][]parameter)
	for line := range strings.Lines(strings.TrimSpace(parameters)) {
		names, list, ok := strings.Cut(strings.TrimSpace(line), "|")
		if !ok {
			t.Fatalf("the line is %q", line)
		}
		params := []parameter{}
		for field := range strings.FieldsSeq(list) {
			kind, valid, _ := strings.Cut(strings.TrimPrefix(field, "*"), "=")
			if _, ok := kinds[kind]; !ok {
				t.Fatalf("%s: unknown kind %q", line, kind)
			}
			params = append(params, parameter{kind, valid})
		}
		for name := range strings.FieldsSeq(names) {
			out[name] = params
		}
	}
	return out
}

// namesOf returns all names of a function for error messages.
func namesOf(name string) []string {
	for line := range strings.Lines(parameters) {
		names, _, _ := strings.Cut(line, "|")
		if list := strings.Fields(names); slices.Contains(list, name) {
			return list
		}
	}
	return nil
}

func (p parameter) argument() any {
	if p.valid == "-" {
		return map[string]any{}
	}
	if p.valid != "" {
		return p.valid
	}
	return kinds[p.kind].valid
}

// TestWrongArguments gives every parameter of every function a value of each
// type: those that it doesn't take must be an error that says which function
// wants what and what it got instead, and none may panic.
func TestWrongArguments(t *testing.T) {
	list := readParameters(t)
	calls, failed := 0, 0
	for _, f := range allFuncs() {
		params, ok := list[f.name]
		if !ok {
			if f.fn.Type().NumIn() > 0 || f.fn.Type().NumOut() != 1 {
				t.Errorf("%s isn't listed", f.name)
			}
			continue
		}
		for i, p := range params {
			for name, value := range samples {
				args := make([]any, len(params))
				for j := range params {
					args[j] = params[j].argument()
				}
				args[i] = value
				err := call(f.fn, args)
				calls++
				if err != nil {
					failed++
				}
				rejects := slices.Contains(strings.Fields(kinds[p.kind].wrong), name)
				checkWrong(t, f.name, name, value, i, rejects, err)
			}
		}
	}
	t.Logf("%d calls, %d errors", calls, failed)
}

func checkWrong(t *testing.T, fn, sample string, value any, at int, rejects bool, err error) {
	t.Helper()
	if err == nil {
		if rejects {
			t.Errorf("%s takes %s as argument %d", fn, sample, at+1)
		}
		return
	}
	if strings.Contains(fn, "rror") {
		return // its result is an error
	}
	named := slices.ContainsFunc(namesOf(fn), func(name string) bool { return strings.HasPrefix(err.Error(), name+": ") })
	if !named || strings.Contains(err.Error(), "panic") {
		t.Errorf("%s: argument %d is %s: the error is %q", fn, at+1, sample, err)
	}
	if rejects && sample != "slice" && sample != "NaN" && !strings.Contains(err.Error(), strings.TrimPrefix(describe(value), "string ")) {
		t.Errorf("%s: argument %d is %s, which isn't in the error %q", fn, at+1, sample, err)
	}
}

// call calls a function as a template does, and returns its error.
func call(fn reflect.Value, args []any) error {
	_, err := callFunc(fn, args)
	return err
}

// These are wrong in their value, not their type.
func TestWrongValues(t *testing.T) {
	for _, e := range []example{
		{`{{ first "x" (slice 1) }}`, `first: the count: want a whole number, have string "x"`},
		{`{{ slice 1 | first -1 }}`, "first: the count -1 is negative"},
		{`{{ where 5 "a" 1 }}`, "where: want a slice or a map, have int"},
		{`{{ where (slice 1) 5 "~" 1 }}`, `where: unknown operator "~"`},
		{`{{ dateFormat "2006" "yesterday" }}`, `can't read "yesterday" as a date`},
		{`{{ delimit "abc" "," }}`, `delimit: want a slice or a map, have string "abc"`},
		{`{{ truncate "x" "y" }}`, `truncate: the length: want a whole number, have string "x"`},
		{`{{ default 1 2 3 }}`, "default: want a default and an input, have 3 arguments"},
		{`{{ seq 0 0 0 }}`, "seq: the increment 0 doesn't lead from 0 to 0"},
		{`{{ seq 1 1e9 }}`, "seq: from 1 to 1000000000 by 1 are more than 1000000 numbers"},
		{`{{ strings.Repeat 1e9 "x" }}`, "strings.Repeat: 1000000000 times 1 bytes are more than 1 MiB"},
		{`{{ div 1 0 }}`, "div: division by zero"},
		{`{{ mod 1 0 }}`, "mod: division of 1 by zero"},
		{`{{ math.Sqrt -1 }}`, "math.Sqrt: there is no result for -1"},
		{`{{ math.Acos 2 }}`, "math.Acos: there is no result for 2"},
		{`{{ pow -8 0.5 }}`, "pow: there is no result for -8 0.5"},
		{`{{ math.Max "NaN" 1 }}`, `math.Max: want a number, have string "NaN"`},
		{`{{ int .NaN }}`, "int: NaN is out of range"},
		{`{{ int "1e30" }}`, "int: 1e+30 is out of range"},
		{`{{ index (slice 1) "a" }}`, `index: want a whole number, have string "a"`},
		{`{{ lang.FormatCurrency 2 "euro" 1 }}`, `lang.FormatCurrency: unknown currency string "euro": want a code of three letters`},
		{`{{ lang.FormatNumberCustom 2 1 (strings.Repeat 70 "x") }}`, "a sign of 70 bytes, want at most 64"},
		{`{{ transform.PortableText (slice (dict "_type" "image")) }}`, "transform.PortableText: block 1: the image has no asset.url"},
	} {
		e.fail(t, map[string]any{"NaN": math.NaN()})
	}
	// An index that is out of range is nil, as in Hugo.
	example{`{{ with index (slice 1) 5 }}x{{ else }}none{{ end }}`, "none"}.run(t, nil)
	example{`{{ with index (slice 1) -1 }}x{{ else }}none{{ end }}`, "none"}.run(t, nil)
}

// What would take all memory in the end, were it done in a loop.
func TestBigTexts(t *testing.T) {
	data := map[string]any{
		"half": strings.Repeat("x", maxText/2),
		"more": strings.Repeat("x", maxText+1),
		"long": strings.Repeat("y", 1<<16),
		"s":    strings.Repeat("x", 2000),
	}
	for tmpl, want := range map[string]string{
		`{{ print .half .half 1 }}`:                              "print: more than 64 MiB of text",
		`{{ println .half .half 1 }}`:                            "println: more than 64 MiB of text",
		`{{ printf "%s%s" .half .half 1 }}`:                      "printf: more than 64 MiB of text",
		`{{ printf "%[1]s%[1]s%[1]s" .half }}`:                   "printf: a text of more than 64 MiB",
		`{{ add .half .half "1" }}`:                              "add: a text of more than 64 MiB",
		`{{ path.Join .half .half }}`:                            "path.Join: a text of more than 64 MiB",
		`{{ querify .half .half "b" "c" }}`:                      "querify: a text of more than 64 MiB",
		`{{ jsonify (slice .half .half 1) }}`:                    "jsonify: more than 64 MiB of text",
		`{{ debug.Dump (dict "a" .half "b" .half) }}`:            "debug.Dump: more than 64 MiB of text",
		`{{ encoding.HexEncode .more }}`:                         "encoding.HexEncode: a text of more than 64 MiB",
		`{{ transform.Remarshal "json" .more }}`:                 "transform.Remarshal: a text of more than 64 MiB",
		`{{ replace .s "x" .long }}`:                             "replace: a text of more than 64 MiB",
		`{{ replace .s "" .long 1900 }}`:                         "replace: a text of more than 64 MiB",
		`{{ replaceRE "x" .long .s }}`:                           "replaceRE: a text of more than 64 MiB",
		`{{ replaceRE "(x+)" (print .long "$1") .s 900 | len }}`: "",
		`{{ strings.ReplacePairs "x" .long .s }}`:                "strings.ReplacePairs: a text of more than 64 MiB",
		`{{ delimit (split .s "") .long }}`:                      "delimit: a text of more than 64 MiB",
	} {
		out, err := execute(tmpl, data)
		switch {
		case want == "" && (err != nil || out != "67536"):
			t.Errorf("%s: %q, %v", tmpl, out, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", tmpl, err, want)
		}
	}
}

func TestListsThatGrow(t *testing.T) {
	c := Collections{newLibrary(Options{})}
	big := make([]byte, maxList)
	for name, add := range map[string]func() (any, error){
		"append": func() (any, error) { return c.Append(1, big) },
		"union":  func() (any, error) { return c.Union(big, []byte{1}) },
		"split":  func() (any, error) { return Strings{}.Split(string(big)+"x", "") },
	} {
		_, err := add()
		if err == nil || !strings.HasPrefix(err.Error(), name+": more than 4194304 ") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	// A group of a match counts as an element.
	for pattern, most := range map[string]int{"x": maxList, "(a)(b)(c)": maxList / 4} {
		found := func(n int) func(string, int) []struct{} {
			return func(_ string, limit int) []struct{} { return make([]struct{}, min(n, limit)) }
		}
		if all, err := matches("x", regexp.MustCompile(pattern), "", -1, found(most)); len(all) != most || err != nil {
			t.Errorf("%s: %d matches, %v", pattern, len(all), err)
		}
		if _, err := matches("x", regexp.MustCompile(pattern), "", maxList+1, found(most+1)); err == nil {
			t.Errorf("%s: more than %d matches are no error", pattern, most)
		}
	}
}

// Data that contains itself, or the same many times over, is an error.
func TestEndlessArguments(t *testing.T) {
	loop := map[string]any{}
	loop["a"] = loop
	typed := map[string][]any{"a": nil}
	typed["a"] = []any{typed}
	many := map[string]any{}
	for range 40 {
		many = map[string]any{"a": many, "b": many}
	}
	for _, tmpl := range []string{
		`{{ print . }}`, `{{ println 1 . }}`, `{{ printf "%v" . }}`, `{{ jsonify . }}`, `{{ debug.Dump . }}`,
		`{{ transform.Remarshal "toml" . }}`, `{{ transform.Remarshal "yaml" . }}`, `{{ merge . . . }}`, `{{ uniq (slice .) }}`,
	} {
		for name, data := range map[string]any{"loop": loop, "typed": typed, "many": many} {
			switch {
			case name == "typed" && strings.Contains(tmpl, "merge"): // its values aren't maps
				continue
			case name == "many" && !strings.Contains(tmpl, "jsonify"): // it takes long
				continue
			}
			if out, err := execute(tmpl, data); err == nil {
				t.Errorf("%s with %s gives %d bytes", tmpl, name, len(out))
			} else if text := err.Error(); !strings.Contains(text, "nested too deeply") && !strings.Contains(text, "more than 4194304") {
				t.Errorf("%s with %s: %v", tmpl, name, err)
			}
		}
	}
}

func TestWidths(t *testing.T) {
	for format, want := range map[string]int{
		"": 0, "100 %d": 0, "%5d": 5, "%-08.3f": 11, "%*d": maxWidth, "%999999999d": maxWidth, "%%9": 0, "%": 0,
		"%[2]*[1]d": maxWidth + 3, "%é": 0, "%99999999999999999999d": maxWidth, "% d %+5.q": 5,
	} {
		if got := widths(format); got != want {
			t.Errorf("widths(%q) = %d, want %d", format, got, want)
		}
	}
	example{`{{ printf (strings.Repeat 100 "%1000000d") 1 }}`, "printf: a text of more than 64 MiB"}.fail(t, nil)
	example{`{{ printf "%03d|%-4s|%.1f" 7 "a" 2.25 }}`, "007|a   |2.2"}.run(t, nil)
}

// What a program's own types print or encode is weighed as these packages see it.
func TestWeight(t *testing.T) {
	type node struct {
		Up   *node
		Name string
		Skip any `json:"-"`
		note map[string]any
	}
	n := &node{Name: "a", note: map[string]any{}}
	n.Up, n.Skip = n, n
	if err := printable("x", []any{n, *n, time.Now(), template.HTML("x"), []int{1}, [2]string{}, (*node)(nil)}); err != nil {
		t.Error(err) // package fmt prints inner pointers as addresses
	}
	if err := encodable(n, 0, 0); err == nil {
		t.Error("a node within itself can be encoded")
	}
	n.Up = nil
	if err := encodable(n, 0, 0); err != nil {
		t.Error(err)
	}
	if err := encodable([]any{1, 2, 3}, 1<<20, 1<<24); err == nil {
		t.Error("indents of 64 MiB are allowed")
	}
}
