package gadget

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
)

// Advice holds the prover's values, one list for each call of Synth.Advise in order.
type Advice [][]int64

// Oracle stands for the prover's advice in a constraint system. Its only input is the number of the call. It has
// no values of its own: a prover overrides it with Advice.Solve.
func Oracle(_ *big.Int, in, _ []*big.Int) error {
	return fmt.Errorf("advice call %v: no advice was supplied", in)
}

// Hints lists every hint function that a constraint system of this package may name.
func Hints() []solver.Hint { return []solver.Hint{Oracle} }

func init() { solver.RegisterHint(Hints()...) }

// Solve makes a solver answer Oracle with a.
func (a Advice) Solve() solver.Option {
	return solver.OverrideHint(solver.GetHintID(Oracle), a.hint)
}

func (a Advice) hint(_ *big.Int, in, out []*big.Int) error {
	if len(in) != 1 || !in[0].IsInt64() || in[0].Int64() >= int64(len(a)) {
		return fmt.Errorf("advice: want one call number below %d, got %v", len(a), in)
	}
	vs := a[in[0].Int64()]
	if len(vs) != len(out) {
		return fmt.Errorf("advice call %v: want %d values, got %d", in[0], len(out), len(vs))
	}
	for i, v := range vs {
		out[i].SetInt64(v)
	}
	return nil
}
