package jam

import (
	"context"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/work"
)

// comparison tells which records of a ledger still hold in a snapshot. All numbers of pages in it are those of the ledger.
type comparison struct {
	s    *snapshot
	old  *ledger
	same bool     // the snapshot has the ledger's model
	to   []pageID // numbers of the ledger's pages in the snapshot; noPage for those that are gone
	from []pageID // numbers of the snapshot's pages in the ledger; noPage for new ones

	keys    []depKey
	values  *deps    // of the snapshot
	now     []depSum // of the ledger's deps, in the snapshot
	changed []facets // by page
	deps    []bool   // which have changed
	parts   map[*record]verdict
	bodies  []verdict // by page
}

// blindness is what a comparison does not see. Tests make it blind to one thing after the other, to see that they notice.
type blindness struct {
	facets facets
	deps   [depKinds]bool
	dep    depKey // one of them
}

func (b *blindness) to(k depKey) bool {
	return b.deps[k.kind] || k.name != "" && k.kind == b.dep.kind && k.name == b.dep.name
}

// verdict says whether a record still holds.
type verdict uint8

const (
	unknown verdict = iota
	visiting
	fresh
	maybe // it depends on what becomes of bodies
	stale
)

// compare compares a snapshot with what a ledger read.
func compare(s *snapshot, old *ledger) *comparison {
	c := &comparison{s: s, old: old, same: old.model.Value() == s.model, keys: old.table.list(), parts: make(map[*record]verdict)}
	c.values = newDeps(s, nil)
	if c.values.old = old; c.same {
		c.values.same = old
	}
	c.match()
	c.changed = make([]facets, len(old.ids))
	s.chunks(len(old.ids), func(from, to int) {
		for id := from; id < to; id++ {
			c.changed[id] = c.changedFacets(pageID(id))
		}
	})
	c.now, c.deps = make([]depSum, len(old.deps)), make([]bool, len(old.deps))
	s.chunks(len(old.deps), func(from, to int) {
		for id := from; id < to; id++ {
			if was := old.deps[id].sum; was != 0 {
				c.now[id] = c.values.of(depID(id), c.keys[id])
				c.deps[id] = (c.now[id].sum != was || was == failedQuery) && !s.set.blind.to(c.keys[id])
			}
		}
	})
	c.bodies = make([]verdict, len(old.ids))
	for id := range c.bodies {
		c.body(pageID(id))
	}
	return c
}

// chunks calls do for all numbers up to n, some at a time, on all cores. It panics if one of the calls ends its goroutine, as a file system
// may that is asked for a file: what was not compared must not count as unchanged.
func (s *snapshot) chunks(n int, do func(from, to int)) {
	err := work.Chunks(context.Background(), s.set.Workers, n, 128, func(_, from, to int) { do(from, to) })
	if err != nil {
		panic(callError{err})
	}
}

// match finds the ledger's pages in the snapshot.
func (c *comparison) match() {
	ids := c.s.identities()
	c.to = make([]pageID, len(c.old.ids))
	if c.same || slices.Equal(ids, c.old.ids) {
		for i := range c.to {
			c.to[i] = pageID(i)
		}
		c.from = c.to
		return
	}
	found := make(map[digest.Hash]pageID, len(ids))
	c.from = make([]pageID, len(ids))
	for id, h := range ids {
		found[h], c.from[id] = pageID(id), noPage
	}
	for i, h := range c.old.ids {
		id, ok := found[h]
		if !ok {
			id = noPage
		} else {
			c.from[id] = pageID(i)
		}
		c.to[i] = id
	}
}

// sum returns the checksum of a facet of a page of the snapshot, if that is known to be what it was.
func (c *comparison) sum(id pageID, f facets) (sum uint64, ok bool) {
	if c == nil || c.from[id] == noPage || c.changed[c.from[id]]&f != 0 {
		return 0, false
	}
	return c.old.pages.sum(c.from[id], f)
}

// dep returns the checksum of a dep, if it is known.
func (c *comparison) dep(id depID) (sum depSum, ok bool) {
	if c == nil || int(id) >= len(c.now) {
		return depSum{}, false
	}
	return c.now[id], c.now[id].sum != 0
}

func (c *comparison) changedFacets(id pageID) (changed facets) {
	if c.to[id] == noPage {
		return ^facets(0)
	}
	used := c.old.pages.used[id]
	if c.same {
		used &= facetText | facetLine | facetAnchors
	}
	if used &^= c.s.set.blind.facets; used == 0 {
		return 0
	}
	d := c.s.page(c.to[id])
	c.old.pages.each(id, func(f facets, sum uint64) {
		if used&f != 0 && c.s.sum(d, f) != sum {
			changed |= f
		}
	})
	return changed
}

// sameParts returns those of some facets of a page of which all parts that a record read are as they were.
func (c *comparison) sameParts(read []paramRead, id pageID, of facets) facets {
	if c.to[id] == noPage {
		return 0
	}
	var same, changed facets
	for _, p := range read {
		f := c.keys[p.key].kind.facet()
		if of&f == 0 || changed&f != 0 {
			continue
		}
		if same |= f; !c.samePart(p, c.s.page(c.to[id])) {
			changed |= f
		}
	}
	return same &^ changed
}

func (c *comparison) samePart(p paramRead, d *pageData) bool {
	key := c.keys[p.key]
	if key.kind != depParam {
		return c.s.partSum(d, key.kind, key.name) == p.sum
	}
	values, err := c.s.keptParams(d)
	return err == nil && paramSum(values, key.name) == p.sum
}

// sameResources tells whether all that a record read of the resources of a page is as it was.
func (c *comparison) sameResources(read []resourceRead, id pageID) bool {
	if c.to[id] == noPage || len(read) == 0 {
		return false
	}
	d := c.s.page(c.to[id])
	byKey := d.resourcesByKey()
	return !slices.ContainsFunc(read, func(r resourceRead) bool {
		name := ""
		if r.what.keyed() {
			name = c.keys[r.key].name
		}
		if r.what == resourcesFound {
			return d.foundSum(name) != r.sum
		}
		return resourceSum(byKey[r.file], r.what, name) != r.sum
	})
}

// resourcesByPage returns what a record read of the resources of pages.
func (r *record) resourcesByPage() map[pageID][]resourceRead {
	out := make(map[pageID][]resourceRead)
	for _, p := range r.rest().resources {
		out[p.page] = append(out[p.page], p)
	}
	return out
}

// paramsByPage returns the parameters that a record read by their keys.
func (r *record) paramsByPage() map[pageID][]paramRead {
	out := make(map[pageID][]paramRead, len(r.params))
	for _, p := range r.params {
		out[p.page] = append(out[p.page], p)
	}
	return out
}

// body tells whether a body may have changed.
func (c *comparison) body(id pageID) verdict {
	switch b := c.old.bodies[id].Load(); {
	case c.bodies[id] == visiting: // which would need itself
		return stale
	case c.bodies[id] != unknown:
	case b == nil || c.to[id] == noPage:
		c.bodies[id] = stale
	default:
		c.bodies[id] = visiting
		v, _ := c.record(&b.record, id)
		if v == maybe { // it needs another one that may have
			v = stale
		}
		c.bodies[id] = v
	}
	return c.bodies[id]
}

// record tells whether a record holds, of what is a page's own, and if not, why.
func (c *comparison) record(r *record, own pageID) (v verdict, why string) {
	if why := r.rest().tainted; why != "" {
		return stale, why
	}
	for _, id := range r.deps {
		if c.deps[id] {
			return stale, c.whyDep(id)
		}
	}
	v = fresh
	var params map[pageID][]paramRead
	var resources map[pageID][]resourceRead
	for _, p := range r.pages {
		changed := c.changed[p.page()] & p.facets() & leaves
		if parts := changed & facetsInParts; parts != 0 {
			if params == nil {
				params = r.paramsByPage()
			}
			changed &^= c.sameParts(params[p.page()], p.page(), parts)
		}
		if changed&facetResource != 0 && resources == nil {
			resources = r.resourcesByPage()
		}
		if changed&facetResource != 0 && c.sameResources(resources[p.page()], p.page()) {
			changed &^= facetResource
		}
		if changed != 0 {
			return stale, c.whyPage(p.page(), changed)
		}
		if p.facets()&facetContent&^c.s.set.blind.facets == 0 || c.body(p.page()) == fresh {
			continue
		}
		if p.page() == own {
			return stale, c.whyBody(p.page())
		}
		v = maybe
	}
	for _, part := range r.parts {
		pv, why := c.part(part)
		if pv == stale {
			return stale, why
		}
		v = max(v, pv)
	}
	return v, ""
}

func (c *comparison) part(r *record) (verdict, string) {
	v := c.parts[r]
	switch v {
	case unknown:
		c.parts[r] = visiting
		var why string
		v, why = c.record(r, noPage)
		c.parts[r] = v
		return v, why
	case visiting:
		return fresh, ""
	case stale:
		_, why := c.record(r, noPage)
		return v, why
	}
	return v, ""
}

// needed calls do for the bodies on which it depends whether a record holds.
func (c *comparison) needed(r *record, do func(id pageID, f facets)) {
	for _, p := range r.pages {
		if p.facets()&facetContent != 0 && c.body(p.page()) != fresh {
			do(p.page(), p.facets()&facetContent)
		}
	}
	for _, part := range r.parts {
		if c.parts[part] == maybe {
			c.needed(part, do)
		}
	}
}

func (c *comparison) whyPage(id pageID, f facets) string {
	if c.to[id] == noPage {
		return c.old.names[id] + ": removed"
	}
	return c.old.names[id] + ": " + strings.Join(f.names(), ", ") + " changed"
}

// whyBody says why a body may have changed.
func (c *comparison) whyBody(id pageID) string {
	b := c.old.bodies[id].Load()
	if b == nil {
		return c.old.names[id] + ": content not known"
	}
	if v, why := c.record(&b.record, noPage); v == stale {
		return why
	}
	return c.old.names[id] + ": content changed"
}

func (c *comparison) whyDep(id depID) string {
	key := c.keys[id]
	if key.kind == depList || key.kind == depQuery {
		switch was, is := c.old.deps[id].len, c.now[id].len; {
		case is > was:
			return key.describe() + ": new member"
		case is < was:
			return key.describe() + ": member removed"
		}
		return key.describe() + ": members changed"
	}
	return key.describe() + " changed"
}
