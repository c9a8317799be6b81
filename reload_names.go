package jam

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/work"
)

// look looks at what has become of a named file or folder.
func (r *reloader) look(l *loader, name string) error {
	name = strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/")
	if name == "" || name == "." {
		return r.lookEverywhere(l)
	}
	known := false
	for i, dir := range partFolders {
		if isWithin(name, dir) {
			known, r.folders[i] = true, true
		}
	}
	if isWithin(name, "static") {
		known = true
		r.lookAtStatic(name)
	}
	for _, dir := range r.last.set.contentDirs() {
		var err error
		switch {
		case isWithin(dir, name):
			known, err = true, r.lookBelow(dir)
		case isWithin(name, dir):
			known, err = true, r.lookAtContent(dir, name)
		}
		if err != nil {
			return err
		}
	}
	if !known && len(r.last.set.Sources) > 0 {
		return r.lookAtSources()
	}
	return nil
}

// isWithin tells whether a name is that of a folder, or of something in it.
func isWithin(name, dir string) bool {
	return name == dir || dir == "." || strings.HasPrefix(name, dir) && name[len(dir)] == '/'
}

// contentDirs are the folders of the tree with content.
func (s *settings) contentDirs() []string {
	var dirs []string
	for _, loc := range s.locales {
		if dir := path.Clean(cmp.Or(loc.ContentDir, s.ContentDir)); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// lookAtStatic looks at a static file or a folder of them. What is in a file is not read before it is asked for.
func (r *reloader) lookAtStatic(name string) {
	known, below := false, false
	for _, d := range r.last.static {
		known = known || d.name == name
		below = below || isWithin(d.name, name)
	}
	info, err := r.stat(name)
	switch {
	case known && err == nil && info.Mode().IsRegular():
	case known, below, !errors.Is(err, fs.ErrNotExist):
		r.restatic = true
	}
}

func (r *reloader) stat(name string) (fs.FileInfo, error) {
	if r.last.tree == nil {
		return nil, fs.ErrNotExist
	}
	return fs.Stat(r.last.tree, name)
}

// lookAtContent looks at a file of the content, or a folder.
func (r *reloader) lookAtContent(dir, name string) error {
	rel := name
	if dir != "." {
		rel = name[len(dir)+1:]
	}
	if r.last.set.ignored(rel) {
		return nil
	}
	docs := r.last.docs
	info, err := r.stat(name)
	for i := r.firstFrom(rel); i < len(docs) && docs[i].doc.path() == rel; i++ {
		switch f := docs[i]; {
		case f.doc.name != name || !f.isOfTree():
		case errors.Is(err, fs.ErrNotExist):
			r.moved[name], r.again[i] = true, true
			return nil
		case err != nil || !info.Mode().IsRegular():
			r.relist, r.again[i] = true, true // an error may pass, and the text have changed
			return nil
		case f.format == "":
			if r.last.set.distrusts(rel) { // then what is in it makes a difference
				r.moved[name] = true
			}
			return nil
		default:
			r.named = append(r.named, i)
			return nil
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		r.relist = r.relist || slices.ContainsFunc(docs, func(f *listed) bool { return f.isOfTree() && isWithin(f.doc.name, name) })
		r.moved[name] = true // it may be a link that leads nowhere
		return nil
	}
	switch {
	case err == nil && info.Mode().IsRegular():
		r.moved[name] = true
		return nil
	case err == nil && info.IsDir():
		return r.lookBelow(name)
	}
	r.relist = true
	return nil
}

// firstFrom returns the number of the first document of the last snapshot whose path does not go before another one.
func (r *reloader) firstFrom(p string) int {
	i, _ := slices.BinarySearchFunc(r.last.docs, p, func(f *listed, p string) int { return strings.Compare(f.doc.path(), p) })
	return i
}

// isOfTree tells a file of the tree from a document of another source.
func (f *listed) isOfTree() bool { return f.doc.file != nil && f.doc.file.name != "" }

// lookBelow looks at all that is in a folder of the content.
func (r *reloader) lookBelow(dir string) error {
	r.relist = true
	return r.lookAtAll(func(f *listed) bool { return f.isOfTree() && isWithin(f.doc.name, dir) })
}

// lookAtSources looks at the documents of the configured sources.
func (r *reloader) lookAtSources() error {
	r.relist = true
	return r.lookAtAll(func(f *listed) bool { return !f.isOfTree() })
}

// lookEverywhere looks at everything, and lists the documents meanwhile.
func (r *reloader) lookEverywhere(l *loader) error {
	if r.listed {
		return nil
	}

	for i := range r.folders {
		r.folders[i] = r.folders[i] || !r.last.isUnchanged(i)
	}
	r.relist, r.restatic, r.listed = true, true, true
	var errs [2]error
	err := work.Each(r.ctx, 2, 2, func(_, i int) {
		if i == 0 {
			errs[i] = l.gather()
		} else {
			errs[i] = r.lookAtAll(func(*listed) bool { return true })
		}
	})
	return cmp.Or(err, errs[0], errs[1])
}

// lookAtAll looks at texts, on all cores.
func (r *reloader) lookAtAll(which func(*listed) bool) error {
	var list []int
	for i, f := range r.last.docs {
		if f.format != "" && f.doc.again() && which(f) {
			list = append(list, i)
		}
	}
	return r.lookAtEach(list, r.hasStamp)
}

// lookAtNamed looks at the texts that were named.
func (r *reloader) lookAtNamed() error {
	slices.Sort(r.named)
	return r.lookAtEach(slices.Compact(r.named), func(int) bool { return false })
}

// lookAtEach looks at texts by their numbers, but for those that are known to be as they were, on all cores.
func (r *reloader) lookAtEach(list []int, known func(i int) bool) error {
	bufs := make([][]byte, r.last.set.Workers)
	const some = 32
	return work.Each(r.ctx, len(bufs), (len(list)+some-1)/some, func(worker, k int) {
		for _, i := range list[some*k : min(some*(k+1), len(list))] {
			if !known(i) {
				r.lookAt(i, &bufs[worker])
			}
		}
	})
}

// hasStamp tells whether the operating system says of a text that it has not changed.
func (r *reloader) hasStamp(i int) bool {
	return r.last.docs[i].hasStamp(r.last.tree, r.last.textOf(i).stamp)
}
