package jam

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/glob"
	"github.com/jam-go/jam/internal/matter"
)

// Collection declares that the front matter of some pages has the type M, a
// struct. Load decodes it, from YAML, TOML and JSON alike, and reports every
// mistake with its position.
//
// Keys are matched with the field's yaml, toml or json tag, the first that
// there is, or else with its name, without regard to case. A field tagged
// required:"true" must be given, and default:"…" is the value of an absent
// key. A key that neither M nor jam knows is an error, unless Lenient is
// set. Fields may be strings, booleans, numbers, [time.Time],
// [time.Duration], [Ref], structs, pointers, slices and maps of these, and
// types with an UnmarshalText, UnmarshalYAML or UnmarshalJSON method.
//
// A *Collection is a key, without state of its own: one may serve any number of
// sites at the same time. It must not be changed after its first use.
type Collection[M any] struct {
	// Match is the pattern of the pages' paths, such as "posts/**" for all
	// regular pages below posts, or "{posts,news}/*". It is compared with
	// [Page.Path] and with the path of the page's file. An empty Match is
	// every regular page.
	Match string

	// Lenient allows keys that M does not have. They are in [Page.Params].
	Lenient bool

	// New, when set, makes the value that front matter is decoded into, so
	// that it gives the defaults. It may be called concurrently.
	New func() *M

	// Validate, when set, is called for each page after decoding, with the
	// path of its file. It may change m, and be called concurrently.
	// A [KeyError] puts a mistake at its key; use [errors.Join] to report several.
	Validate func(path string, m *M) error
}

// KeyError is a mistake in the value of one key of front matter, for
// [Collection.Validate]: it is reported at the key's position.
type KeyError struct {
	Key string // as in the front matter; "a.b" and "a[0].b" lead into maps and lists
	Err error
}

// Error returns the key and the cause.
func (e *KeyError) Error() string { return e.Key + ": " + e.Err.Error() }

// Unwrap returns Err.
func (e *KeyError) Unwrap() error { return e.Err }

// Schema is what [Config.Collections] lists: a *[Collection].
type Schema interface {
	compile(set *settings) (matcher, []error)
}

// matcher is a collection in use by one Load.
type matcher struct {
	schema  Schema
	match   glob.Glob
	all     bool
	used    *atomic.Bool // by a page, be it left out or not
	pattern string
	decode  func(d *pageData, front *matter.Node) (any, diag.List)
}

func (m *matcher) matches(d *pageData) bool {
	return d.kind() == KindPage && (m.all || m.match.Match(d.path) || d.doc != nil && m.match.Match(d.doc.path()))
}

// Of returns the page's front matter, and whether the page is in the
// collection. What it returns is shared: do not change it.
func (c *Collection[M]) Of(p *Page) (*M, bool) {
	m, ok := p.read(facetParams).typed[c].(*M)
	return m, ok
}

// All returns the collection's pages, in the site's order, each with its front matter.
// There are none when the site was loaded without the collection.
func (c *Collection[M]) All(s *Site) iter.Seq2[*Page, *M] {
	return func(yield func(*Page, *M) bool) {
		for _, p := range s.v.list(s.local.typed[c]) {
			if m, ok := c.Of(p); ok && !yield(p, m) {
				return
			}
		}
	}
}

func (c *Collection[M]) compile(set *settings) (matcher, []error) {
	if c == nil {
		return matcher{}, []error{errors.New("a nil *Collection in Collections")}
	}
	typ := reflect.TypeFor[M]()
	if typ.Kind() != reflect.Struct {
		return matcher{}, []error{fmt.Errorf("collection %q: the type of front matter must be a struct, not %s", c.Match, typ)}
	}
	g, err := glob.Compile(c.Match)
	if err != nil {
		return matcher{}, []error{fmt.Errorf("collection: %w", err)}
	}
	known := set.knownKeys()
	dec, err := matter.NewDecoder(reflect.TypeFor[*M](), matter.DecodeOptions{
		Location: set.Location,
		Strict:   !c.Lenient,
		Known:    knownKeys,
		Ignore:   func(key string) bool { return known[strings.ToLower(key)] },
	})
	if err != nil {
		var errs []error
		for _, e := range diag.Of(err) {
			errs = append(errs, fmt.Errorf("collection %q: %w", c.Match, e))
		}
		return matcher{}, errs
	}
	decode := func(d *pageData, front *matter.Node) (any, diag.List) { return c.decode(dec, d, front) }
	return matcher{schema: c, match: g, all: c.Match == "", pattern: c.Match, used: new(atomic.Bool), decode: decode}, nil
}

func (c *Collection[M]) decode(dec *matter.Decoder, d *pageData, front *matter.Node) (any, diag.List) {
	m := new(M)
	if c.New != nil {
		if made := c.New(); made != nil {
			m = made
		}
	}
	if front == nil { // so that what is missing has a place
		front = &matter.Node{Kind: matter.Map, Line: 1, Column: 1}
	}
	errs := dec.Decode(front.Lift("params"), m)
	if len(errs) == 0 && c.Validate != nil {
		err := guard("front matter", func() error { return c.Validate(d.doc.path(), m) })
		errs = append(errs, spread(front, err)...)
	}
	return m, errs
}

// spread makes a list of joined errors, each at its key if it has one.
func spread(front *matter.Node, err error) diag.List {
	var list diag.List
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			list = append(list, spread(front, e)...)
		}
		return list
	}
	at := front
	if key, ok := errors.AsType[*KeyError](err); ok {
		for name := range strings.FieldsFuncSeq(key.Key, func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
			if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(at.Items()) {
				at = at.Items()[i]
			} else if e, ok := at.Lift("params").Lookup(name); ok {
				at = e.Value
			}
		}
	}
	return diag.List{{Line: max(1, at.Line), Column: max(1, at.Column), Err: err}}
}

// knownKeys are the keys that every page may have, in lower case.
func (s *settings) knownKeys() map[string]bool {
	known := make(map[string]bool, len(metaFields))
	for k := range metaFields {
		known[k] = true
	}
	for _, loc := range s.locales {
		for name := range loc.known {
			known[name], known[name+"_weight"] = true, true
		}
	}
	for k := range s.keys {
		known[k] = true
	}
	return known
}

// decodeTyped decodes a page's front matter for each collection that it is in.
func (l *loader) decodeTyped(d *pageData, front *matter.Node) []*Error {
	var errs []*Error
	for i := range l.matchers {
		m := &l.matchers[i]
		if !m.matches(d) {
			continue
		}
		m.used.Store(true)
		v, problems := m.decode(d, front)
		errs = append(errs, d.placed("front matter", problems.Err())...)
		if d.typed == nil {
			d.own().typed = make(map[Schema]any, 1)
		}
		d.typed[m.schema] = v
	}
	return errs
}

func (l *loader) compileCollections() {
	for _, c := range l.set.Collections {
		if c == nil {
			continue
		}
		m, errs := c.compile(l.set)
		for _, err := range errs {
			l.fail(&Error{Op: "config", Err: err})
		}
		if len(errs) == 0 {
			l.matchers = append(l.matchers, m)
		}
	}
}

// typedLists lists each collection's pages in the site's order.
func (l *loader) typedLists() {
	for i := range l.matchers {
		schema, empty := l.matchers[i].schema, true
		for _, lc := range l.snap.locals {
			list := &pageList{what: "collection", of: lc.Code + ":" + strconv.Itoa(i)}
			for _, id := range lc.regular.ids {
				if _, ok := l.snap.pages[id].typed[schema]; ok {
					list.ids = append(list.ids, id)
				}
			}
			lc.typed[schema] = list
			empty = empty && len(list.ids) == 0
		}
		if empty && len(l.snap.main.regular.ids) > 0 && !l.matchers[i].used.Load() {
			l.warn(errorAt("config", "", "the collection with Match %q has no pages", l.matchers[i].pattern))
		}
	}
}
