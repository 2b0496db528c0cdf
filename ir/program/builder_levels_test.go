package program

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/ir/tensor"
)

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		name       string
		step, want float64 // largest distance of levels that is asked for, and that there is
	}{
		{"precision of an activation", math.Inf(1), 8.0 / 255},
		{"finer", 0.01, 0.01},
		{"as fine as tables bear", 1e-9, 8.0 / (1<<mostLevels - 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := NewBuilder("test", Options{Bits: 8, Shift: 8, OutputBits: 20})
			x, err := b.Product(b.Input("x", tensor.Shape{4}, Interval{-2, 2}, 16), b.Input("y", tensor.Shape{4}, Interval{-2, 2}, 16))
			require.NoError(t, err)
			x.Observe(Interval{-4, 4})
			v, err := b.Levels(x, c.step)
			require.NoError(t, err)
			id, ok := b.TensorOf(v)
			require.True(t, ok)
			require.LessOrEqual(t, b.p.Tensors[id].Scale, c.want*1.0001)
			require.Greater(t, b.p.Tensors[id].Scale, c.want/4)
			again, err := b.Levels(v, c.step)
			require.NoError(t, err)
			require.Same(t, v, again, "what is rounded stays")
		})
	}
}

// A mean aligned with the levels of its elements is within a sixteenth of one, and half of that, of the mean.
func TestAlign(t *testing.T) {
	x := []float64{-1.5, 0.25, 0.75, 1, 2}
	w := &tensor.Float{Shape: tensor.Shape{5, 1}, Data: []float64{0.2, 0.2, 0.2, 0.2, 0.2}}
	got, p := built(t, Interval{-2, 2}, x, func(b *Builder, x *Value) (*Value, error) {
		rows, err := b.Reshape(x, tensor.Shape{1, 5})
		if err != nil {
			return nil, err
		}
		mean, err := b.Dense(rows, w, nil)
		if err != nil {
			return nil, err
		}
		return b.Align(mean, rows, 4)
	})
	in, out := p.Tensors[p.Inputs[0]], p.Tensors[p.Outputs[0]]
	require.InDelta(t, in.Scale/16, out.Scale, 1e-12)
	sum := 0.0
	for _, v := range x {
		sum += math.Round(v/in.Scale) * in.Scale
	}
	require.InDelta(t, sum/5, got[0], out.Scale/2+1e-12)
}

func TestHide(t *testing.T) {
	x, truth := []float64{-1, 0.5, 1, 2}, []float64{1, 0, 0, 1}
	for _, constant := range []bool{true, false} {
		got, _ := built(t, Interval{-2, 2}, append(x, truth...), func(b *Builder, v *Value) (*Value, error) {
			scores, err := b.Gather(tensor.Shape{4}, []int{0, 1, 2, 3}, 0, v)
			if err != nil {
				return nil, err
			}
			allowed := b.Const(&tensor.Float{Shape: tensor.Shape{4}, Data: truth})
			if !constant {
				if allowed, err = b.Gather(tensor.Shape{4}, []int{4, 5, 6, 7}, 0, v); err != nil {
					return nil, err
				}
				if allowed, err = b.Whole(allowed, 0, 1); err != nil {
					return nil, err
				}
			}
			return b.Hide(scores, allowed, 1.0/64, 32)
		})
		require.InDelta(t, -1, got[0], 1.0/64)
		require.Less(t, got[1], -33.9)
		require.Less(t, got[2], -33.9)
		require.InDelta(t, 2, got[3], 1.0/64)
	}
}

// A sum over a rearranged, scaled product rounds nothing: it is exact in the integers of the factors.
func TestFoldKeepsSumsExact(t *testing.T) {
	b := NewBuilder("test", Options{Bits: 4, Shift: 8, OutputBits: 20})
	s := tensor.Shape{3, 4}
	x := b.Input("x", s, Interval{-2, 2}, 12)
	square, err := b.Product(x, x)
	require.NoError(t, err)
	turned, err := b.Gather(tensor.Shape{4, 3}, []int{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}, 0, square)
	require.NoError(t, err)
	scaled, err := b.Affine(turned, tensor.Scalar(0.5), tensor.Scalar(0.25))
	require.NoError(t, err)
	sum, err := b.Dense(scaled, &tensor.Float{Shape: tensor.Shape{3, 1}, Data: []float64{1, 1, 1}}, nil)
	require.NoError(t, err)
	require.NoError(t, b.Output("y", sumObserved(sum)))
	p, err := b.Program()
	require.NoError(t, err)
	in := tensor.New[int64](s)
	for i := range in.Data {
		in.Data[i] = int64(i*i*7 - 300)
	}
	trace, err := p.Run([]*tensor.Int{in})
	require.NoError(t, err)
	out := p.Outputs[0]
	for j := range 4 {
		want := 0.75
		for i := range 3 {
			v := float64(in.Data[i*4+j]) * p.Tensors[p.Inputs[0]].Scale
			want += v * v / 2
		}
		require.InDelta(t, want, float64(trace[out].Data[j])*p.Tensors[out].Scale, 1e-4)
	}
	for _, n := range p.Nodes {
		require.NotEqual(t, "lookup", n.Kernel.Kind(), "nothing is rounded")
	}
}

func sumObserved(v *Value) *Value {
	v.Observe(Interval{0, 8})
	return v
}
