package gpu

import (
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
)

// Sizes on the device in bytes.
const (
	g1Bytes     = 64
	g2Bytes     = 128
	scalarBytes = 32
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
