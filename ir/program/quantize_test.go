package program

import (
	"math"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A line that is steeper than the multiplier passes integers beyond the ends of what its stair reaches.
func TestStairEnds(t *testing.T) {
	steps := func(sum int64) float32 { return float32(sum) * 1.5 }
	s := newStair(steps, 1.5, 0, false, -128, 127, 2)
	_, _, ok := s.climb(1.5, 0)
	require.False(t, ok, "2 and -2 come to 3 and -3: no line of whole numbers does that")
	for k := 2; k < 9; k++ {
		low, high := s.slacks(1.5, k)
		require.LessOrEqual(t, low, high)
	}
	s = newStair(steps, 1.5, 0, false, -3, 3, 2)
	slope, offset, ok := s.climb(1.5, 0)
	require.True(t, ok, "what is below the grid saturates")
	require.Equal(t, []int64{2, 0}, []int64{slope, offset})
}

// A multiplied integer is rounded as float32 arithmetic rounds it, for every integer in range, by whatever lookup. Where
// neither a line nor a slack does that for all, what lies beside a half may come to either neighbour.
func TestRequantizeIsFloat32(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reach := rapid.Int64Range(1, 3000).Draw(t, "reach")
		factor := rapid.OneOf(
			rapid.Map(rapid.IntRange(-9, 2), func(e int) float64 { return math.Ldexp(1, e) }),
			rapid.Map(rapid.IntRange(1, 400), func(n int) float64 { return float64(float32(n) / 1000) }),
			rapid.Float64Range(0.001, 3),
		).Draw(t, "factor")
		factor = float64(float32(factor))
		zero := rapid.Int64Range(-128, 127).Draw(t, "zero")
		b := NewBuilder("requantize", Options{Bits: 8, Shift: 12, OutputBits: 20})
		b.Begin("node", Interval{0, 1})
		n := int(2*reach + 1)
		x := b.Integers("x", tensor.Shape{n}, -reach, reach)
		y, err := b.Requantize(x, tensor.Scalar(factor), Grid{Zero: tensor.Scalar(float64(zero)), Low: -128, High: 127})
		require.NoError(t, err)
		require.NoError(t, b.Output("y", y))
		p, err := b.Program()
		require.NoError(t, err)
		in := tensor.New[int64](tensor.Shape{n})
		for i := range in.Data {
			in.Data[i] = int64(i) - reach
		}
		trace, err := p.Run([]*tensor.Int{in})
		require.NoError(t, err)
		for i, got := range p.OutputsOf(trace)[0].Data {
			product := float64(in.Data[i]) * factor
			want := math.RoundToEven(float64(float32(in.Data[i])*float32(factor))) + float64(zero)
			miss := 0.0
			if beside := math.Abs(product - math.Floor(product) - 0.5); 0 < beside && beside < math.Ldexp(1, -gridSlack) {
				miss = 1
			}
			require.InDelta(t, math.Max(-128, math.Min(127, want)), got, miss, "%d times %v", in.Data[i], factor)
		}
	})
}
