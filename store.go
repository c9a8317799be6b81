package jam

import "github.com/jam-go/jam/internal/funcs"

// Store keeps values by key while a page is rendered; see [Page.Store]. Methods that change it return
// "", as a template prints what a method returns. It is safe for concurrent use.
type Store struct{ values *funcs.Scratch }

func newStore() *Store { return &Store{funcs.NewScratch()} }

// Set sets the value of a key.
func (s *Store) Set(key string, value any) string { return s.values.Set(key, value) }

// Get returns the value of a key, or nil.
func (s *Store) Get(key string) any { return s.values.Get(key) }

// Add adds to the value of a key: numbers are summed up, strings joined, and to a slice an element
// or the elements of another slice appended. A missing key is set.
func (s *Store) Add(key string, value any) (string, error) { return s.values.Add(key, value) }

// Delete removes a key.
func (s *Store) Delete(key string) string { return s.values.Delete(key) }

// SetInMap sets the value of a key in the map that is kept by another key.
func (s *Store) SetInMap(key, mapKey string, value any) (string, error) {
	return s.values.SetInMap(key, mapKey, value)
}

// DeleteInMap removes a key from the map that is kept by another key.
func (s *Store) DeleteInMap(key, mapKey string) (string, error) {
	return s.values.DeleteInMap(key, mapKey)
}

// GetSortedMapValues returns the values of the map that is kept by a key, ordered by their keys.
func (s *Store) GetSortedMapValues(key string) []any { return s.values.GetSortedMapValues(key) }

// Values returns a copy of all values by key.
func (s *Store) Values() map[string]any { return s.values.Values() }

// copyFor returns a store with the same values, as a render sees them.
func (s *Store) copyFor(v *view) *Store {
	out := newStore()
	if s != nil {
		for key, value := range s.Values() {
			out.Set(key, v.own(value))
		}
	}
	return out
}

// Store returns values that the templates of this page keep by key. In a shortcode or a render hook it is kept
// with the page's content, so that the page's layout finds in it what they set: that there is
// a diagram, for example, for which it needs a script. What a layout sets is for this
// rendering of the page only. No store outlives a build, or goes from one page to another.
func (p *Page) Store() *Store {
	if p.renderingBody() {
		if p.v.run.store == nil {
			p.v.run.store = newStore()
		}
		return p.v.run.store
	}
	if s := p.v.stores[p.d.id]; s != nil {
		return s
	}
	s := p.renderedFor(facetStore).store.copyFor(p.v)
	if p.v.shared {
		return s
	}
	if p.v.stores == nil {
		p.v.stores = make(map[pageID]*Store)
	}
	p.v.stores[p.d.id] = s
	return s
}

// Scratch is the same as Store, by its older name.
func (p *Page) Scratch() *Store { return p.Store() }
