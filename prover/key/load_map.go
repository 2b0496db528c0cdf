//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package key

import (
	"os"
	"syscall"
)

// load maps a file.
func load(path string) (*loaded, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	n, err := bounded(f)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return new(loaded), nil
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, n, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, os.NewSyscallError("mmap", err)
	}
	return &loaded{data: data, rest: rest, free: func() error { return os.NewSyscallError("munmap", syscall.Munmap(data)) }}, nil
}
