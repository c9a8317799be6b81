package layouts

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
)

// variant is the file of a shortcode or a render hook, for the pages of a
// directory, and for a language, output format or kind.
type variant struct {
	t      *Template
	dir    string // "" for all pages
	depth  int    // of dir; -1 in an older place
	words  []string
	suffix string
}

// variants are the files of each shortcode, or of each render hook.
type variants map[string][]variant

// register adds the shortcodes or render hooks among files.
func (vs variants) register(e *Engine, files map[string]*file, in place) {
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if f := files[p]; f.place == in {
			name, v := variantOf(p)
			v.t = newTemplate(e, f.path, f.root, f)
			vs[name] = append(vs[name], v)
		}
	}
}

// variantOf takes a path such as "posts/_shortcodes/media/audio.de.html" apart.
func variantOf(p string) (name string, v variant) {
	dir, name := "", p
	for _, mark := range []string{"_shortcodes/", "_markup/", "shortcodes/"} {
		if i := strings.Index("/"+p, "/"+mark); i >= 0 {
			dir, name = p[:i], p[i+len(mark):]
			break
		}
	}
	v.dir = strings.TrimSuffix(dir, "/")
	switch {
	case v.dir == "_default" || strings.HasPrefix(p, "shortcodes/"):
		v.dir, v.depth = "", -1
	case v.dir != "":
		v.depth = 1 + strings.Count(v.dir, "/")
	}
	folder, base := path.Split(name)
	words := strings.Split(base, ".")
	if n := len(words); n > 1 {
		v.words, v.suffix = words[1:n-1], words[n-1]
	}
	return folder + words[0], v
}

// best returns the template that fits q best, or nil.
func (vs variants) best(q Query, name string) *Template {
	list := vs[name]
	if len(list) == 0 {
		return nil
	}
	if q = q.clean(); len(list) == 1 && list[0].dir == "" && len(list[0].words) == 0 {
		return list[0].t
	}
	var found *variant
	var most rank
	for i := range list {
		v := &list[i]
		if r, ok := v.rank(q); ok && (found == nil || r.compare(most) > 0) {
			found, most = v, r
		}
	}
	if found == nil {
		return nil
	}
	return found.t
}

// rank says how well a variant fits. What comes first counts most.
type rank struct{ tree, suffix, depth, words int }

func (r rank) compare(o rank) int {
	return cmp.Or(r.tree-o.tree, r.suffix-o.suffix, r.depth-o.depth, r.words-o.words)
}

func (v *variant) rank(q Query) (r rank, ok bool) {
	if v.dir != "" && q.Dir != v.dir && !strings.HasPrefix(q.Dir, v.dir+"/") {
		return r, false
	}
	for _, w := range v.words {
		n := q.weight(w)
		if n == 0 {
			return r, false
		}
		r.words += n
	}
	r.depth = v.depth
	if !v.t.entry.file.builtin {
		r.tree = 1
	}
	switch v.suffix {
	case q.Suffix:
		r.suffix = 2
	case "html":
		r.suffix = 1
	}
	return r, true
}

// weight says how much a word of a file name says about q; 0 when it speaks
// of something else.
func (q Query) weight(word string) int {
	switch {
	case word == "":
		return 0
	case word == q.Layout:
		return 32
	case word == q.Kind:
		return 16
	case word == "single" && q.Kind == "page", word == "list" && q.Kind != "page":
		return 8
	case word == q.Format, word == "html" && q.Format == "":
		return 4
	case word == "all":
		return 2
	case word == q.Lang:
		return 1
	}
	return 0
}

// Shortcode returns the template of a shortcode. The file names, and which
// one is taken, are in the package documentation. The answer is cheap. q is of
// the page that calls the shortcode.
func (e *Engine) Shortcode(q Query, name string) (*Template, bool) {
	t := e.shortcodes.best(q, name)
	return t, t != nil
}

// Shortcodes returns the names of all shortcodes, sorted.
func (e *Engine) Shortcodes() []string { return slices.Sorted(maps.Keys(e.shortcodes)) }

// Markup returns the template of a render hook: of the first of names, such as
// "render-codeblock-go", "render-codeblock", for which there is one. The answer
// is cheap. q is of the page whose text is rendered.
func (e *Engine) Markup(q Query, names ...string) (*Template, bool) {
	for _, name := range names {
		if t := e.markup.best(q, name); t != nil {
			return t, true
		}
	}
	return nil, false
}
