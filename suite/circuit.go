package suite

import (
	"errors"
	"fmt"
	"math/rand"

	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/prover"
	"assay/verifier"
)

// solve is the circuit stage of systems that fit in memory: the constraints accept the input and one from anywhere
// in the declared range.
func (r *run) solve(system *cs.R1CS) error {
	if err := prover.Solve(r.model, system, r.inputs); err != nil {
		return fmt.Errorf("stored input: %w", err)
	}
	if err := prover.Solve(r.model, system, anywhere(rand.New(rand.NewSource(3)), r.model.Program)); err != nil {
		return fmt.Errorf("input drawn from the declared range: %w", err)
	}
	return nil
}

// prove is the proof stage: keys, a proof that verifies, and that is refused in another context.
func (r *run) prove(system *cs.R1CS) error {
	pk, key, schema, err := prover.SetupInsecure(r.model, system)
	if err != nil {
		return err
	}
	p := &prover.Prover{Model: r.model, R1CS: system, PK: pk, Key: key, Schema: schema, Backend: r.backend}
	here, elsewhere := [32]byte{1}, [32]byte{2}
	res, err := p.Prove(here, r.inputs, nil)
	if err != nil {
		return err
	}
	if err := verifier.Verify(key, schema, res.Envelope, here); err != nil {
		return err
	}
	if err := verifier.Verify(key, schema, res.Envelope, elsewhere); err == nil {
		return errors.New("verify: the proof is accepted in another context")
	}
	return nil
}
