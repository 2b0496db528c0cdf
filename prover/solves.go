package prover

import (
	"sync"

	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/prover/solver"
)

// solves is the solver of a constraint system, made when it is first needed. It serves one proof at a time, which has its
// solution until the proof is made; provers that share it wait.
type solves struct {
	mu     sync.Mutex
	solver *solver.Solver
	of     *cs.R1CS // what it solves
}

// take waits for the solver of r, which is the caller's until give.
func (s *solves) take(r *cs.R1CS) (*solver.Solver, error) {
	s.mu.Lock()
	if s.of != r {
		made, err := solver.New(r)
		if err != nil {
			s.mu.Unlock()
			return nil, err
		}
		s.solver, s.of = made, r
	}
	return s.solver, nil
}

func (s *solves) give() { s.mu.Unlock() }

// share gives p a place for its solver, which copies of p have in common from then on.
func (p *Prover) share() {
	if p.solves == nil {
		p.solves = new(solves)
	}
}
