// Package testprogram builds small programs for tests of circuits and provers.
package testprogram

import (
	"math"
	"math/rand"
	"testing"

	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

func relu(x float64) float64 { return math.Max(x, 0) }

// Convnet is convolution, pooling, ReLU, dense: every fused form in small.
func Convnet(t testing.TB, rng *rand.Rand) *program.Program {
	b := program.NewBuilder("convnet", program.Options{Bits: 6, Shift: 8, OutputBits: 12})
	x := b.Input("x", tensor.Shape{1, 1, 6, 6}, program.Interval{Min: 0, Max: 1}, 6)
	w := tensor.New[float64](tensor.Shape{2, 1, 3, 3})
	for i := range w.Data {
		w.Data[i] = rng.NormFloat64() * 0.4
	}
	one, two := []int{1, 1}, []int{2, 2}
	v, err := b.Conv(x, w, []float64{0.1, -0.1}, 1, tensor.Window{Kernel: []int{3, 3}, Strides: one, Dilations: one, Begin: one, End: one})
	require.NoError(t, err)
	v, err = b.MaxWindow(v, tensor.Window{Kernel: two, Strides: two, Dilations: one, Begin: []int{0, 0}, End: []int{0, 0}})
	require.NoError(t, err)
	b.Begin("relu", program.Interval{Min: 0, Max: 1.5})
	v.Observe(program.Interval{Min: -1.5, Max: 1.5})
	v, err = b.Map(v, relu)
	require.NoError(t, err)
	v, err = b.Reshape(v, tensor.Shape{1, 18})
	require.NoError(t, err)
	d := tensor.New[float64](tensor.Shape{18, 3})
	for i := range d.Data {
		d.Data[i] = rng.NormFloat64() * 0.3
	}
	v, err = b.Dense(v, d, []float64{0, 1, 2})
	require.NoError(t, err)
	v.Observe(program.Interval{Min: -3, Max: 3})
	require.NoError(t, b.Output("y", v))
	p, err := b.Program()
	require.NoError(t, err)
	return p
}

// Inputs draws inputs uniformly from their declared ranges.
func Inputs(rng *rand.Rand, p *program.Program) []*tensor.Int {
	var in []*tensor.Int
	for _, id := range p.Inputs {
		d := p.Tensors[id]
		x := tensor.New[int64](d.Shape)
		for i := range x.Data {
			x.Data[i] = d.Range.Min + rng.Int63n(d.Range.Span()+1)
		}
		in = append(in, x)
	}
	return in
}
