package setup

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/prover/fixed"
	"assay/prover/key"
)

// Progress hears how much of a part is done, from 0 to 1. The parts are evaluating the system, the tables, and the
// sections of the key. It may be nil.
type Progress func(part string, done float64)

// Parts before the sections of the key.
const (
	Evaluate = "evaluate constraints"
	Tables   = "tables of the generators"
)

// Run draws secrets, gives the proving key of r to a sink, and the verifying key to the caller. Whoever can read this
// process's memory can forge proofs for the keys.
func Run(r *cs.R1CS, to key.Sink, progress Progress) (*groth16.VerifyingKey, error) {
	s, err := draw(fft.NewDomain(uint64(r.GetNbConstraints()), fft.WithoutPrecompute()).Cardinality)
	if err != nil {
		return nil, err
	}
	defer s.forget()
	if progress == nil {
		progress = func(string, float64) {}
	}
	return run(r, to, progress, s)
}

func run(r *cs.R1CS, to key.Sink, progress Progress, s *secrets) (*groth16.VerifyingKey, error) {
	infos, ok := r.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(infos) != 1 {
		return nil, fmt.Errorf("want a system with one commitment, got %d", len(infos))
	}
	domain := fft.NewDomain(uint64(r.GetNbConstraints()), fft.WithoutPrecompute())
	if err := s.check(domain.Cardinality); err != nil {
		return nil, err
	}
	progress(Evaluate, 0)
	v, err := newScalars(r, infos[0], domain, s)
	if err != nil {
		return nil, err
	}
	defer v.forget()
	progress(Evaluate, 1)

	progress(Tables, 0)
	_, _, g, h := bn254.Generators()
	z := int(domain.Cardinality) - 1
	t1 := fixed.NewG1(g, len(v.a)+len(v.b)+z+len(v.private)+2*len(v.committed))
	t2 := fixed.NewG2(h, len(v.b))
	progress(Tables, 1)

	m := &maker{v, s, t1, t2, to, progress}
	vk, head := m.short(infos, r.GetNbPublicVariables())
	head.Cardinality = domain.Cardinality
	if err := to.Begin(head); err != nil {
		return nil, err
	}
	if err := m.long(z); err != nil {
		return nil, err
	}
	if err := to.End(); err != nil {
		return nil, err
	}
	if err := vk.Precompute(); err != nil {
		return nil, fmt.Errorf("pair points of the verifying key: %w", err)
	}
	return vk, nil
}

// maker turns scalars into points.
type maker struct {
	*scalars
	secrets  *secrets
	t1       *fixed.Table[bn254.G1Affine]
	t2       *fixed.Table[bn254.G2Affine]
	to       key.Sink
	progress Progress
}

// short makes the verifying key and what stands before the proving key's sections.
func (m *maker) short(infos constraint.Groth16Commitments, publics int) (*groth16.VerifyingKey, *key.Head) {
	s := m.secrets
	v := append([]fr.Element{s.alpha, s.beta, s.delta}, m.public...)
	one := make([]bn254.G1Affine, len(v))
	m.t1.Multiply(one, v)
	clear(v)
	v = append(v[:0], s.beta, s.delta, s.gamma, s.sigma)
	v[3].Mul(&v[3], &s.gamma).Neg(&v[3])
	two := make([]bn254.G2Affine, len(v))
	m.t2.Multiply(two, v)
	clear(v)

	vk := &groth16.VerifyingKey{CommitmentKeys: []pedersen.VerifyingKey{{G: two[2], GSigmaNeg: two[3]}},
		PublicAndCommitmentCommitted: infos.GetPublicAndCommitmentCommitted(infos.CommitmentIndexes(), publics)}
	vk.G1.Alpha, vk.G1.Beta, vk.G1.Delta, vk.G1.K = one[0], one[1], one[2], one[3:]
	vk.G2.Beta, vk.G2.Delta, vk.G2.Gamma = two[0], two[1], two[2]
	return vk, &key.Head{Alpha: one[0], Beta: one[1], Delta: one[2], Beta2: two[0], Delta2: two[1],
		InfinityA: m.infinityA, InfinityB: m.infinityB, K: len(m.private), Committed: len(m.committed)}
}

// long makes the sections. z is the number of points of Z.
func (m *maker) long(z int) error {
	list := func(v []fr.Element) func([]fr.Element, int) {
		return func(dst []fr.Element, from int) { copy(dst, v[from:]) }
	}
	b := newBuffers[bn254.G1Affine](max(len(m.a), len(m.b), z, len(m.private), len(m.committed)))
	for _, e := range []struct {
		section key.Section
		n       int
		fill    func(dst []fr.Element, from int)
	}{
		{key.A, len(m.a), list(m.a)},
		{key.B, len(m.b), list(m.b)},
		{key.Z, z, func(dst []fr.Element, from int) {
			for i := range dst {
				m.z.reversed(&dst[i], from+i)
			}
		}},
		{key.K, len(m.private), list(m.private)},
		{key.Basis, len(m.committed), list(m.committed)},
		{key.BasisSigma, len(m.committed), func(dst []fr.Element, from int) {
			for i := range dst {
				dst[i].Mul(&m.committed[from+i], &m.secrets.sigma)
			}
		}},
	} {
		out := func(points []bn254.G1Affine) error { return m.to.G1(e.section, points) }
		if err := stream(m.t1, b, e.n, e.fill, out, m.report(e.section, e.n)); err != nil {
			return err
		}
	}
	out := func(points []bn254.G2Affine) error { return m.to.G2(key.B2, points) }
	return stream(m.t2, newBuffers[bn254.G2Affine](len(m.b)), len(m.b), list(m.b), out, m.report(key.B2, len(m.b)))
}

func (m *maker) report(s key.Section, n int) func(done int) {
	m.progress(s.String(), 0)
	if n == 0 {
		m.progress(s.String(), 1)
	}
	return func(done int) { m.progress(s.String(), float64(done)/float64(n)) }
}
