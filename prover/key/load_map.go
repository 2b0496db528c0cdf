//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package key

import (
	"os"
	"syscall"
)

// load maps a file.
func load(path string) (data []byte, free func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	n, err := bounded(f)
	if err != nil {
		return nil, nil, err
	}
	if n == 0 {
		return nil, func() error { return nil }, nil
	}
	if data, err = syscall.Mmap(int(f.Fd()), 0, n, syscall.PROT_READ, syscall.MAP_SHARED); err != nil {
		return nil, nil, os.NewSyscallError("mmap", err)
	}
	return data, func() error { return os.NewSyscallError("munmap", syscall.Munmap(data)) }, nil
}
