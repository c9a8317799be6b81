package jam

import (
	"errors"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/layouts"
)

// What templates ask of lists is recorded by what comes of it: a page that shows the newest posts of a section is to be
// rendered again when these are others, and not whenever a page changes. To see that, each query is asked again in
// the next version of the site. Queries of what is rendered, such as the length of texts, are recorded by what they read.

// queryOp is what a query may do. It reads no more than what a site is loaded from.
type queryOp struct {
	run   func(c pageCollections, args []any) (any, error)
	asked func(args []any) bool // whether it may do so with these arguments; nil: with all
	costs int                   // how often it looks at a page of its lists, roughly; 0: it takes the first pages
	local bool                  // its result depends on the language of the page that asks
}

// queryOps are the functions that may be queries, and the methods of Pages.
var queryOps = map[string]queryOp{
	"where": {run: func(c pageCollections, a []any) (any, error) { return c.Where(a[0], a[1], a[2:]...) }, asked: metaKey, costs: 1, local: true},
	"sort":  {run: func(c pageCollections, a []any) (any, error) { return c.Sort(a[0], a[1:]...) }, asked: metaKey, costs: 4, local: true},

	"first":      {run: func(c pageCollections, a []any) (any, error) { return c.First(a[0], a[1]) }, asked: func(a []any) bool { return isAll(a[0], a[1]) }},
	"after":      {run: func(c pageCollections, a []any) (any, error) { return c.After(a[0], a[1]) }, costs: 1},
	"last":       {run: func(c pageCollections, a []any) (any, error) { return c.Last(a[0], a[1]) }, costs: 1},
	"uniq":       {run: func(c pageCollections, a []any) (any, error) { return c.Collections.Uniq(a[0]) }, costs: 2},
	"reverse":    {run: func(c pageCollections, a []any) (any, error) { return c.Collections.Reverse(a[0]) }, costs: 1},
	"shuffle":    {run: func(c pageCollections, a []any) (any, error) { return c.Collections.Shuffle(a[0], a[1:]...) }, costs: 2},
	"union":      {run: func(c pageCollections, a []any) (any, error) { return c.Collections.Union(a[0], a[1]) }, costs: 2},
	"intersect":  {run: func(c pageCollections, a []any) (any, error) { return c.Collections.Intersect(a[0], a[1]) }, costs: 2},
	"symdiff":    {run: func(c pageCollections, a []any) (any, error) { return c.Collections.SymDiff(a[0], a[1]) }, costs: 2},
	"complement": {run: func(c pageCollections, a []any) (any, error) { return c.Collections.Complement(a...) }, costs: 2},

	"ByDefault":     byOrder(Pages.ByDefault, 1),
	"ByWeight":      byOrder(Pages.ByWeight, 1),
	"ByTitle":       byOrder(Pages.ByTitle, 4),
	"ByLinkTitle":   byOrder(Pages.ByLinkTitle, 4),
	"ByDate":        byOrder(Pages.ByDate, 2),
	"ByLastmod":     byOrder(Pages.ByLastmod, 2),
	"ByPublishDate": byOrder(Pages.ByPublishDate, 2),
	"ByExpiryDate":  byOrder(Pages.ByExpiryDate, 2),
	"ByLanguage":    byOrder(Pages.ByLanguage, 2),
	"Reverse":       byOrder(Pages.Reverse, 1),
	"Limit": {run: func(_ pageCollections, a []any) (any, error) { return a[0].(Pages).Limit(a[1].(int)), nil },
		asked: func(a []any) bool { return isAll(a[1], a[0]) }},
	"ByParam": {run: func(_ pageCollections, a []any) (any, error) { return a[0].(Pages).ByParam(a[1].(string)), nil }, costs: 4},

	"GroupBy":            byGroup(Pages.GroupBy),
	"GroupByParam":       byGroup(Pages.GroupByParam),
	"GroupByDate":        byGroup(Pages.GroupByDate),
	"GroupByPublishDate": byGroup(Pages.GroupByPublishDate),
	"GroupByLastmod":     byGroup(Pages.GroupByLastmod),
	"GroupByExpiryDate":  byGroup(Pages.GroupByExpiryDate),
	"GroupByParamDate": {run: func(_ pageCollections, a []any) (any, error) {
		return a[0].(Pages).GroupByParamDate(a[1].(string), a[2].(string), texts(a[3:])...)
	}, costs: 4},
}

// The names in queryOps, for the template engine.
var (
	askedFunctions   = []string{"first", "where", "sort", "after", "last", "uniq", "shuffle", "union", "intersect", "symdiff", "complement"}
	askedCollections = []string{"Where", "Sort", "After", "Last", "Uniq", "Reverse", "Shuffle", "Union", "Intersect", "SymDiff", "Complement"}
	askedOfPages     = []string{"ByDefault", "ByWeight", "ByTitle", "ByLinkTitle", "ByDate", "ByLastmod", "ByPublishDate", "ByExpiryDate", "ByLanguage",
		"Reverse", "Limit", "ByParam", "GroupBy", "GroupByParam", "GroupByDate", "GroupByPublishDate", "GroupByLastmod", "GroupByExpiryDate", "GroupByParamDate"}
)

func byOrder(method func(Pages) Pages, costs int) queryOp {
	return queryOp{run: func(_ pageCollections, a []any) (any, error) { return method(a[0].(Pages)), nil }, costs: costs}
}

func byGroup(method func(ps Pages, key string, order ...string) (PageGroups, error)) queryOp {
	return queryOp{run: func(_ pageCollections, a []any) (any, error) {
		return method(a[0].(Pages), a[1].(string), texts(a[2:])...)
	}, asked: groupKey, costs: 4}
}

func texts(args []any) []string {
	var out []string
	for _, a := range args {
		out = append(out, a.(string))
	}
	return out
}

// isAll tells whether the first n pages may be all of a list. Then what may come to be the next ones matters, and else a part
// of the list is used.
func isAll(n, list any) bool {
	ps, ok := list.(Pages)
	k, isInt := n.(int)
	return ok && (!isInt || k >= len(ps))
}

// metaKey tells whether a key reads nothing from pages that is rendered.
func metaKey(args []any) bool {
	if len(args) < 2 {
		return false
	}
	key, ok := args[1].(string)
	return ok && isMetaKey(key)
}

func isMetaKey(key string) bool {
	for name := range strings.SplitSeq(strings.Trim(key, "."), ".") {
		switch queryKeys[name] {
		case ofMeta:
			return true
		case ofOther: // which the rest is of
		default:
			return false
		}
	}
	return true
}

// groupKey is metaKey for keys of groups, which may also be layouts of dates.
func groupKey(args []any) bool {
	key, ok := args[1].(string)
	return ok && queryKeys[key] != ofText
}

// queryResult is what a query gives: a list, or groups.
type queryResult struct {
	list    *pageList // its ids are nil for a list that is nil
	groups  []queryGroup
	grouped bool
	cost    int // of asking again, roughly in pages that are looked at
}

type queryGroup struct {
	key any
	ids []pageID
}

var errNotResult = errors.New("not what a query may give")

// resultOf takes what a query gave apart from the view that asked.
func resultOf(v *view, text string, value any) (*queryResult, error) {
	switch value := value.(type) {
	case Pages:
		ids, ok := idsOf(v, value)
		if !ok {
			return nil, errNotResult
		}
		return &queryResult{list: &pageList{what: askedName, of: text, ids: ids}}, nil
	case PageGroups:
		r := &queryResult{grouped: true}
		if value != nil {
			r.groups = make([]queryGroup, len(value))
		}
		for i, g := range value {
			ids, ok := idsOf(v, g.Pages)
			if !ok || !isPlain(g.Key) {
				return nil, errNotResult
			}
			r.groups[i] = queryGroup{g.Key, ids}
		}
		return r, nil
	}
	return nil, errNotResult
}

func idsOf(v *view, ps Pages) ([]pageID, bool) {
	if ps == nil {
		return nil, true
	}
	ids := make([]pageID, len(ps))
	for i, p := range ps {
		if p == nil || p.v != v {
			return nil, false
		}
		ids[i] = p.d.id
	}
	return ids, true
}

// isPlain tells whether a value is none that leads elsewhere.
func isPlain(v any) bool {
	switch v.(type) {
	case string, bool, int, int64, float64, time.Time:
		return true
	}
	return false
}

// pages returns the result for a view.
func (r *queryResult) pages(v *view) any {
	if !r.grouped {
		if len(r.list.ids) == 0 && r.list.ids != nil {
			return Pages{}
		}
		return v.pagesOf(r.list)
	}
	if r.groups == nil {
		return PageGroups(nil)
	}
	groups := make(PageGroups, len(r.groups))
	for i, g := range r.groups {
		groups[i] = PageGroup{g.key, make(Pages, len(g.ids))}
		for k, id := range g.ids {
			groups[i].Pages[k] = &v.pages[id]
		}
	}
	return groups
}

// unrecorded calls compute without a record of what it reads.
func (v *view) unrecorded(compute func()) {
	rec, ledger := v.rec, v.recording.ledger
	if rec == nil && ledger == nil { // it may be used by several goroutines
		compute()
		return
	}
	defer func() { v.rec, v.recording.ledger = rec, ledger }()
	v.rec, v.recording.ledger = nil, nil
	compute()
}

// queryFuncs are the functions of a language that queries use.
type queryFuncs map[*local]pageCollections

func (f queryFuncs) of(v *view, lc *local) pageCollections {
	c, ok := f[lc]
	if !ok {
		st := &layouts.State{Page: v.page(lc.home)}
		c = bindFuncs(func() *layouts.State { return st })["collections"].(func() pageCollections)()
		f[lc] = c
	}
	return c
}

// ask asks a query. It fails also where the result can't be known by its pages.
func (f queryFuncs) ask(v *view, op queryOp, lc *local, text string, args []any) (r *queryResult, err error) {
	cost := 16
	for _, arg := range args {
		if ps, ok := arg.(Pages); ok {
			cost += op.costs * len(ps)
		}
	}
	v.unrecorded(func() {
		var value any
		if value, err = op.run(f.of(v, lc), args); err == nil {
			r, err = resultOf(v, text, value)
		}
	})
	if err == nil {
		err = v.failure()
	}
	if err != nil {
		return nil, err
	}
	r.cost = cost
	return r, nil
}

// size returns how many pages there are in a result.
func (r *queryResult) size() int {
	if !r.grouped {
		return len(r.list.ids)
	}
	n := 0
	for _, g := range r.groups {
		n += len(g.ids)
	}
	return n
}
