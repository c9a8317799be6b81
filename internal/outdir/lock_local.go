//go:build !windows

package outdir

import (
	"io/fs"
	"os"
	"slices"
	"sync"
)

// busy lists the state folders that builds of this process hold where the file
// system has no locks.
var busy struct {
	mu      sync.Mutex
	folders []fs.FileInfo
}

// lockLocally takes a lock that only this process knows.
func lockLocally(state *os.Root) (unlock func(), err error) {
	info, err := state.Stat(".")
	if err != nil {
		return nil, err
	}
	same := func(other fs.FileInfo) bool { return os.SameFile(info, other) }
	busy.mu.Lock()
	defer busy.mu.Unlock()
	if slices.ContainsFunc(busy.folders, same) {
		return nil, ErrBusy
	}
	busy.folders = append(busy.folders, info)
	return func() {
		busy.mu.Lock()
		defer busy.mu.Unlock()
		busy.folders = slices.DeleteFunc(busy.folders, same)
	}, nil
}
