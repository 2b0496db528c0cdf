package program

import (
	"math"
	mathbits "math/bits"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Ends of a function that is cut off are an odd number apart, and its levels take no more bits than it was given.
func TestEndsOfTables(t *testing.T) {
	odd := 0
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.IntRange(4, 9).Draw(t, "bits")
		most := rapid.Float64Range(0.5, 4).Draw(t, "most")
		for i, f := range []func(float64) float64{
			func(x float64) float64 { return x / (1 + math.Exp(-x)) },
			func(x float64) float64 { return -x / (1 + math.Exp(-x)) },
			func(x float64) float64 { return x * x },
			math.Tanh,
		} {
			cut := i == 0 // above, where it has no limit
			b := NewBuilder("ends", Options{Bits: bits, Shift: 10, OutputBits: 20})
			x := b.Input("x", tensor.Shape{3}, Interval{-40, 40}, 12)
			b.Begin("double", Interval{-80, 80})
			v, err := b.Affine(x, tensor.Scalar(2.0), nil)
			require.NoError(t, err)
			v.Observe(Interval{-5, 5})
			out := Interval{math.Min(0, math.Min(f(-most), f(most))), math.Max(0, math.Max(f(-most), f(most)))}
			b.Begin("f", out)
			y, err := b.Map(v, f)
			require.NoError(t, err)
			require.NoError(t, b.Output("y", y))
			p, err := b.Program()
			require.NoError(t, err)
			for out, k := range lookupsOf(p) {
				require.LessOrEqual(t, mathbits.Len64(uint64(p.Tensors[out].Range.Span())), bits)
				r := p.Tensors[k.Arg].Range
				if cut && k.Low > k.Index(r.Min) && k.High() < k.Index(r.Max) {
					require.NotZero(t, k.rise()%2)
					odd++
				}
			}
		}
	})
	require.Positive(t, odd)
}
