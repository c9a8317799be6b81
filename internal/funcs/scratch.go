package funcs

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Scratch holds values by key while a template runs. Methods that change it
// return "", as a template prints what a method returns. It is safe for
// concurrent use.
type Scratch struct {
	lib    *library
	mu     sync.RWMutex
	values map[string]any
}

// scratchMap is a map that SetInMap made. Only the Scratch holds it, so that
// no map can be put into itself.
type scratchMap map[string]any

// NewScratch returns an empty Scratch: newScratch.
func (c Collections) NewScratch() *Scratch {
	return &Scratch{lib: c.lib, values: make(map[string]any)}
}

// Set sets the value of a key.
func (s *Scratch) Set(key string, value any) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[key] = value
	return ""
}

// Get returns the value of a key, or nil.
func (s *Scratch) Get(key string) any {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return released(s.values[key])
}

// released copies a map of SetInMap.
func released(v any) any {
	if m, ok := v.(scratchMap); ok {
		return maps.Clone(map[string]any(m))
	}
	return v
}

// Add adds to the value of a key as the function add does: numbers are summed
// up and strings joined. To a slice, elements are appended, or all elements
// of another slice. A missing key is set.
func (s *Scratch) Add(key string, value any) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.values[key]
	if !ok {
		s.values[key] = value
		return "", nil
	}
	var sum any
	var err error
	if _, isList := list(old); isList {
		sum, err = Collections{s.lib}.Append(value, old)
	} else {
		sum, err = Math{}.Add(old, value)
	}
	if err != nil {
		return "", fmt.Errorf("Scratch.Add: %w", err)
	}
	s.values[key] = sum
	return "", nil
}

// Delete removes a key.
func (s *Scratch) Delete(key string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.values, key)
	return ""
}

// SetInMap sets a value in the map of a key, which it makes if need be.
func (s *Scratch) SetInMap(key, mapKey string, value any) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.ownMap(key)
	if err != nil {
		return "", fmt.Errorf("Scratch.SetInMap: %w", err)
	}
	m[mapKey] = value
	return "", nil
}

// ownMap returns the map of a key for changes.
func (s *Scratch) ownMap(key string) (scratchMap, error) {
	old, ok := s.values[key]
	m, owned := old.(scratchMap)
	if owned {
		return m, nil
	}
	given, isMap := stringMap(old)
	if ok && !isMap {
		return nil, fmt.Errorf("the value of %q is no map but %s", key, describe(old))
	}
	m = make(scratchMap, len(given))
	maps.Copy(m, given)
	s.values[key] = m
	return m, nil
}

// DeleteInMap removes a key from the map of a key.
func (s *Scratch) DeleteInMap(key, mapKey string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.values[key]; !ok {
		return "", nil
	}
	m, err := s.ownMap(key)
	if err != nil {
		return "", fmt.Errorf("Scratch.DeleteInMap: %w", err)
	}
	delete(m, mapKey)
	return "", nil
}

// GetSortedMapValues returns the values of the map of a key in the order of
// its keys, or nil when there is no such map.
func (s *Scratch) GetSortedMapValues(key string) []any {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v := s.values[key]
	m, ok := v.(scratchMap)
	if !ok {
		given, _ := stringMap(v)
		m = given
	}
	if m == nil {
		return nil
	}
	out := make([]any, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	return out
}

// Values returns a copy of all keys and values.
func (s *Scratch) Values() map[string]any {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make(map[string]any, len(s.values))
	for k, v := range s.values {
		out[k] = released(v)
	}
	return out
}
