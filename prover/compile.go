// Package prover compiles constraint systems, makes keys and proves inferences.
//
// A proof leaves this package only after the native verifier has accepted it.
package prover

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
	"github.com/rs/zerolog"

	"assay/circuits"
	"assay/circuits/gadget"
)

func init() { logger.Set(zerolog.Nop()) } // errors are returned; gnark's debug log would mix with output

// Compile makes the constraint system of m, and checks that each public input is constrained.
func Compile(m *circuits.Model) (*cs.R1CS, error) {
	// gnark would give a combination of 300 terms or more a wire and a constraint; here each is consumed once.
	c, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, m.Circuit(),
		frontend.WithCapacity(m.Plan.Constraints()), frontend.WithCompressThreshold(0))
	if err != nil {
		return nil, fmt.Errorf("compile constraint system: %w", err)
	}
	r, ok := c.(*cs.R1CS)
	if !ok {
		return nil, fmt.Errorf("compile constraint system: want an R1CS over BN254, got %T", c)
	}
	if err := checkPublic(r); err != nil {
		return nil, err
	}
	return r, nil
}

// checkPublic refuses a system with a public input that no constraint has: gnark compiles it without a word, and
// a Groth16 proof then verifies with that input changed. It also refuses a system whose public inputs or
// commitment are not those of the statement.
func checkPublic(r *cs.R1CS) error {
	// Wire 0 is the constant one; H and P follow.
	if n := r.GetNbPublicVariables(); n != 3 {
		return fmt.Errorf("check public inputs: want H and P, got %d", n-1)
	}
	used := make([]bool, 3)
	var c constraint.R1C
	for i, inst := range r.Instructions {
		switch b := r.Blueprints[inst.BlueprintID].(type) {
		case interface {
			Read(calldata []uint32) gadget.Equation
		}:
			// A row of a layer is over advice.
			for _, terms := range b.Read(r.CallData[inst.StartCallData:]).Terms {
				for ; len(terms) > 1; terms = terms[2:] {
					if id := terms[1]; int(id) < len(used) && terms[0] != constraint.CoeffIdZero {
						used[id] = true
					}
				}
			}
		case constraint.BlueprintR1C:
			b.DecompressR1C(&c, r.GetInstruction(i))
			for _, l := range []constraint.LinearExpression{c.L, c.R, c.O} {
				for _, t := range l {
					if id := t.WireID(); id < len(used) && t.CoeffID() != constraint.CoeffIdZero {
						used[id] = true
					}
				}
			}
		}
	}
	for i, name := range []string{"", "H", "P"} {
		if i > 0 && !used[i] {
			return fmt.Errorf("check public inputs: no constraint has %s", name)
		}
	}
	info, err := commitmentOf(r)
	if err != nil {
		return err
	}
	if len(info.PublicAndCommitmentCommitted) != 1 || info.PublicAndCommitmentCommitted[0] != 1 {
		return fmt.Errorf("check public inputs: want the commitment to hash H alone, got wires %v", info.PublicAndCommitmentCommitted)
	}
	return nil
}
