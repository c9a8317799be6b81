package layouts

import (
	"maps"
	"path"
	"strings"
	texttemplate "text/template"
)

// format is the language that a template writes. It decides how what actions
// print is escaped.
type format uint8

const (
	plainText format = iota // nothing is escaped
	htmlText
	xmlText
	jsonText
)

// formatOf returns the format of a file by its extension.
func formatOf(p string) format {
	switch strings.ToLower(path.Ext(p)) {
	case ".html", ".htm", ".xhtml":
		return htmlText
	case ".xml", ".rss", ".atom", ".svg", ".xsl", ".opml":
		return xmlText
	case ".json", ".webmanifest", ".geojson", ".jsonld":
		return jsonText
	}
	return plainText
}

// formatIn returns the format of a file by its extension and place. What
// shortcodes and render hooks write becomes part of a page's HTML, in every
// output format; and partials that are images are for pages in HTML.
func formatIn(in place, p string) format {
	f := formatOf(p)
	inline := in == inShortcodes || in == inMarkup || in == inPartials && strings.EqualFold(path.Ext(p), ".svg")
	if inline && f != plainText {
		return htmlText
	}
	return f
}

// language returns what escaping needs to know of a format, or nil.
func (f format) language() language {
	switch f {
	case xmlText:
		return xmlLanguage{}
	case jsonText:
		return jsonLanguage{}
	}
	return nil
}

// escapers returns the functions that escape for all formats but HTML.
func escapers() texttemplate.FuncMap {
	m := xmlLanguage{}.funcs()
	maps.Copy(m, jsonLanguage{}.funcs())
	return m
}
