package circuits

import (
	"math/rand"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"

	"github.com/stretchr/testify/require"
)

// A prover who claims another number as the largest of a row, and goes on honestly from it, is refused: above the
// largest no element is equal to it, and below it the largest has no row.
func TestAnotherLargestIsRefused(t *testing.T) {
	for _, f := range forms {
		if f.name != "distances below the largest" && f.name != "distances without rounding" && f.name != "distances clamped" {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			rng := rand.New(rand.NewSource(3))
			s := newSystem(t, f.build(t), Public, Public)
			forged := 0
			for range 6 {
				trace, honest := s.honest(t, testprogram.Inputs(rng, s.Program))
				require.NoError(t, s.solve(s.unclaimed, honest, s.rho))
				c := s.calls(t, trace)
				for node, n := range s.Program.Nodes {
					k, ok := n.Kernel.(*program.Below)
					if !ok {
						continue
					}
					first := c.start[node]
					for c.site[first][:8] != "below.go" {
						first++ // the operand's own wires
					}
					r, out := s.Program.Tensors[k.Arg].Range, s.Program.Tensors[n.Out].Range
					at := 0
					for row, n := range k.Rows {
						xs := trace[k.Arg].Data[at : at+int(n)]
						top := honest[first][row] + r.Min
						for _, claim := range []int64{top + 1, top - 1, top + 8, r.Max, r.Min, xs[0], xs[n-1]} {
							if claim == top || claim < r.Min {
								continue
							}
							a := clone(honest)
							a[first][row] = claim - r.Min
							for i, x := range xs {
								h := max(k.Index(claim-x), 0)
								last := s.Plan.Functions[s.Plan.function[node]].High
								a[first+1][at+i] = min(h, last)
								a[first+2][at+i] = k.At(h) - out.Min
								if s.Plan.clamped(node) {
									a[first+3][at+i] = max(h-last, 0)
								}
							}
							forged++
							require.Error(t, s.solve(s.unclaimed, a, s.rho), "largest %d in place of %d", claim, top)
							if a, err := s.recount(a); err == nil {
								require.Error(t, s.solve(s.unclaimed, a, s.rho), "largest %d in place of %d, recounted", claim, top)
							}
						}
						at += int(n)
					}
				}
			}
			require.Greater(t, forged, 10)
		})
	}
}
