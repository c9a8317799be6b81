package jam

import (
	"maps"
	"slices"
)

// clone copies the configuration, with its lists and maps, so that what the caller does
// with them afterwards is of no effect. c may be nil.
func (c *Config) clone() Config {
	if c == nil {
		return Config{}
	}
	d := *c
	d.Languages = slices.Clone(c.Languages)
	for i, l := range d.Languages {
		l.Params, l.Menus, l.Taxonomies = cloneMap(l.Params), cloneMenus(l.Menus), slices.Clone(l.Taxonomies)
		d.Languages[i] = l
	}
	d.Params = cloneMap(c.Params)
	d.Sources = slices.Clone(c.Sources)
	d.Collections = slices.Clone(c.Collections)
	d.Funcs = maps.Clone(c.Funcs)
	d.Shortcodes = maps.Clone(c.Shortcodes)
	d.Markdown.Extensions = slices.Clone(c.Markdown.Extensions)
	d.Markdown.Untrusted = slices.Clone(c.Markdown.Untrusted)
	d.Markdown.Passthrough = slices.Clone(c.Markdown.Passthrough)
	d.Markdown.Hooks.CodeBlock = maps.Clone(c.Markdown.Hooks.CodeBlock)
	d.Generators = slices.Clone(c.Generators)
	d.Taxonomies = slices.Clone(c.Taxonomies)
	d.Pagination = maps.Clone(c.Pagination)
	d.Cascade = slices.Clone(c.Cascade)
	for i := range d.Cascade {
		d.Cascade[i].Values = cloneMap(d.Cascade[i].Values)
	}
	d.FrontMatterKeys = maps.Clone(c.FrontMatterKeys)
	d.Menus = cloneMenus(c.Menus)
	d.Related.Indices = slices.Clone(c.Related.Indices)
	d.Redirects = slices.Clone(c.Redirects)
	d.Permalinks = maps.Clone(c.Permalinks)
	d.Outputs = maps.Clone(c.Outputs)
	for kind, names := range d.Outputs {
		d.Outputs[kind] = slices.Clone(names)
	}
	d.OutputFormats = slices.Clone(c.OutputFormats)
	d.Ignore = slices.Clone(c.Ignore)
	return d
}

// cloneMap copies a map, with the maps and lists in it.
func cloneMap(m map[string]any) map[string]any {
	out := maps.Clone(m)
	for k, v := range out {
		out[k] = cloneValue(v)
	}
	return out
}

func cloneValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return cloneMap(v)
	case []any:
		out := slices.Clone(v)
		for i := range out {
			out[i] = cloneValue(out[i])
		}
		return out
	case []string:
		return slices.Clone(v)
	}
	return v
}

func cloneMenus(menus map[string][]MenuEntry) map[string][]MenuEntry {
	out := maps.Clone(menus)
	for name, entries := range out {
		entries = slices.Clone(entries)
		for i := range entries {
			entries[i].Params = cloneMap(entries[i].Params)
		}
		out[name] = entries
	}
	return out
}
