package gadget

import (
	"fmt"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/permutation/poseidon2"
)

// Poseidon2 over BN254's scalar field with three words: the parameters that its authors give for 128 bits
// (Grassi, Khovratovich, Schofnegger, ePrint 2023/323).
const (
	challengeWidth         = 3
	challengeFullRounds    = 8
	challengePartialRounds = 56
)

// Challenges are field elements that nobody can know or steer before all advice is committed.
type Challenges struct {
	X, B frontend.Variable // of tables: the point, and the factor that joins the columns of a row
	V    frontend.Variable // of polynomial identities
}

// Later registers a check that needs challenges. Finish makes it after those of the tables, in the order of
// registration. A check makes constraints over what the walk has made before: it advises nothing.
func (s *Synth) Later(check func(Challenges) error) { s.later = append(s.later, check) }

// Finish closes the walk: it advises the multiplicities of every table, commits to all advice and to the public
// input h, checks every table and makes the checks of Later. It returns the commitment's challenge rho (nil while
// tracing), which the verifier recomputes as the hash of commitment and h.
//
// The challenges must not be related by anything a prover can use, so they are the three words of the Poseidon2
// permutation of (rho, 1, 2) plus its input, not powers of rho: with the permutation modelled as random, they are
// independent and uniform, and unknown before rho is.
func (s *Synth) Finish(h frontend.Variable) (frontend.Variable, error) {
	multiplicities := make([][]Wire, len(s.tables))
	for i, t := range s.tables {
		multiplicities[i] = s.Advise(t.counts)
	}
	if s.err != nil || s.api == nil {
		return nil, s.err
	}
	committer, ok := s.api.Compiler().(frontend.Committer)
	if !ok {
		return nil, fmt.Errorf("finish circuit: the compiler cannot commit")
	}
	vs := []frontend.Variable{h}
	for _, v := range s.committed {
		vs = append(vs, s.foreign(v))
	}
	rho, err := committer.Commit(vs...)
	if err != nil {
		return nil, fmt.Errorf("commit to advice: %w", err)
	}
	p, err := poseidon2.NewPoseidon2FromParameters(s.api, challengeWidth, challengeFullRounds, challengePartialRounds)
	if err != nil {
		return nil, fmt.Errorf("derive challenges: %w", err)
	}
	state := []frontend.Variable{rho, 1, 2}
	if err := p.Permutation(state); err != nil {
		return nil, fmt.Errorf("derive challenges: %w", err)
	}
	c := Challenges{X: s.wire(s.api.Add(state[0], rho)), B: s.wire(s.api.Add(state[1], 1)), V: s.wire(s.api.Add(state[2], 2))}
	powers := s.powers(Wire{V: c.B})
	for i, t := range s.tables {
		t.check(multiplicities[i], Wire{V: c.X}, powers)
	}
	calls := s.calls
	for _, check := range s.later {
		if err := check(c); err != nil {
			return nil, err
		}
	}
	if s.calls != calls {
		return nil, fmt.Errorf("finish circuit: %d advice calls after the commitment", s.calls-calls)
	}
	return rho, s.err
}

// wire makes a wire of a combination, and a constraint, so that what consumes it often stores one term.
func (s *Synth) wire(v frontend.Variable) frontend.Variable {
	if s.engine {
		return v
	}
	return s.equate(v, int64(1), nil, out)
}
