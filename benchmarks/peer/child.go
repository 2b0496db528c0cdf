package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Limits bound a child process, or several in sequence.
type Limits struct {
	Time   time.Duration `json:"time_ns"`
	Memory int64         `json:"memory_bytes"` // resident
	Idle   time.Duration `json:"idle_ns"`      // without any work of a processor
}

// StoppedError says which limit ended a child.
type StoppedError struct {
	Limit   string  // "time", "memory" or "idleness"
	Seconds float64 // of all children in sequence
	Peak    int64   // bytes, of the last
	Untried string  // why the child was not even started, where that is so
}

func (e *StoppedError) Error() string {
	if e.Untried != "" {
		return "not tried: " + e.Untried
	}
	if e.Limit == idleness {
		return fmt.Sprintf("hung: stopped after %.0f s, the last of them without any work", e.Seconds)
	}
	return fmt.Sprintf("stopped at the limit of %s after %.0f s and %.1f GB", e.Limit, e.Seconds, float64(e.Peak)/1e9)
}

// usage of a child that has ended.
type usage struct {
	seconds float64
	peak    int64 // bytes, as the last look saw it
}

const (
	every    = 25 * time.Millisecond // how often a child's memory is looked at
	idleness = "idleness"            // the limit of a child that hangs
)

// runLimited runs a child to its end and gives its standard output and standard error. The error is a *StoppedError if a limit
// ended it, with all processes of its group, and an *exec.ExitError if it ended itself with a status other than 0.
func runLimited(ctx context.Context, cmd *exec.Cmd, lim Limits) (out, errOut []byte, used usage, err error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	lead(cmd)
	cmd.WaitDelay = 5 * time.Second
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, nil, used, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	pid := cmd.Process.Pid
	stop := make(chan struct{})
	var limit atomic.Pointer[string]
	var peak atomic.Int64
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		t := time.NewTicker(every)
		defer t.Stop()
		work := &work{group: pid, looked: start, since: start}
		for {
			select {
			case <-stop:
				return
			case <-ctx.Done():
			case <-t.C:
			}
			peak.Store(max(peak.Load(), peakOf(pid)))
			name := ""
			switch {
			case ctx.Err() != nil:
				name = "interruption"
			case lim.Memory > 0 && peak.Load() > lim.Memory:
				name = "memory"
			case lim.Time > 0 && time.Since(start) > lim.Time:
				name = "time"
			case lim.Idle > 0 && work.idle(time.Now()) > lim.Idle:
				name = idleness
			}
			if name != "" {
				limit.Store(&name)
				killGroup(cmd.Process)
				return
			}
		}
	}()
	err = cmd.Wait()
	close(stop)
	<-watched
	used = usage{seconds: time.Since(start).Seconds(), peak: peak.Load()}
	if name := limit.Load(); name != nil && err != nil {
		if ctx.Err() != nil {
			return nil, nil, used, ctx.Err()
		}
		err = &StoppedError{Limit: *name, Seconds: used.seconds, Peak: used.peak}
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() < 0 {
		err = fmt.Errorf("ended by the system: %s", exit)
	}
	return stdout.Bytes(), stderr.Bytes(), used, err
}

// peakOf is the most memory that a process has had, in bytes, 0 where the system does not tell.
func peakOf(pid int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			if err != nil {
				return 0
			}
			return kb << 10
		}
	}
	return 0
}
