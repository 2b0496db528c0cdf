package prover

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"

	"assay/circuits"
	"assay/ir/tensor"
	"assay/prover/solver"
	"assay/verifier"
)

// Solve checks without keys that the constraint system r of m accepts the program's evaluation of inputs, and
// refuses it beside other public values. A random challenge stands for the one that a proof's commitment gives.
func Solve(m *circuits.Model, r *cs.R1CS, inputs []*tensor.Int) error {
	trace, err := m.Program.Run(inputs)
	if err != nil {
		return err
	}
	advice, err := m.Advice(trace)
	if err != nil {
		return fmt.Errorf("trace circuit: %w", err)
	}
	p := &Prover{Model: m}
	values, salts, err := p.values(trace)
	if err != nil {
		return err
	}
	var h, rho, mask, one fr.Element
	for _, e := range []*fr.Element{&h, &rho, &mask} {
		if _, err := e.SetRandom(); err != nil {
			return fmt.Errorf("draw challenge: %w", err)
		}
	}
	solves, err := solver.New(r)
	if err != nil {
		return err
	}
	solve := func(sum fr.Element) error {
		_, err := solves.Solve(h, salts, advice, mask, func([]fr.Element) (fr.Element, fr.Element, error) { return rho, sum, nil })
		return err
	}
	sum := verifier.Evaluate(rho, values)
	if err := solve(sum); err != nil {
		return fmt.Errorf("solve constraint system: %w", err)
	}
	if err := solve(*sum.Add(&sum, one.SetOne())); err == nil {
		return errors.New("solve constraint system: it accepts public values that are not the program's")
	}
	return nil
}
