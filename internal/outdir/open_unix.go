//go:build unix

package outdir

import "syscall"

// nonblock has os open a file without asking whether it is one that blocks, which
// takes five system calls. Regular files, the only ones to be opened, do not.
const nonblock = syscall.O_NONBLOCK
