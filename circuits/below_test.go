package circuits

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"assay/circuits/gadget"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// A prover who claims another number as the largest of a row, and goes on honestly from it, is refused: above the
// largest no element is equal to it, and below it the largest has no row. So is one who moves a result and takes it back
// in the row of a packed pair.
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
				forged += s.forgeDistances(t, testprogram.Inputs(rng, s.Program))
			}
			require.Greater(t, forged, 10)
		})
	}
}

// forgeDistances tries wrong proofs of every distance of one evaluation, and counts them.
func (s *system) forgeDistances(t *testing.T, in []*tensor.Int) (forged int) {
	trace, honest := s.honest(t, in)
	require.NoError(t, s.solve(s.unclaimed, honest, s.rho))
	c := s.calls(t, trace)
	refuse := func(a gadget.Advice, what string) {
		forged++
		require.Error(t, s.solve(s.unclaimed, a, s.rho), what)
		if a, err := s.recount(a); err == nil {
			require.Error(t, s.solve(s.unclaimed, a, s.rho), what+", recounted")
		}
	}
	for node, n := range s.Program.Nodes {
		k, ok := n.Kernel.(*program.Below)
		if !ok {
			continue
		}
		first := c.start[node]
		for !strings.HasPrefix(c.site[first], "below.go") {
			first++ // the operand's own wires
		}
		r, out, f := s.Program.Tensors[k.Arg].Range, s.Program.Tensors[n.Out].Range, s.Plan.Functions[s.Plan.function[node]]
		// Parts of the results, where the range table does not hold them, come after those of what passes the last row.
		count, width := len(trace[n.Out].Data), s.Plan.RangeWidth
		limbs := func(bound int64) (n int) {
			for bound >>= width; bound > 0; bound >>= width {
				n++
			}
			return n
		}
		parts, limb := first+3, 0
		if f.Packed {
			limb = limbs(out.Span())
		}
		if s.Plan.clamped(node) {
			parts += 1 + count*limbs(k.Index(r.Span())-f.High)
		}
		result := func(a gadget.Advice, i int, y int64) {
			a[first+2][i] = y
			for l := range limb {
				y >>= width
				a[parts+i*limb+l][0] = y
			}
		}
		same := clone(honest)
		for i, y := range honest[first+2] {
			result(same, i, y)
		}
		require.Equal(t, honest, same)
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
					a[first+1][at+i] = min(h, f.High)
					result(a, at+i, k.At(h)-out.Min)
					if s.Plan.clamped(node) {
						a[first+3][at+i] = max(h-f.High, 0)
					}
				}
				refuse(a, fmt.Sprintf("node %d: largest %d in place of %d", node, claim, top))
			}
			for i := range xs {
				for _, by := range []int64{1, -1} {
					a := clone(honest)
					result(a, at+i, a[first+2][at+i]+by)
					if f.Packed {
						a[first+1][at+i] -= by << 40
					}
					refuse(a, fmt.Sprintf("node %d, element %d: result moved by %d", node, at+i, by))
					if s.Plan.clamped(node) {
						a = clone(a)
						a[first+3][at+i] += by << 40
						refuse(a, fmt.Sprintf("node %d, element %d: result moved by %d, and brought back", node, at+i, by))
					}
				}
			}
			at += int(n)
		}
	}
	return forged
}
