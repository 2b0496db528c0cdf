package program

import (
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestShifts compares shifts of integers of each width with Go's, over the whole range of the type.
func TestShifts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.SampledFrom([]int{8, 16, 32}).Draw(t, "width")
		signed := rapid.Bool().Draw(t, "signed")
		low, high := int64(0), int64(1)<<width-1
		if signed {
			low, high = -1<<(width-1), 1<<(width-1)-1
		}
		s := tensor.Shape{6}
		xs, by := tensor.New[int64](s), tensor.New[int64](s)
		for i := range xs.Data {
			xs.Data[i] = rapid.OneOf(rapid.Int64Range(low, high), rapid.SampledFrom([]int64{low, high, 0, 1})).Draw(t, "x")
			by.Data[i] = rapid.Int64Range(-2, int64(width)+2).Draw(t, "by")
		}
		b := NewBuilder("shift", Options{Bits: 8, Shift: 8, OutputBits: 20})
		x, n := b.Integers("x", s, low, high), b.Integers("by", s, -2, int64(width)+2)
		left, err := b.ShiftLeft(x, n, width, signed)
		require.NoError(t, err)
		require.NoError(t, b.Output("left", left))
		right, err := b.ShiftRight(x, n, width)
		require.NoError(t, err)
		require.NoError(t, b.Output("right", right))
		p, err := b.Program()
		require.NoError(t, err)
		trace, err := p.Run([]*tensor.Int{xs, by})
		require.NoError(t, err)
		got := p.OutputsOf(trace)
		for i, v := range xs.Data {
			l, r, n := int64(0), int64(0), by.Data[i]
			switch {
			case n >= 0 && n < int64(width):
				u := uint64(v) << uint(n) << (64 - width)
				if l = int64(u >> (64 - width)); signed {
					l = int64(u) >> (64 - width)
				}
				r = v >> uint(n)
			case v < 0:
				r = -1
			}
			require.Equal(t, l, got[0].Data[i], "%d << %d in %d bits", v, n, width)
			require.Equal(t, r, got[1].Data[i], "%d >> %d in %d bits", v, n, width)
		}
	})
}
