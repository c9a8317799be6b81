package jam

import (
	"cmp"
	"slices"
	"strings"
)

// inOrder returns the pages in the site's order: by weight, those without last; then the newest first; then by link title
// as the language orders it, and path. What titles are compared by is large and costly: it is made only for pages that
// weight and date leave equal, and for as many at a time.
func (s *snapshot) inOrder() []*pageData {
	pages := slices.Clone(s.pages)
	slices.SortStableFunc(pages, compareWeightAndDate)
	for start := 0; start < len(pages); {
		end := start + 1
		for end < len(pages) && compareWeightAndDate(pages[start], pages[end]) == 0 {
			end++
		}
		if end-start > 1 {
			sortByLinkTitle(pages[start:end])
		}
		start = end
	}
	return pages
}

func sortByLinkTitle(pages []*pageData) {
	type titled struct {
		page *pageData
		key  string
	}
	list := make([]titled, len(pages))
	for i, d := range pages {
		list[i] = titled{d, d.local.collation.key(d.linkTitle())}
	}
	slices.SortStableFunc(list, func(a, b titled) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.page.path, b.page.path))
	})
	for i := range list {
		pages[i] = list[i].page
	}
}

func compareWeightAndDate(a, b *pageData) int {
	return cmp.Or(compareWeight(a.meta.Weight, b.meta.Weight), b.meta.Date.Compare(a.meta.Date))
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
