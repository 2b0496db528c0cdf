package program

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// apply is the convolution of x in float.
func (m *realConv) apply(t require.TestingT, x []float64) []float64 {
	out, err := m.window.Out(m.spatial)
	require.NoError(t, err)
	y := make([]float64, m.batch*m.out*m.outSize)
	tensor.Correlate(tensor.Correlation{Batch: m.batch, In: m.in, Out: m.out, Groups: m.groups,
		Spatial: m.spatial, Result: out, Window: m.window}, x, m.weights, y)
	return y
}

func small(t *rapid.T, n int, label string) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(rapid.IntRange(-3, 3).Draw(t, label))
	}
	return v
}

// randomConv is a convolution of batch x in x spatial, into a multiple of groups channels.
func randomConv(t *rapid.T, batch, in int, spatial []int, w tensor.Window, out []int) *realConv {
	groups := rapid.SampledFrom([]int{1, in, max(1, in/2)}).Draw(t, "groups")
	if in%groups != 0 {
		groups = 1
	}
	m := &realConv{batch: batch, in: in, out: groups * rapid.IntRange(1, 2).Draw(t, "channels"), groups: groups, spatial: spatial, window: w,
		outSize: tensor.Shape(out).Size()}
	m.weights = small(t, m.out*in/groups*tensor.Shape(w.Kernel).Size(), "weight")
	return m
}

// Where two maps compose, the composition is the one after the other; where it must, they do.
func TestCompositionIsOneMapAfterTheOther(t *testing.T) {
	composed := 0
	rapid.Check(t, func(t *rapid.T) {
		spatial, w, mid := window(t)
		if rapid.Bool().Draw(t, "point") {
			for i := range spatial {
				w.Kernel[i], w.Dilations[i], w.Begin[i], w.End[i] = 1, 1, 0, 0
			}
			var err error
			mid, err = w.Out(spatial)
			require.NoError(t, err)
		}
		o := tensor.Window{}
		for i := range mid {
			o.Kernel = append(o.Kernel, rapid.IntRange(1, min(3, mid[i])).Draw(t, "outer kernel"))
			o.Strides = append(o.Strides, rapid.IntRange(1, 3).Draw(t, "outer stride"))
			o.Dilations = append(o.Dilations, rapid.IntRange(1, 2).Draw(t, "outer dilation"))
			pad := rapid.IntRange(0, 1).Draw(t, "outer padding")
			o.Begin, o.End = append(o.Begin, pad), append(o.End, pad*rapid.IntRange(0, 2).Draw(t, "outer end"))
		}
		out, err := o.Out(mid)
		if err != nil {
			t.Skip("the outer window does not fit")
		}
		batch, in := rapid.IntRange(1, 2).Draw(t, "batch"), rapid.SampledFrom([]int{1, 2, 4}).Draw(t, "in")
		x := small(t, batch*in*tensor.Shape(spatial).Size(), "x")

		inner := randomConv(t, batch, in, spatial, w, mid)
		outer := randomConv(t, batch, inner.out, mid, o, out)
		unpadded := !slices.ContainsFunc(append(slices.Clone(o.Begin), o.End...), func(v int) bool { return v > 0 })
		m := inner.then(outer, math.MaxInt)
		if unpadded {
			require.NotNil(t, m)
		}
		if m != nil {
			composed++
			require.Equal(t, outer.apply(t, inner.apply(t, x)), m.apply(t, x))
			require.Nil(t, inner.then(outer, 0))
		}

		sum := &realWindow{planes: batch * in, spatial: spatial, window: w, weights: expand([]float64{2}, tensor.Shape(mid).Size())}
		outer = randomConv(t, batch, in, mid, o, out)
		if m := sum.then(outer, math.MaxInt); m != nil {
			twice := sum.conv(batch)
			require.Equal(t, outer.apply(t, twice.apply(t, x)), m.apply(t, x))
		} else {
			require.False(t, unpadded)
		}

		scale := small(t, in, "scale")
		d := &realDiagonal{batch * in * tensor.Shape(mid).Size(), nil}
		y := small(t, d.size, "y")
		scaled := slices.Clone(y)
		for i := range scaled {
			c := i / tensor.Shape(mid).Size() % in
			d.weights = append(d.weights, scale[c])
			scaled[i] *= scale[c]
		}
		require.Equal(t, outer.apply(t, scaled), d.then(outer, 0).apply(t, y))
	})
	require.Positive(t, composed)
}

// blocks is a chain of inverted bottlenecks on n channels of a map of 4 x 4: a projection, which is added to those before
// it, and an expansion with a Relu.
func blocks(t *testing.T, opt Options, n, blocks, pad int) (*Program, func(x []float64) []float64) {
	r := Interval{-20, 20}
	b := NewBuilder("blocks", opt)
	win := tensor.Window{Kernel: []int{1, 1}, Strides: []int{1, 1}, Dilations: []int{1, 1}, Begin: []int{0, 0}, End: []int{0, 0}}
	wide := tensor.Window{Kernel: []int{3, 3}, Strides: []int{1, 1}, Dilations: []int{1, 1}, Begin: []int{pad, pad}, End: []int{pad, pad}}
	weights := func(k, seed int) *tensor.Float {
		w := tensor.New[float64](tensor.Shape{n, n, k, k})
		for i := range w.Data {
			w.Data[i] = float64((i*7+seed*5)%11-5) / float64(8*k)
		}
		return w
	}
	relu := func(v float64) float64 { return max(v, 0) }
	var float []func(h, x []float64) (nextH, nextX []float64)
	x := b.Input("x", tensor.Shape{1, n, 4, 4}, Interval{-1, 1}, 8)
	var h *Value
	for i := range blocks {
		b.Begin(fmt.Sprintf("project%d", i), r)
		p, err := b.Conv(x, weights(1, i), []float64{0.5, -0.25}, 1, win)
		require.NoError(t, err)
		if p.Observe(r); h != nil {
			p, err = b.Add([]*Value{h, p}, []float64{1, 1})
			require.NoError(t, err)
			p.Observe(r)
		}
		h = p
		b.Begin(fmt.Sprintf("expand%d", i), r)
		e, err := b.Conv(h, weights(3, i), []float64{0.125, 0}, 1, wide)
		require.NoError(t, err)
		e.Observe(r)
		b.Begin(fmt.Sprintf("relu%d", i), r)
		x, err = b.Map(e, relu)
		require.NoError(t, err)
		conv := func(x []float64, w *tensor.Float, win tensor.Window, bias []float64) []float64 {
			out, err := win.Out([]int{4, 4})
			require.NoError(t, err)
			y := make([]float64, n*tensor.Shape(out).Size())
			for j := range y {
				y[j] = bias[j/tensor.Shape(out).Size()]
			}
			tensor.Correlate(tensor.Correlation{Batch: 1, In: n, Out: n, Groups: 1, Spatial: []int{4, 4}, Result: out, Window: win}, x, w.Data, y)
			return y
		}
		float = append(float, func(h, x []float64) ([]float64, []float64) {
			p := conv(x, weights(1, i), win, []float64{0.5, -0.25})
			for j := range h {
				p[j] += h[j]
			}
			y := conv(p, weights(3, i), wide, []float64{0.125, 0})
			for j, v := range y {
				y[j] = relu(v)
			}
			return p, y
		})
	}
	require.NoError(t, b.Output("y", x))
	p, err := b.Program()
	require.NoError(t, err)
	return p, func(x []float64) []float64 {
		var h []float64
		for _, f := range float {
			h, x = f(h, x)
		}
		return x
	}
}

// A projection is rounded only with the Relu that follows, also where others are added to it.
func TestProjectionsAreNotRounded(t *testing.T) {
	p, float := blocks(t, Options{Bits: 14, Shift: 12, OutputBits: 20}, 2, 4, 1)
	lookups := 0
	for _, n := range p.Nodes {
		if _, ok := n.Kernel.(*Lookup); ok {
			lookups++
		}
	}
	require.Equal(t, 4, lookups)

	x := make([]float64, 2*4*4)
	in := tensor.New[int64](tensor.Shape{1, 2, 4, 4})
	for i := range x {
		in.Data[i] = int64(i*13%255 - 127)
		x[i] = float64(in.Data[i]) * p.Tensors[p.Inputs[0]].Scale
	}
	trace, err := p.Run([]*tensor.Int{in})
	require.NoError(t, err)
	got := p.OutputsOf(trace)[0]
	for i, want := range float(x) {
		require.InDelta(t, want, float64(got.Data[i])*p.Tensors[p.Outputs[0]].Scale, 0.05, "element %d", i)
	}
}

// A wide operand is rounded first: its bits would have to be rounded away by each element of the result.
func TestWideOperandsAreRounded(t *testing.T) {
	b := NewBuilder("wide", Options{Bits: 8, Shift: 12, OutputBits: 20})
	x := b.Input("x", tensor.Shape{1, 1, 2, 2}, Interval{-1, 1}, 24)
	twice, err := b.Affine(x, tensor.Scalar(2.0), nil)
	require.NoError(t, err)
	twice.Observe(Interval{-2, 2})
	w := &tensor.Float{Shape: tensor.Shape{1, 1, 1, 1}, Data: []float64{0.3}}
	win := tensor.Window{Kernel: []int{1, 1}, Strides: []int{1, 1}, Dilations: []int{1, 1}, Begin: []int{0, 0}, End: []int{0, 0}}
	_, err = b.Conv(twice, w, nil, 1, win)
	require.NoError(t, err)
	id, ok := b.TensorOf(twice)
	require.True(t, ok)
	require.LessOrEqual(t, b.p.Tensors[id].Range.Span(), int64(256))
}
