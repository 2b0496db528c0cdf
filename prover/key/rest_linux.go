package key

import "syscall"

// rest takes part of a mapping from the process: its pages stay in the page cache. It is advice: what the system refuses,
// as for memory that is locked, stays as it is.
func rest(part []byte) { _ = syscall.Madvise(part, syscall.MADV_DONTNEED) }
