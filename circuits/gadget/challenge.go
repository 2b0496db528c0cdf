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

// Challenges are field elements that nobody can know or steer before all advice is committed. X and V may be the same.
type Challenges struct {
	X, B frontend.Variable // of tables: the point, and the factor that joins the columns of a row, nil where none does
	V    frontend.Variable // of polynomial identities
}

// Later registers a check that needs challenges. Finish makes it after those of the tables, in the order of
// registration. A check makes constraints over what the walk has made before: it advises nothing.
func (s *Synth) Later(check func(Challenges) error) {
	s.open("a check")
	s.later = append(s.later, check)
}

// open fails where the walk is closed: what would come then is bound by no commitment, or never made.
func (s *Synth) open(what string) {
	if s.closed {
		s.fail(fmt.Errorf("circuit: want no %s after the commitment", what))
	}
}

// Finish closes the walk: it advises the multiplicities of every table, commits to all advice and to the public
// input h, checks every table and makes the checks of Later. It returns the commitment's challenge rho (nil while
// tracing), which the verifier recomputes as the hash of commitment and h.
//
// Each table whose rows are single integers, and each identity of Later, claims that a polynomial in one variable is zero,
// with coefficients that advice and constants determine. All of these may be tried at one random point: by the union bound
// the chance that any that is not zero vanishes there is at most the sum of their degrees over r. So rho, random once the
// advice is committed, is both X and V; and the caller may compare polynomials at it, as the statement does with its values.
//
// A table that joins columns claims it of a polynomial in X and B, which must not be related by anything a prover can use:
// at X = rho, B = rho^2 it could vanish. So where there is such a table the challenges are the three words of the Poseidon2
// permutation of (rho, 1, 2) plus its input: with the permutation modelled as random, they are independent and uniform, and
// unknown before rho is.
func (s *Synth) Finish(h frontend.Variable) (frontend.Variable, error) {
	for _, u := range s.unions {
		u.bound()
	}
	multiplicities := make([][]Wire, len(s.tables))
	for i, t := range s.tables {
		multiplicities[i] = s.Advise(t.counts)
		if t.union != nil {
			t.union.multiplicities = [][]Wire{multiplicities[i]}
		}
	}
	for _, u := range s.unions {
		u.advise()
	}
	s.closed = true
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
	c, powers := Challenges{X: rho, V: rho}, []Wire(nil)
	if columns := s.joined(); columns > 0 {
		if c, err = s.permute(rho); err != nil {
			return nil, err
		}
		powers = s.powers(Wire{V: c.B}, columns)
	}
	for i, t := range s.tables {
		if t.union == nil {
			t.check(multiplicities[i], Wire{V: c.X}, powers)
		}
	}
	for _, u := range s.unions {
		u.check(Wire{V: c.X})
	}
	for _, check := range s.later {
		if err := check(c); err != nil {
			return nil, err
		}
	}
	return rho, s.err
}

// joined is the most columns that a row of a table joins to its key by a challenge.
func (s *Synth) joined() int {
	n := 0
	for _, t := range s.tables {
		if !t.packed {
			n = max(n, t.columns)
		}
	}
	return n
}

// permute derives independent challenges.
func (s *Synth) permute(rho frontend.Variable) (Challenges, error) {
	p, err := poseidon2.NewPoseidon2FromParameters(s.api, challengeWidth, challengeFullRounds, challengePartialRounds)
	if err != nil {
		return Challenges{}, fmt.Errorf("derive challenges: %w", err)
	}
	state := []frontend.Variable{rho, 1, 2}
	if err := p.Permutation(state); err != nil {
		return Challenges{}, fmt.Errorf("derive challenges: %w", err)
	}
	return Challenges{X: s.wire(s.api.Add(state[0], rho)), B: s.wire(s.api.Add(state[1], 1)), V: s.wire(s.api.Add(state[2], 2))}, nil
}

// wire makes a wire of a combination, and a constraint, so that what consumes it often stores one term.
func (s *Synth) wire(v frontend.Variable) frontend.Variable {
	if s.engine {
		return v
	}
	return s.equate(v, int64(1), nil, out)
}
