package program

import (
	"iter"
	"math"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// lookupsOf gives the lookups of a program in order, by the tensors that they make.
func lookupsOf(p *Program) iter.Seq2[int, *Lookup] {
	return func(yield func(int, *Lookup) bool) {
		for _, n := range p.Nodes {
			if k, ok := n.Kernel.(*Lookup); ok && !yield(n.Out, k) {
				return
			}
		}
	}
}

// sigmoids looks up a sigmoid of multiples of one input, over intervals of their own.
func sigmoids(t require.TestingT, factors []float64, out Interval) *Builder {
	b := NewBuilder("sigmoids", Options{Bits: 8, Shift: 10, OutputBits: 20})
	x := b.Input("x", tensor.Shape{3}, Interval{-1, 1}, 8)
	z := b.Input("z", tensor.Shape{3}, Interval{-1, 1}, 8)
	for _, f := range factors {
		b.Begin("scaled", Interval{-f, f})
		v, err := b.Affine(x, tensor.Scalar(f), nil)
		require.NoError(t, err)
		sum, err := b.Add([]*Value{v, z}, []float64{1, 0.7})
		require.NoError(t, err)
		sum.Observe(Interval{-8, 8})
		b.Begin("sigmoid", out)
		b.Shared(1 << 12)
		y, err := b.Map(sum, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) })
		require.NoError(t, err)
		require.NoError(t, b.Output("y", y))
	}
	return b
}

// Lookups that reach differently far into one function have one table, and the results that they had.
func TestUniteKeepsResults(t *testing.T) {
	united := 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 4).Draw(t, "lookups")
		var factors []float64
		for range n {
			factors = append(factors, float64(rapid.IntRange(1, 40).Draw(t, "factor"))/4)
		}
		out := rapid.SampledFrom([]Interval{{0, 1}, {0.3, 0.7}}).Draw(t, "out")
		b := sigmoids(t, factors, out)
		var before []Lookup
		for _, k := range lookupsOf(b.p) {
			before = append(before, *k)
		}
		p, err := b.Program()
		require.NoError(t, err)
		for _, k := range lookupsOf(p) {
			old := before[0]
			before = before[1:]
			r := p.Tensors[k.Arg].Range
			for h := k.Index(r.Min); h <= k.Index(r.Max); h++ {
				require.Equal(t, old.At(h), k.At(h))
			}
			if len(k.Table) != len(old.Table) {
				united++
			}
		}
	})
	require.Positive(t, united)
}

func TestUniteJoinsReaches(t *testing.T) {
	p, err := sigmoids(t, []float64{8, 2, 4}, Interval{0, 1}).Program()
	require.NoError(t, err)
	var tables []string
	for _, k := range lookupsOf(p) {
		tables = append(tables, k.key())
	}
	require.Len(t, tables, 3)
	require.True(t, tables[0] == tables[1] && tables[0] == tables[2])
}
