package jam

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// relists tells whether the documents are to be listed again.
func (r *reloader) relists() bool { return r.relist || len(r.moved) > 0 }

// list lists the documents again.
func (r *reloader) list(l *loader) error {
	if !r.relist {
		if done, err := r.listMoved(l); done || err != nil {
			return err
		}
	}
	return l.gather()
}

// listMoved lists the documents without a walk through all folders, and tells whether that could be done: not with other
// sources than a folder of the tree, nor for files in new folders.
func (r *reloader) listMoved(l *loader) (done bool, err error) {
	if len(r.last.set.Sources) > 0 || len(r.last.set.contentDirs()) > 1 {
		return false, nil
	}
	sources, err := l.sources()
	if err != nil || len(sources) != 1 {
		return false, err
	}
	docs := r.last.docs
	items := make([]item, len(docs))
	l.items = make([]*item, 0, len(docs)+len(r.moved))
	for i, f := range docs {
		if !r.moved[f.doc.name] {
			items[i].listed = f
			l.items = append(l.items, &items[i])
		}
	}
	folders := make(map[string][]fs.DirEntry)
	for name := range r.moved {
		if done, err = r.listFile(l, sources[0], name, folders); !done || err != nil {
			l.items = nil
			return false, err
		}
	}
	l.arrange()
	return true, nil
}

// listFile adds a document, if there is such a file, as a walk through the folder would. It tells whether that would come
// by where it is.
func (r *reloader) listFile(l *loader, src localSource, name string, folders map[string][]fs.DirEntry) (bool, error) {
	files := src.Source.(*fsSource)
	rel := name
	if files.name != "." {
		rel = name[len(files.name)+1:]
	}
	dir := path.Dir(rel)
	entries, known := folders[dir]
	if !known {
		var err error
		if entries, err = fs.ReadDir(files.fsys, dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, nil // which is for the walk to report
		}
		folders[dir] = entries
	}
	i, there := slices.BinarySearchFunc(entries, path.Base(rel), func(e fs.DirEntry, base string) int { return strings.Compare(e.Name(), base) })
	switch {
	case !there, strings.HasPrefix(path.Base(rel), "."):
		return true, nil
	case entries[i].IsDir(), !r.wasWalked(dir):
		return false, nil
	}
	doc, err := files.document(rel, entries[i])
	if err == nil && doc == nil {
		return true, nil
	}
	if it := l.collect(doc, err, src.loc, "", "read"); it != nil {
		it.doc = files.keep(doc, new(slab[document]))
		l.refuseMarkup(it)
		l.items = append(l.items, it)
	}
	return true, nil
}

// wasWalked tells whether there was a document in a folder of the content, or below it.
func (r *reloader) wasWalked(dir string) bool {
	if dir == "." {
		return true
	}
	i := r.firstFrom(dir + "/")
	return i < len(r.last.docs) && strings.HasPrefix(r.last.docs[i].doc.path(), dir+"/")
}
