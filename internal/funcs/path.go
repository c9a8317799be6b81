package funcs

import (
	"path"
	"strings"
)

// Path is the namespace path: slash-separated paths. Backslashes count as slashes.
type Path struct{}

// DirFile is what path.Split returns.
type DirFile struct {
	Dir  string // up to and with the last slash
	File string
}

func slashed(fn string, in any) (string, error) {
	s, err := text(fn, in)
	return strings.ReplaceAll(s, `\`, "/"), err
}

// Base returns the last element: path.Base PATH.
func (Path) Base(in any) (string, error) {
	s, err := slashed("path.Base", in)
	return path.Base(s), err
}

// BaseName returns the last element without its extension: path.BaseName PATH.
func (Path) BaseName(in any) (string, error) {
	s, err := slashed("path.BaseName", in)
	base := path.Base(s)
	if base == "." {
		return base, err
	}
	return strings.TrimSuffix(base, path.Ext(base)), err
}

// Clean returns the shortest equivalent path: path.Clean PATH.
func (Path) Clean(in any) (string, error) {
	s, err := slashed("path.Clean", in)
	return path.Clean(s), err
}

// Dir returns all but the last element: path.Dir PATH.
func (Path) Dir(in any) (string, error) {
	s, err := slashed("path.Dir", in)
	return path.Dir(s), err
}

// Ext returns the extension with its dot: path.Ext PATH.
func (Path) Ext(in any) (string, error) {
	s, err := slashed("path.Ext", in)
	return path.Ext(s), err
}

// Join joins elements, or those of slices, to a clean path: path.Join ELEMENT….
func (Path) Join(elements ...any) (string, error) {
	parts, err := flatten("path.Join", elements)
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(p, `\`, "/")
	}
	return path.Join(parts...), err
}

// Split splits a path behind its last slash: path.Split PATH.
func (Path) Split(in any) (DirFile, error) {
	s, err := slashed("path.Split", in)
	dir, file := path.Split(s)
	return DirFile{dir, file}, err
}
