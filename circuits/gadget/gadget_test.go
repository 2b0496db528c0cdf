package gadget

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	fcs "github.com/consensys/gnark/frontend/cs"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
)

func init() { logger.Set(zerolog.Nop()) }

// statement is a circuit of gadgets over public numbers, written once for all walks.
type statement func(s *Synth, xs []Wire)

// circuit walks a statement in an API. Its advice is that of the test engine, nil for the solver.
type circuit struct {
	X []frontend.Variable `gnark:",public"`

	of     *statement // a pointer, since the engine compares copies of the circuit
	advice Advice
}

func (c *circuit) Define(api frontend.API) error {
	var s *Synth
	if c.advice != nil {
		s = NewEngine(api, c.advice)
	} else {
		s = NewSynthesis(api)
	}
	xs := make([]Wire, len(c.X))
	for i, x := range c.X {
		xs[i].V = x
	}
	(*c.of)(s, xs)
	if _, err := s.Finish(c.X[0]); err != nil {
		return err
	}
	return s.Err()
}

// trace is the honest advice for xs.
func (f statement) trace(xs []int64) (Advice, error) {
	s := NewTrace()
	ws := make([]Wire, len(xs))
	for i, x := range xs {
		ws[i].X = x
	}
	f(s, ws)
	_, err := s.Finish(nil)
	return s.Advice(), err
}

// field gives advice that need not be small: a call's values replace those of the trace.
type field map[int64][]*big.Int

func (f field) over(a Advice) solver.Hint {
	return func(q *big.Int, in, out []*big.Int) error {
		if vs, ok := f[in[0].Int64()]; ok {
			for i := range out {
				out[i].Mod(vs[i], q)
			}
			return nil
		}
		return a.hint(q, in, out)
	}
}

// solve checks xs with the R1CS solver.
func (f statement) solve(xs []*big.Int, oracle solver.Hint) error {
	template, assignment := &circuit{X: make([]frontend.Variable, len(xs)), of: &f}, &circuit{X: make([]frontend.Variable, len(xs))}
	for i := range xs {
		assignment.X[i] = xs[i]
	}
	cs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, template)
	if err != nil {
		return fmt.Errorf("compile: %w", err)
	}
	w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return err
	}
	var rho fr.Element
	rho.SetRandom()
	_, err = cs.Solve(w, solver.OverrideHint(solver.GetHintID(Oracle), oracle),
		solver.OverrideHint(solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder), func(_ *big.Int, _, out []*big.Int) error {
			rho.BigInt(out[0])
			return nil
		}))
	return err
}

// engine checks xs in gnark's test engine.
func (f statement) engine(xs []*big.Int, a Advice) error {
	template, assignment := &circuit{X: make([]frontend.Variable, len(xs)), of: &f, advice: a}, &circuit{X: make([]frontend.Variable, len(xs))}
	for i := range xs {
		assignment.X[i] = xs[i]
	}
	return test.IsSolved(template, assignment, ecc.BN254.ScalarField())
}

func bigs(xs ...int64) []*big.Int {
	r := make([]*big.Int, len(xs))
	for i, x := range xs {
		r[i] = big.NewInt(x)
	}
	return r
}

// accepts requires that every walk accepts xs.
func (f statement) accepts(t *testing.T, xs ...int64) {
	t.Helper()
	a, err := f.trace(xs)
	require.NoError(t, err, "trace %v", xs)
	if len(a) == 0 {
		a = Advice{}
	}
	require.NoError(t, f.engine(bigs(xs...), a), "engine %v", xs)
	require.NoError(t, f.solve(bigs(xs...), a.hint), "solver %v", xs)
}

// refuses requires that solver and engine refuse xs with this advice.
func (f statement) refuses(t *testing.T, a Advice, xs ...int64) {
	t.Helper()
	reduced := bigs(xs...)
	for _, x := range reduced {
		x.Mod(x, ecc.BN254.ScalarField())
	}
	require.Error(t, f.engine(reduced, a), "engine %v, advice %v", xs, a)
	require.Error(t, f.solve(reduced, a.hint), "solver %v, advice %v", xs, a)
}

// best is the advice for xs with the given values for the calls before the multiplicities, and the multiplicities
// that serve them best: those of all queries that are rows.
func (f statement) best(t *testing.T, xs []int64, calls ...[]int64) Advice {
	t.Helper()
	var advice Advice
	probe := &prober{circuit: circuit{X: make([]frontend.Variable, len(xs)), of: &f, advice: append(Advice{}, calls...)}, out: &advice}
	assignment := &prober{circuit: circuit{X: make([]frontend.Variable, len(xs))}}
	for i, x := range bigs(xs...) {
		assignment.X[i] = x.Mod(x, ecc.BN254.ScalarField())
	}
	_ = test.IsSolved(probe, assignment, ecc.BN254.ScalarField()) // a failed equation ends the walk: the caller's check fails as well
	return advice
}

type prober struct {
	circuit
	out *Advice
}

func (c *prober) Define(api frontend.API) error {
	s := NewEngine(api, c.advice)
	xs := make([]Wire, len(c.X))
	for i, x := range c.X {
		xs[i].V = x
	}
	*c.out = append(Advice{}, c.advice...)
	defer func() {
		for _, t := range s.tables {
			counts := make([]int64, t.rows)
			for i, k := range t.keys {
				key, _ := api.Compiler().ConstantValue(api.Sub(k, t.low))
				if key.IsInt64() && key.Int64() < int64(t.rows) {
					if t.values != nil {
						if d, _ := api.Compiler().ConstantValue(api.Sub(t.vals[i], t.values[key.Int64()])); d.Sign() != 0 {
							continue
						}
					}
					counts[key.Int64()]++
				}
			}
			*c.out = append(*c.out, counts)
		}
	}()
	(*c.of)(s, xs)
	return s.Err()
}
