// Package prooftest makes real proofs of the two-input statement for the verifier's tests, with a circuit
// that has the statement and no model behind it.
package prooftest

import "github.com/consensys/gnark/frontend"

// statement binds the circuit's copies of the values to H and P and asks nothing of the values.
type statement struct {
	H, P   frontend.Variable `gnark:",public"`
	Values []frontend.Variable
}

// Define commits to H and the values, and evaluates the values at the challenge.
func (c *statement) Define(api frontend.API) error {
	api.AssertIsDifferent(c.H, -1)
	rho, err := api.Compiler().(frontend.Committer).Commit(append([]frontend.Variable{c.H}, c.Values...)...)
	if err != nil {
		return err
	}
	api.AssertIsDifferent(rho, -1) // with one value, P does not use rho
	var p frontend.Variable = 0
	for i := len(c.Values) - 1; i >= 0; i-- {
		p = api.Add(api.Mul(p, rho), c.Values[i])
	}
	api.AssertIsEqual(p, c.P)
	return nil
}
