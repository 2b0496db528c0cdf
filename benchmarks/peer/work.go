package peer

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// work watches whether the processes of a group use a processor.
type work struct {
	group  int
	looked time.Time
	ticks  int       // that the group's processes have used
	since  time.Time // when ticks last changed
}

// idle is how long the group has done nothing. It looks once a second, and is 0 where the system does not tell.
func (w *work) idle(now time.Time) time.Duration {
	if now.Sub(w.looked) >= time.Second {
		w.looked = now
		if ticks := ticksOf(w.group); ticks != w.ticks || ticks == 0 {
			w.ticks, w.since = ticks, now
		}
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
