package jam

import (
	"strings"

	"github.com/jam-go/jam/internal/funcs"
)

// pageCollections is the name space collections, which remembers what is asked of lists of pages.
type pageCollections struct {
	funcs.Collections
	b binding
}

// addTo puts the functions that remember in place of those that do not.
func (c pageCollections) addTo(all map[string]any) {
	all["complement"], all["in"], all["intersect"] = c.Complement, c.In, c.Intersect
	all["shuffle"], all["sort"], all["symdiff"] = c.Shuffle, c.Sort, c.SymDiff
	all["union"], all["uniq"], all["where"] = c.Union, c.Uniq, c.Where
}

// Group is the function group.
func (pageCollections) Group(key, pages any) (PageGroup, error) { return group(key, pages) }

// Complement is complement.
func (c pageCollections) Complement(lists ...any) (any, error) {
	compute := func() (any, error) { return c.Collections.Complement(lists...) }
	if len(lists) == 0 {
		return compute()
	}
	return c.remembered(lists[len(lists)-1], "complement", lists[:len(lists)-1], compute)
}

// In is in. Whether a list has a page is known from where it has it.
func (c pageCollections) In(collection, v any) (bool, error) {
	ps, isList := collection.(Pages)
	p, isPage := v.(*Page)
	if isList && isPage && p != nil {
		if i, ok := ps.known(p); ok {
			return i >= 0 && ps[i] == p, nil
		}
	}
	return c.Collections.In(collection, v)
}

// Intersect is intersect.
func (c pageCollections) Intersect(a, b any) (any, error) {
	return c.remembered(a, "intersect", []any{b}, func() (any, error) { return c.Collections.Intersect(a, b) })
}

// Reverse is collections.Reverse.
func (c pageCollections) Reverse(v any) (any, error) {
	return c.remembered(v, "reverse", nil, func() (any, error) { return c.Collections.Reverse(v) })
}

// Shuffle is shuffle.
func (c pageCollections) Shuffle(v any, seed ...any) (any, error) {
	return c.remembered(v, "shuffle", seed, func() (any, error) { return c.Collections.Shuffle(v, seed...) })
}

// Sort is sort. The order is that of the page's language.
func (c pageCollections) Sort(collection any, args ...any) (any, error) {
	compute := func() (any, error) { return c.Collections.Sort(collection, args...) }
	if len(args) == 0 || !c.mayRemember(collection, args[0]) {
		return compute()
	}
	return c.remembered(collection, "sort", append([]any{c.b.page().d.local.index}, args...), compute)
}

// SymDiff is symdiff.
func (c pageCollections) SymDiff(b, a any) (any, error) {
	return c.remembered(a, "symdiff", []any{b}, func() (any, error) { return c.Collections.SymDiff(b, a) })
}

// Union is union.
func (c pageCollections) Union(a, b any) (any, error) {
	return c.remembered(a, "union", []any{b}, func() (any, error) { return c.Collections.Union(a, b) })
}

// Uniq is uniq.
func (c pageCollections) Uniq(v any) (any, error) {
	return c.remembered(v, "uniq", nil, func() (any, error) { return c.Collections.Uniq(v) })
}

// Where is where.
func (c pageCollections) Where(collection, key any, args ...any) (any, error) {
	if !c.mayRemember(collection, key) {
		return c.Collections.Where(collection, key, args...)
	}
	ps := collection.(Pages)
	return remembered(ps, "where", append([]any{key}, args...), func() (any, error) {
		if ix := c.index(ps, key); ix != nil {
			if found, ok := ix.Where(c.Collections, args...); ok {
				return found, nil
			}
		}
		return c.Collections.Where(collection, key, args...)
	})
}

// index returns the index of a list by a key, or nil: one is made when a second question comes, as where each page asks
// for what has a value in common with it.
func (c pageCollections) index(ps Pages, key any) *funcs.Index {
	if !ps.isKnown() {
		return nil
	}
	before, _ := remembered(ps, "where by", []any{key}, func() (*asking, error) { return new(asking), nil })
	if before.times++; before.times == 1 || before.none {
		return nil
	}
	ix, _ := remembered(ps, "index", []any{key}, func() (*funcs.Index, error) { return funcs.NewIndex(c.Collections, ps, key), nil })
	before.none = ix == nil || !ps[0].v.memo.holds(ix.Len()+maxQuestion)
	return ix
}

// asking is how often a list was asked for values of a key.
type asking struct {
	times int
	none  bool // there is no index, or none that can be kept
}

// remembered is the function of that name for what may be a list of pages.
func (c pageCollections) remembered(list any, what string, args []any, compute func() (any, error)) (any, error) {
	if ps, ok := list.(Pages); ok {
		return remembered(ps, what, args, compute)
	}
	return compute()
}

// mayRemember tells whether what a key reads from pages is the same whenever and wherever it is read.
func (c pageCollections) mayRemember(list, key any) bool {
	ps, ok := list.(Pages)
	text, isText := key.(string)
	if !ok || !isText {
		return false
	}
	for name := range strings.SplitSeq(strings.Trim(text, "."), ".") {
		switch queryKeys[name] {
		case ofMeta:
			return true
		case ofText:
			return ps.mayRememberContent()
		case ofOther: // which the rest is of
		default:
			return false
		}
	}
	return true
}

// queryKeys are the methods of pages whose results may be remembered, and what they are read from. Others may
// depend on the page at hand, as Store does, or be of little use in a query.
var queryKeys = map[string]queryKey{
	"Aliases": ofMeta, "BundleType": ofMeta, "Date": ofMeta, "Description": ofMeta, "Draft": ofMeta,
	"ExpiryDate": ofMeta, "File": ofMeta, "IsBranch": ofMeta, "IsHome": ofMeta, "IsNode": ofMeta,
	"IsPage": ofMeta, "IsSection": ofMeta, "IsTranslated": ofMeta, "Keywords": ofMeta, "Kind": ofMeta, "Lang": ofMeta,
	"Language": ofMeta, "Lastmod": ofMeta, "Layout": ofMeta, "LinkTitle": ofMeta, "Name": ofMeta, "Outputs": ofMeta,
	"Params": ofMeta, "Path": ofMeta, "Permalink": ofMeta, "PublishDate": ofMeta, "RelPermalink": ofMeta,
	"Section": ofMeta, "Slug": ofMeta, "Tags": ofMeta, "Title": ofMeta, "TranslationKey": ofMeta, "Type": ofMeta, "Weight": ofMeta,

	"CurrentSection": ofOther, "FirstSection": ofOther, "Parent": ofOther,

	"FuzzyWordCount": ofText, "Len": ofText, "ReadingTime": ofText, "Truncated": ofText, "WordCount": ofText,
}

type queryKey int

const (
	_ queryKey = iota
	ofMeta
	ofText  // the page's own
	ofOther // another page
)
