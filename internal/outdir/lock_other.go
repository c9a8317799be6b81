//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd || windows)

package outdir

import "os"

// lock takes the lock of a state folder, for this process only: the system has
// no lock that vanishes with the process.
func lock(state *os.Root, _ string) (unlock func(), warning string, err error) {
	unlock, err = lockLocally(state)
	return unlock, "", err
}
