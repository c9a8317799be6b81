package jam

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/glob"
	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/suggest"
)

// Cascade is front matter for many pages; see [Config.Cascade]. It holds for the
// pages that match all of the patterns; an empty one matches every page.
type Cascade struct {
	Path     string // pattern of [Page.Path], such as "/posts/**"
	Kind     string // pattern of kinds, such as "{home,section}"
	Language string // pattern of languages' codes
	Type     string // pattern of types, that is of the front matter's type or else the section
	Values   map[string]any
}

// cascadeRule is front matter that pages inherit.
type cascadeRule struct {
	file                      string // where it stands, for messages
	config                    bool   // in the configuration, which has no lines
	number                    int
	path, kind, language, typ *glob.Glob
	values                    *matter.Node // whose lines are raised by base
	sum                       uint64       // checksum of the values
	base                      int
}

// inheritedLines is how many lines each rule's positions are raised by, so that they are
// told from those of the page and of other rules.
const inheritedLines = 1 << 20

// cascades are the rules of a load: those of the configuration, and of sections.
type cascades struct {
	config []*cascadeRule
	at     map[string][]*cascadeRule // by language, and logical path of the section
	rules  []*cascadeRule            // by their numbers
	used   []atomic.Bool             // the same
	sum    uint64                    // of those of sections; see cascadeSum
}

// compileCascades reads the rules of the configuration and of all sections.
func (l *loader) compileCascades() {
	if l.last != nil && l.last.inherits {
		l.cascades = l.last.last.cascades
		l.cascades.used = make([]atomic.Bool, len(l.cascades.rules))
		return
	}
	l.cascades = cascades{at: make(map[string][]*cascadeRule)}
	defer func() { l.cascades.used = make([]atomic.Bool, len(l.cascades.rules)) }()
	for i, c := range l.set.Cascade {
		l.compileConfigCascade(i, c)
	}
	for _, it := range l.items {
		_, logical := l.set.place(it)
		for _, n := range l.set.cascadesOf(it) {
			l.compileCascade(it, logical, n)
		}
	}
	l.cascades.sum = l.cascadeSum()
}

// cascadesOf returns what the front matter of a section says of the pages below.
func (s *settings) cascadesOf(it *item) (nodes []*matter.Node) {
	if it.broken || !it.page || it.front == nil || !s.passesOn(it) {
		return nil
	}
	for _, e := range it.front.Entries() {
		switch {
		case s.canonical(e.Key) != "cascade":
		case e.Value.Kind == matter.List:
			nodes = append(nodes, e.Value.Items()...)
		default:
			nodes = append(nodes, e.Value)
		}
	}
	return nodes
}

// cascadeSum returns a checksum of the front matter that sections pass on, with what else is in it.
func (l *loader) cascadeSum() uint64 {
	h := digest.Hash(0)
	for _, it := range l.items {
		if slices.ContainsFunc(l.set.cascadesOf(it), func(n *matter.Node) bool { return n.Kind == matter.Map }) {
			h = h.String(it.doc.name).String(it.path).String(it.loc.Code).Uint(it.text.front)
		}
	}
	return h.Sum()
}

// warnOfCascade tells of a cascade in a page that has none below.
func (l *loader) warnOfCascade(it *item) {
	for _, e := range it.front.Entries() {
		if l.set.canonical(e.Key) == "cascade" {
			l.warnOfText(errorIn("front matter", it.doc.name, e.Line, e.Column, "cascade: a regular page has no pages below; it is passed over"))
		}
	}
}

func (l *loader) compileConfigCascade(i int, c Cascade) {
	at := fmt.Sprintf("Cascade[%d]", i)
	values, err := matter.FromValue(c.Values)
	if err != nil {
		l.fail(errorAt("config", "", "%s: %w", at, err))
		return
	}
	r := &cascadeRule{file: at, config: true, values: values.At(1, 1)}
	for _, t := range []struct {
		name, pattern string
		into          **glob.Glob
	}{{"Path", c.Path, &r.path}, {"Kind", c.Kind, &r.kind}, {"Language", c.Language, &r.language}, {"Type", c.Type, &r.typ}} {
		if err := r.target(t.name, t.pattern, t.into, l.set); err != nil {
			l.fail(errorAt("config", "", "%s: %s: %w", at, t.name, err))
		}
	}
	if _, problems := readMeta(l.set.main, l.set, values); len(problems) > 0 {
		for _, p := range problems {
			l.fail(errorAt("config", "", "%s: Values: %w", at, p.Err))
		}
		return
	}
	l.addRule(r)
	l.cascades.config = append(l.cascades.config, r)
}

// compileCascade reads one map of a section's cascade.
func (l *loader) compileCascade(it *item, logical string, n *matter.Node) {
	if n.Kind != matter.Map {
		return // reported with the section's front matter
	}
	r := &cascadeRule{file: it.doc.name}
	for _, e := range n.Entries() {
		if key := strings.ToLower(e.Key); key == "target" || key == "_target" {
			l.cascadeTarget(it, r, e.Value)
		}
	}
	values := n.Without("target", "_target")
	if _, problems := readMeta(it.loc, l.set, values); len(problems) > 0 {
		l.fail(placed("front matter", it.doc.name, problems.Err())...)
		return
	}
	r.values = values
	l.addRule(r)
	key := it.loc.Code + ":" + logical
	l.cascades.at[key] = append(l.cascades.at[key], r)
}

func (l *loader) addRule(r *cascadeRule) {
	r.number = len(l.cascades.rules)
	l.cascades.rules = append(l.cascades.rules, r)
	const most = math.MaxInt32/inheritedLines - 1 // beyond, lines may be those of another rule
	r.base = min(len(l.cascades.rules), most) * inheritedLines
	r.sum = digest.Hash(0).Value(r.values.Value()).Sum()
	r.values = r.values.Offset(r.base)
}

// cascadeTarget reads the patterns that say for which pages a cascade holds.
func (l *loader) cascadeTarget(it *item, r *cascadeRule, n *matter.Node) {
	into := map[string]**glob.Glob{"path": &r.path, "kind": &r.kind, "lang": &r.language, "language": &r.language, "type": &r.typ}
	names := []string{"path", "kind", "lang", "type"}
	if n.Kind != matter.Map {
		l.fail(errorIn("front matter", it.doc.name, n.Line, n.Column, "target: want a map, have %s", n.Kind.Article()))
		return
	}
	for _, e := range n.Entries() {
		key := strings.ToLower(e.Key)
		if key == "environment" {
			continue // of Hugo; there are no environments here
		}
		if key == "sites" {
			l.cascadeSites(it, r, e.Value)
			continue
		}
		if into[key] == nil {
			l.fail(errorIn("front matter", it.doc.name, e.Line, e.Column, "unknown key %q in target%s", e.Key, suggest.DidYouMean(e.Key, names)))
			continue
		}
		pattern, err := e.Value.String()
		if err != nil {
			l.fail(placed("front matter", it.doc.name, err)...)
			continue
		}
		if err := r.target(key, pattern, into[key], l.set); err != nil {
			l.fail(errorIn("front matter", it.doc.name, e.Value.Line, e.Value.Column, "target: %s: %w", key, err))
		}
	}
}

// cascadeSites reads the languages of Hugo's sites.matrix; it has no other dimensions here.
func (l *loader) cascadeSites(it *item, r *cascadeRule, n *matter.Node) {
	languages := n.Get("matrix").Get("languages")
	codes, err := languages.Strings()
	if err != nil {
		l.fail(placed("front matter", it.doc.name, err)...)
		return
	}
	if len(codes) == 0 {
		return
	}
	if err := r.target("language", "{"+strings.Join(codes, ",")+"}", &r.language, l.set); err != nil {
		l.fail(errorIn("front matter", it.doc.name, languages.Line, languages.Column, "target: sites: %w", err))
	}
}

// target compiles a pattern, and refuses one that can't match.
func (r *cascadeRule) target(name, pattern string, into **glob.Glob, set *settings) error {
	if pattern == "" {
		return nil
	}
	g, err := glob.Compile(pattern)
	if err != nil {
		return err
	}
	var words []string
	switch strings.ToLower(name) {
	case "kind":
		words = kinds
	case "lang", "language":
		words = set.codes()
	}
	if words != nil && !matchesAny(g, words) {
		what := "language"
		if strings.EqualFold(name, "kind") {
			what = "kind"
		}
		return fmt.Errorf("unknown %s %q%s", what, pattern, suggest.DidYouMean(pattern, words))
	}
	*into = &g
	return nil
}

func matchesAny(g glob.Glob, words []string) bool {
	for _, w := range words {
		if matchesWord(g, w) {
			return true
		}
	}
	return false
}

// matchesWord matches a word as it is, or in lower case.
func matchesWord(g glob.Glob, word string) bool {
	return g.Match(word) || g.Match(strings.ToLower(word))
}

func (r *cascadeRule) matches(d *pageData, typeName, folded string) bool {
	return (r.path == nil || r.path.Match(d.path) || folded != d.path && r.path.Match(folded)) && (r.kind == nil || r.kind.Match(d.kind())) &&
		(r.language == nil || matchesWord(*r.language, d.local.Code)) && (r.typ == nil || r.typ.Match(typeName))
}

// warnOfCascades tells of rules of the configuration that hold for no page.
func (l *loader) warnOfCascades() {
	for _, r := range l.cascades.config {
		if !l.cascades.used[r.number].Load() && len(l.items) > 0 {
			l.warn(errorAt("config", "", "%s: no page matches it (paths begin with a slash)", r.file))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(l.cascades.at)) {
		for _, r := range l.cascades.at[key] {
			if !l.cascades.used[r.number].Load() && len(r.values.Entries()) > 0 {
				l.warn(errorIn("front matter", r.file, r.values.Line-r.base, r.values.Column, "cascade: no page matches this target"))
			}
		}
	}
}

// inherit gives a page the front matter that cascades to it: first what it says itself, if it is
// a section, then what those above it say, the closest first, and then the configuration.
func (l *loader) inherit(d *pageData, front *matter.Node) *matter.Node {
	if len(l.cascades.rules) == 0 {
		return front
	}
	typ, _ := front.Get("type").String()
	if typ == "" {
		typ, _, _ = strings.Cut(strings.TrimPrefix(d.path, "/"), "/")
	}
	folded := logicalKey(d.path)
	var nodes []*matter.Node
	add := func(rules []*cascadeRule) {
		for _, r := range rules {
			if r.matches(d, typ, folded) {
				nodes = append(nodes, r.values)
				d.own().rules = append(d.rules, r)
				l.cascades.used[r.number].Store(true)
			}
		}
	}
	if len(l.cascades.at) > 0 {
		for at := d.path; ; at = up(at) {
			add(l.cascades.at[d.local.Code+":"+at])
			if at == "/" || at == "." {
				break
			}
		}
	}
	add(l.cascades.config)
	return matter.Merge(front, nodes...)
}

// position turns a line of merged front matter into a place in a file.
func (d *pageData) position(line int) (file string, at int) {
	for _, r := range d.rules {
		if line >= r.base && line < r.base+inheritedLines {
			if r.config {
				return r.file, 0
			}
			return r.file, line - r.base
		}
	}
	return d.source(), line
}

// errorAt returns an Error at a line of the page's front matter, inherited parts included.
func (d *pageData) errorAt(op string, line, column int, format string, args ...any) *Error {
	file, at := d.position(line)
	if at == 0 {
		column = 0
	}
	return errorIn(op, file, at, column, format, args...)
}

// placed makes Errors of problems in the page's front matter, inherited parts included.
func (d *pageData) placed(op string, err error) []*Error {
	errs := placed(op, d.source(), err)
	for _, e := range errs {
		if e.Line >= inheritedLines {
			if e.Path, e.Line = d.position(e.Line); e.Line == 0 {
				e.Column = 0
			}
		}
	}
	return errs
}
