package program_test

import (
	"testing"

	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// ArgMax is the first or the last of the largest elements along an axis; ties are frequent here.
func TestArgMax(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := tensor.Shape{rapid.IntRange(1, 3).Draw(t, "a"), rapid.IntRange(1, 4).Draw(t, "b"), rapid.IntRange(1, 3).Draw(t, "c")}
		axis := rapid.IntRange(0, 2).Draw(t, "axis")
		last := rapid.Bool().Draw(t, "last")
		b := program.NewBuilder("argmax", program.Options{Bits: 8, Shift: 8, OutputBits: 12})
		x := b.Input("x", s, program.Interval{Min: -1, Max: 1}, 3)
		v, err := b.ArgMax(x, axis, last)
		require.NoError(t, err)
		want := s.Clone()
		want[axis] = 1
		require.Equal(t, want, v.Shape())
		require.NoError(t, b.Output("y", v))
		p, err := b.Program()
		require.NoError(t, err)
		in := tensor.New[int64](s)
		for i := range in.Data {
			in.Data[i] = rapid.Int64Range(-3, 3).Draw(t, "x")
		}
		trace, err := p.Run([]*tensor.Int{in})
		require.NoError(t, err)
		y := p.OutputsOf(trace)[0]
		strides := s.Strides()
		for i, got := range y.Data {
			// Element i of the result is at the same place of the other axes.
			at, rest := 0, i
			for a, st := range want.Strides() {
				at += rest / st * strides[a]
				rest %= st
			}
			best := 0
			for j := range s[axis] {
				x, top := in.Data[at+j*strides[axis]], in.Data[at+best*strides[axis]]
				if x > top || last && x == top {
					best = j
				}
			}
			require.Equal(t, int64(best), got, "element %d of %v", i, in.Data)
		}
	})
	b := program.NewBuilder("argmax", program.Options{Bits: 8, Shift: 8, OutputBits: 12})
	x := b.Input("x", tensor.Shape{2}, program.Interval{Min: 0, Max: 1}, 3)
	for _, axis := range []int{-1, 1} {
		_, err := b.ArgMax(x, axis, false)
		require.ErrorContains(t, err, "axis")
	}
}
