package sitegen

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// document is a text with front matter. It is not changed once it is made.
type document struct {
	format string // "yaml", "toml", "json" or "", which has no front matter
	keys   []pair
	blocks []string
	crlf   bool
}

type pair struct {
	key   string
	value any // string, bool, int, float64, date, []any or map[string]any
}

// date is a date that is written without quotes where the format has such.
type date string

func (d *document) text() string {
	var b strings.Builder
	switch d.format {
	case "yaml":
		b.WriteString("---\n")
		for _, p := range d.keys {
			fmt.Fprintf(&b, "%s: %s\n", p.key, literal(p.value, "yaml"))
		}
		b.WriteString("---\n")
	case "toml":
		b.WriteString("+++\n")
		for _, p := range d.keys {
			fmt.Fprintf(&b, "%s = %s\n", p.key, literal(p.value, "toml"))
		}
		b.WriteString("+++\n")
	case "json":
		b.WriteString("{\n")
		for i, p := range d.keys {
			comma := ","
			if i == len(d.keys)-1 {
				comma = ""
			}
			fmt.Fprintf(&b, "  %s: %s%s\n", literal(p.key, "json"), literal(p.value, "json"), comma)
		}
		b.WriteString("}\n\n")
	}
	b.WriteString(strings.Join(d.blocks, "\n\n"))
	b.WriteString("\n")
	if d.crlf {
		return strings.ReplaceAll(b.String(), "\n", "\r\n")
	}
	return b.String()
}

// literal writes a value on one line.
func literal(v any, format string) string {
	switch v := v.(type) {
	case date:
		if format != "json" {
			return string(v)
		}
		return literal(string(v), format)
	case []any:
		list := make([]string, len(v))
		for i, e := range v {
			list[i] = literal(e, format)
		}
		return "[" + strings.Join(list, ", ") + "]"
	case map[string]any:
		between := ": "
		if format == "toml" {
			between = " = "
		}
		var list []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			list = append(list, literal(key, "json")+between+literal(v[key], format))
		}
		return "{" + strings.Join(list, ", ") + "}"
	case string:
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if enc.Encode(v) != nil {
			return `""`
		}
		return strings.TrimSuffix(b.String(), "\n")
	}
	return fmt.Sprint(v)
}

// with returns the document with a key that has another value.
func (d *document) with(key string, value any) *document {
	c := *d
	c.keys = slices.DeleteFunc(slices.Clone(d.keys), func(p pair) bool { return p.key == key })
	c.keys = append(c.keys, pair{key, value})
	if c.format == "" {
		c.format = "yaml"
	}
	return &c
}

func (d *document) without(key string) *document {
	c := *d
	c.keys = slices.DeleteFunc(slices.Clone(d.keys), func(p pair) bool { return p.key == key })
	return &c
}

func (d *document) withBlocks(blocks []string) *document {
	c := *d
	c.blocks = blocks
	return &c
}
