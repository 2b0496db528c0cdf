package prover

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"

	"assay/verifier"
)

// commitmentOf gives the one commitment of a constraint system.
func commitmentOf(r *cs.R1CS) (constraint.Groth16Commitment, error) {
	infos, ok := r.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(infos) != 1 {
		return constraint.Groth16Commitment{}, fmt.Errorf("constraint system: want one commitment, got %v", len(infos))
	}
	return infos[0], nil
}

// maskHint names gnark's hint for the random element that hides a commitment.
func maskHint() (solver.HintID, error) {
	for _, h := range solver.GetRegisteredHints() {
		if strings.HasSuffix(solver.GetHintName(h), "hints.Randomize") {
			return solver.GetHintID(h), nil
		}
	}
	return 0, fmt.Errorf("gnark: no hint named hints.Randomize")
}

var errCommitted = errors.New("the commitment is made")

// challenge finds rho: it solves the system as far as the commitment, whose operands are advice alone, and stops.
// The public input P, which depends on rho, may be anything in w. The options fix the commitment's mask, so that
// the proof's commitment is the same.
func challenge(r *cs.R1CS, pk *groth16.ProvingKey, w witness.Witness, h fr.Element, opts ...solver.Option) (rho fr.Element, fixed []solver.Option, err error) {
	if len(pk.CommitmentKeys) != 1 {
		return rho, nil, fmt.Errorf("proving key: want one commitment key, got %d", len(pk.CommitmentKeys))
	}
	id, err := maskHint()
	if err != nil {
		return rho, nil, err
	}
	var mask fr.Element
	if _, err := mask.SetRandom(); err != nil {
		return rho, nil, fmt.Errorf("draw commitment mask: %w", err)
	}
	fixed = append(opts, solver.OverrideHint(id, func(_ *big.Int, _, out []*big.Int) error {
		mask.BigInt(out[0])
		return nil
	}))
	info, err := commitmentOf(r)
	if err != nil {
		return rho, nil, err
	}
	made := false
	commit := func(_ *big.Int, in, _ []*big.Int) error {
		committed := in[1+len(info.PublicAndCommitmentCommitted):]
		values := make([]fr.Element, len(committed))
		for i := range values {
			values[i].SetBigInt(committed[i])
		}
		d, err := pk.CommitmentKeys[0].Commit(values)
		if err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		rho, made = verifier.Rho(d, h), true
		return errCommitted
	}
	_, err = r.Solve(w, append(fixed[:len(fixed):len(fixed)], solver.OverrideHint(solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder), commit))...)
	if !made {
		return rho, nil, fmt.Errorf("solve to the commitment: %w", err)
	}
	return rho, fixed, nil
}
