package jam

import (
	"cmp"
	"slices"
	"strings"
)

// inOrder returns the pages in the site's order: by weight, those without last; then the newest first; then by link title
// as the language orders it, and path. What titles are compared by is large and costly: it is made only for pages that
// weight and date leave equal, and for as many at a time.
func (l *loader) inOrder() []*pageData {
	s := l.snap
	list := make([]ranked, len(s.pages))
	for i, d := range s.pages {
		list[i] = ranked{d.meta.Weight, d.meta.Date.Unix(), int32(d.meta.Date.Nanosecond()), int32(i)}
	}
	slices.SortFunc(list, func(a, b ranked) int { return cmp.Or(a.compare(b), cmp.Compare(a.id, b.id)) })
	pages := make([]*pageData, len(list))
	for start := 0; start < len(list); {
		end := start
		for ; end < len(list) && list[start].compare(list[end]) == 0; end++ {
			pages[end] = s.pages[list[end].id]
		}
		if end-start > 1 {
			l.sortByLinkTitle(pages[start:end])
		}
		start = end
	}
	return pages
}

// ranked is what decides first on the order of pages.
type ranked struct {
	weight  int
	seconds int64 // since 1970
	nanos   int32
	id      int32
}

func (a ranked) compare(b ranked) int {
	return cmp.Or(compareWeight(a.weight, b.weight), cmp.Compare(b.seconds, a.seconds), cmp.Compare(b.nanos, a.nanos))
}

func (l *loader) sortByLinkTitle(pages []*pageData) {
	type titled struct {
		page *pageData
		key  string
	}
	list := make([]titled, len(pages))
	for i, d := range pages {
		list[i].page = d
	}
	// It ends early only when the load does.
	_ = l.eachOf(len(pages), func(i int) { list[i].key = pages[i].local.collation.key(pages[i].linkTitle()) })
	slices.SortStableFunc(list, func(a, b titled) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.page.path, b.page.path))
	})
	for i := range list {
		pages[i] = list[i].page
	}
}

// compareWeight orders by weight, with none, which is 0, last, also after a negative one.
func compareWeight(a, b int) int {
	switch {
	case a == b:
		return 0
	case a == 0:
		return 1
	case b == 0:
		return -1
	}
	return cmp.Compare(a, b)
}
