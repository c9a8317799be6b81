package funcs

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/matter"
	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v4"
)

// Unmarshal parses CSV, JSON, TOML, XML or YAML: unmarshal [OPTIONS] INPUT.
// The options are a map of
//
//	format      csv, json, toml, xml or yaml; guessed from the input by default
//	delimiter   the character between the fields of CSV, a comma by default
//	comment     the character that begins a comment line of CSV
//	lazyQuotes  whether quotes within fields of CSV are allowed
//	targetType  slice (the default) gives CSV as slices, map as maps by the
//	            names in the first line
//
// Of XML the root element is left out. An element with neither attributes nor
// elements is its text; others are maps of elements by name, a repeated one as a
// slice, of attributes by name with a hyphen before it, and of the text beside
// them, under "#text". Prefixes of name spaces are dropped.
//
// Empty input is nil.
func (Transform) Unmarshal(args ...any) (any, error) {
	const fn = "unmarshal"
	d := decoder{comma: ',', target: "slice"}
	switch len(args) {
	case 1:
	case 2:
		options, ok := stringMap(args[0])
		if !ok {
			return nil, wrong(fn, "a map of options", args[0])
		}
		if err := d.configure(fn, options); err != nil {
			return nil, err
		}
	default:
		return nil, miscount(fn, "options and an input", len(args))
	}
	s, err := text(fn, args[len(args)-1])
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(s) == "" {
		return nil, nil
	}
	v, err := d.decode(s)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", fn, err)
	}
	return v, nil
}

// decoder parses text in one of several formats.
type decoder struct {
	format     string // "" to guess
	comma      rune
	comment    rune
	lazyQuotes bool
	target     string
}

func (d *decoder) configure(fn string, options map[string]any) error {
	return readOptions(fn, options, map[string]func(any) error{
		"format":     textOption(&d.format),
		"delimiter":  runeOption(&d.comma),
		"comment":    runeOption(&d.comment),
		"lazyquotes": func(v any) error { d.lazyQuotes = Truth(v); return nil },
		"targettype": textOption(&d.target),
	})
}

func runeOption(to *rune) func(any) error {
	return func(v any) error {
		s, ok := toString(v)
		r, n := utf8.DecodeRuneInString(s)
		if !ok || n == 0 || n != len(s) {
			return fmt.Errorf("want one character, have %s", describe(v))
		}
		*to = r
		return nil
	}
}

// decode parses s. A decoder that panics is an error.
func (d *decoder) decode(s string) (v any, err error) {
	defer recovered(&err)
	format := strings.ToLower(d.format)
	if format == "" {
		format = d.guess(s)
	}
	switch format {
	case "csv":
		return d.decodeCSV(s)
	case "json":
		return decodeJSON(s)
	case "toml":
		m := map[string]any{}
		err = toml.Unmarshal([]byte(s), &m)
		return m, err
	case "xml":
		n, err := matter.ParseData(matter.XML, []byte(s))
		if err != nil {
			return nil, err
		}
		return n.Value(), nil
	case "yaml", "yml":
		if err = yaml.Unmarshal([]byte(s), &v); err != nil {
			return nil, err
		}
		return withStringKeys(v, 0)
	case "":
		return nil, errors.New("can't guess the format: give one in the options, such as (dict \"format\" \"yaml\")")
	}
	return nil, fmt.Errorf("unknown format %q: want csv, json, toml, xml or yaml", d.format)
}

// guess finds the format by the mark that comes first in s.
func (d *decoder) guess(s string) string {
	marks := []struct{ format, mark string }{
		{"csv", string(d.comma)}, {"json", "{"}, {"yaml", ":"}, {"xml", "<"}, {"toml", "="},
	}
	if strings.HasPrefix(strings.TrimSpace(s), "[") && json.Valid([]byte(s)) {
		return "json"
	}
	format, first := "", len(s)
	for _, m := range marks {
		if i := strings.Index(s, m.mark); i >= 0 && i < first {
			format, first = m.format, i
		}
	}
	return format
}

// decodeJSON parses JSON and keeps whole numbers whole.
func decodeJSON(s string) (any, error) {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if dec.More() {
		return nil, errors.New("there is text behind the JSON value")
	}
	return plainNumbers(v), nil
}

// plainNumbers replaces json.Number within v by int or float64.
func plainNumbers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = plainNumbers(e)
		}
	case []any:
		for i, e := range v {
			v[i] = plainNumbers(e)
		}
	case json.Number:
		if n, err := v.Int64(); err == nil && int64(int(n)) == n {
			return int(n)
		}
		f, _ := v.Float64()
		return f
	}
	return v
}

// withStringKeys gives the maps of v, which YAML may key by anything, string
// keys. v must be fresh.
func withStringKeys(v any, depth int) (any, error) {
	if depth > maxNesting {
		return nil, errors.New("the data is nested too deeply")
	}
	var err error
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if v[k], err = withStringKeys(e, depth+1); err != nil {
				return nil, err
			}
		}
	case []any:
		for i, e := range v {
			if v[i], err = withStringKeys(e, depth+1); err != nil {
				return nil, err
			}
		}
	case map[any]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			key, ok := toString(k)
			if !ok {
				return nil, fmt.Errorf("the key %v isn't text", k)
			}
			if out[key], err = withStringKeys(e, depth+1); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return v, nil
}

func (d *decoder) decodeCSV(s string) (any, error) {
	r := csv.NewReader(strings.NewReader(s))
	r.Comma, r.Comment, r.LazyQuotes = d.comma, d.comment, d.lazyQuotes
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	switch d.target {
	case "slice":
		return rows, nil
	case "map":
		if len(rows) == 0 {
			return []map[string]any{}, nil
		}
		out := make([]map[string]any, len(rows)-1)
		for i, row := range rows[1:] {
			out[i] = make(map[string]any, len(row))
			for j, name := range rows[0] {
				out[i][name] = row[j]
			}
		}
		return out, nil
	}
	return nil, fmt.Errorf("unknown targetType %q: want slice or map", d.target)
}

// Remarshal writes data in another format: transform.Remarshal FORMAT INPUT.
// The format is json, toml or yaml, and the input a map, or text that
// [Transform.Unmarshal] reads.
func (Transform) Remarshal(format, in any) (string, error) {
	const fn = "transform.Remarshal"
	f, err := text(fn, format)
	if err != nil {
		return "", err
	}
	var data any
	if m, ok := stringMap(in); ok {
		data = m
	} else {
		s, err := text(fn, in)
		if err != nil {
			return "", wrong(fn, "a map or text", in)
		}
		if s = strings.TrimSpace(s); s == "" {
			return "", nil
		}
		d := decoder{comma: ',', target: "slice"}
		if data, err = d.decode(s); err != nil {
			return "", fmt.Errorf("%s: %w", fn, err)
		}
	}
	out, err := encode(strings.ToLower(strings.TrimSpace(f)), data)
	if err != nil {
		return "", fmt.Errorf("%s: %w", fn, err)
	}
	return string(out), nil
}

// recovered, when deferred, turns a panic of someone else's code into an error.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("panic: %v", r)
	}
}

// encode writes data. An encoder panics at types that it doesn't know.
func encode(format string, data any) (out []byte, err error) {
	defer recovered(&err)
	if err := checkNesting(reflect.ValueOf(data), 0); err != nil {
		return nil, err
	}
	switch format {
	case "json":
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "   ")
		err := enc.Encode(data)
		return b.Bytes(), err
	case "toml":
		var b bytes.Buffer
		enc := toml.NewEncoder(&b)
		enc.SetIndentTables(false)
		err := enc.Encode(data)
		return b.Bytes(), err
	case "yaml", "yml":
		return yaml.Dump(data, yaml.WithIndent(2), yaml.WithCompactSeqIndent(true))
	}
	return nil, fmt.Errorf("unknown format %q: want json, toml or yaml", format)
}

// checkNesting finds data nested too deeply, such as a map within itself,
// which the encoders don't survive.
func checkNesting(v reflect.Value, depth int) error {
	if depth > maxNesting {
		return errors.New("the data is nested too deeply")
	}
	v = indirect(v)
	var err error
	switch v.Kind() {
	case reflect.Map:
		for it := v.MapRange(); err == nil && it.Next(); {
			err = checkNesting(it.Value(), depth+1)
		}
	case reflect.Slice, reflect.Array:
		for i := 0; err == nil && i < v.Len(); i++ {
			err = checkNesting(v.Index(i), depth+1)
		}
	}
	return err
}
