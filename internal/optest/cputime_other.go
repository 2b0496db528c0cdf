//go:build !unix

package optest

import "time"

var started = time.Now()

// cpuTime is the time since the process started, which bounds its processor time on one core.
func cpuTime() time.Duration { return time.Since(started) }
