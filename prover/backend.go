package prover

import (
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Backend makes Groth16 proofs over BN254. A backend may keep a key that it has seen on its device.
type Backend interface {
	// Name is the backend's name in figures and logs, as "cpu".
	Name() string
	// Prove proves one full witness.
	Prove(r1cs *cs.R1CS, pk *groth16.ProvingKey, w witness.Witness, opts ...backend.ProverOption) (*groth16.Proof, error)
}
