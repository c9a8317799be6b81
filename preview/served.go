package preview

import (
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

const (
	longest    = 4 << 20 // bytes of a file that is compared by its content
	manyAssets = 10_000
	manyPages  = 32
	manyBytes  = 8 << 20 // of the pages that are kept
)

// served is what browsers have got.
type served struct {
	mu     sync.Mutex
	assets map[string]uint64 // checksums by path; 0 is unknown
	pages  []servedPage      // the last ones without mistakes, the most recent at the end
}

type servedPage struct {
	path string
	body []byte // without what the preview adds
	sum  uint64
}

// addAsset notes a file that is not a page.
func (s *served) addAsset(p string, res result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.assets == nil || len(s.assets) >= manyAssets {
		s.assets = make(map[string]uint64)
	}
	s.assets[p] = 0
	if res.status != http.StatusPartialContent && res.size <= longest {
		s.assets[p] = res.sum.Sum64()
	}
}

// addPage keeps a page, in place of older ones.
func (s *served) addPage(p string, res result) {
	page := servedPage{p, res.body.Bytes(), res.sum.Sum64()}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages = append(slices.DeleteFunc(s.pages, func(old servedPage) bool { return old.path == p }), page)
	size := 0
	for i, kept := range slices.Backward(s.pages) {
		if size += len(kept.body); len(s.pages)-i > manyPages || size > manyBytes {
			s.pages = slices.Delete(s.pages, 0, i+1)
			break
		}
	}
}

// page returns the page at a path as it was served last.
func (s *served) page(p string) (servedPage, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.pages, func(page servedPage) bool { return page.path == p })
	if i < 0 {
		return servedPage{}, false
	}
	return s.pages[i], true
}

// changedAssets returns the paths of the files that browsers have got, and that are others now, sorted.
func (h *Handler) changedAssets(next *state) []string {
	h.served.mu.Lock()
	paths := make(map[string]uint64, len(h.served.assets))
	for p, sum := range h.served.assets {
		paths[p] = sum
	}
	h.served.mu.Unlock()
	var changed []string
	for p, old := range paths {
		switch same, known := h.sameSource(p); {
		case known && same:
			continue
		case !known && !h.otherContent(next, p, old):
			continue
		}
		changed = append(changed, p)
	}
	slices.Sort(changed)
	return changed
}

// sameSource tells whether the file that one of the output is a copy of has not changed, if that is known.
func (h *Handler) sameSource(p string) (same, known bool) {
	rest := filepath.FromSlash(strings.TrimPrefix(p, h.base))
	for _, r := range h.tracker.roots {
		name := filepath.Join(r.path, rest)
		_, changed := slices.BinarySearch(h.stale.names, h.name(name))
		switch {
		case changed:
			return false, true
		case h.tracker.has(name):
			return true, true
		}
	}
	return false, false
}

// otherContent tells whether the site's answer at a path is another one now.
func (h *Handler) otherContent(next *state, p string, old uint64) bool {
	if old == 0 {
		return false
	}
	r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: p}, Header: make(http.Header)}
	a := newAnswer(nil)
	next.handler.ServeHTTP(a, siteRequest(r.WithContext(h.ctx), p))
	if a.size > longest || a.status == http.StatusInternalServerError {
		return false
	}
	sum := a.sum.Sum64()
	h.served.mu.Lock()
	defer h.served.mu.Unlock()
	if h.served.assets[p] == old {
		h.served.assets[p] = sum
	}
	return sum != old
}
