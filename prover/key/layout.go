package key

import (
	"encoding/binary"
	"math/bits"

	"assay/verifier/fault"
)

// Page is the alignment of sections in bytes, and the size of the header.
const Page = 4096

const (
	magic   = "assay-groth16-pk"
	version = 1
	sizeG1  = 64
	sizeG2  = 128

	maxCardinality = 1 << 28 // the largest power of two that divides r - 1
	maxWires       = 1 << 32
)

// ErrFormat is raised for a file that is not a proving key of this version, or is damaged.
var ErrFormat = fault.Define("proving-key-format", "a proving key file is of another format or version, or is damaged: run assay setup again")

// layout is the place of everything in a file.
type layout struct {
	cardinality, wires uint64
	counts             [sections]uint64
}

// offsets gives where sections begin, and the size of the file.
func (l *layout) offsets() (at [sections]uint64, size uint64) {
	size = Page
	for s := range sections {
		at[s] = size
		size += s.bytes(l.counts[s])
		size = (size + Page - 1) / Page * Page
	}
	return at, size
}

// check refuses counts that no key has.
func (l *layout) check() error {
	if bits.OnesCount64(l.cardinality) != 1 || l.cardinality > maxCardinality {
		return fault.New(ErrFormat, "cardinality", "a power of two up to 2^28", l.cardinality)
	}
	if l.wires > maxWires {
		return fault.New(ErrFormat, "wires", "at most 2^32", l.wires)
	}
	c := &l.counts
	for _, e := range []struct {
		section Section
		want    uint64
	}{{Points1, 3}, {Points2, 2}, {InfinityA, l.wires}, {InfinityB, l.wires}, {Z, l.cardinality - 1}, {BasisSigma, c[Basis]}, {B2, c[B]}} {
		if got := c[e.section]; got != e.want {
			return fault.New(ErrFormat, e.section.String(), counted(e.want), counted(got))
		}
	}
	for _, s := range []Section{A, B, K, Basis} {
		if c[s] > l.wires {
			return fault.New(ErrFormat, s.String(), "at most one a wire, "+counted(l.wires), counted(c[s]))
		}
	}
	if n := c[K] + c[Basis]; n > l.wires {
		return fault.New(ErrFormat, "G1.K and basis", "at most one a wire, "+counted(l.wires), counted(n))
	}
	return nil
}

// header encodes the first page.
func (l *layout) header() []byte {
	h := make([]byte, Page)
	copy(h, magic)
	binary.LittleEndian.PutUint32(h[16:], version)
	binary.LittleEndian.PutUint32(h[20:], uint32(sections))
	binary.LittleEndian.PutUint64(h[24:], l.cardinality)
	binary.LittleEndian.PutUint64(h[32:], l.wires)
	at, _ := l.offsets()
	for s := range sections {
		e := h[40+24*int(s):]
		binary.LittleEndian.PutUint64(e, at[s])
		binary.LittleEndian.PutUint64(e[8:], l.counts[s])
		binary.LittleEndian.PutUint64(e[16:], s.bytes(l.counts[s]))
	}
	return h
}

// decode reads the header of a file of the given size. It accepts exactly what header makes.
func decode(h []byte, size uint64) (*layout, error) {
	if len(h) < Page {
		return nil, fault.New(ErrFormat, "size", "at least 4096 bytes", len(h))
	}
	if got := string(h[:len(magic)]); got != magic {
		return nil, fault.New(ErrFormat, "magic", quoted(magic)+" (assay setup makes such a key)", quoted(got))
	}
	if got := binary.LittleEndian.Uint32(h[16:]); got != version {
		return nil, fault.New(ErrFormat, "version", counted(version)+" (assay setup makes such a key)", got)
	}
	if got := binary.LittleEndian.Uint32(h[20:]); got != uint32(sections) {
		return nil, fault.New(ErrFormat, "number of sections", int(sections), got)
	}
	l := &layout{cardinality: binary.LittleEndian.Uint64(h[24:]), wires: binary.LittleEndian.Uint64(h[32:])}
	for s := range sections {
		l.counts[s] = binary.LittleEndian.Uint64(h[40+24*int(s)+8:])
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	want := l.header()
	for i := range want {
		if h[i] != want[i] {
			return nil, fault.New(ErrFormat, "header, byte "+counted(uint64(i)), want[i], h[i])
		}
	}
	if _, end := l.offsets(); size != end {
		return nil, fault.New(ErrFormat, "size", counted(end)+" bytes", counted(size))
	}
	return l, nil
}
