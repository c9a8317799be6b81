package jam

import (
	"context"
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/layouts"
)

// A page's data is immutable and shared; what users and renderers hold are views
// of it. All views of one render lead back to one view, so that everything that the
// render reads passes one place, where it can be recorded. Views are made
// once per worker and used for one render after another: reading through them
// allocates nothing, pointers compare equal, and slices are slices.
type view struct {
	snap  *snapshot
	sites []Site    // by language
	pages []Page    // by pageID
	lists sync.Map  // *pageList → Pages
	rec   *recorder // nil: nothing is recorded

	taxonomies sync.Map // *local → Taxonomies
	menus      sync.Map // *local → Menus
	pagers     sync.Map // *pageData → []*Pager
	memo       memo     // of what was asked of lists
	recording  recording

	// While a page is rendered:
	ctx  context.Context
	run  *bodyRun
	deep *deepBody // ends the bodies that are being rendered

	buffers *fileBuffers
	texts   []*heldText // that were read last
	params  ownParams
	body    ownBody
	renderState

	deadline deadline

	shared  bool      // it may be used by several goroutines: that of a Site which Load returned
	waiting *pageData // for whose body, under snapshot.bodies
}

// renderState is what the rendering of a file, or of a body, has of its own.
type renderState struct {
	failed *error         // set by what goes wrong in a method without an error
	now    *route         // what is rendered
	state  *layouts.State // of the template that is executed
	stores map[pageID]*Store

	including  []*pageData // whose texts are included, each in the one before it
	inclusions int         // so far
}

// work begins something that the view makes, and notes for it.
func (v *view) work(ctx context.Context, state renderState) {
	v.ctx, v.renderState = v.deadline.start(ctx, v.snap.set.Limits.RenderTime), state
}

// rest ends what work began.
func (v *view) rest() {
	v.deadline.stop()
	v.ctx, v.renderState = nil, renderState{}
}

func newView(s *snapshot) *view {
	v := &view{snap: s, pages: make([]Page, len(s.pages)+len(s.parts))}
	v.sites = make([]Site, len(s.locals))
	for i, l := range s.locals {
		v.sites[i] = Site{v: v, local: l}
	}
	for i, d := range s.pages {
		v.pages[i] = Page{d: d, v: v}
	}
	for i, d := range s.parts {
		v.pages[len(s.pages)+i] = Page{d: d, v: v}
	}
	return v
}

// page returns the view's page, or nil for noPage.
func (v *view) page(id pageID) *Page {
	if id == noPage {
		return nil
	}
	return &v.pages[id]
}

// list returns the view's pages of a list.
func (v *view) list(l *pageList) Pages {
	if v.rec != nil && l != nil {
		v.rec.list(l)
	}
	return v.pagesOf(l)
}

// pagesOf is list without a note that it is read.
func (v *view) pagesOf(l *pageList) Pages {
	if l == nil || len(l.ids) == 0 {
		return nil
	}
	if ps, ok := v.lists.Load(l); ok {
		return ps.(Pages)
	}
	ps := make(Pages, len(l.ids))
	for i, id := range l.ids {
		ps[i] = &v.pages[id]
	}
	got, _ := v.lists.LoadOrStore(l, ps)
	v.know(&ps[0], len(ps))
	return got.(Pages)
}

// is tells whether ps is what the view returned for a list: then what is known of the
// list need not be looked for in it.
func (v *view) is(ps Pages, l *pageList) bool {
	got, ok := v.lists.Load(l)
	return ok && len(ps) == len(got.(Pages)) && len(ps) > 0 && &ps[0] == &got.(Pages)[0]
}

// find looks a page up by its logical path or its file's path.
func (v *view) find(l *local, path string) (pageID, bool) {
	v.look(l, path)
	return l.find(path)
}

// findFrom looks a page up by a path that begins at a folder of the content.
func (v *view) findFrom(l *local, dir, path string) (pageID, bool) {
	v.look(l, dir+"/"+path)
	return l.findFrom(dir, path)
}

// file looks a document of content up.
func (v *view) file(l *local, name string) *entry {
	v.look(l, name)
	return l.file(name)
}

// serves tells whether there is a file at a URL path from the server's root.
func (v *view) serves(path string) bool {
	v.look(v.snap.main, path)
	return v.snap.serves(path)
}

// look notes that something is looked for at a path, which may begin with a slash or not.
func (v *view) look(l *local, path string) {
	if v.rec == nil {
		return
	}
	path = strings.TrimPrefix(path, "/")
	last := &v.recording.looked
	if !last.ok || last.path != path || last.lang != l.Code {
		*last = lookedUp{l.Code, path, v.rec.nameID(depLookup, l.Code, path), true}
	}
	v.rec.dep(last.id)
}

// site returns the view's site in a language.
func (v *view) site(l *local) *Site { return &v.sites[l.index] }

// read returns the page's data after noting that a facet of it is read.
func (p *Page) read(f facets) *pageData {
	if p.v.rec != nil {
		p.v.rec.page(p.d.id, f)
	}
	return p.d
}

// readPart returns the page's data after noting that a part of a facet is read; see paramRead.
func (p *Page) readPart(kind depKind, name string) *pageData {
	if p.v.rec != nil {
		p.v.rec.partOfFacet(p.d, kind, name)
	}
	return p.d
}
