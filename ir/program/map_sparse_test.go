package program

import (
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSparseEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		extent := rapid.IntRange(1, 3)
		m := &SparseMap{Outer: extent.Draw(t, "outer"), In: rapid.IntRange(1, 5).Draw(t, "in"), Out: extent.Draw(t, "out"), Inner: extent.Draw(t, "inner"), Starts: Ints{0}}
		matrix := make([]int64, m.Out*m.In)
		for o := range m.Out {
			for j := range m.In {
				if rapid.Bool().Draw(t, "present") {
					w := rapid.Int64Range(-9, 9).Draw(t, "weight")
					m.Index, m.Weights = append(m.Index, int64(j)), append(m.Weights, w)
					matrix[o*m.In+j] = w
				}
			}
			m.Starts = append(m.Starts, int64(len(m.Index)))
		}
		d, x := operand(t, "x", tensor.Shape{m.Outer, m.In, m.Inner}, 30)
		k := &Linear{Terms: []Term{{0, m}}, Bias: Ints{3}, Shape: tensor.Shape{m.Outer, m.Out, m.Inner}}
		var want []int64
		for p := range m.Outer {
			for o := range m.Out {
				for q := range m.Inner {
					sum := int64(3)
					for j := range m.In {
						sum += matrix[o*m.In+j] * x.Data[(p*m.In+j)*m.Inner+q]
					}
					want = append(want, sum)
				}
			}
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
		agree(t, k, []*tensor.Int{x}, want)
	})
}

func TestSparseRefuses(t *testing.T) {
	with := func(change func(*SparseMap)) *SparseMap {
		m := &SparseMap{Outer: 1, In: 3, Out: 2, Inner: 2, Starts: Ints{0, 2, 3}, Index: Ints{0, 2, 1}, Weights: Ints{5, 6, 7}}
		change(m)
		return m
	}
	in := tensor.Shape{3, 2}
	rows, err := with(func(*SparseMap) {}).Check(in)
	require.NoError(t, err)
	require.Equal(t, 4, rows)
	for name, c := range map[string]func(*SparseMap){
		"shape":      func(m *SparseMap) { m.Outer = 2 },
		"no rows":    func(m *SparseMap) { m.Out, m.Starts = 0, Ints{0} },
		"starts":     func(m *SparseMap) { m.Starts = Ints{0, 3} },
		"first":      func(m *SparseMap) { m.Starts[0] = 1 },
		"last":       func(m *SparseMap) { m.Starts[2] = 2 },
		"descending": func(m *SparseMap) { m.Starts[1] = -1 },
		"beyond":     func(m *SparseMap) { m.Starts[1] = 9 },
		"column":     func(m *SparseMap) { m.Index[1] = 3 },
		"twice":      func(m *SparseMap) { m.Index[1] = 0 },
		"weights":    func(m *SparseMap) { m.Weights = m.Weights[1:] },
		"negative":   func(m *SparseMap) { m.Outer, m.Inner = -1, -2 },
	} {
		_, err := with(c).Check(in)
		require.Error(t, err, name)
	}
}

// The builder adds up columns that repeat, and copies where a matrix only copies.
func TestBuilderSparse(t *testing.T) {
	b := NewBuilder("sparse", Options{Bits: 8, Shift: 8, OutputBits: 20})
	x := b.Input("x", tensor.Shape{2, 3}, Interval{-1, 1}, 8)
	y, err := b.Sparse(x, 3, 2, 1, [][]Weight{{{2, 0.25}, {0, 1}, {2, 0.5}}, {}}, tensor.Shape{2, 2})
	require.NoError(t, err)
	y, err = b.Affine(y, &tensor.Float{Shape: tensor.Shape{2}, Data: []float64{2, 3}}, &tensor.Float{Shape: tensor.Shape{2}, Data: []float64{0, 7}})
	require.NoError(t, err)
	y.Observe(Interval{-4, 7})
	require.NoError(t, b.Output("y", y))
	z, err := b.Sparse(x, 3, 2, 1, [][]Weight{{{1, 1}}, {}, {{0, 1}}}, tensor.Shape{2, 3})
	require.NoError(t, err)
	require.NoError(t, b.Output("z", z))
	p, err := b.Program()
	require.NoError(t, err)
	require.Equal(t, "gather", p.Nodes[len(p.Nodes)-1].Kernel.Kind())
	trace, err := p.Run([]*tensor.Int{{Shape: tensor.Shape{2, 3}, Data: []int64{10, 20, 30, -10, 0, 100}}})
	require.NoError(t, err)
	out := p.OutputsOf(trace)
	s := p.Tensors[p.Inputs[0]].Scale
	for i, want := range []float64{2 * (10 + 0.75*30) * s, 7, 2 * (-10 + 0.75*100) * s, 7} {
		require.InDelta(t, want, float64(out[0].Data[i])*p.Tensors[p.Outputs[0]].Scale, 1e-4)
	}
	require.Equal(t, []int64{20, 0, 10, 0, 0, -10}, out[1].Data)
	_, err = b.Sparse(x, 3, 2, 1, [][]Weight{{{3, 1}}}, tensor.Shape{2, 1})
	require.ErrorContains(t, err, "column 3")
	_, err = b.Sparse(x, 3, 2, 1, [][]Weight{{}}, tensor.Shape{2, 2})
	require.Error(t, err)
}
