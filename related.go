package jam

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/related"
)

// Related says which pages are related: those that have keywords in common. It is what Hugo
// calls related content, with the same meanings.
type Related struct {
	// Indices are the keys of front matter whose values are compared. Default: keywords
	// with the weight 100, tags with 80, and the year of the date with 10.
	Indices []RelatedIndex

	// Threshold is how much pages must have in common at least, from 0 to 100: the mean
	// weight of what they share, in percent of the greatest weight. Default: 0, or 80 when
	// Indices is empty.
	Threshold int

	// IncludeNewer lets pages be related to newer ones, too.
	IncludeNewer bool

	// ToLower compares without regard to case. It is set when Indices is empty.
	ToLower bool

	// Limit is how many related pages a page has at most. Default: 20.
	Limit int
}

// RelatedIndex is one kind of keywords.
type RelatedIndex struct {
	Name    string // a key of the front matter; dots lead into maps; "date" for the date
	Weight  int    // how much a keyword in common counts
	Pattern string // layout of package time, for dates. Default: "2006"

	// CardinalityThreshold leaves out keywords that more than so many percent of the pages
	// have. Default: 0, which leaves out none.
	CardinalityThreshold int
}

// relatedPages is made at the first need.
type relatedPages struct {
	mu     sync.Mutex // until there is a finder
	finder *related.Finder
	place  map[pageID]int32 // among the regular pages
	lists  sync.Map         // pageID → *pageList
}

func defaultIndices() []RelatedIndex {
	return []RelatedIndex{{Name: "keywords", Weight: 100}, {Name: "tags", Weight: 80}, {Name: "date", Weight: 10}}
}

// mostWeight bounds weights, so that sums of them are exact.
const mostWeight = 1 << 30

// settleRelated checks the indices.
func (s *settings) settleRelated() []*Error {
	r := &s.Related
	var errs []*Error
	if len(r.Indices) == 0 {
		r.Indices = defaultIndices()
		r.ToLower = true
		if r.Threshold == 0 {
			r.Threshold = 80
		}
	}
	seen := make(map[string]bool)
	for i, ix := range r.Indices {
		switch {
		case ix.Name == "":
			errs = append(errs, errorAt("config", "", "Related.Indices[%d]: Name is empty: want a key of the front matter", i))
		case seen[strings.ToLower(ix.Name)]:
			errs = append(errs, errorAt("config", "", "Related.Indices[%d]: %q is there twice", i, ix.Name))
		case ix.Weight == 0:
			errs = append(errs, errorAt("config", "", "Related.Indices[%d]: Weight is 0: want how much a keyword in common counts", i))
		case ix.Weight < -mostWeight || ix.Weight > mostWeight:
			errs = append(errs, errorAt("config", "", "Related.Indices[%d]: Weight is %d: want at most %d", i, ix.Weight, mostWeight))
		case ix.CardinalityThreshold < 0 || ix.CardinalityThreshold > 100:
			errs = append(errs, errorAt("config", "", "Related.Indices[%d]: CardinalityThreshold is %d: want a percentage", i, ix.CardinalityThreshold))
		}
		seen[strings.ToLower(ix.Name)] = true
	}
	if r.Limit < 0 {
		errs = append(errs, errorAt("config", "", "Related.Limit is %d: want a number of pages", r.Limit))
	}
	if r.Threshold < 0 || r.Threshold > 100 {
		errs = append(errs, errorAt("config", "", "Related.Threshold is %d: want a percentage", r.Threshold))
	}
	return errs
}

func (lc *local) relatedIndex(s *snapshot) (*relatedPages, error) {
	r := &lc.related
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.finder != nil {
		return r, nil
	}
	set, ids := s.set, lc.regular.ids
	cfg := related.Config{Threshold: set.Related.Threshold, IncludeNewer: set.Related.IncludeNewer,
		ToLower: set.Related.ToLower, Limit: set.Related.Limit}
	for _, ix := range set.Related.Indices {
		cfg.Indices = append(cfg.Indices, related.Index{Name: ix.Name, Weight: ix.Weight,
			CardinalityThreshold: ix.CardinalityThreshold})
	}
	docs := make([]related.Document, len(ids))
	place := make(map[pageID]int32, len(ids))
	for i, id := range ids {
		d := s.pages[id]
		keywords, err := s.relatedKeywords(d)
		if err != nil {
			return nil, err
		}
		docs[i] = related.Document{Date: d.meta.Date, Keywords: keywords}
		place[id] = int32(i)
	}
	r.place = place
	r.finder, _ = related.New(cfg, docs) // the configuration has been checked
	return r, nil
}

func (s *snapshot) relatedKeywords(d *pageData) (_ [][]string, err error) {
	out := make([][]string, len(s.set.Related.Indices))
	for i, ix := range s.set.Related.Indices {
		if out[i], err = s.keywordsOf(d, ix); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *snapshot) keywordsOf(d *pageData, ix RelatedIndex) ([]string, error) {
	for t := d.meta.Terms; t != nil; t = t.next {
		if t.taxonomy == strings.ToLower(ix.Name) {
			return t.texts, nil
		}
	}
	layout := ix.Pattern
	if layout == "" {
		layout = "2006"
	}
	switch strings.ToLower(ix.Name) {
	case "date":
		if d.meta.Date.IsZero() {
			return nil, nil
		}
		return []string{d.meta.Date.Format(layout)}, nil
	case "keywords":
		return d.meta.Keywords, nil
	}
	params, err := s.keptParams(d)
	if err != nil {
		return nil, err
	}
	v, _ := lookupParam(params, ix.Name)
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []string:
		return v, nil
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, fmt.Sprint(e))
		}
		return out, nil
	case time.Time:
		return []string{v.Format(layout)}, nil
	}
	return []string{fmt.Sprint(v)}, nil
}

// Related returns the regular pages that have most in common with the page, the closest first, as
// [Config.Related] says.
func (p *Page) Related() Pages {
	list, err := p.v.snap.relatedList(p.d)
	if err != nil {
		p.v.fail(err)
		return nil
	}
	return p.v.list(list)
}

func (s *snapshot) relatedList(d *pageData) (*pageList, error) {
	r, err := d.local.relatedIndex(s)
	if err != nil {
		return nil, err
	}
	if got, ok := r.lists.Load(d.id); ok {
		return got.(*pageList), nil
	}
	list := &pageList{what: relatedName, of: d.listName()}
	if at, ok := r.place[d.id]; ok {
		for _, i := range r.finder.For(int(at)) {
			list.ids = append(list.ids, d.local.regular.ids[i])
		}
	}
	got, _ := r.lists.LoadOrStore(d.id, list)
	return got.(*pageList), nil
}

// Related returns those pages of the list that are related to p; see [Page.Related].
func (ps Pages) Related(p *Page) Pages {
	if p == nil {
		return nil
	}
	found := p.Related()
	if p.v.is(ps, p.d.local.regular) {
		return found
	}
	p.v.uses(ps)
	if ps.isKnown() {
		return slices.DeleteFunc(slices.Clone(found), func(q *Page) bool { return ps.index(q) < 0 })
	}
	// Those found are few, and the list may be the whole site.
	in := make(map[*pageData]bool, len(found))
	for _, q := range found {
		in[q.d] = false
	}
	for _, q := range ps {
		if _, ok := in[q.d]; ok {
			in[q.d] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(q *Page) bool { return !in[q.d] })
}
