package prover

import (
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
)

// Backend makes Groth16 proofs over BN254. A backend may keep what it makes of a key that it has seen. It is safe for
// concurrent use.
type Backend interface {
	// Name is the backend's name in figures and logs, as "cpu".
	Name() string
	// Prove proves the job's statement. An evaluation that the constraint system refuses is an error.
	Prove(*Job) (*groth16.Proof, error)
}

// Keeper is a Backend that takes memory beside what a proof does.
type Keeper interface {
	Keeps() int64 // bytes, at most
}
