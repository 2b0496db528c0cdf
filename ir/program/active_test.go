package program

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestActive(t *testing.T) {
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	for _, c := range []struct {
		name      string
		f         func(float64) float64
		in        Interval
		low, high float64 // about
	}{
		{"identity", func(x float64) float64 { return x }, Interval{-3, 5}, -3, 5},
		{"exponential of masked scores", math.Exp, Interval{-1e4, 0}, -6.9, 0},
		{"exponential far beyond", math.Exp, Interval{-1e30, 0}, -6.9, 0},
		{"sigmoid", sigmoid, Interval{-1e6, 1e6}, -6.9, 6.9},
		{"relu", func(x float64) float64 { return max(x, 0) }, Interval{-1e5, 1}, 0, 1},
		{"constant", func(float64) float64 { return 2 }, Interval{-1, 1}, -1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := active(c.f, c.in, newQuantizer(Interval{0, 1}, 8))
			require.InDelta(t, c.low, got.Min, 1)
			require.InDelta(t, c.high, got.Max, 1)
			for i := range 1000 {
				x := c.in.Min + (c.in.Max-c.in.Min)*float64(i)/999
				held := math.Min(math.Max(x, got.Min), got.Max)
				require.InDelta(t, c.f(x), c.f(held), 1.0/255/4+1e-9, "at %v", x)
			}
		})
	}
}
