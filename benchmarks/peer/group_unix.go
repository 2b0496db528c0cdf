//go:build unix

package peer

import (
	"os"
	"os/exec"
	"syscall"
)

// lead makes a process that is to be started the leader of a group of its own.
func lead(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killGroup ends a leader and all processes of its group. It may have ended before.
func killGroup(leader *os.Process) { syscall.Kill(-leader.Pid, syscall.SIGKILL) }
