package program

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"assay/ir/tensor"
)

// built lowers build over one input of n elements within r and runs it on x.
func built(t require.TestingT, r Interval, x []float64, build func(b *Builder, x *Value) (*Value, error)) ([]float64, *Program) {
	b := NewBuilder("test", Options{Bits: 8, Shift: 8, OutputBits: 20})
	v := b.Input("x", tensor.Shape{len(x)}, r, 12)
	y, err := build(b, v)
	require.NoError(t, err)
	if !y.observed.Valid() {
		y.Observe(b.target)
	}
	require.NoError(t, b.Output("y", y))
	p, err := b.Program()
	require.NoError(t, err)
	in := tensor.New[int64](tensor.Shape{len(x)})
	d := p.Tensors[p.Inputs[0]]
	for i, v := range x {
		in.Data[i] = min(max(int64(math.Round(v/d.Scale)), d.Range.Min), d.Range.Max)
	}
	trace, err := p.Run([]*tensor.Int{in})
	require.NoError(t, err)
	out := p.Outputs[0]
	var got []float64
	for _, q := range trace[out].Data {
		require.True(t, p.Tensors[out].Range.Contains(q))
		got = append(got, float64(q)*p.Tensors[out].Scale)
	}
	return got, p
}

func TestReciprocal(t *testing.T) {
	for _, c := range []struct {
		name string
		r    Interval
		x    []float64
	}{
		{"positive", Interval{0.5, 4}, []float64{0.5, 1, 3, 4}},
		{"negative", Interval{-4, -0.5}, []float64{-0.5, -1, -3, -4}},
		{"both", Interval{-2, 4}, []float64{-2, -0.5, 0.25, 4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, p := built(t, c.r, c.x, func(b *Builder, x *Value) (*Value, error) {
				b.Begin("r", Interval{-4, 4})
				return b.Reciprocal(x)
			})
			d := p.Tensors[p.Inputs[0]].Scale
			for i, x := range c.x {
				x = math.Round(x/d) * d
				require.InDelta(t, 1/x, got[i], 4.0/(1<<15), "1/%v", x)
			}
		})
	}
}

// A table takes the place of the kernel where there are many elements, far enough from zero.
func TestReciprocalByTable(t *testing.T) {
	x := make([]float64, tableSize)
	for i := range x {
		x[i] = 1 + 3*float64(i)/tableSize
	}
	got, p := built(t, Interval{1, 4}, x, func(b *Builder, x *Value) (*Value, error) {
		b.Begin("r", Interval{0.25, 1})
		return b.Reciprocal(x)
	})
	for i := range x {
		require.InDelta(t, 1/x[i], got[i], 0.002)
	}
	for _, n := range p.Nodes {
		require.NotEqual(t, "divide", n.Kernel.Kind())
	}
}

func TestDivideWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.Int64Range(-300, 300), 1, 8).Draw(t, "x")
		ys := rapid.SliceOfN(rapid.Int64Range(-20, 20).Filter(func(y int64) bool { return y != 0 }), len(xs), len(xs)).Draw(t, "y")
		fixed := rapid.SampledFrom([]string{"neither", "x", "y"}).Draw(t, "fixed")
		b := NewBuilder("test", Options{Bits: 8, Shift: 8, OutputBits: 20})
		var in []*tensor.Int
		operand := func(name string, v []int64) *Value {
			f, q := tensor.New[float64](tensor.Shape{len(v)}), tensor.New[int64](tensor.Shape{len(v)})
			for i := range v {
				f.Data[i], q.Data[i] = float64(v[i]), v[i]
			}
			if name == fixed {
				return b.Const(f)
			}
			in = append(in, q)
			return b.Integers(name, f.Shape, -300, 300)
		}
		v, err := b.DivideWhole(operand("x", xs), operand("y", ys))
		require.NoError(t, err)
		require.NoError(t, b.Output("q", v))
		p, err := b.Program()
		require.NoError(t, err)
		trace, err := p.Run(in)
		require.NoError(t, err)
		id := p.Outputs[0]
		for i := range xs {
			require.Equal(t, float64(xs[i]/ys[i]), float64(trace[id].Data[i])*p.Tensors[id].Scale, "%d/%d", xs[i], ys[i])
		}
	})
}
