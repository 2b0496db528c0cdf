// Package cpu proves with gnark on the processor.
package cpu

import (
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/prover"
)

// Backend is gnark's Groth16 prover.
type Backend struct{}

var _ prover.Backend = Backend{}

// Name implements prover.Backend.
func (Backend) Name() string { return "cpu" }

// Prove implements prover.Backend.
func (Backend) Prove(r1cs *cs.R1CS, pk *groth16.ProvingKey, w witness.Witness, opts ...backend.ProverOption) (*groth16.Proof, error) {
	return groth16.Prove(r1cs, pk, w, opts...)
}
