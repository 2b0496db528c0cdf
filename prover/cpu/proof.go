package cpu

import (
	"fmt"
	"math/big"
	"runtime/debug"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	keyfile "assay/prover/key"
	"assay/prover/msm"
	"assay/prover/solver"
)

// small is the largest domain whose proofs do not give memory back between transforms and sums: it takes milliseconds.
const small = 1 << 17

// proof is a proof being made.
type proof struct {
	engine *msm.Engine
	key    *key
	rest   func(...keyfile.Section)
	tables bool // whether tables may be made for later proofs

	commitment, knowledge bn254.G1Affine
}

// commit commits to values and proves to know them: two sums of the same scalars.
func (p *proof) commit(values []fr.Element) (bn254.G1Affine, error) {
	if len(values) != p.key.committed.Len() {
		return bn254.G1Affine{}, fmt.Errorf("want %d values, got %d", p.key.committed.Len(), len(values))
	}
	s := p.engine.NewScalars(slices.Clone(values))
	var d, k bn254.G1Jac
	p.run(part{keyfile.Basis, msm.G1(&d, p.key.committed, s)}, part{keyfile.BasisSigma, msm.G1(&k, p.key.knowledge, s)})
	p.commitment.FromJacobian(&d)
	p.knowledge.FromJacobian(&k)
	return p.commitment, nil
}

// prove makes the proof of a solution, which it spends. It does not check that the solution satisfies anything.
func (p *proof) prove(s *solver.Solution) (*groth16.Proof, error) {
	pk := p.key.pk
	n := int(pk.Domain.Cardinality)
	h := padded(s.A, n)
	p.key.transform.Quotient(p.engine, h, padded(s.B, n), padded(s.C, n))
	*s = solver.Solution{W: s.W}
	if n > small {
		debug.FreeOSMemory() // what the transforms leave would stay beside the key
	}

	var a, b1, k, z bn254.G1Jac
	var b2 bn254.G2Jac
	wires, coefficients := p.engine.NewScalars(s.W), p.engine.NewScalars(h)
	if p.tables {
		p.key.see(wires, coefficients)
	}
	p.run(part{keyfile.B2, msm.G2(&b2, p.key.b2, wires)}, part{keyfile.B, msm.G1(&b1, p.key.b1, wires)},
		part{keyfile.A, msm.G1(&a, p.key.a, wires)}, part{keyfile.K, msm.G1(&k, p.key.k, wires)},
		part{keyfile.Z, msm.G1(&z, p.key.z, coefficients)})
	return p.blind(&a, &b1, &k, &z, &b2)
}

// part is a sum of the points of a section of the key.
type part struct {
	section keyfile.Section
	sum     msm.Sum
}

// run computes sums. Each has its section rest once its points were read, so that few sections are in memory at a time.
func (p *proof) run(parts ...part) {
	sums := make([]msm.Sum, len(parts))
	for i, s := range parts {
		sums[i] = msm.Then(s.sum, func() { p.rest(s.section) })
	}
	p.engine.Run(sums...)
}

// padded extends the values of a side of the constraints by zeros to the domain's n.
func padded(v []fr.Element, n int) []fr.Element {
	if cap(v) < n {
		v = append(make([]fr.Element, 0, n), v...)
	}
	k := len(v)
	v = v[:n]
	clear(v[k:])
	return v
}

// blind adds what hides the wires: A = alpha + sum a + r delta, B = beta + sum b + s delta, and
// C = sum k + sum z + s A + r B - r s delta.
func (p *proof) blind(a, b1, k, z *bn254.G1Jac, b2 *bn254.G2Jac) (*groth16.Proof, error) {
	pk := p.key.pk
	var r, s, rs fr.Element
	for _, e := range []*fr.Element{&r, &s} {
		if _, err := e.SetRandom(); err != nil {
			return nil, fmt.Errorf("draw blinding: %w", err)
		}
	}
	rs.Mul(&r, &s).Neg(&rs)
	var ri, si big.Int
	r.BigInt(&ri)
	s.BigInt(&si)

	deltas := bn254.BatchScalarMultiplicationG1(&pk.G1.Delta, []fr.Element{r, s, rs})
	a.AddMixed(&pk.G1.Alpha).AddMixed(&deltas[0])
	b1.AddMixed(&pk.G1.Beta).AddMixed(&deltas[1])
	var delta bn254.G2Jac
	delta.FromAffine(&pk.G2.Delta)
	delta.ScalarMultiplication(&delta, &si)
	b2.AddMixed(&pk.G2.Beta).AddAssign(&delta)

	var t bn254.G1Jac
	k.AddAssign(z).AddMixed(&deltas[2])
	k.AddAssign(t.ScalarMultiplication(a, &si))
	k.AddAssign(t.ScalarMultiplication(b1, &ri))

	out := &groth16.Proof{Commitments: []bn254.G1Affine{p.commitment}, CommitmentPok: p.knowledge}
	out.Ar.FromJacobian(a)
	out.Bs.FromJacobian(b2)
	out.Krs.FromJacobian(k)
	return out, nil
}
