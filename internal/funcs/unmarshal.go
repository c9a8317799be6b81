package funcs

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/matter"
	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v4"
)

// Unmarshal parses CSV, JSON, TOML, XML or YAML: unmarshal [OPTIONS] INPUT.
// The options are a map of
//
//	format      csv, json, toml, xml or yaml; by default that of a resource's media
//	            type (see Options.Resource), and else guessed from the input
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
func (t Transform) Unmarshal(args ...any) (any, error) {
	const fn = "unmarshal"
	if len(args) == 0 || len(args) > 2 {
		return nil, miscount(fn, "options and an input", len(args))
	}
	s, d, err := t.source(fn, "text", args[len(args)-1])
	if err != nil {
		return nil, err
	}
	if len(args) == 2 {
		options, ok := stringMap(args[0])
		if !ok {
			return nil, wrong(fn, "a map of options", args[0])
		}
		if err := d.configure(fn, options); err != nil {
			return nil, err
		}
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

// source returns the text of an input, or of a resource, and the decoder for it.
func (t Transform) source(fn, want string, in any) (string, decoder, error) {
	d := decoder{comma: ',', target: "slice"}
	if t.lib != nil && t.lib.resource != nil {
		s, mediaType, ok, err := t.lib.resource(in)
		if err != nil {
			return "", d, fmt.Errorf("%s: %w", fn, err)
		}
		if ok {
			d.configureFor(mediaType)
			return s, d, fits(fn, len(s))
		}
	}
	s, ok := toString(in)
	if !ok {
		return "", d, wrong(fn, want, in)
	}
	return s, d, fits(fn, len(s))
}

// configureFor sets what a media type says.
func (d *decoder) configureFor(mediaType string) {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	_, sub, _ := strings.Cut(strings.ToLower(strings.TrimSpace(mediaType)), "/")
	if i := strings.LastIndexByte(sub, '+'); i >= 0 {
		sub = sub[i+1:] // as in geo+json
	}
	switch sub = strings.TrimPrefix(sub, "x-"); sub {
	case "csv", "json", "toml", "xml", "yaml":
		d.format = sub
	case "tab-separated-values":
		d.format, d.comma = "csv", '\t'
	}
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
		return nil, errTooDeep
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
// The format is json, toml or yaml, and the input a map, or what
// [Transform.Unmarshal] reads.
func (t Transform) Remarshal(format, in any) (string, error) {
	const fn = "transform.Remarshal"
	f, err := text(fn, format)
	if err != nil {
		return "", err
	}
	var data any
	if m, ok := stringMap(in); ok {
		data = m
	} else {
		s, d, err := t.source(fn, "a map or text", in)
		if err != nil {
			return "", err
		}
		if s = strings.TrimSpace(s); s == "" {
			return "", nil
		}
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
	if err := encodable(data, 3, 0); err != nil {
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
