package minifier

import "sync"

// repeated keeps what became of style sheets and scripts inside HTML: most pages of a site
// have the same ones.
type repeated struct {
	mu   sync.RWMutex
	kept map[string]map[string][]byte // by kind and source
}

// What is kept is bounded: later ones, which are likely different on each page, are not.
const (
	mostRepeated    = 32        // of a kind
	longestRepeated = 128 << 10 // bytes
)

// get returns what became of src, or nil when it isn't known.
func (r *repeated) get(kind string, src []byte) []byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.kept[kind][string(src)]
}

func (r *repeated) put(kind string, src, out []byte) {
	if kind == "" || len(src) > longestRepeated || len(out) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil {
		r.kept = make(map[string]map[string][]byte)
	}
	if r.kept[kind] == nil {
		r.kept[kind] = make(map[string][]byte)
	}
	if len(r.kept[kind]) < mostRepeated {
		r.kept[kind][string(src)] = append([]byte(nil), out...)
	}
}
