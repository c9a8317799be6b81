package jam

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/suggest"
)

// find looks a page up by its logical path or its file's path, in whatever case where that is
// clear.
func (lc *local) find(p string) (pageID, bool) {
	clean := path.Clean("/" + strings.TrimPrefix(p, "/"))
	if id, ok := lc.byPath[clean]; ok {
		return id, true
	}
	if e := lc.bySource[strings.TrimPrefix(clean, "/")]; e != nil && e.page != nil {
		return e.page.id, true
	}
	return lc.findFolded(clean)
}

// logicalKey returns a logical path without regard to case and to what parts words, as
// URLs have it.
func logicalKey(p string) string {
	return strings.ReplaceAll(strings.ToLower(p), " ", "-")
}

// fold notes a page whose path is not its own key.
func (lc *local) fold(d *pageData) {
	key := logicalKey(d.path)
	if key == d.path {
		return
	}
	if other, taken := lc.byFolded[key]; taken && (other == noPage || lc.snap.pages[other].path != d.path) {
		lc.byFolded[key] = noPage
		return
	}
	lc.byFolded[key] = d.id
}

// findFolded looks a page up by a path in other case, or with hyphens for spaces. Where that
// fits several pages, it is none.
func (lc *local) findFolded(p string) (pageID, bool) {
	key := logicalKey(p)
	exact, isPath := lc.byPath[key]
	folded, isFolded := lc.byFolded[key]
	switch {
	case isPath && !isFolded:
		return exact, true
	case isFolded && !isPath && folded != noPage:
		return folded, true
	}
	return noPage, false
}

// findFrom looks a page up by a path that begins at a folder of the content.
func (lc *local) findFrom(dir, p string) (pageID, bool) {
	if joined := path.Join(dir, p); joined != ".." && !strings.HasPrefix(joined, "../") {
		return lc.find(joined)
	}
	return noPage, false
}

// leftOut says why the page with a path is left out, "" if it is not.
func (lc *local) leftOut(p string) string {
	clean := path.Clean("/" + p)
	if why := lc.left[clean]; why != "" {
		return why
	}
	if e := lc.bySource[clean[1:]]; e != nil {
		return e.left
	}
	return ""
}

// file looks a document of content up: in the language, by its full path, and then in the
// site's own language.
func (lc *local) file(name string) *entry {
	if e := lc.bySource[name]; e != nil {
		return e
	}
	if e := lc.snap.suffixed[name]; e != nil {
		return e
	}
	return lc.snap.main.bySource[name]
}

// nameIndex lists documents and pages by name and by folder. It is made at the first need.
type nameIndex struct {
	ofFiles  sync.Once
	files    []string            // paths of documents, in order of their last elements
	byFolder map[string][]string // names of documents without extension

	ofPages  sync.Once
	pages    []string            // paths of pages, in order of their last elements in lower case
	byParent map[string][]string // last elements of pages' paths
}

// lookup is local.lookup, recorded.
func (v *view) lookup(lc *local, name string) (pageID, error) {
	if id, ok := v.find(lc, name); ok {
		return id, nil
	}
	if v.rec != nil && isNameAlone(name) {
		v.note(depNamed, lc.Code, name)
	}
	return lc.lookup(name)
}

// isNameAlone tells whether a page is looked up by a name without its folder.
func isNameAlone(name string) bool {
	short := strings.Trim(name, "/")
	return short != "" && !strings.Contains(short, "/") && !strings.HasPrefix(name, "/")
}

// lookup finds a page by its path, or by its name alone where no other has it. It returns
// noPage when there is none, and an error when there are several.
func (lc *local) lookup(name string) (pageID, error) {
	if id, ok := lc.find(name); ok {
		return id, nil
	}
	if !isNameAlone(name) {
		return noPage, nil
	}
	lc.names.ofPages.Do(lc.indexPages)
	short := strings.Trim(name, "/")
	if isContent(short) {
		short = strings.TrimSuffix(short, path.Ext(short))
	}
	switch found := named(lc.names.pages, strings.ToLower(short), lastOf); len(found) {
	case 0:
		return noPage, nil
	case 1:
		return lc.byPath[found[0]], nil
	default:
		const enough = 5
		list := strings.Join(found[:min(len(found), enough)], ", ")
		if len(found) > enough {
			list += fmt.Sprintf(" and %d more", len(found)-enough)
		}
		return noPage, fmt.Errorf("%q is ambiguous: it may be %s", name, list)
	}
}

// suggestFile names the file that a name that leads nowhere was likely meant for: one
// without its extension, one moved to another folder, or one misspelt in its own.
func (lc *local) suggestFile(name string) string {
	for _, candidate := range []string{name + ".md", path.Join(name, "index.md"), path.Join(name, "_index.md")} {
		if lc.bySource[candidate] != nil {
			return fmt.Sprintf(" (did you mean %q?)", candidate)
		}
	}
	lc.names.ofFiles.Do(lc.indexFiles)
	if moved := named(lc.names.files, path.Base(name), path.Base); len(moved) == 1 && !isIndex(baseName(name)) {
		return fmt.Sprintf(" (did you mean %q?)", moved[0])
	}
	near := suggest.Name(baseName(name), lc.names.byFolder[path.Dir(name)])
	if near == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", path.Join(path.Dir(name), near+path.Ext(name)))
}

// What a suggestion is for.
const (
	suggestedFile = "file"
	suggestedPath = "path"
)

// suggestFile is local.suggestFile, recorded.
func (v *view) suggestFile(lc *local, name string) string {
	v.note(depSuggest, lc.Code, suggestedFile+":"+name)
	return lc.suggestFile(name)
}

// suggestPath is local.suggestPath, recorded.
func (v *view) suggestPath(lc *local, path string) string {
	v.note(depSuggest, lc.Code, suggestedPath+":"+path)
	return lc.suggestPath(path)
}

// enoughNames bounds how many names of one folder are compared for a suggestion.
const enoughNames = 200

// suggestPath names the page that a path that leads nowhere was likely meant for.
func (lc *local) suggestPath(p string) string {
	lc.names.ofPages.Do(lc.indexPages)
	p = path.Clean("/" + p)
	near := suggest.Name(path.Base(p), lc.names.byParent[path.Dir(p)])
	if near != "" {
		return fmt.Sprintf(" (did you mean %q?)", path.Join(path.Dir(p), near))
	}
	if moved := named(lc.names.pages, lastOf(p), lastOf); len(moved) == 1 {
		return fmt.Sprintf(" (did you mean %q?)", moved[0])
	}
	return ""
}

// namesSum returns a checksum of the names from which suggestions are made.
func (lc *local) namesSum(what string) (sum uint64) {
	if what == suggestedFile {
		for name := range lc.bySource {
			sum += digest.Hash(0).String(name).Sum()
		}
		return sum
	}
	h := digest.Hash(0)
	for _, d := range lc.snap.pages {
		if d.local == lc {
			h = h.String(d.path).Bool(d.kind() == Kind404)
		}
	}
	return h.Sum()
}

// indexFiles lists documents by name and by folder, for suggestions.
func (lc *local) indexFiles() {
	s := &lc.names
	s.byFolder = make(map[string][]string)
	s.files = slices.Sorted(maps.Keys(lc.bySource))
	for _, p := range s.files {
		if dir := path.Dir(p); len(s.byFolder[dir]) < enoughNames {
			s.byFolder[dir] = append(s.byFolder[dir], baseName(p))
		}
	}
	sortByKey(s.files, path.Base)
}

// indexPages lists pages by name and by folder, to look them up and for suggestions.
func (lc *local) indexPages() {
	s := &lc.names
	s.byParent = make(map[string][]string)
	before := ""
	for _, d := range lc.snap.pages { // which come in order of their paths
		if d.local != lc || d.kind() == Kind404 {
			continue
		}
		if dir := path.Dir(d.path); len(s.byParent[dir]) < enoughNames {
			s.byParent[dir] = append(s.byParent[dir], path.Base(d.path))
		}
		if d.path != before {
			s.pages = append(s.pages, d.path)
		}
		before = d.path
	}
	sortByKey(s.pages, lastOf)
}

// sortByKey sorts by a key that is made once for each text, and leaves those with the same key in their order.
func sortByKey(list []string, key func(string) string) {
	type keyed struct {
		text, key string
		at        int
	}
	all := make([]keyed, len(list))
	for i, text := range list {
		all[i] = keyed{text, key(text), i}
	}
	slices.SortFunc(all, func(a, b keyed) int {
		if c := strings.Compare(a.key, b.key); c != 0 {
			return c
		}
		return a.at - b.at
	})
	for i := range all {
		list[i] = all[i].text
	}
}

// lastOf is the last element of a path, in lower case.
func lastOf(p string) string { return strings.ToLower(path.Base(p)) }

// named returns the paths in a list, which is sorted by key, whose key is name.
func named(list []string, name string, key func(string) string) []string {
	first, _ := slices.BinarySearchFunc(list, name, func(p, name string) int { return strings.Compare(key(p), name) })
	last := first
	for last < len(list) && key(list[last]) == name {
		last++
	}
	return list[first:last]
}
