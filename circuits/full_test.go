package circuits

import (
	"math/rand"
	"testing"

	"assay/internal/testprogram"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"
)

// A wire that is another number at another challenge is full-size, and so is the inverse of a table's row, but where nothing
// looks the row up.
func TestPlanCountsFullSizeWires(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			s := newSystem(t, f.build(t), Public, Public)
			in := testprogram.Inputs(rand.New(rand.NewSource(2)), s.Program)
			_, honest := s.honest(t, in)
			one := s.solution(t, in)
			s.rho = *new(fr.Element).Add(&s.rho, new(fr.Element).SetUint64(12345))
			other := s.solution(t, in)
			full := 0
			for i := range one {
				if one[i] != other[i] {
					full++
				}
			}
			for _, counts := range honest[len(honest)-s.Plan.tables():] {
				for _, n := range counts {
					if n == 0 {
						full++
					}
				}
			}
			slack := s.Plan.Statement - s.Plan.challenges() + len(s.Program.Nodes)
			for _, f := range s.Plan.Functions {
				if f.core.Even {
					slack += f.Lookups // the product of a parity that is zero is none
				}
			}
			require.InDelta(t, full, s.Plan.Full(), float64(slack), "of %d constraints", s.Plan.Constraints())
		})
	}
}

// How many rows nothing looks up is estimated, from numbers alone.
func TestPlanEstimatesIdleRows(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			s := newSystem(t, f.build(t), Public, Public)
			rng := rand.New(rand.NewSource(6))
			idle, runs := 0, 8
			for range runs {
				_, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
				for _, counts := range honest[len(honest)-s.Plan.tables():] {
					for _, n := range counts {
						if n == 0 {
							idle++
						}
					}
				}
			}
			t.Logf("idle %d, estimated %d, of %d", idle/runs, s.Plan.Idle(), s.Plan.Tables())
			require.InDelta(t, idle/runs, s.Plan.Idle(), float64(s.Plan.Tables())/2+8)
		})
	}
}
