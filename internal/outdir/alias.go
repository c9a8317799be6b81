package outdir

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// aliases finds the written file that a stale name denotes too. On a file
// system that takes Foo.html and foo.html for one name, a page's change of
// spelling must not remove the page.
type aliases struct {
	d     *Dir
	files map[fileKey][]string
}

// fileKey is the same for two names of one file.
type fileKey struct {
	size, mtime int64
}

func keyOf(info fs.FileInfo) fileKey {
	return fileKey{info.Size(), info.ModTime().UnixNano()}
}

// findAliases returns an index of the files that this build wrote, which is empty
// where no file has two names.
func (d *Dir) findAliases() *aliases {
	a := &aliases{d: d, files: map[fileKey][]string{}}
	if d.foldsNames() {
		a.index()
	}
	return a
}

func (a *aliases) index() {
	for _, name := range a.d.files.names(written) {
		if info, err := a.d.root.Lstat(name); err == nil {
			a.files[keyOf(info)] = append(a.files[keyOf(info)], name)
		}
	}
}

// of returns the name of the written file that info describes, or "".
func (a *aliases) of(info fs.FileInfo) string {
	for _, name := range a.files[keyOf(info)] {
		if other, err := a.d.root.Lstat(name); err == nil && os.SameFile(info, other) {
			return name
		}
	}
	return ""
}

// foldsNames reports whether the file system ignores the case or the Unicode
// normalization of names. If in doubt it does.
func (d *Dir) foldsNames() bool {
	const name, lower, decomposed = tempPrefix + "\u00c9", tempPrefix + "\u00e9", tempPrefix + "E\u0301"
	f, err := d.state.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return true
	}
	f.Close()
	defer d.state.Remove(name)
	for _, other := range []string{lower, decomposed} {
		if _, err := d.state.Lstat(other); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// respell makes the file system show the new spelling of a name, element by
// element. Where that fails the file keeps its old one, which denotes it as well.
func (d *Dir) respell(before, now string) {
	old, elems := strings.Split(before, "/"), strings.Split(now, "/")
	if len(old) != len(elems) {
		return
	}
	for i, elem := range elems {
		if old[i] != elem {
			dir := strings.Join(elems[:i], "/")
			_ = d.root.Rename(strings.TrimPrefix(dir+"/"+old[i], "/"), strings.TrimPrefix(dir+"/"+elem, "/"))
		}
	}
}
