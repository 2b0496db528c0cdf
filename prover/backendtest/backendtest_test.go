package backendtest_test

import (
	"testing"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/prover"
	"assay/prover/backendtest"
)

// plain is gnark's prover, untouched: what every other backend must agree with.
type plain struct{}

func (plain) Name() string { return "gnark" }

func (plain) Prove(r *cs.R1CS, pk *groth16.ProvingKey, w witness.Witness, opts ...backend.ProverOption) (*groth16.Proof, error) {
	return groth16.Prove(r, pk, w, opts...)
}

func TestGnark(t *testing.T) {
	backendtest.Run(t, func(testing.TB) prover.Backend { return plain{} })
}
