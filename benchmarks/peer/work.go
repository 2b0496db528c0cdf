package peer

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// work watches whether the processes of a group use a processor. A thread that waits for a lock may still look at it now and
// then: less than a twentieth of a processor is no work.
type work struct {
	group  int
	looked time.Time
	ticks  int       // of 10 ms that the group's processes had used then
	since  time.Time // when they last worked
}

// idle is how long the group has not worked. It looks once a second, and is 0 where the system does not tell.
func (w *work) idle(now time.Time) time.Duration {
	if since := now.Sub(w.looked); since >= time.Second {
		ticks := ticksOf(w.group)
		if ticks == 0 || float64(ticks-w.ticks) >= 100*since.Seconds()/20 {
			w.since = now
		}
		w.looked, w.ticks = now, ticks
	}
	return now.Sub(w.since)
}

// ticksOf is the processor time of a group's processes in the system's ticks, 0 where the system does not tell.
func ticksOf(group int) int {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0
	}
	total := 0
	for _, path := range stats {
		b, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended meanwhile
		}
		// After the program's name in parentheses: state, parent, group, and from the 14th field on user and system time (proc(5)).
		f := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
		if len(f) < 13 || string(f[2]) != strconv.Itoa(group) {
			continue
		}
		for _, field := range f[11:13] {
			n, err := strconv.Atoi(string(field))
			if err != nil {
				return 0
			}
			total += n
		}
	}
	return total
}
