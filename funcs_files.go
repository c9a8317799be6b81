package jam

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// osFuncs is the name space os: files of the site's tree, and of nothing else.
type osFuncs struct{ b binding }

// ReadFile is readFile.
func (o osFuncs) ReadFile(name string) (string, error) { return o.b.readFile(name) }

// FileExists is fileExists.
func (o osFuncs) FileExists(name string) (bool, error) { return o.b.fileExists(name) }

// readFile returns the text of a file of the tree.
func (b binding) readFile(name string) (string, error) {
	tree, file, err := b.treeFile(name)
	if err != nil {
		return "", err
	}
	var text []byte
	err = guard("read", func() (err error) {
		text, err = readRegular(tree, file, b.set().Limits.FileSize)
		return err
	})
	v := b.page().v
	if errors.Is(err, fs.ErrNotExist) {
		v.observe(depFile, file, noFileSum())
		return "", fmt.Errorf("%s: %w", file, errNoFile)
	}
	if v.couldRead(file, err) {
		v.observe(depFile, file, fileSumOf(text))
	}
	return string(text), err
}

// readRegular reads a file, but not a pipe, which would have its reader wait.
func readRegular(tree fs.FS, name string, limit int64) ([]byte, error) {
	info, err := fs.Stat(tree, name)
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is no regular file", name)
	}
	if err != nil {
		return nil, err
	}
	return readFile(tree, name, limit)
}

// fileExists reports whether there is such a file, or folder, in the tree.
func (b binding) fileExists(name string) (bool, error) {
	tree, file, err := b.treeFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	err = guard("read", func() error {
		_, err := fs.Stat(tree, file)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		b.page().v.observe(depFile, file, noFileSum())
		return false, nil
	}
	return b.page().v.couldRead(file, err), err
}

// errNoFile is an fs.ErrNotExist.
const errNoFile = noMessage("no such file in the site's tree")

// longestFile is how many bytes the name of a file may have, with its folders: systems have no longer ones, and to look for
// one that goes through a million folders takes long.
const longestFile = 4096

// treeFile returns the tree, and the name that a file has in it.
func (b binding) treeFile(name string) (fs.FS, string, error) {
	if len(name) > longestFile {
		return nil, "", fmt.Errorf("a name of %d bytes: %w", len(name), errNoFile)
	}
	p := b.page()
	file := path.Clean(strings.TrimLeft(name, "/"))
	p.v.note(depFile, "", file)
	switch {
	case !fs.ValidPath(file):
		return nil, "", fmt.Errorf("%q leads out of the site's tree", name)
	case p.v.snap.tree == nil:
		return nil, "", fmt.Errorf("%s: %w", file, errNoFile)
	}
	return p.v.snap.tree, file, nil
}
