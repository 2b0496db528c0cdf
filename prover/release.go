package prover

import groth16 "github.com/consensys/gnark/backend/groth16/bn254"

// Releaser is a backend that keeps something for each key that it has seen: a copy on a device, or tables.
type Releaser interface {
	Backend
	// Release gives up what the backend keeps for pk, which may be nothing. The key can be used again.
	Release(pk *groth16.ProvingKey) error
}
