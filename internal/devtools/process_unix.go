//go:build unix

package devtools

import (
	"os/exec"
	"syscall"
)

// supported tells whether a process here can be given files besides the standard ones.
const supported = true

// ownGroup makes the command the head of a process group, so that all that it starts can be
// ended with it.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killGroup ends all processes of the group. None may be left.
func killGroup(pid int) {
	syscall.Kill(-pid, syscall.SIGKILL)
}
