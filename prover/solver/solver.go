// Package solver computes the wires of a constraint system of this module from the prover's advice.
//
// It reads the system that gnark's solver reads and comes to the same wires, but knows more of it: advice are small integers,
// so a row of a layer over them is a sum of machine words; the constraints of a level are independent, so their divisions
// share inversions and their work is shared by processors; and a proof needs one walk, with a pause at the commitment.
// Each constraint is computed by or checked against the wires: a solution satisfies all of them.
package solver

import (
	"fmt"
	"math/bits"
	"runtime"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/circuits/gadget"
)

// Solver solves one constraint system, for one proof after the other. It is safe for use by one goroutine at a time.
type Solver struct {
	r            *cs.R1CS
	info         constraint.Groth16Commitment
	calls        []call // of advice, in order
	mask         int    // wire
	coefficients []coefficient
	wide         map[uint32]unknown        // instructions of gnark's own constraints that solve for a wire
	layers       []*gadget.Layer           // of the system
	sums         map[*gadget.Layer][]int64 // of their rows, where they are integers
	levels       [][]uint32                // of instructions, each of which depends on those before
	commits      int                       // the level after which the commitment is made
	tasks        int

	wires   []fr.Element
	small   []int64 // wires as integers, where advised
	advised []bool
	a, b, c []fr.Element // nil between solutions of a large system
	room    int          // of a, b and c: the domain's size
	commit  []fr.Element
}

// Solution is a satisfying assignment: W are the wires as gnark orders them, A, B and C what the sides of each
// constraint come to, with room for as many elements as the domain of the prover's transforms has. It is the receiver's to
// change until the solver's next Solve.
type Solution struct{ W, A, B, C []fr.Element }

// kept is the largest domain whose sides stay with the solver from one solution to the next. Those of a larger one are
// the receiver's alone, who can let go of them before the sums of a proof, when memory is at its peak.
const kept = 1 << 17

// New prepares to solve r, whose public inputs are H and P and whose one commitment hashes H. It refuses a system with
// hints or instructions that it does not know.
func New(r *cs.R1CS) (*Solver, error) {
	infos, ok := r.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok || len(infos) != 1 {
		return nil, fmt.Errorf("new solver: want one commitment, got %d", len(infos))
	}
	if n := r.GetNbPublicVariables(); n != 3 {
		return nil, fmt.Errorf("new solver: want public inputs H and P, got %d", n-1)
	}
	internal, secret, public := r.GetNbVariables()
	n, room := internal+secret+public, 1<<bits.Len(uint(max(r.GetNbConstraints(), 1)-1))
	s := &Solver{r: r, info: infos[0], mask: -1, wide: map[uint32]unknown{}, sums: map[*gadget.Layer][]int64{}, tasks: runtime.GOMAXPROCS(0),
		wires: make([]fr.Element, n), small: make([]int64, n), advised: make([]bool, n),
		room: room, commit: make([]fr.Element, len(infos[0].PrivateCommitted))}
	s.small[0], s.advised[0] = 1, true
	for i := range r.Coefficients {
		s.coefficients = append(s.coefficients, newCoefficient(&r.Coefficients[i]))
	}
	for _, b := range r.Blueprints {
		if e, ok := b.(equation); ok && e.Of() != nil && !slices.Contains(s.layers, e.Of()) {
			s.layers = append(s.layers, e.Of())
		}
	}
	if err := s.prepare(); err != nil {
		return nil, fmt.Errorf("new solver: %w", err)
	}
	return s, nil
}

// Solve computes every wire from the public input h, the salts and the advice. mask is the wire that hides the
// commitment. Once they are known, commit gets the committed wires in the order of the commitment key's basis, and gives
// the challenge rho and the public input p. An error names the constraint that the advice does not satisfy.
func (s *Solver) Solve(h fr.Element, salts []fr.Element, advice gadget.Advice, mask fr.Element, commit func(committed []fr.Element) (rho, p fr.Element, err error)) (*Solution, error) {
	if want := s.r.GetNbSecretVariables(); len(salts) != want {
		return nil, fmt.Errorf("solve: want %d salts, got %d", want, len(salts))
	}
	s.wires[0].SetOne()
	s.wires[1] = h
	copy(s.wires[3:], salts)
	if err := s.advise(advice); err != nil {
		return nil, fmt.Errorf("solve: %w", err)
	}
	s.wires[s.mask] = mask
	s.sum()
	n := s.r.GetNbConstraints()
	for _, side := range []*[]fr.Element{&s.a, &s.b, &s.c} {
		if *side == nil {
			*side = make([]fr.Element, n, s.room)
		}
	}
	p := &pool{s: s}
	for i, level := range s.levels {
		if err := p.solve(level); err != nil {
			return nil, fmt.Errorf("solve: %w", err)
		}
		if i != s.commits {
			continue
		}
		for i, w := range s.info.PrivateCommitted {
			s.commit[i] = s.wires[w]
		}
		rho, claim, err := commit(s.commit)
		if err != nil {
			return nil, fmt.Errorf("solve: %w", err)
		}
		s.wires[s.info.CommitmentIndex], s.wires[2] = rho, claim
	}
	out := &Solution{W: s.wires, A: s.a, B: s.b, C: s.c}
	if s.room > kept {
		s.a, s.b, s.c = nil, nil, nil
	}
	return out, nil
}
