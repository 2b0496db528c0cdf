package program

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestQuantizer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.IntRange(2, 24).Draw(t, "bits")
		a := rapid.Float64Range(-100, 100).Draw(t, "a")
		b := rapid.OneOf(rapid.Just(a), rapid.Just(-a), rapid.Float64Range(-100, 100)).Draw(t, "b")
		r := Interval{math.Min(a, b), math.Max(a, b)}
		q := newQuantizer(r, bits)
		require.Positive(t, q.scale)
		require.Less(t, q.low, q.high)
		require.LessOrEqual(t, q.high-q.low, int64(1)<<bits-1, "levels")
		for _, v := range []float64{r.Min, r.Max, (r.Min + r.Max) / 2, rapid.Float64Range(r.Min, r.Max).Draw(t, "v")} {
			i := q.quantize(v)
			require.True(t, q.low <= i && i <= q.high)
			require.InDelta(t, v, float64(i)*q.scale, q.scale*1.0001, "%v in %v", v, r)
		}
		require.Equal(t, q.low, q.quantize(math.Inf(-1)))
		require.Equal(t, q.high, q.quantize(math.Inf(1)))
		require.Equal(t, q.low, q.quantize(math.NaN()), "no panic, no undefined conversion")
		if r.Min == -r.Max && r.Max > 0 {
			require.Equal(t, -q.high, q.low)
			require.Zero(t, q.quantize(0))
		}
	})
}

func TestRange(t *testing.T) {
	r := Range{-3, 5}
	require.Equal(t, "[-3,5]", r.String())
	require.Equal(t, int64(8), r.Span())
	require.Equal(t, int64(5), r.MaxAbs())
	require.Equal(t, int64(9), Range{-9, 5}.MaxAbs())
	require.Equal(t, Range{-3, 7}, r.Union(Range{6, 7}))
	for v, want := range map[int64]bool{-4: false, -3: true, 5: true, 6: false} {
		require.Equal(t, want, r.Contains(v))
	}
	for _, bad := range []Range{{1, 0}, {math.MinInt64, 0}, {0, math.MaxInt64}, {-MaxMagnitude - 1, 0}, {0, MaxMagnitude + 1}, {math.MinInt64, math.MaxInt64}} {
		require.False(t, bad.valid(), "%v", bad)
	}
	whole := Range{-MaxMagnitude, MaxMagnitude}
	require.True(t, whole.valid())
	require.Positive(t, whole.Span(), "the span of a valid range does not overflow")
}

func TestRegistriesRefuseDuplicates(t *testing.T) {
	require.Panics(t, func() { registerKernel("lookup", nil) })
	require.Panics(t, func() { registerMap("conv", nil) })
	require.Subset(t, Kinds(), []string{"constant", "gather", "linear", "lookup", "max", "remainder", "select", "sort"})
	require.IsIncreasing(t, Kinds())
}

// A dyadic quantizer has a power of two as its scale and covers the interval.
func TestDyadic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-1e4, 1e4).Draw(t, "min")
		r := Interval{lo, lo + rapid.Float64Range(1e-3, 1e4).Draw(t, "span")}
		q := newQuantizer(r, rapid.SampledFrom([]int{16, 20, 24}).Draw(t, "bits"))
		w := q.dyadic()
		frac, _ := math.Frexp(w.scale)
		require.Equal(t, 0.5, frac)
		require.GreaterOrEqual(t, w.scale, q.scale)
		require.LessOrEqual(t, w.scale, 2*q.scale)
		require.LessOrEqual(t, w.high-w.low, q.high-q.low+1)
		require.LessOrEqual(t, float64(w.low)*w.scale, float64(q.low)*q.scale)
		require.GreaterOrEqual(t, float64(w.high)*w.scale, float64(q.high)*q.scale)
	})
}
