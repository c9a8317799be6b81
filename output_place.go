package jam

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// checkPlace refuses a directory for output that the site is read from: a build would put its files in the place of sources, and
// the next load would read them. Only file systems of package os tell which directory a folder is.
func (s *model) checkPlace(dir dirOutput) error {
	folders := s.folders()
	if len(folders) == 0 {
		return nil
	}
	path, err := filepath.Abs(string(dir))
	if err != nil {
		return nil // as the output says itself
	}
	for at := path; ; at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil {
			for _, f := range folders {
				if os.SameFile(f.info, info) && (f.deep || at == path) {
					return fmt.Errorf("output directory %q: it is in %s, from which the site is read: choose another one, such as public", string(dir), f.name)
				}
			}
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// sourceFolder is a folder from which a site is read.
type sourceFolder struct {
	name string
	info fs.FileInfo
	deep bool // with all that is in it
}

// folders returns those that can be the same as directories.
func (s *model) folders() []sourceFolder {
	var list []sourceFolder
	add := func(fsys fs.FS, dir, name string, deep bool) {
		if fsys == nil {
			return
		}
		if info, err := fs.Stat(fsys, dir); err == nil && info.IsDir() && os.SameFile(info, info) {
			list = append(list, sourceFolder{name, info, deep})
		}
	}
	add(s.tree, ".", "the root of the tree", false)
	for _, dir := range append(partFolders[:], "static", s.set.ContentDir) {
		add(s.tree, dir, "the folder "+dir, true)
	}
	for _, loc := range s.locals {
		if loc.ContentDir != "" {
			add(s.tree, loc.ContentDir, "the folder "+loc.ContentDir, true)
		}
	}
	for i, src := range s.set.Sources {
		for {
			m, ok := src.(mount)
			if !ok {
				break
			}
			src = m.src
		}
		if files, ok := src.(*fsSource); ok {
			add(files.fsys, ".", fmt.Sprintf("the folder of Sources[%d]", i), true)
		}
	}
	return list
}
