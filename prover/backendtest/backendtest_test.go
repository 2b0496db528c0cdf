package backendtest_test

import (
	"testing"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"assay/prover"
	"assay/prover/backendtest"
)

// plain is gnark's prover, untouched: what every other backend must agree with.
type plain struct{}

func (plain) Name() string { return "gnark" }

func (plain) Prove(j *prover.Job) (*groth16.Proof, error) {
	w, opts, err := j.Witness()
	if err != nil {
		return nil, err
	}
	return groth16.Prove(j.R1CS, j.PK, w, opts...)
}

func TestGnark(t *testing.T) {
	backendtest.Run(t, func(testing.TB) prover.Backend { return plain{} })
}
