package key

import (
	"io"
	"os"
	"unsafe"
)

// read reads a whole file to an address that is a multiple of eight.
func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	n, err := bounded(f)
	if err != nil {
		return nil, err
	}
	words := make([]uint64, (n+7)/8)
	data := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), n)
	_, err = io.ReadFull(f, data)
	return data, err
}
