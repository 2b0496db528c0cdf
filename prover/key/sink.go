package key

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"assay/verifier/fault"
)

// Head is what comes before a key's long sections.
type Head struct {
	Cardinality          uint64         // of the domain
	Alpha, Beta, Delta   bn254.G1Affine // in G1
	Beta2, Delta2        bn254.G2Affine // in G2
	InfinityA, InfinityB []bool         // a flag a wire: it has no point in A, in B
	K, Committed         int            // private wires that are not committed, and that are
}

// Sink takes a key in parts: Begin once, then the points of A, B, Z, K, Basis and BasisSigma by G1 and of B2 by G2,
// section by section in any portions, then End. A Sink does not keep the slices that it is given.
type Sink interface {
	Begin(h *Head) error
	G1(s Section, points []bn254.G1Affine) error
	G2(s Section, points []bn254.G2Affine) error
	End() error
}

// Feed gives a key of gnark's to a sink.
func Feed(to Sink, pk *groth16.ProvingKey) error {
	if len(pk.CommitmentKeys) != 1 {
		return fault.New(ErrFormat, "commitment keys", 1, len(pk.CommitmentKeys))
	}
	commitment := pk.CommitmentKeys[0]
	err := to.Begin(&Head{Cardinality: pk.Domain.Cardinality, Alpha: pk.G1.Alpha, Beta: pk.G1.Beta, Delta: pk.G1.Delta,
		Beta2: pk.G2.Beta, Delta2: pk.G2.Delta, InfinityA: pk.InfinityA, InfinityB: pk.InfinityB, K: len(pk.G1.K), Committed: len(commitment.Basis)})
	if err != nil {
		return err
	}
	for _, e := range []struct {
		section Section
		points  []bn254.G1Affine
	}{{A, pk.G1.A}, {B, pk.G1.B}, {Z, pk.G1.Z}, {K, pk.G1.K}, {Basis, commitment.Basis}, {BasisSigma, commitment.BasisExpSigma}} {
		if err := to.G1(e.section, e.points); err != nil {
			return err
		}
	}
	if err := to.G2(B2, pk.G2.B); err != nil {
		return err
	}
	return to.End()
}

// tally is what is still missing of a key that comes in parts.
type tally struct {
	layout
	section Section
	have    uint64 // elements of the section
}

func newTally(h *Head) (*tally, error) {
	count := func(flags []bool) (n uint64) {
		for _, infinite := range flags {
			if !infinite {
				n++
			}
		}
		return n
	}
	t := &tally{layout: layout{cardinality: h.Cardinality, wires: uint64(len(h.InfinityA))}, section: A}
	a, b := count(h.InfinityA), count(h.InfinityB)
	t.counts = [sections]uint64{Points1: 3, Points2: 2, InfinityA: t.wires, InfinityB: uint64(len(h.InfinityB)), A: a, B: b, Z: h.Cardinality - 1,
		K: uint64(h.K), Basis: uint64(h.Committed), BasisSigma: uint64(h.Committed), B2: b}
	return t, t.check()
}

// take accounts for n elements of a section. It gives the sections that end with them or before them, in order.
func (t *tally) take(s Section, n int) (ended []Section, err error) {
	if s < t.section || s >= sections {
		return nil, fault.New(ErrFormat, "sections", "none before "+t.section.String(), s)
	}
	if ended, err = t.skip(s); err != nil {
		return nil, err
	}
	if t.have += uint64(n); t.have > t.counts[s] {
		return nil, fault.New(ErrFormat, s.String(), counted(t.counts[s])+" points", counted(t.have))
	}
	return ended, nil
}

// skip ends the sections before s, which must be complete.
func (t *tally) skip(s Section) (ended []Section, err error) {
	for ; t.section < s; t.section, t.have = t.section+1, 0 {
		if t.have != t.counts[t.section] {
			return nil, fault.New(ErrFormat, t.section.String(), counted(t.counts[t.section])+" points", counted(t.have))
		}
		ended = append(ended, t.section)
	}
	return ended, nil
}
