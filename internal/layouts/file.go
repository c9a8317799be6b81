package layouts

import (
	"path"
	"strconv"
	"strings"
	"text/template/parse"
)

// file is one parsed template file.
type file struct {
	path  string
	id    string // names the file in the messages of text/template
	src   string
	place place
	html  bool
	root  *tmpl
	defs  map[string]*tmpl
	blank bool // writes nothing outside its definitions
}

// place is what a file is, by its path.
type place int

const (
	inLayouts  place = iota // found by Lookup
	inBases                 // wraps layouts
	inPartials              // found by the function partial
	elsewhere               // reached by name only
)

// tmpl is one template: the text of a file outside its definitions, or one
// definition.
type tmpl struct {
	file  *file
	name  string // unique in the engine, free of slashes in the file's part
	tree  *parse.Tree
	calls []use // of templates
	funcs []use
}

// use is a name that a template refers to.
type use struct {
	name   string
	offset int
}

// classify says what the file at p is, and whether it is HTML.
func classify(p string) (place, bool) {
	dir, base := path.Split(p)
	html := false
	switch path.Ext(base) {
	case ".html", ".htm":
		html = true
	}
	first, _, _ := strings.Cut(dir, "/")
	if first == "_partials" || first == "partials" {
		return inPartials, html
	}
	if first == "shortcodes" {
		return elsewhere, html
	}
	for elem := range strings.SplitSeq(strings.TrimPrefix(dir, "_default/"), "/") {
		if strings.HasPrefix(elem, "_") {
			return elsewhere, html
		}
	}
	stem, _, _ := strings.Cut(base, ".")
	if stem == "baseof" || strings.HasSuffix(stem, "-baseof") {
		return inBases, html
	}
	return inLayouts, html
}

// needsBase reports whether a base template is to wrap the file.
func (f *file) needsBase() bool {
	return f.place == inLayouts && f.blank && len(f.defs) > 0
}

// templates returns every template of the file, the file's own text first.
func (f *file) templates() []*tmpl {
	out := make([]*tmpl, 1, 1+len(f.defs))
	out[0] = f.root
	for _, d := range f.defs {
		out = append(out, d)
	}
	return out
}

// errorAt returns an Error at an offset of the file.
func (f *file) errorAt(offset int, err error) *Error {
	line, column := lineColumn(f.src, offset)
	return &Error{File: f.path, Line: line, Column: column, Err: err}
}

// defineOffset returns where the definition called name begins.
func (f *file) defineOffset(name string) int {
	acts := actions(f.src)
	for _, quoted := range []string{strconv.Quote(name), "`" + name + "`"} {
		if i := definition(f.src, acts, quoted); i < len(acts) {
			return acts[i].start
		}
	}
	return 0
}

// partialName returns the name by which the function partial knows a file or
// definition, and false when it is not a partial.
func partialName(name string) (string, bool) {
	if rest, ok := strings.CutPrefix(name, "_partials/"); ok {
		return rest, rest != ""
	}
	rest, ok := strings.CutPrefix(name, "partials/")
	return rest, ok && rest != ""
}
