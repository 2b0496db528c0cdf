package prover

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/circuits/gadget"
	"assay/prover/key"
	"assay/prover/solver"
	"assay/verifier"
)

// Job is one statement to be proven: all that a backend gets. A backend takes what it needs either from Solve or from
// Witness.
type Job struct {
	R1CS *cs.R1CS
	PK   *groth16.ProvingKey

	prover    *Prover
	h         fr.Element
	values    []fr.Element // public
	salts     []fr.Element
	advice    gadget.Advice
	committed func()         // is called when the commitment is known
	solver    *solver.Solver // the prover's, while it is the job's
}

// Solve computes every wire. Meanwhile, commit gets the committed values in the order of the commitment key's basis,
// with a fresh mask among them, and gives their commitment. The solution is the backend's until it has proven or calls Solve
// again.
func (j *Job) Solve(commit func(values []fr.Element) (bn254.G1Affine, error)) (*solver.Solution, error) {
	s := j.solver
	if s == nil {
		var err error
		if s, err = j.prover.solves.take(j.R1CS); err != nil {
			return nil, err
		}
		j.solver = s
	}
	var mask fr.Element
	if _, err := mask.SetRandom(); err != nil {
		return nil, fmt.Errorf("draw commitment mask: %w", err)
	}
	return s.Solve(j.h, j.salts, j.advice, mask, func(committed []fr.Element) (rho, p fr.Element, err error) {
		d, err := commit(committed)
		if err != nil {
			return rho, p, fmt.Errorf("commit: %w", err)
		}
		rho = verifier.Rho(d, j.h)
		j.committed()
		return rho, verifier.Evaluate(rho, j.values), nil
	})
}

// prove proves on b, and gives the solver back.
func (j *Job) prove(b Backend) (*groth16.Proof, error) {
	defer func() {
		if j.solver != nil {
			j.solver = nil
			j.prover.solves.give()
		}
	}()
	if f := j.prover.Mapping; f != nil {
		if err := f.Whole(); err != nil {
			return nil, err
		}
	}
	return b.Prove(j)
}

// Rest says that the proof has no more use for sections of the key, which then take no memory until another one reads them,
// if they lie in a file.
func (j *Job) Rest(sections ...key.Section) {
	if f := j.prover.Mapping; f != nil {
		f.Rest(sections...)
	}
}

// Witness is what gnark's own provers take: the full witness, and options by which they get the advice and make the
// commitment that the witness was made for. It costs a commitment, and a solution up to it.
func (j *Job) Witness() (witness.Witness, []backend.ProverOption, error) {
	w, err := j.prover.witness(j.h, fr.Element{}, j.salts)
	if err != nil {
		return nil, nil, err
	}
	rho, fixed, err := challenge(j.R1CS, j.PK, w, j.h, j.advice.Solve())
	if err != nil {
		return nil, nil, err
	}
	j.committed()
	if w, err = j.prover.witness(j.h, verifier.Evaluate(rho, j.values), j.salts); err != nil {
		return nil, nil, err
	}
	return w, []backend.ProverOption{backend.WithSolverOptions(fixed...), solidity.WithProverTargetSolidityVerifier(backend.GROTH16)}, nil
}
