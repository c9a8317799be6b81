package jam

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/suggest"
)

// PageGroup is a group of pages that have something in common.
type PageGroup struct {
	Key   any // what they have in common
	Pages Pages
}

// PageGroups is a list of groups. Its methods leave the list as it is.
type PageGroups []PageGroup

// Len returns the number of pages in all groups.
func (gs PageGroups) Len() int {
	n := 0
	for _, g := range gs {
		n += len(g.Pages)
	}
	return n
}

// Reverse returns the groups in reverse order, the pages in each as they were.
func (gs PageGroups) Reverse() PageGroups {
	out := slices.Clone(gs)
	slices.Reverse(out)
	return out
}

// GroupBy groups by what the method of [Page] with that name returns, such as
// "Section" or "Type", or by a parameter: "Params.author", see
// [Pages.GroupByParam]. Groups are ordered by key, text without regard to case;
// the pages in each keep their order. The order is "asc", which is the default,
// or "desc". An unknown name or order is an error.
func (ps Pages) GroupBy(key string, order ...string) (PageGroups, error) {
	if name, ok := strings.CutPrefix(key, "Params."); ok {
		return ps.GroupByParam(name, order...)
	}
	value, ok := groupKeys[key]
	if !ok {
		return nil, fmt.Errorf("pages can't be grouped by %q%s; parameters are like \"Params.author\"",
			key, suggest.DidYouMean(key, slices.Collect(maps.Keys(groupKeys))))
	}
	if queryKeys[key] == ofText && !ps.mayRememberContent() {
		return ps.grouped(value, order)
	}
	return remembered(ps, "GroupBy", []any{key, order}, func() (PageGroups, error) { return ps.grouped(value, order) })
}

// groupKeys are the methods by whose values pages can be grouped.
var groupKeys = map[string]func(*Page) any{
	"Date":           func(p *Page) any { return p.Date() },
	"Description":    func(p *Page) any { return p.Description() },
	"Draft":          func(p *Page) any { return p.Draft() },
	"ExpiryDate":     func(p *Page) any { return p.ExpiryDate() },
	"IsHome":         func(p *Page) any { return p.IsHome() },
	"IsNode":         func(p *Page) any { return p.IsNode() },
	"IsPage":         func(p *Page) any { return p.IsPage() },
	"IsSection":      func(p *Page) any { return p.IsSection() },
	"Kind":           func(p *Page) any { return p.Kind() },
	"Lang":           func(p *Page) any { return p.Lang() },
	"Lastmod":        func(p *Page) any { return p.Lastmod() },
	"Layout":         func(p *Page) any { return p.Layout() },
	"LinkTitle":      func(p *Page) any { return p.LinkTitle() },
	"Path":           func(p *Page) any { return p.Path() },
	"PublishDate":    func(p *Page) any { return p.PublishDate() },
	"ReadingTime":    func(p *Page) any { return p.ReadingTime() },
	"Section":        func(p *Page) any { return p.Section() },
	"Slug":           func(p *Page) any { return p.Slug() },
	"Title":          func(p *Page) any { return p.Title() },
	"TranslationKey": func(p *Page) any { return p.TranslationKey() },
	"Truncated":      func(p *Page) any { return p.Truncated() },
	"Type":           func(p *Page) any { return p.Type() },
	"Weight":         func(p *Page) any { return p.Weight() },
	"WordCount":      func(p *Page) any { return p.WordCount() },
}

// GroupByParam groups by a parameter of the pages themselves, not of the site.
// Dots lead into maps; case is ignored. Pages without the parameter are left
// out. Groups are ordered as [Pages.GroupBy] does, numbers before dates before
// text. A list or map for a value is an error.
func (ps Pages) GroupByParam(key string, order ...string) (PageGroups, error) {
	groups, err := remembered(ps, "GroupByParam", []any{key, order}, func() (PageGroups, error) {
		return ps.grouped(func(p *Page) any {
			v, _ := lookupParam(p.Params(), key)
			return v
		}, order)
	})
	if err != nil {
		return nil, fmt.Errorf("parameter %q: %w", key, err)
	}
	return groups, nil
}

// GroupByDate groups by date, formatted with a layout of [time.Time.Format]: the
// text is the key. The newest come first, groups as well as pages in a group,
// and with the order "asc" last. Pages without a date are taken to be of the
// year 1. Dates of one text make one group as far as no other is between
// them: the layout "January" gives a group for each month of each year.
func (ps Pages) GroupByDate(layout string, order ...string) (PageGroups, error) {
	return ps.groupsOnce("GroupByDate", (*Page).Date, layout, order)
}

// GroupByPublishDate is like [Pages.GroupByDate] for [Page.PublishDate].
func (ps Pages) GroupByPublishDate(layout string, order ...string) (PageGroups, error) {
	return ps.groupsOnce("GroupByPublishDate", (*Page).PublishDate, layout, order)
}

// GroupByLastmod is like [Pages.GroupByDate] for [Page.Lastmod].
func (ps Pages) GroupByLastmod(layout string, order ...string) (PageGroups, error) {
	return ps.groupsOnce("GroupByLastmod", (*Page).Lastmod, layout, order)
}

// GroupByExpiryDate is like [Pages.GroupByDate] for [Page.ExpiryDate].
func (ps Pages) GroupByExpiryDate(layout string, order ...string) (PageGroups, error) {
	return ps.groupsOnce("GroupByExpiryDate", (*Page).ExpiryDate, layout, order)
}

// GroupByParamDate is like [Pages.GroupByDate] for a parameter, found as
// [Pages.GroupByParam] does. Pages without it are left out; one that isn't a
// date is an error.
func (ps Pages) GroupByParamDate(key, layout string, order ...string) (PageGroups, error) {
	return remembered(ps, "GroupByParamDate", []any{key, layout, order}, func() (PageGroups, error) {
		return ps.groupedByParamDate(key, layout, order)
	})
}

func (ps Pages) groupedByParamDate(key, layout string, order []string) (PageGroups, error) {
	dates := make(map[*Page]time.Time, len(ps))
	var dated Pages
	for _, p := range ps {
		v, ok := lookupParam(p.Params(), key)
		if !ok || v == nil {
			continue
		}
		t, err := p.paramDate(v)
		if err != nil {
			return nil, fmt.Errorf("parameter %q: %s: %w", key, p.Path(), err)
		}
		if !t.IsZero() {
			dates[p] = t
			dated = append(dated, p)
		}
	}
	return dated.groupedByDate(func(p *Page) time.Time { return dates[p] }, layout, order)
}

// paramDate takes a parameter for a date: JSON has only text for dates.
func (p *Page) paramDate(v any) (time.Time, error) {
	switch v := v.(type) {
	case time.Time:
		return v, nil
	case string:
		return matter.ParseTime(v, p.v.snap.set.Location)
	}
	return time.Time{}, fmt.Errorf("%v is not a date", v)
}

// groupsOnce is groupedByDate, remembered by the name of the date.
func (ps Pages) groupsOnce(name string, date func(*Page) time.Time, layout string, order []string) (PageGroups, error) {
	return remembered(ps, name, []any{layout, order}, func() (PageGroups, error) { return ps.groupedByDate(date, layout, order) })
}

func (ps Pages) groupedByDate(date func(*Page) time.Time, layout string, order []string) (PageGroups, error) {
	descending, err := isDescending(order, true)
	if err != nil {
		return nil, err
	}
	sorted := sortedBy(ps, date, time.Time.Compare)
	if descending {
		slices.Reverse(sorted)
	}
	var groups PageGroups
	start, key := 0, ""
	for i, p := range sorted {
		k := date(p).Format(layout)
		if i > 0 && k != key {
			groups = append(groups, PageGroup{Key: key, Pages: sorted[start:i:i]})
			start = i
		}
		key = k
	}
	if len(sorted) > 0 {
		groups = append(groups, PageGroup{Key: key, Pages: sorted[start:]})
	}
	return groups, nil
}

// grouped groups pages by a value, and leaves out those for which it is nil.
func (ps Pages) grouped(value func(*Page) any, order []string) (PageGroups, error) {
	descending, err := isDescending(order, false)
	if err != nil {
		return nil, err
	}
	var groups PageGroups
	index := make(map[any]int)
	for _, p := range ps {
		v := value(p)
		if v == nil {
			continue
		}
		id, err := groupID(v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Path(), err)
		}
		i, ok := index[id]
		if !ok {
			i = len(groups)
			index[id] = i
			groups = append(groups, PageGroup{Key: v})
		}
		groups[i].Pages = append(groups[i].Pages, p)
	}
	c := ps.collation()
	slices.SortStableFunc(groups, func(a, b PageGroup) int {
		if descending {
			a, b = b, a
		}
		return compareKeys(c, a.Key, b.Key)
	})
	return groups, nil
}

// groupID returns what is equal for values that belong into one group.
func groupID(v any) (any, error) {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Round(0), nil
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int(v), nil
		}
		return v, nil
	}
	switch typ := reflect.TypeOf(v); {
	case typ.Kind() == reflect.Map:
		return nil, errors.New("a map can't be the key of a group")
	case !typ.Comparable():
		return nil, errors.New("a list can't be the key of a group")
	}
	return v, nil
}

// compareKeys orders the keys of groups.
func compareKeys(c *collation, a, b any) int {
	switch x := a.(type) {
	case int: // exact, also beyond what a float64 holds
		if y, ok := b.(int); ok {
			return cmp.Compare(x, y)
		}
	case string:
		if y, ok := b.(string); ok {
			return c.compare(x, y)
		}
	}
	return compareParams(c, a, b)
}

// isDescending reads the order that a template gives, if any. Hugo knows
// "reverse" and "rev" too, for the opposite of the default.
func isDescending(order []string, byDefault bool) (bool, error) {
	if len(order) == 0 {
		return byDefault, nil
	}
	if len(order) > 1 {
		return false, fmt.Errorf("want one order, have %d", len(order))
	}
	switch strings.ToLower(order[0]) {
	case "asc":
		return false, nil
	case "desc":
		return true, nil
	case "rev", "reverse":
		return !byDefault, nil
	}
	return false, fmt.Errorf("unknown order %q: want asc or desc%s", order[0], suggest.DidYouMean(order[0], []string{"asc", "desc"}))
}
