package tensor

import (
	"math/rand"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParallelVisitsEachOnce(t *testing.T) {
	for _, n := range []int{0, 1, 7, 64, 1000} {
		for _, grain := range []int{0, 1, 3, 64, 5000} {
			seen := make([]atomic.Int32, n)
			Parallel(n, grain, func(from, to int) {
				for i := from; i < to; i++ {
					seen[i].Add(1)
				}
			})
			for i := range seen {
				require.Equal(t, int32(1), seen[i].Load(), "element %d of %d in parts of %d", i, n, grain)
			}
		}
	}
}

func TestCorrelateIsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axes := rapid.IntRange(1, 3).Draw(t, "axes")
		groups, cg, mg := rapid.IntRange(1, 3).Draw(t, "groups"), rapid.IntRange(1, 3).Draw(t, "cg"), rapid.IntRange(1, 3).Draw(t, "mg")
		c := Correlation{Batch: rapid.IntRange(1, 2).Draw(t, "batch"), In: groups * cg, Out: groups * mg, Groups: groups}
		for range axes {
			c.Spatial = append(c.Spatial, rapid.IntRange(1, 9).Draw(t, "extent"))
			c.Window.Kernel = append(c.Window.Kernel, rapid.IntRange(1, 3).Draw(t, "kernel"))
			c.Window.Strides = append(c.Window.Strides, rapid.IntRange(1, 2).Draw(t, "stride"))
			c.Window.Dilations = append(c.Window.Dilations, rapid.IntRange(1, 2).Draw(t, "dilation"))
			c.Window.Begin = append(c.Window.Begin, rapid.IntRange(0, 2).Draw(t, "begin"))
			c.Window.End = append(c.Window.End, rapid.IntRange(0, 2).Draw(t, "end"))
		}
		var err error
		if c.Result, err = c.Window.Out(c.Spatial); err != nil {
			t.Skip(err)
		}
		rng := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		draw := func(n int) []int64 {
			v := make([]int64, n)
			for i := range v {
				v[i] = rng.Int63n(201) - 100
			}
			return v
		}
		area, places, taps := Shape(c.Spatial).Size(), Shape(c.Result).Size(), Shape(c.Window.Kernel).Size()
		x, w, y := draw(c.Batch*c.In*area), draw(c.Out*cg*taps), draw(c.Batch*c.Out*places)
		want := append([]int64(nil), y...)
		for i := range want {
			n, m, p := i/places/c.Out, i/places%c.Out, i%places
			c.Window.Visit(c.Spatial, c.Result, p, func(tap, at int) {
				for k := range cg {
					want[i] += w[(m*cg+k)*taps+tap] * x[(n*c.In+m/mg*cg+k)*area+at]
				}
			})
		}
		real := func(v []int64) []float64 {
			f := make([]float64, len(v))
			for i := range v {
				f[i] = float64(v[i])
			}
			return f
		}
		xf, wf, yf := real(x), real(w), real(y)
		Correlate(c, x, w, y)
		require.Equal(t, want, y)
		Correlate(c, xf, wf, yf)
		require.Equal(t, real(want), yf)
	})
}
