// Package solver computes the wires of a constraint system of this module from the prover's advice.
package solver

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"

	"assay/circuits/gadget"

	"github.com/consensys/gnark-crypto/ecc"
)

// Solver solves one constraint system, for one proof after the other.
type Solver struct {
	r    *cs.R1CS
	info constraint.Groth16Commitment
	mask solver.HintID
}

// Solution is a satisfying assignment: W are the wires as gnark orders them, A, B and C what the sides of each
// constraint come to, with room for as many elements as the domain of the prover's transforms has.
type Solution struct{ W, A, B, C []fr.Element }

// New prepares to solve r, whose public inputs are H and P and whose one commitment hashes H.
func New(r *cs.R1CS) (*Solver, error) {
	infos, ok := r.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(infos) != 1 {
		return nil, fmt.Errorf("new solver: want one commitment, got %d", len(infos))
	}
	for _, h := range solver.GetRegisteredHints() {
		if strings.HasSuffix(solver.GetHintName(h), "hints.Randomize") {
			return &Solver{r: r, info: infos[0], mask: solver.GetHintID(h)}, nil
		}
	}
	return nil, errors.New("new solver: gnark has no hint named hints.Randomize")
}

var errCommitted = errors.New("the commitment is made")

// Solve computes every wire from the public input h, the salts and the advice. mask is the wire that hides the
// commitment. Once they are known, commit gets the committed wires in the order of the commitment key's basis, and gives
// the challenge rho and the public input p.
func (s *Solver) Solve(h fr.Element, salts []fr.Element, advice gadget.Advice, mask fr.Element, commit func(committed []fr.Element) (rho, p fr.Element, err error)) (*Solution, error) {
	var rho, p fr.Element
	made := false
	_, err := s.solve(h, p, salts, advice, mask, func(committed []fr.Element) (fr.Element, error) {
		var err error
		if rho, p, err = commit(committed); err != nil {
			return rho, err
		}
		made = true
		return rho, errCommitted
	})
	if !made {
		return nil, fmt.Errorf("solve to the commitment: %w", err)
	}
	return s.solve(h, p, salts, advice, mask, func([]fr.Element) (fr.Element, error) { return rho, nil })
}

func (s *Solver) solve(h, p fr.Element, salts []fr.Element, advice gadget.Advice, mask fr.Element, commit func([]fr.Element) (fr.Element, error)) (*Solution, error) {
	w, err := witness.New(ecc.BN254.ScalarField())
	if err != nil {
		return nil, err
	}
	values := make(chan any, 2+len(salts))
	values <- h
	values <- p
	for _, v := range salts {
		values <- v
	}
	close(values)
	if err := w.Fill(2, len(salts), values); err != nil {
		return nil, fmt.Errorf("fill witness: %w", err)
	}
	sol, err := s.r.Solve(w, advice.Solve(),
		solver.OverrideHint(s.mask, func(_ *big.Int, _, out []*big.Int) error {
			mask.BigInt(out[0])
			return nil
		}),
		solver.OverrideHint(solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder), func(_ *big.Int, in, out []*big.Int) error {
			in = in[1+len(s.info.PublicAndCommitmentCommitted):]
			committed := make([]fr.Element, len(in))
			for i := range in {
				committed[i].SetBigInt(in[i])
			}
			rho, err := commit(committed)
			rho.BigInt(out[0])
			return err
		}))
	if err != nil {
		return nil, err
	}
	x := sol.(*cs.R1CSSolution)
	return &Solution{W: x.W, A: x.A, B: x.B, C: x.C}, nil
}
