package circuits

import (
	"math/rand"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// Under a constant causal mask about half of a left factor is summed, whether masked elements are zeros or one of a row.
func TestMaskedFactorsAreSummedOnce(t *testing.T) {
	const n = 12
	for _, c := range []struct {
		name  string
		index func(i, l int) int64
		fill  int64
		want  int // products; a triangle has n(n+1)/2 elements
	}{
		{"zeros", func(int, int) int64 { return -1 }, 0, n*(n+1)/2 - 1},
		{"one of a row", func(i, _ int) int64 { return int64(n*n + i) }, 0, n*(n+1)/2 + n - 3}, // row n-2 has it once
		{"nothing to save", func(i, l int) int64 { return int64(i*n + l) }, 0, -1},
		{"numbers other than zero", func(int, int) int64 { return -1 }, 5, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := testprogram.New(t, c.name)
			x, y := b.Input(tensor.Shape{n*n + n}, 0, 9), b.Input(tensor.Shape{n, n}, -6, 9)
			g := &program.Gather{Operands: []int{x}, Shape: tensor.Shape{n, n}, Fill: c.fill}
			for i := range n {
				for l := range n {
					if j := int64(i*n + l); l <= i {
						g.Index = append(g.Index, j)
					} else {
						g.Index = append(g.Index, c.index(i, l))
					}
				}
			}
			k := &program.MatMul{A: b.Add(g), B: y}
			p := b.Done(b.Add(k))
			f := newLeftFactor(p, k.A, program.MatMulSize{Batch: 1, M: n, K: n, N: n})
			if c.want < 0 {
				require.Nil(t, f)
			} else {
				require.NotNil(t, f)
				require.Equal(t, c.want, f.cost())
			}
			s := newSystem(t, p, Public, Public)
			require.Equal(t, s.full.GetNbConstraints(), s.Plan.Constraints())
			trace, a := s.honest(t, testprogram.Inputs(rand.New(rand.NewSource(1)), p))
			require.NoError(t, s.solve(s.full, a, s.claim(trace)))
		})
	}
}

// The factors of the form for masks are summed as such, so that what forges forms forges them.
func TestMaskedFormHasMaskedFactors(t *testing.T) {
	for _, f := range forms {
		if f.name != "products with masked factors" {
			continue
		}
		p, masked := f.build(t), 0
		for _, n := range p.Nodes {
			args := n.Kernel.Args()
			if len(args) == 2 {
				z := program.MatMulSize{Batch: 1, M: 8, K: 7, N: 4}
				if newLeftFactor(p, args[0], z) != nil {
					masked++
				}
			}
		}
		require.Equal(t, 2, masked)
	}
}
