package layouts

import (
	"path"
	"strconv"
	"strings"
	"text/template/parse"
)

// file is one parsed template file.
type file struct {
	path    string // as messages and Template.Name have it
	rel     string // in its tree
	id      string // names the file in the messages of text/template
	src     string
	sum     uint64 // checksum of src
	place   place
	format  format
	builtin bool // from Options.Fallback
	root    *tmpl
	defs    map[string]*tmpl
	tries   []*tmpl // expressions of try
	blank   bool    // writes nothing outside its definitions
	broken  Errors  // why it cannot be executed, if that is not reported by New
}

// place is what a file is, by its path.
type place int

const (
	inLayouts    place = iota // found by Lookup
	inBases                   // wraps layouts
	inPartials                // found by the function partial
	inViews                   // found by Lookup when Layout asks for it
	inShortcodes              // found by Shortcode
	inMarkup                  // found by Markup
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

// classify says what the file at p is.
func classify(p string) place {
	dir, base := path.Split(p)
	first, _, _ := strings.Cut(dir, "/")
	switch first {
	case "_partials", "partials":
		return inPartials
	case "shortcodes":
		return inShortcodes
	}
	for elem := range strings.SplitSeq(strings.TrimPrefix(dir, "_default/"), "/") {
		switch {
		case elem == "_shortcodes":
			return inShortcodes
		case elem == "_markup":
			return inMarkup
		case strings.HasPrefix(elem, "_"):
			return inViews
		}
	}
	stem, _, _ := strings.Cut(base, ".")
	if stem == "baseof" || strings.HasSuffix(stem, "-baseof") {
		return inBases
	}
	return inLayouts
}

// isContent reports whether what the file writes becomes part of a page's content.
func (f *file) isContent() bool { return f.place == inShortcodes || f.place == inMarkup }

// late reports whether problems of the file are reported when something uses it.
func (f *file) late() bool { return f.isContent() || maybeNone(f.rel) }

// maybeNone reports whether the file at p may well be no template: a script, a
// style sheet, a note, that lies among the templates. Problems in such a file
// are reported when something uses it.
func maybeNone(p string) bool {
	if formatOf(p) != plainText {
		return false
	}
	switch classify(p) {
	case inPartials:
		return true
	case inShortcodes, inMarkup:
		return false
	}
	stem, _, _ := strings.Cut(path.Base(p), ".")
	switch stem {
	case "home", "index", "page", "single", "section", "taxonomy", "terms", "term", "list", "all", "baseof",
		"404", "robots", "sitemap":
		return false
	}
	return true
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
