package key

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"assay/verifier/fault"
)

// File is an open key. Where the system can map files, the long slices of Key are the file's pages and must not be
// written to.
type File struct {
	Key  *groth16.ProvingKey
	data []byte
	free func() error
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
	if f.data, f.free, err = load(path); err != nil {
		return nil, fmt.Errorf("open proving key %s: %w", path, err)
	}
	if err = check(f); err == nil {
		f.Key, err = parse(f.data)
	}
	if err != nil {
		return nil, fmt.Errorf("open proving key %s: %w", path, errors.Join(err, f.free()))
	}
	return f, nil
}

// Sum is the SHA-256 of the whole file. It takes about a second for a gigabyte: who proves often opens once and keeps
// the file open.
func (f *File) Sum() [sha256.Size]byte { return sha256.Sum256(f.data) }

// Size is the file's size in bytes.
func (f *File) Size() int64 { return int64(len(f.data)) }

// Close gives the mapping back. Nothing may use Key after it.
func (f *File) Close() error {
	if f.free == nil {
		return nil
	}
	free := f.free
	f.Key, f.data, f.free = nil, nil, nil
	if err := free(); err != nil {
		return fmt.Errorf("close proving key: %w", err)
	}
	return nil
}

// parse makes a key whose long slices are parts of data, which begins at a multiple of eight bytes.
func parse(data []byte) (*groth16.ProvingKey, error) {
	l, err := decode(data[:min(len(data), Page)], uint64(len(data)))
	if err != nil {
		return nil, err
	}
	at, _ := l.offsets()
	part := func(s Section) []byte {
		end := at[s] + s.bytes(l.counts[s])
		return data[at[s]:end:end]
	}
	one, two := points[bn254.G1Affine](part(Points1)), points[bn254.G2Affine](part(Points2))
	h := &Head{Alpha: one[0], Beta: one[1], Delta: one[2], Beta2: two[0], Delta2: two[1]}
	if h.InfinityA, _, err = unpack(InfinityA, part(InfinityA), l.wires, l.counts[A]); err != nil {
		return nil, err
	}
	if h.InfinityB, _, err = unpack(InfinityB, part(InfinityB), l.wires, l.counts[B]); err != nil {
		return nil, err
	}
	pk := skeleton(l, h)
	for s := A; s < B2; s++ {
		*points1(pk, s) = points[bn254.G1Affine](part(s))
	}
	pk.G2.B = points[bn254.G2Affine](part(B2))
	return pk, nil
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
