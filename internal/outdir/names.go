package outdir

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"

	"github.com/jam-go/jam/internal/filename"
)

// stateDir is the folder of the output directory that is ours, and the rest are
// the names in it.
const (
	stateDir     = ".jam"
	manifestName = "manifest"
	journalName  = "journal"
	lockName     = "lock"
	stageName    = "new"
	tempPrefix   = "tmp-"
)

// checkName reports why name cannot be the name of an output file. Names that
// only Windows cannot hold are refused for windows only: elsewhere the state of an
// earlier build may list such.
func checkName(name string, windows bool) error {
	if name == "." || !fs.ValidPath(name) {
		return errors.New(`not a valid file name: want a relative path with "/" between its elements, none of them empty, "." or ".."`)
	}
	for _, c := range []byte(name) {
		if isForbidden(c) {
			return fmt.Errorf("not a valid file name: it holds the character %q", c)
		}
	}
	first, _, _ := strings.Cut(name, "/")
	if strings.EqualFold(first, stateDir) {
		return fmt.Errorf("not a valid file name: the folder %s holds the state of builds", stateDir)
	}
	if windows {
		for elem := range strings.SplitSeq(name, "/") {
			if err := checkWindows(elem); err != nil {
				return err
			}
		}
	}
	return nil
}

// isForbidden reports the characters that no name may hold: the state has one
// name a line, and Windows takes a backslash for a separator.
func isForbidden(c byte) bool { return c < ' ' || c == 0x7f || c == '\\' }

func checkWindows(elem string) error {
	if filename.Dropped(elem) != "" {
		return fmt.Errorf("not a valid file name on Windows: %q ends in a dot or a space", elem)
	}
	return filename.CheckPortable(elem)
}

// split returns the directory and the last element of name; "." is the
// directory of a name without slash.
func split(name string) (dir, base string) {
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return ".", name
}

// parents yields the directories above name, the nearest first, without the root.
func parents(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if !yield(dir) {
				return
			}
		}
	}
}
