package circuits

import (
	"fmt"
	"math/rand"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"

	"github.com/stretchr/testify/require"
)

// Random programs: kernels meet in ways that no form above foresees.
func TestRandomPrograms(t *testing.T) {
	for seed := range int64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewSource(seed))
			p := testprogram.Random(t, rng, 2+rng.Intn(6))
			v := visibilities[seed%2]
			s := newSystem(t, p, v, v)
			require.Equal(t, s.full.GetNbConstraints(), s.Plan.Constraints(), "planned constraints")
			all := append(corners(p), testprogram.Inputs(rng, p), testprogram.Inputs(rng, p))
			for _, in := range all {
				trace, a := s.honest(t, in)
				require.NoError(t, s.solve(s.full, a, s.claim(trace)), "inputs %v", in)
			}
			trace, honest := s.honest(t, testprogram.Inputs(rng, p))
			s.forgeLookups(t, rng, testprogram.Inputs(rng, p))
			s.forgeDistances(t, testprogram.Inputs(rng, p))
			s.forgePairs(t, rng, testprogram.Inputs(rng, p), "random")
			c := s.calls(t, trace)
			for range 15 {
				call := rng.Intn(c.total)
				e := rng.Intn(len(honest[call]))
				for _, m := range mutants(rng, honest[call][e]) {
					what := fmt.Sprintf("call %d, element %d: %d in place of %d", call, e, m, honest[call][e])
					other := func() program.Trace { return trace }
					a := clone(honest)
					a[call][e] = m
					s.judge(t, c, a, other, what)
					if a, ok := s.propagate(c, honest, trace, call, e, m); ok {
						s.judge(t, c, a, other, what+", continued")
					}
				}
			}
		})
	}
}
