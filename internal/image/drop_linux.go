// Package image lets go of the program's own pages, which come back from the system's cache as they are needed.
package image

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Drop lets pages of the program's file go that nothing can have changed: of mappings that are not writable and have no
// page of their own, as relocations or a debugger's breakpoints would make. It is advice: what cannot be found out or done
// leaves them where they are.
func Drop() {
	exe, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		return
	}
	defer f.Close()
	for _, m := range unchanged(bufio.NewScanner(f), exe) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.from, m.to-m.from, syscall.MADV_DONTNEED)
	}
}

// mapping is a range of addresses.
type mapping struct{ from, to uintptr }

// unchanged reads smaps of Linux's proc file system for the mappings of a file that are read only and all the file's.
func unchanged(s *bufio.Scanner, file string) (found []mapping) {
	var m mapping
	ours := false
	for s.Scan() {
		fields := strings.Fields(s.Text())
		switch {
		case len(fields) == 0:
		case !strings.HasSuffix(fields[0], ":"):
			m, ours = head(s.Text(), file)
		case ours && fields[0] == "Anonymous:" && len(fields) > 1 && fields[1] == "0":
			found = append(found, m)
		}
	}
	return found
}

// head reads the first line of a mapping, "from-to rights offset device inode file", and reports whether it is one of a file
// and not writable.
func head(line, file string) (m mapping, ours bool) {
	fields := strings.Fields(line)
	if len(fields) < 6 || !strings.HasSuffix(line, " "+file) || strings.Contains(fields[1], "w") {
		return m, false
	}
	from, to, _ := strings.Cut(fields[0], "-")
	a, errA := strconv.ParseUint(from, 16, 64)
	b, errB := strconv.ParseUint(to, 16, 64)
	return mapping{uintptr(a), uintptr(b)}, errA == nil && errB == nil && a < b
}
