package cpu

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	keyfile "assay/prover/key"
	"assay/prover/msm"
	"assay/prover/ntt"
)

// key is a proving key with the wires of its points.
type key struct {
	r1cs *cs.R1CS
	pk   *groth16.ProvingKey

	a, b1, k  *msm.Bases[bn254.G1Affine]
	b2        *msm.Bases[bn254.G2Affine]
	z         *msm.Bases[bn254.G1Affine] // the quotient's
	committed *msm.Bases[bn254.G1Affine] // the commitment's, by position
	knowledge *msm.Bases[bn254.G1Affine] // of the proof of knowledge, by position

	transform *ntt.Transform // of the domain

	full  [][]uint32 // rows of a, b1, k and z whose scalars were full, from the first proof until there are tables
	bytes int64      // of tables
}

// newKey finds the wires of the key's points: those of A and B that are not at infinity, and for K the secret wires
// that are neither committed nor the commitment's challenge. It has each section rest once it has read it.
func newKey(pk *groth16.ProvingKey, r *cs.R1CS, rest func(...keyfile.Section)) (*key, error) {
	infos, ok := r.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(infos) != 1 || len(pk.CommitmentKeys) != 1 {
		return nil, fmt.Errorf("want one commitment, got %d in the system and %d in the key", len(infos), len(pk.CommitmentKeys))
	}
	wires := r.GetNbPublicVariables() + r.GetNbSecretVariables() + r.NbInternalVariables
	public := make([]bool, wires) // or committed
	for i := range r.GetNbPublicVariables() {
		public[i] = true
	}
	public[infos[0].CommitmentIndex] = true
	for _, w := range infos[0].PrivateCommitted {
		public[w] = true
	}
	where := func(name string, omit []bool, points int) ([]uint32, error) {
		if len(omit) != wires {
			return nil, fmt.Errorf("points of %s: want a key of %d wires, got %d", name, wires, len(omit))
		}
		var at []uint32
		for i, o := range omit {
			if !o {
				at = append(at, uint32(i))
			}
		}
		if len(at) != points {
			return nil, fmt.Errorf("points of %s: want %d, got %d", name, len(at), points)
		}
		return at, nil
	}
	a, err := where("A", pk.InfinityA, len(pk.G1.A))
	if err != nil {
		return nil, err
	}
	b, err := where("B", pk.InfinityB, len(pk.G1.B))
	if err != nil {
		return nil, err
	}
	k, err := where("K", public, len(pk.G1.K))
	if err != nil {
		return nil, err
	}
	c := &pk.CommitmentKeys[0]
	for _, n := range []struct {
		name      string
		want, got int
	}{
		{"B in G2", len(b), len(pk.G2.B)},
		{"Z", int(pk.Domain.Cardinality) - 1, len(pk.G1.Z)},
		{"the commitment", len(infos[0].PrivateCommitted), len(c.Basis)},
		{"the proof of knowledge", len(infos[0].PrivateCommitted), len(c.BasisExpSigma)},
	} {
		if n.want != n.got {
			return nil, fmt.Errorf("points of %s: want %d, got %d", n.name, n.want, n.got)
		}
	}
	if n := r.GetNbConstraints(); uint64(n) > pk.Domain.Cardinality {
		return nil, fmt.Errorf("domain: want room for %d constraints, got %d", n, pk.Domain.Cardinality)
	}
	out := &key{r1cs: r, pk: pk, transform: ntt.New(&pk.Domain)}
	for _, n := range []struct {
		section keyfile.Section
		read    func()
	}{
		{keyfile.A, func() { out.a = msm.NewBases(pk.G1.A, a) }},
		{keyfile.B, func() { out.b1 = msm.NewBases(pk.G1.B, b) }},
		{keyfile.B2, func() { out.b2 = msm.NewBases(pk.G2.B, b) }},
		{keyfile.K, func() { out.k = msm.NewBases(pk.G1.K, k) }},
		{keyfile.Z, func() { out.z = msm.NewBases(pk.G1.Z, nil) }},
		{keyfile.Basis, func() { out.committed = msm.NewBases(c.Basis, nil) }},
		{keyfile.BasisSigma, func() { out.knowledge = msm.NewBases(c.BasisExpSigma, nil) }},
	} {
		n.read()
		rest(n.section)
	}
	return out, nil
}
