package jam

import (
	"slices"
)

// A record is what the rendering of a file, of a body or of a cached partial read. Bodies and cached partials have records
// of their own: a page that shows one read just that.
type record struct {
	pages  []pageRead
	params []paramRead
	deps   []depID
	parts  []*record   // cached partials, and answers to queries
	more   *recordMore // what few records have; nil: nothing
}

// recordMore is what few records have, of which there may be a million.
type recordMore struct {
	what     string   // of a part: what reports call it
	tainted  string   // why nobody can know whether it would come out the same again
	foreign  bool     // it read templates that only this process knows
	warnings []*Error // of the rendering

	resources []resourceRead
}

// rest returns what few records have.
func (r *record) rest() recordMore {
	if r.more == nil {
		return recordMore{}
	}
	return *r.more
}

// own returns the same for changing, while the record is made.
func (r *record) own() *recordMore {
	if r.more == nil {
		r.more = new(recordMore)
	}
	return r.more
}

// warn adds warnings of the rendering.
func (r *record) warn(list ...*Error) {
	if len(list) > 0 {
		r.own().warnings = append(r.own().warnings, list...)
	}
}

// pageRead is what was read of a page. One page may occur several times.
type pageRead uint64

// facetBits are the bits of a pageRead for facets. The others are for the number of the page, or of a text in a bundle.
const facetBits = 38

// mostPages is how many pages a site may have, and how many texts in bundles beside them.
const mostPages = 1 << (64 - facetBits) / 2

const _ = uint64(1<<facetBits - 1 - facetWords) // which is the last of them

func readOf(id pageID, f facets) pageRead { return pageRead(id)<<facetBits | pageRead(f) }

func (p pageRead) page() pageID   { return pageID(p >> facetBits) }
func (p pageRead) facets() facets { return facets(p & (1<<facetBits - 1)) }

// paramRead is a part of a facet of a page, and its checksum: a parameter that was read by its keys, terms of a taxonomy, or an anchor.
type paramRead struct {
	page pageID
	key  depID // which names no more than the part, of a kind that says of which facet
	sum  uint64
}

// facetsInParts are those of which records have parts.
const facetsInParts = facetKeys | facetTerms | facetAnchors

// facet is the one of facetsInParts that a part belongs to.
func (k depKind) facet() facets {
	switch k {
	case depPageTerms, depTermPages:
		return facetTerms
	case depAnchor:
		return facetAnchors
	}
	return facetKeys
}

// recorder makes the record of what a view reads.
type recorder struct {
	record
	v     *view
	epoch uint32                   // tells its marks from those of others
	seen  map[paramKey]bool        // parameters that are in the record
	files map[resourceKey]struct{} // what is read of resources, in the record
	over  []overwritten            // marks of those records in which this one is
}

// overwritten is a mark of a page that is restored in the end, so that the record around has each page once.
type overwritten struct {
	page pageID
	mark pageMark
}

// paramKey names a parameter of a page.
type paramKey struct {
	page pageID
	key  depID
}

// pageMark says where in the record under way a page is.
type pageMark struct {
	epoch uint32
	at    int32
}

// recording is what a view has for its recorders.
type recording struct {
	ledger *ledger // into which records go
	stack  []*recorder
	depth  int
	epochs uint32
	pages  []pageMark          // by page
	deps   []uint32            // epochs, by dep
	lists  map[*pageList]depID // known ones
	names  [depKinds][]namedDeps
	looked lookedUp
	terms  map[*taxonomy]*[termFound]depID  // and one; 0: not known
	menus  map[*menuTree]*[menuFields]depID // and one; 0: not known

	watcher *watcher // of templates, if there are any
}

// namedDeps are the known deps of a kind in one language.
type namedDeps struct {
	lang string
	ids  map[string]depID
}

// lookedUp is the last dep of the kind depLookup: what leads somewhere is looked for in several ways.
type lookedUp struct {
	lang, path string
	id         depID
	ok         bool
}

// startRecording has a view record what it reads, for a ledger.
func (v *view) startRecording(l *ledger) {
	r := &v.recording
	if r.ledger == l {
		return
	}
	*r = recording{ledger: l, pages: make([]pageMark, len(v.pages)), lists: make(map[*pageList]depID)}
}

// begin starts a record, and returns what was recorded to before; end ends it.
func (v *view) begin() (outer *recorder) {
	outer = v.rec
	if v.recording.ledger == nil {
		return outer
	}
	r := &v.recording
	if r.depth == len(r.stack) {
		r.stack = append(r.stack, &recorder{v: v})
	}
	rec := r.stack[r.depth]
	r.depth++
	r.epochs++
	rec.epoch = r.epochs
	rec.seen, rec.files = emptied(rec.seen), emptied(rec.files)
	rec.record = record{pages: rec.pages[:0], params: rec.params[:0], deps: rec.deps[:0]}
	if r.depth == 1 && r.watcher != nil {
		r.watcher.begin()
	}
	v.rec = rec
	return outer
}

// emptied returns a map to fill anew. One that was large is not emptied each time.
func emptied[K comparable, V any](m map[K]V) map[K]V {
	if len(m) > 1<<10 {
		return make(map[K]V)
	}
	clear(m)
	return m
}

// end ends the record that begin started, and returns it; nil when nothing is recorded.
func (v *view) end(outer *recorder) *record {
	rec := v.rec
	if v.recording.ledger == nil {
		return nil
	}
	v.recording.depth--
	v.rec = outer
	for _, o := range rec.over {
		v.recording.pages[o.page] = o.mark
	}
	rec.over = rec.over[:0]
	done := rec.record
	done.pages, done.params, done.deps = slices.Clone(done.pages), slices.Clone(done.params), slices.Clone(done.deps)
	if done.more != nil {
		done.more.resources = slices.Clone(done.more.resources)
	}
	rec.parts, rec.more = nil, nil
	return &done
}

func (r *recorder) page(id pageID, f facets) {
	m := &r.v.recording.pages[id]
	if m.epoch == r.epoch {
		r.pages[m.at] |= pageRead(f)
		return
	}
	if m.epoch >= r.v.recording.stack[0].epoch {
		r.over = append(r.over, overwritten{id, *m})
	}
	*m = pageMark{r.epoch, int32(len(r.pages))}
	r.pages = append(r.pages, readOf(id, f))
}

// param notes that a parameter of a page is read.
func (r *recorder) param(id pageID, keys string, sum uint64) {
	if key, ok := r.isNewPart(id, depParam, keys); ok {
		r.params = append(r.params, paramRead{id, key, sum})
	}
}

// partOfFacet notes that a part of a facet of a page is read.
func (r *recorder) partOfFacet(d *pageData, kind depKind, name string) {
	if key, ok := r.isNewPart(d.id, kind, name); ok {
		r.params = append(r.params, paramRead{d.id, key, r.v.snap.partSum(d, kind, name)})
	}
}

func (r *recorder) isNewPart(id pageID, kind depKind, name string) (key depID, ok bool) {
	r.page(id, kind.facet())
	key = r.nameID(kind, "", name)
	k := paramKey{id, key}
	if r.seen[k] {
		return key, false
	}
	if r.seen == nil {
		r.seen = make(map[paramKey]bool)
	}
	r.seen[k] = true
	return key, true
}

func (r *recorder) dep(id depID) {
	marks := &r.v.recording.deps
	for int(id) >= len(*marks) {
		*marks = append(*marks, make([]uint32, 64+len(*marks))...)
	}
	if (*marks)[id] != r.epoch {
		(*marks)[id] = r.epoch
		r.deps = append(r.deps, id)
	}
}

func (r *recorder) list(l *pageList) {
	known := r.v.recording.lists
	id, ok := known[l]
	if !ok {
		id = r.v.recording.ledger.table.id(depKey{depList, "", l.key()})
		known[l] = id
	}
	r.dep(id)
}

// name notes that something was looked for by its name.
func (r *recorder) name(kind depKind, lang, name string) {
	r.dep(r.nameID(kind, lang, name))
}

func (r *recorder) nameID(kind depKind, lang, name string) depID {
	known := r.v.recording.named(kind, lang)
	id, ok := known[name]
	if !ok {
		id = r.v.recording.ledger.table.id(depKey{kind, lang, name})
		known[name] = id
	}
	return id
}

// named returns the known deps of a kind in a language, by their names.
func (r *recording) named(kind depKind, lang string) map[string]depID {
	for _, n := range r.names[kind] {
		if n.lang == lang {
			return n.ids
		}
	}
	n := namedDeps{lang, make(map[string]depID)}
	r.names[kind] = append(r.names[kind], n)
	return n.ids
}

// part notes that something was read that has a record of its own.
func (r *recorder) part(part *record) {
	if n := len(r.parts); part != nil && (n == 0 || r.parts[n-1] != part) && !slices.Contains(r.parts, part) {
		r.parts = append(r.parts, part)
	}
}

// taint says that something was read that leaves no trace.
func (v *view) taint(why string) {
	if v.rec != nil && v.rec.rest().tainted == "" {
		v.rec.own().tainted = why
	}
}

// recorded calls compute, and returns the record of what that reads. The record under way has it as a part, also when
// compute panics.
func (v *view) recorded(what string, compute func()) (part *record) {
	outer := v.begin()
	defer func() {
		if part = v.end(outer); part == nil {
			return
		}
		part.own().what = what
		if outer != nil {
			outer.part(part)
		}
	}()
	compute()
	return nil
}

// note notes that something was looked for by its name, if anything is recorded.
func (v *view) note(kind depKind, lang, name string) {
	if v.rec != nil {
		v.rec.name(kind, lang, name)
	}
}

// warn gives a warning of what is being rendered.
func (v *view) warn(e *Error) {
	if v.rec != nil {
		if v.run != nil && e.Line > 0 {
			v.page(v.run.d.id).read(facetLine | facetFile)
		}
		v.rec.warn(e)
	}
}
