package preview

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// A tracker knows the files of a site as they were last looked at, and so tells what has
// changed. It is used by one goroutine.
type tracker struct {
	roots []root
	watch func(dir string) error // told of every folder; nil when nobody wants to know
	leave func(dir string)
	exact bool // compares contents where times may be too coarse

	files map[string]stamp // by path in the operating system's form
	links map[string]bool  // those of files that are links to others
	away  sync.Map         // of what links lead to: string → true
	dirs  map[string]bool
	there map[string]bool // roots that are folders
	sum   uint64          // of all files, the same in another process
	fault error           // of watch
}

// A root is a folder or file that belongs to the site.
type root struct {
	path   string
	hidden bool // files whose names begin with a dot belong to it
	extra  bool // it is one of Options.Watch
}

type stamp struct {
	size, time int64
	mode       fs.FileMode
	content    uint64 // where it was compared
}

func newTracker(roots []root) *tracker {
	return &tracker{roots: roots, files: make(map[string]stamp), links: make(map[string]bool), dirs: make(map[string]bool), there: make(map[string]bool)}
}

// root returns the root that a path belongs to, or nil.
func (t *tracker) root(path string) *root {
	for i, r := range t.roots {
		if within(path, r.path) {
			return &t.roots[i]
		}
	}
	return nil
}

// relevant tells whether what happens to a path may concern the site: it is not a backup of
// an editor, say. It may be called by any goroutine.
func (t *tracker) relevant(path string) bool {
	for _, r := range t.roots {
		if within(r.path, path) { // r itself, or a folder above it
			return true
		}
		if rest, ok := below(path, r.path); ok && !ignored(rest, r.hidden) {
			return true
		}
	}
	_, linked := t.away.Load(path)
	return linked
}

func ignored(rest string, hidden bool) bool {
	for elem := range strings.SplitSeq(filepath.ToSlash(rest), "/") {
		switch {
		case strings.HasPrefix(elem, ".") && !hidden, elem == ".git", elem == ".DS_Store", strings.HasSuffix(elem, "~"):
			return true
		case strings.HasPrefix(elem, ".#"), strings.HasPrefix(elem, "#") && strings.HasSuffix(elem, "#"): // Emacs
			return true
		case strings.HasPrefix(elem, ".") && len(elem) > 4 && strings.HasPrefix(filepath.Ext(elem), ".sw"): // Vim
			return true
		}
	}
	return false
}

// below returns the path of a file in a folder, relative to it.
func below(path, dir string) (rest string, ok bool) {
	if rest, ok = strings.CutPrefix(path, dir); !ok {
		return "", false
	}
	if strings.HasSuffix(dir, string(filepath.Separator)) { // the root of a file system
		return rest, rest != ""
	}
	if rest == "" || !os.IsPathSeparator(rest[0]) {
		return "", false
	}
	return rest[1:], true
}

func within(path, dir string) bool {
	_, ok := below(path, dir)
	return ok || path == dir
}

// has tells whether there was such a file.
func (t *tracker) has(path string) bool {
	_, ok := t.files[path]
	return ok
}

// all looks at everything, and returns the files that have changed, sorted.
func (t *tracker) all() []string {
	hints := make(map[string]bool, len(t.roots))
	for _, r := range t.roots {
		hints[r.path] = false
	}
	return t.look(hints)
}

// look looks at some paths, and what is below them, and returns the files that have changed,
// sorted. What a hint says is true is taken as changed however it looks.
func (t *tracker) look(hints map[string]bool) []string {
	t.fault = nil
	t.watchAbove()
	var changed []string
	for path, sure := range hints { // before anything is watched again by another name
		if sure {
			t.unwatch(path)
		}
	}
	for path, sure := range hints {
		for _, p := range t.expand(path) {
			changed = append(changed, t.lookAt(p, sure && p == path)...)
		}
	}
	for link := range t.links { // to files that may be elsewhere
		changed = append(changed, t.lookAt(link, false)...)
	}
	slices.Sort(changed)
	return slices.Compact(changed)
}

// expand returns the roots below a path that lies above them, or else the path.
func (t *tracker) expand(path string) []string {
	var list []string
	for _, r := range t.roots {
		if within(r.path, path) {
			list = append(list, r.path)
		}
	}
	if list == nil {
		list = []string{path}
	}
	return list
}

// watchAbove watches the folder that each root is in, or is to be in: it may be replaced.
func (t *tracker) watchAbove() {
	for _, r := range t.roots {
		for dir := filepath.Dir(r.path); ; dir = filepath.Dir(dir) {
			info, err := os.Stat(dir)
			if err == nil && info.IsDir() {
				t.watchDir(dir)
				break
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
}

func (t *tracker) watchDir(dir string) {
	if t.watch == nil || t.fault != nil {
		return
	}
	switch err := t.watch(dir); {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission): // the folder above tells when this changes
	default:
		t.fault = err
	}
}

// unwatch ends watching a folder and those below: what has these names may be another one by now.
func (t *tracker) unwatch(path string) {
	if !t.dirs[path] || t.leave == nil {
		return
	}
	for dir := range t.dirs {
		if within(dir, path) {
			t.leave(dir)
		}
	}
}

func (t *tracker) lookAt(path string, sure bool) []string {
	r := t.root(path)
	if r == nil {
		return nil
	}
	info, err := os.Stat(path)
	isDir := err == nil && info.IsDir()
	var changed []string
	if link, lerr := os.Lstat(path); path != r.path && lerr == nil && link.Mode()&fs.ModeSymlink != 0 {
		if isDir && t.dirs[path] { // which is not looked into any more
			changed = append(changed, path)
		}
		isDir = false
		if err != nil { // loading says that it leads nowhere
			t.links[path] = true
			info, err = link, nil
		}
	}
	if path == r.path && isDir != t.there[path] { // which counts though no file be in it
		changed = append(changed, path)
		t.there[path] = isDir
		if stamp := (stamp{}); isDir {
			t.sum += stamp.hash(path)
		} else {
			t.sum -= stamp.hash(path)
		}
	}
	if isDir {
		return append(changed, t.walk(path, r)...)
	}
	t.unwatch(path)
	changed = append(changed, t.dropBelow(path, nil)...)
	switch {
	case err == nil && isFile(info):
		if t.set(path, info) || sure {
			changed = append(changed, path)
		}
	case t.drop(path):
		changed = append(changed, path)
	}
	return changed
}

// isFile tells whether there is something to load, be it a link that leads nowhere.
func isFile(info fs.FileInfo) bool {
	return info.Mode().IsRegular() || info.Mode()&fs.ModeSymlink != 0
}

// walk looks at a folder. Folders are watched before they are read, so that nothing is missed.
func (t *tracker) walk(dir string, r *root) []string {
	var changed []string
	if t.drop(dir) { // it was a file
		changed = append(changed, dir)
	}
	seen := make(map[string]bool)
	visit := func(path string, d fs.DirEntry, err error) error {
		path = filepath.Clean(path)
		if rest, ok := below(path, r.path); ok && ignored(rest, r.hidden) {
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if err != nil { // it has gone, or is not for us: loading says so
			return nil
		}
		if d.IsDir() {
			t.dirs[path], seen[path] = true, true
			t.watchDir(path)
			return nil
		}
		info, err := os.Stat(path) // what a link leads to
		isLink := d.Type()&fs.ModeSymlink != 0
		if err != nil && isLink {
			info, err = d.Info()
		}
		if err != nil || !isFile(info) {
			return nil
		}
		seen[path] = true
		if isLink {
			t.follow(path)
		}
		if t.set(path, info) {
			changed = append(changed, path)
		}
		return nil
	}
	if err := filepath.WalkDir(dir+string(filepath.Separator), visit); err != nil { // with the separator it may be a link
		t.fault = err
	}
	return append(changed, t.dropBelow(dir, seen)...)
}

// follow has the file watched that a link leads to.
func (t *tracker) follow(link string) {
	t.links[link] = true
	target, err := filepath.EvalSymlinks(link)
	if err != nil { // it has gone meanwhile
		return
	}
	t.away.Store(target, true)
	t.watchDir(filepath.Dir(target))
}

// dropBelow forgets the files and folders below a folder that have not been seen, and returns the files.
func (t *tracker) dropBelow(path string, seen map[string]bool) []string {
	if !t.dirs[path] {
		return nil
	}
	var gone []string
	for name := range t.files {
		if _, ok := below(name, path); ok && !seen[name] {
			gone = append(gone, name)
		}
	}
	for _, name := range gone {
		t.drop(name)
	}
	for dir := range t.dirs {
		if within(dir, path) && !seen[dir] {
			delete(t.dirs, dir)
		}
	}
	return gone
}

func (t *tracker) drop(path string) bool {
	old, ok := t.files[path]
	if ok {
		t.sum -= old.hash(path)
		delete(t.files, path)
		delete(t.links, path)
	}
	return ok
}

// set notes how a file looks, and tells whether it looks different.
func (t *tracker) set(path string, info fs.FileInfo) bool {
	old, known := t.files[path]
	now := stamp{size: info.Size(), time: info.ModTime().UnixNano(), mode: info.Mode()}
	const coarsest = 2 * time.Second // how exact a file system's times are at least
	if t.exact && time.Since(info.ModTime()).Abs() < 2*coarsest {
		now.content = contentSum(path)
	}
	same := known && old.size == now.size && old.time == now.time && old.mode == now.mode &&
		(old.content == now.content || old.content == 0 || now.content == 0)
	if known {
		t.sum -= old.hash(path)
	}
	t.sum += now.hash(path)
	t.files[path] = now
	return !same
}

// hash makes a number of a file's path and its looks, the same in every process.
func (s stamp) hash(path string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, path)
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:], uint64(s.size))
	binary.LittleEndian.PutUint64(b[8:], uint64(s.time))
	h.Write(b[:])
	return h.Sum64()
}

// contentSum is 0 for a file that can't be read.
func contentSum(path string) uint64 {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	h := fnv.New64a()
	if _, err := io.Copy(h, f); err != nil {
		return 0
	}
	return h.Sum64() | 1
}

// torn tells how long to wait for some file that looks as if it were just being written: it has gone, or is empty, and was
// not before.
func (t *tracker) torn(hints map[string]bool) time.Duration {
	var wait time.Duration
	for path := range hints {
		old, known := t.files[path]
		if !known || old.size == 0 {
			continue
		}
		switch info, err := os.Stat(path); {
		case err != nil:
			wait = max(wait, absence)
		case info.Size() == 0:
			return patience
		}
	}
	return wait
}
