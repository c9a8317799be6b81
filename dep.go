package jam

import (
	"slices"
	"sync"
)

// depKind says what of a site, besides its pages, a render read.
type depKind uint8

const (
	depList      depKind = iota // members of a list
	depLookup                   // a page, file or address that was looked for by its path, found or not
	depSite                     // a setting, by siteSettings
	depData                     // data files, by the keys that lead to what was read
	depMessage                  // a message
	depLayout                   // a template of pages, by what it is wanted for
	depPartial                  // a partial, by the name with which it was called
	depShortcode                // the template of a shortcode, by its name and what chooses among several
	depHooks                    // which template of a render hook there is, likewise
	depHook                     // that template
	depExists                   // whether there is a template
	depFile                     // a file of the tree
	depResource                 // content of a page's file
	depFiles                    // names of all files
	depTaxonomy                 // terms of a taxonomy, with their pages
	depMenus                    // which menus there are, and the entries of each
	depSearch                   // pages of the search index
	depNow                      // when the site was loaded
	depDataSome                 // whether there is data, by the keys that lead to it
	depParam                    // keys of a page's parameters, for paramRead
	depSiteParam                // a parameter of the site, by the keys that lead to it
	depNamed                    // a page that was looked for by its name alone
	depSuggest                  // what a message suggests for a name that leads nowhere
	depQuery                    // members of what a query gives
	depMenu                     // a field of a menu's entries
	depSpecial                  // what a file about the whole site is made of, by its name
	depTerms                    // a part of a taxonomy
	depFound                    // a query for resources of a page, for resourceRead
	depPageTerms                // a taxonomy in which a page has terms, or "", for paramRead
	depTermPages                // a taxonomy of which a page has pages of terms, for paramRead
	depAnchor                   // an anchor of a page, or "", for paramRead

	depKinds
)

// depKey names a dep in every version of a site.
type depKey struct {
	kind depKind
	lang string // of the site, where it matters
	name string
}

// depID is the number of a depKey in a table.
type depID int32

// depTable numbers what renders read. It only grows, and serves a site and those that are reloaded from it.
type depTable struct {
	mu   sync.RWMutex
	ids  map[depKey]depID
	keys []depKey
}

func newDepTable() *depTable { return &depTable{ids: make(map[depKey]depID)} }

// grow makes room in a table that is empty.
func (t *depTable) grow(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.ids) == 0 {
		t.ids = make(map[depKey]depID, n)
	}
	t.keys = slices.Grow(t.keys, n)
}

func (t *depTable) id(key depKey) depID {
	t.mu.RLock()
	id, ok := t.ids[key]
	t.mu.RUnlock()
	if ok {
		return id
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if id, ok = t.ids[key]; !ok {
		id = depID(len(t.keys))
		t.keys = append(t.keys, key)
		t.ids[key] = id
	}
	return id
}

func (t *depTable) key(id depID) depKey {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.keys[id]
}

// list returns all keys, by their numbers.
func (t *depTable) list() []depKey {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.Clip(t.keys)
}
