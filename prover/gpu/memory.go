//go:build icicle

package gpu

import (
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/runtime"
)

// Sizes on the device in bytes.
const (
	g1Bytes     = 64
	g2Bytes     = 128
	scalarBytes = 32
	msmBytes    = 1 << 30 // buckets and indices of gnark's largest piece of a multi-scalar multiplication, 2^18 points of G2
)

// keyBytes is what a key takes on the device.
func keyBytes(pk *groth16.ProvingKey) uint64 {
	g1 := len(pk.G1.A) + len(pk.G1.B) + len(pk.G1.K) + len(pk.G1.Z)
	for _, c := range pk.CommitmentKeys {
		g1 += len(c.Basis) + len(c.BasisExpSigma)
	}
	return g1Bytes*uint64(g1) + g2Bytes*uint64(len(pk.G2.B)) + scalarBytes*pk.Domain.Cardinality
}

// workBytes is what a proof takes beside the key: three vectors over the domain, its roots of unity and their order,
// and the wires for each side.
func workBytes(pk *groth16.ProvingKey, r *cs.R1CS) uint64 {
	public, secret, internal := r.GetNbVariables()
	return scalarBytes*(8*pk.Domain.Cardinality+3*uint64(public+secret+internal)) + msmBytes
}

// free is the device's free memory; ICICLE does not know that of a processor.
func (b *Backend) free() (bytes uint64, known bool) {
	b.on(func() {
		if m, err := runtime.GetAvailableMemory(); err == runtime.Success {
			bytes, known = uint64(m.Free), true
		}
	})
	return bytes, known
}
