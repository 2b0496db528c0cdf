package program

import (
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// unbounded hides that a map is bounded, so that Infer lists its entries.
type unbounded struct{ Map }

func TestBoundsAreThoseOfTheEntries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := func(n int) Ints {
			v := make(Ints, n)
			for i := range v {
				v[i] = rapid.Int64Range(-9, 9).Draw(t, "weight")
			}
			return v
		}
		lo := rapid.Int64Range(-20, 20).Draw(t, "min")
		x := Tensor{Shape: tensor.Shape{2, 4, 3, 5}, Range: Range{lo, lo + rapid.Int64Range(0, 30).Draw(t, "span")}}
		y := Tensor{Shape: tensor.Shape{2, 6, 3, 5}, Range: Range{-3, 40}}
		pad := rapid.IntRange(0, 2).Draw(t, "pad")
		w := tensor.Window{Kernel: []int{3, 3}, Strides: []int{1, 1}, Dilations: []int{1, 1}, Begin: []int{pad, 1}, End: []int{2 - pad, 1}}
		groups := rapid.SampledFrom([]int{1, 2}).Draw(t, "groups")
		conv := &ConvMap{Batch: 2, In: 4, Out: 6, Groups: groups, Spatial: []int{3, 5}, Window: w, Weights: weights(6 * 4 / groups * 9)}
		diagonal := &DiagonalMap{Size: 180, Weights: weights(rapid.SampledFrom([]int{1, 12, 180}).Draw(t, "repeat"))}
		dense := &DenseMap{In: 5, Out: 5, Batch: 36, Weights: weights(25)}
		for _, maps := range [][]Map{{conv}, {conv, diagonal}, {diagonal, dense}} {
			args := map[Map]Tensor{conv: x, diagonal: y, dense: y}
			k, slow := &Linear{Shape: y.Shape, Bias: weights(12)}, &Linear{Shape: y.Shape}
			slow.Bias = k.Bias
			var in []Tensor
			for i, m := range maps {
				k.Terms = append(k.Terms, Term{i, m})
				slow.Terms = append(slow.Terms, Term{i, unbounded{m}})
				in = append(in, args[m])
			}
			_, got, err := k.Infer(in)
			require.NoError(t, err)
			_, ok := k.bounds(in, 180)
			require.True(t, ok)
			_, want, err := slow.Infer(in)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	})
}

// Sums that leave the bounds are refused either way.
func TestBoundsOverflow(t *testing.T) {
	x := Tensor{Shape: tensor.Shape{1, 2}, Range: Range{0, 1 << 40}}
	for _, w := range []Ints{{1 << 30, 1}, {1 << 21, 1 << 21}, {1 << 62, 0}, {-1 << 62, 0}, {unrepresentable, 0}, {1 << 61, 1 << 61}} {
		k := &Linear{Shape: tensor.Shape{1, 1}, Bias: Ints{0}, Terms: []Term{{0, &DenseMap{In: 2, Out: 1, Batch: 1, Weights: w}}}}
		_, _, err := k.Infer([]Tensor{x})
		require.ErrorContains(t, err, "leaves 63 bits")
	}
}
