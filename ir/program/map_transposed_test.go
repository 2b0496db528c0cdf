package program

import (
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The matrix of a transposed convolution is the transpose of that of the convolution.
func TestTransposedIsTheTransposeOfConv(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		extent, w, spatial := window(t)
		batch, groups := rapid.IntRange(1, 2).Draw(t, "batch"), rapid.IntRange(1, 2).Draw(t, "groups")
		in, out := groups*rapid.IntRange(1, 2).Draw(t, "in"), groups*rapid.IntRange(1, 2).Draw(t, "out")
		weights := ints(t, "weights", in*(out/groups)*tensor.Shape(w.Kernel).Size(), 9)
		conv := &ConvMap{Batch: batch, In: out, Out: in, Groups: groups, Spatial: extent, Window: w, Weights: weights}
		m := &TransposedMap{Batch: batch, In: in, Out: out, Groups: groups, Spatial: spatial, Extent: extent,
			Kernel: w.Kernel, Strides: w.Strides, Dilations: w.Dilations, Begin: w.Begin, Weights: weights}
		columns, err := conv.Check(append(tensor.Shape{batch, out}, extent...))
		require.NoError(t, err)
		s := append(tensor.Shape{batch, in}, spatial...)
		rows, err := m.Check(s)
		require.NoError(t, err)
		require.Equal(t, s.Size(), columns)
		want := make([]int64, rows*columns)
		for j := range columns {
			for _, e := range conv.Row(j, nil) {
				want[e.Index*columns+j] += e.Coef
			}
		}
		got := make([]int64, rows*columns)
		for i := range rows {
			for _, e := range m.Row(i, nil) {
				got[i*columns+e.Index] += e.Coef
			}
		}
		require.Equal(t, want, got)

		d, x := operand(t, "x", s, 30)
		k := &Linear{Terms: []Term{{0, m}}, Bias: ints(t, "bias", batch*out, 100), Shape: append(tensor.Shape{batch, out}, extent...)}
		var y []int64
		for i := range rows {
			sum := k.BiasOf(i)
			for j, v := range x.Data {
				sum += want[i*columns+j] * v
			}
			y = append(y, sum)
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, y)
	})
}

func TestTransposedRefuses(t *testing.T) {
	with := func(change func(*TransposedMap)) *TransposedMap {
		m := &TransposedMap{Batch: 1, In: 2, Out: 2, Groups: 1, Spatial: []int{2}, Extent: []int{3}, Kernel: []int{2}, Strides: []int{1}, Dilations: []int{1}, Begin: []int{0}, Weights: Ints{1, 2, 3, 4, 5, 6, 7, 8}}
		change(m)
		return m
	}
	in := tensor.Shape{1, 2, 2}
	_, err := with(func(*TransposedMap) {}).Check(in)
	require.NoError(t, err)
	for name, c := range map[string]func(*TransposedMap){
		"shape":    func(m *TransposedMap) { m.Batch = 2 },
		"weights":  func(m *TransposedMap) { m.Weights = m.Weights[1:] },
		"groups":   func(m *TransposedMap) { m.Groups = 0 },
		"uneven":   func(m *TransposedMap) { m.Groups = 3 },
		"no taps":  func(m *TransposedMap) { m.Kernel[0] = 0 },
		"stride":   func(m *TransposedMap) { m.Strides[0] = 0 },
		"dilation": func(m *TransposedMap) { m.Dilations[0] = 1 << 40 },
		"begin":    func(m *TransposedMap) { m.Begin[0] = -1 },
		"extent":   func(m *TransposedMap) { m.Extent[0] = 0 },
		"axes":     func(m *TransposedMap) { m.Begin = nil },
	} {
		_, err := with(c).Check(in)
		require.Error(t, err, name)
	}
}
