//go:build !unix

package peer

import (
	"os"
	"os/exec"
)

// lead makes a process that is to be started the leader of a group of its own, where the system has groups.
func lead(*exec.Cmd) {}

// killGroup ends a leader and all processes of its group. It may have ended before.
func killGroup(leader *os.Process) { leader.Kill() }
