package jam

import (
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/digest"
)

// comparison tells which records of a ledger still hold in a snapshot. All numbers of pages in it are those of the ledger.
type comparison struct {
	s    *snapshot
	old  *ledger
	same bool     // the snapshot has the ledger's model
	to   []pageID // numbers of the ledger's pages in the snapshot; noPage for those that are gone

	keys    []depKey
	now     *depValues
	changed []facets // by page
	deps    []bool   // which have changed
	parts   map[*record]verdict
	bodies  []verdict // by page
}

// blindness is what a comparison does not see. Tests make it blind to one thing after the other, to see that they notice.
type blindness struct {
	facets facets
	deps   [depKinds]bool
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

// depValues are the checksums of deps in a snapshot, as far as they have been asked for.
type depValues struct {
	deps
	same *ledger // most have not changed since
	list []depSum
}

// of returns the checksum of a dep.
func (v *depValues) of(id depID, key depKey) depSum {
	if int(id) < len(v.list) && v.list[id].sum != 0 {
		return v.list[id]
	}
	if v.same != nil && int(id) < len(v.same.deps) && v.same.deps[id].sum != 0 && !v.outside(key.kind) {
		return v.same.deps[id]
	}
	d := depSum{sum: v.sum(key)}
	if key.kind == depList {
		list, _ := cutPart(key.name)
		for _, l := range v.listsOf(list) {
			d.len += int32(len(l.ids))
		}
	}
	for len(v.list) <= int(id) {
		v.list = append(v.list, depSum{})
	}
	v.list[id] = d
	return d
}

// outside tells what may have changed while the model has stayed the same.
func (v *depValues) outside(k depKind) bool {
	switch k {
	case depFile, depResource, depNow:
		return true
	case depData, depDataSome:
		return v.same.parts[ofData] != v.s.folders[ofData]
	case depLayout, depPartial, depShortcode, depHooks, depHook, depExists:
		return v.same.parts[ofLayouts] != v.s.folders[ofLayouts]
	}
	return false
}

// values returns the comparison's checksums of deps in its snapshot, or new ones.
func (c *comparison) values(s *snapshot) *depValues {
	if c == nil {
		return &depValues{deps: deps{s: s}}
	}
	return c.now
}

// compare compares a snapshot with what a ledger read.
func compare(s *snapshot, old *ledger) *comparison {
	c := &comparison{s: s, old: old, same: old.model.Value() == s.model, keys: old.table.list(), parts: make(map[*record]verdict)}
	c.now = &depValues{deps: deps{s: s}}
	if c.same {
		c.now.same = old
	}
	c.match()
	c.changed = make([]facets, len(old.ids))
	for id := range c.changed {
		c.changed[id] = c.changedFacets(pageID(id))
	}
	c.deps = make([]bool, len(old.deps))
	for id, d := range old.deps {
		c.deps[id] = d.sum != 0 && !c.s.set.blind.deps[c.keys[id].kind] && c.now.of(depID(id), c.keys[id]).sum != d.sum
	}
	c.bodies = make([]verdict, len(old.ids))
	for id := range c.bodies {
		c.body(pageID(id))
	}
	return c
}

// match finds the ledger's pages in the snapshot.
func (c *comparison) match() {
	c.to = make([]pageID, len(c.old.ids))
	if c.same {
		for i := range c.to {
			c.to[i] = pageID(i)
		}
		return
	}
	n := len(c.s.pages) + len(c.s.parts)
	found := make(map[digest.Hash]pageID, n)
	for id := range n {
		found[c.s.identity(c.s.page(pageID(id)))] = pageID(id)
	}
	for i, h := range c.old.ids {
		id, ok := found[h]
		if !ok {
			id = noPage
		}
		c.to[i] = id
	}
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

// sameKeys tells whether all parameters of a page that a record read by their keys are as they were.
func (c *comparison) sameKeys(read []paramRead, id pageID) bool {
	if c.to[id] == noPage || len(read) == 0 {
		return false
	}
	values, err := c.s.keptParams(c.s.page(c.to[id]))
	if err != nil {
		return false
	}
	return !slices.ContainsFunc(read, func(p paramRead) bool { return paramSum(values, c.keys[p.key].name) != p.sum })
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
	if r.tainted != "" {
		return stale, r.tainted
	}
	for _, id := range r.deps {
		if c.deps[id] {
			return stale, c.whyDep(id)
		}
	}
	v = fresh
	var params map[pageID][]paramRead
	for _, p := range r.pages {
		changed := c.changed[p.page] & p.facets & leaves
		if changed&facetKeys != 0 && params == nil {
			params = r.paramsByPage()
		}
		if changed&facetKeys != 0 && c.sameKeys(params[p.page], p.page) {
			changed &^= facetKeys
		}
		if changed != 0 {
			return stale, c.whyPage(p.page, changed)
		}
		if p.facets&facetContent&^c.s.set.blind.facets == 0 || c.body(p.page) == fresh {
			continue
		}
		if p.page == own {
			return stale, c.whyBody(p.page)
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
		if p.facets&facetContent != 0 && c.body(p.page) != fresh {
			do(p.page, p.facets&facetContent)
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
	if key.kind == depList {
		switch was, is := c.old.deps[id].len, c.now.of(id, key).len; {
		case is > was:
			return key.describe() + ": new member"
		case is < was:
			return key.describe() + ": member removed"
		}
		return key.describe() + ": members changed"
	}
	return key.describe() + " changed"
}
