package key

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
)

// Memory is a Sink that keeps the key. The zero value is ready.
type Memory struct {
	key   *groth16.ProvingKey
	tally *tally
}

// Begin implements Sink.
func (m *Memory) Begin(h *Head) (err error) {
	if m.tally, err = newTally(h); err != nil {
		return err
	}
	n := m.tally.counts
	m.key = skeleton(&m.tally.layout, h)
	for s := A; s < B2; s++ {
		*points1(m.key, s) = make([]bn254.G1Affine, 0, n[s])
	}
	m.key.G2.B = make([]bn254.G2Affine, 0, n[B2])
	return nil
}

// G1 implements Sink.
func (m *Memory) G1(s Section, points []bn254.G1Affine) error {
	if _, err := m.tally.take(s, len(points)); err != nil {
		return err
	}
	to := points1(m.key, s)
	*to = append(*to, points...)
	return nil
}

// G2 implements Sink.
func (m *Memory) G2(s Section, points []bn254.G2Affine) error {
	if _, err := m.tally.take(s, len(points)); err != nil {
		return err
	}
	m.key.G2.B = append(m.key.G2.B, points...)
	return nil
}

// End implements Sink.
func (m *Memory) End() error {
	_, err := m.tally.skip(sections)
	return err
}

// Key is the key after End.
func (m *Memory) Key() *groth16.ProvingKey { return m.key }

// skeleton makes a key of all but the long sections. Its domain has no tables: package prover/ntt makes its own, of an
// eighth of the size.
func skeleton(l *layout, h *Head) *groth16.ProvingKey {
	pk := &groth16.ProvingKey{Domain: *fft.NewDomain(l.cardinality, fft.WithoutPrecompute()), CommitmentKeys: make([]pedersen.ProvingKey, 1),
		InfinityA: h.InfinityA, InfinityB: h.InfinityB, NbInfinityA: l.wires - l.counts[A], NbInfinityB: l.wires - l.counts[B]}
	pk.G1.Alpha, pk.G1.Beta, pk.G1.Delta = h.Alpha, h.Beta, h.Delta
	pk.G2.Beta, pk.G2.Delta = h.Beta2, h.Delta2
	return pk
}

// points1 is the place of a section of G1 in a key.
func points1(pk *groth16.ProvingKey, s Section) *[]bn254.G1Affine {
	return [sections]*[]bn254.G1Affine{A: &pk.G1.A, B: &pk.G1.B, Z: &pk.G1.Z, K: &pk.G1.K,
		Basis: &pk.CommitmentKeys[0].Basis, BasisSigma: &pk.CommitmentKeys[0].BasisExpSigma}[s]
}
