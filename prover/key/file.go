package key

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"assay/internal/simd"
	"assay/verifier/fault"
)

// File is an open key. Where the system can map files, the long slices of Key are the file's pages and must not be
// written to.
type File struct {
	Key *groth16.ProvingKey
	*loaded
	layout *layout
}

// loaded is what of a file can be read.
type loaded struct {
	data []byte
	file *os.File          // that data is mapped from; nil if it is not
	free func() error      // gives data back; nil if there is nothing to do
	rest func(part []byte) // takes whole pages of data out of memory until they are read again; nil if data is not mapped
}

// Open opens the key at path. It checks the header and that the file has all that the header promises, not the
// points. Errors are *fault.Error with ErrFormat, or the system's.
func Open(path string) (*File, error) {
	return open(path, func(*File) error { return nil })
}

// OpenSum opens the key at path, which must have the given SHA-256: nothing of the file is believed before.
func OpenSum(path string, want [sha256.Size]byte) (*File, error) {
	return open(path, func(f *File) error {
		if got := f.Sum(); got != want {
			return fault.New(ErrFormat, "SHA-256", hex.EncodeToString(want[:]), hex.EncodeToString(got[:]))
		}
		return nil
	})
}

func open(path string, check func(*File) error) (f *File, err error) {
	f = new(File)
	if f.loaded, err = load(path); err != nil {
		return nil, fmt.Errorf("open proving key %s: %w", path, err)
	}
	if err = check(f); err == nil {
		f.Key, f.layout, err = parse(f.data)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open proving key %s: %w", path, err), f.Close())
	}
	return f, nil
}

// window is how much of a file is read before it leaves memory: a multiple of any system's pages.
const window = 1 << 24

// Sum is the SHA-256 of the whole file. It takes about a second for a gigabyte: who proves often opens once and keeps
// the file open.
func (f *File) Sum() [sha256.Size]byte {
	h := sha256.New()
	for part := range slices.Chunk(f.data, window) {
		simd.Leave()
		h.Write(part)
		if f.rest != nil {
			f.rest(part)
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// Rest takes sections out of the process's memory until something reads them again, which takes no reading from the disk
// while the system keeps them in its cache. Where the system has no such thing, it does nothing.
func (f *File) Rest(all ...Section) {
	if f.rest == nil {
		return
	}
	at, _ := f.layout.offsets()
	page := uint64(os.Getpagesize())
	for _, s := range all {
		if n := s.bytes(f.layout.counts[s]); n > 0 {
			f.rest(f.data[at[s]/page*page : at[s]+n])
		}
	}
}

// Whole is an error if the file is no longer as long as it was: reading what is gone from a mapping would end the process. A
// key is replaced by renaming another to its place, as a setup does, never by writing into it.
func (f *File) Whole() error {
	if f.loaded.file == nil {
		return nil
	}
	info, err := f.loaded.file.Stat()
	if err != nil {
		return fmt.Errorf("look at proving key: %w", err)
	}
	if info.Size() != f.Size() {
		return fmt.Errorf("look at proving key: want the %d bytes that were opened, got %d: it was written to meanwhile", f.Size(), info.Size())
	}
	return nil
}

// Size is the file's size in bytes.
func (f *File) Size() int64 { return int64(len(f.data)) }

// Close gives the mapping back. Nothing may use Key after it.
func (f *File) Close() error {
	free := f.free
	f.Key, f.loaded = nil, new(loaded)
	if free == nil {
		return nil
	}
	if err := free(); err != nil {
		return fmt.Errorf("close proving key: %w", err)
	}
	return nil
}

// parse makes a key whose long slices are parts of data, which begins at a multiple of eight bytes.
func parse(data []byte) (*groth16.ProvingKey, *layout, error) {
	l, err := decode(data[:min(len(data), Page)], uint64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	at, _ := l.offsets()
	part := func(s Section) []byte {
		end := at[s] + s.bytes(l.counts[s])
		return data[at[s]:end:end]
	}
	one, two := points[bn254.G1Affine](part(Points1)), points[bn254.G2Affine](part(Points2))
	h := &Head{Alpha: one[0], Beta: one[1], Delta: one[2], Beta2: two[0], Delta2: two[1]}
	if h.InfinityA, _, err = unpack(InfinityA, part(InfinityA), l.wires, l.counts[A]); err != nil {
		return nil, nil, err
	}
	if h.InfinityB, _, err = unpack(InfinityB, part(InfinityB), l.wires, l.counts[B]); err != nil {
		return nil, nil, err
	}
	pk := skeleton(l, h)
	for s := A; s < B2; s++ {
		*points1(pk, s) = points[bn254.G1Affine](part(s))
	}
	pk.G2.B = points[bn254.G2Affine](part(B2))
	return pk, l, nil
}

func points[P point](b []byte) []P {
	if native {
		return alias[P](b)
	}
	return alias[P](swap(b))
}

// bounded gives the size of an open file, for load.
func bounded(f *os.File) (int, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	n := info.Size()
	if !info.Mode().IsRegular() {
		return 0, fault.New(ErrFormat, "file", "a regular file", info.Mode())
	}
	if int64(int(n)) != n {
		return 0, fault.New(ErrFormat, "size", "what an address can reach", n)
	}
	return int(n), nil
}
