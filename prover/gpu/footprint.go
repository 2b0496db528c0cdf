package gpu

import (
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Sizes on the device in bytes.
const (
	g1Bytes     = 64
	g2Bytes     = 128
	scalarBytes = 32
	msmBytes    = 1 << 30 // buckets and indices of gnark's largest piece of a multi-scalar multiplication, 2^18 points of G2
)

// KeyBytes is what a key takes on the device: what its first proof copies there.
func KeyBytes(pk *groth16.ProvingKey) uint64 {
	g1 := len(pk.G1.A) + len(pk.G1.B) + len(pk.G1.K) + len(pk.G1.Z)
	for _, c := range pk.CommitmentKeys {
		g1 += len(c.Basis) + len(c.BasisExpSigma)
	}
	return g1Bytes*uint64(g1) + g2Bytes*uint64(len(pk.G2.B)) + scalarBytes*pk.Domain.Cardinality
}

// CopiedBytes is what each further proof copies: three vectors over the domain, and the scalars of the sums.
func CopiedBytes(pk *groth16.ProvingKey) uint64 {
	n := 3*int(pk.Domain.Cardinality) + len(pk.G1.A) + len(pk.G1.B) + len(pk.G1.K)
	for _, c := range pk.CommitmentKeys {
		n += len(c.Basis)
	}
	return scalarBytes * uint64(n)
}

// workBytes is what a proof takes beside the key: vectors over the domain, its roots of unity and their order, and the
// wires for each side.
func workBytes(pk *groth16.ProvingKey, r *cs.R1CS) uint64 {
	public, secret, internal := r.GetNbVariables()
	return scalarBytes*(8*pk.Domain.Cardinality+3*uint64(public+secret+internal)) + msmBytes
}
