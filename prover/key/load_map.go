//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package key

import (
	"errors"
	"os"
	"syscall"
)

// load maps a file.
func load(path string) (*loaded, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	n, err := bounded(f)
	if err != nil || n == 0 {
		return new(loaded), errors.Join(err, f.Close())
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, n, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, errors.Join(os.NewSyscallError("mmap", err), f.Close())
	}
	free := func() error { return errors.Join(os.NewSyscallError("munmap", syscall.Munmap(data)), f.Close()) }
	return &loaded{data: data, file: f, rest: rest, free: free}, nil
}
