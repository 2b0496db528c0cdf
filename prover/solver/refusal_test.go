package solver_test

import (
	"math/big"
	"testing"

	"assay/circuits/gadget"
	"assay/prover/solver"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	gnark "github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/stretchr/testify/require"
)

func init() { gnark.RegisterHint(foreign) }

func foreign(_ *big.Int, in, out []*big.Int) error {
	out[0].Set(in[0])
	return nil
}

// small is a circuit of three wires of advice, one of which is P less the salt.
type small struct {
	H    frontend.Variable   `gnark:",public"`
	P    frontend.Variable   `gnark:",public"`
	Salt []frontend.Variable `gnark:",secret"`

	more func(s *gadget.Synth, c *small, api frontend.API, advice []gadget.Wire)
}

func (c *small) Define(api frontend.API) error {
	s := gadget.NewSynthesis(api)
	advice := s.Advise(make([]int64, 3))
	c.more(s, c, api, advice)
	_, err := s.Finish(c.H)
	return err
}

func compiled(t *testing.T, more func(*gadget.Synth, *small, frontend.API, []gadget.Wire)) *cs.R1CS {
	r, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &small{Salt: make([]frontend.Variable, 1), more: more})
	require.NoError(t, err)
	return r.(*cs.R1CS)
}

// A constraint on P that depends on nothing else waits for P.
func TestClaimIsLate(t *testing.T) {
	s, err := solver.New(compiled(t, func(s *gadget.Synth, c *small, _ frontend.API, advice []gadget.Wire) {
		s.AssertEqual(gadget.Wire{V: c.P}, s.Combine(0, []int64{1, 1}, advice[1], gadget.Wire{V: c.Salt[0]}))
	}))
	require.NoError(t, err)
	solve := func(claimed uint64) error {
		var h, salt, mask, rho, p fr.Element
		salt.SetUint64(30)
		p.SetUint64(claimed)
		rho.SetUint64(9)
		_, err := s.Solve(h, []fr.Element{salt}, gadget.Advice{{5, 6, 7}}, mask, func(committed []fr.Element) (fr.Element, fr.Element, error) {
			var want fr.Element
			require.Contains(t, committed, *want.SetUint64(6))
			return rho, p, nil
		})
		return err
	}
	require.NoError(t, solve(36))
	require.ErrorContains(t, solve(37), "is not satisfied")
	require.NoError(t, solve(36), "after a refusal")
}

// Systems with anything that the solver does not know are refused by name.
func TestUnknownPartsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		more func(*gadget.Synth, *small, frontend.API, []gadget.Wire)
		want string
	}{
		"hint": {func(_ *gadget.Synth, c *small, api frontend.API, _ []gadget.Wire) {
			_, err := api.Compiler().NewHint(foreign, 1, c.H)
			require.NoError(t, err)
		}, "solver_test.foreign"},
		"instruction": {func(_ *gadget.Synth, c *small, api frontend.API, _ []gadget.Wire) {
			api.(frontend.BatchInverter).BatchInvert([]frontend.Variable{c.H, c.Salt[0]})
		}, "BatchInverse"},
		"claim": {func(_ *gadget.Synth, c *small, api frontend.API, _ []gadget.Wire) {
			api.AssertIsEqual(c.P, c.Salt[0])
		}, "solve for P"},
		"commitment": {func(_ *gadget.Synth, c *small, api frontend.API, _ []gadget.Wire) {
			_, err := api.Compiler().(frontend.Committer).Commit(c.Salt[0])
			require.NoError(t, err)
		}, "one commitment"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := solver.New(compiled(t, c.more))
			require.ErrorContains(t, err, c.want)
		})
	}
}
