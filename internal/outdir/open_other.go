//go:build !unix

package outdir

// nonblock is a flag for opening files on other systems.
const nonblock = 0
