package program_test

import (
	"math"
	"math/rand"
	"testing"

	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// pair is a program over two inputs of 12 bits and the same computation in float.
type pair struct {
	t       *rapid.T
	b       *program.Builder
	x, y    node
	inputs  [][]*tensor.Int
	samples int
}

func newPair(t *rapid.T, xs, ys program.Interval, shapes ...tensor.Shape) (*pair, *net) {
	rng := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
	bits := rapid.SampledFrom([]int{8, 12}).Draw(t, "input bits")
	p := &pair{t: t, samples: 6, b: program.NewBuilder("pair", program.Options{Bits: 10, Shift: 8, OutputBits: 16})}
	n := &net{t: t, rng: rng, b: p.b}
	p.inputs = make([][]*tensor.Int, p.samples)
	for i, r := range []program.Interval{xs, ys} {
		v := node{v: p.b.Input([]string{"x", "y"}[i], shapes[i], r, bits)}
		scale := scaleOf(r, bits)
		for s := range p.samples {
			q, f := tensor.New[int64](shapes[i]), make([]float64, shapes[i].Size())
			for j := range f {
				low, high := math.Round(r.Min/scale), math.Round(r.Max/scale)
				q.Data[j] = int64(math.Max(low, math.Min(high, math.Round((r.Min+(r.Max-r.Min)*rng.Float64())/scale))))
				f[j] = float64(q.Data[j]) * scale
			}
			p.inputs[s], v.samples = append(p.inputs[s], q), append(v.samples, f)
		}
		if i == 0 {
			p.x = v
		} else {
			p.y = v
		}
	}
	return p, n
}

// agrees requires that the program gives want but for a tolerance, and runs on its whole declared range.
func (p *pair) agrees(want node, tolerance float64) {
	require.NoError(p.t, p.b.Output("out", want.v))
	prog, err := p.b.Program()
	require.NoError(p.t, err)
	unit := prog.Tensors[prog.Outputs[0]].Scale
	for s, in := range p.inputs {
		trace, err := prog.Run(in)
		require.NoError(p.t, err)
		for j, v := range want.samples[s] {
			require.InDelta(p.t, v, float64(prog.OutputsOf(trace)[0].Data[j])*unit, tolerance, "sample %d, element %d", s, j)
		}
	}
	rng := rand.New(rand.NewSource(1))
	for range 20 {
		var in []*tensor.Int
		for _, id := range prog.Inputs {
			d := prog.Tensors[id]
			x := tensor.New[int64](d.Shape)
			for i := range x.Data {
				x.Data[i] = []int64{d.Range.Min, d.Range.Max, d.Range.Min + rng.Int63n(d.Range.Span()+1)}[rng.Intn(3)]
			}
			in = append(in, x)
		}
		trace, err := prog.Run(in)
		require.NoError(p.t, err)
		for id, x := range trace {
			for _, v := range x.Data {
				require.True(p.t, prog.Tensors[id].Range.Contains(v), "tensor %d: %d is outside %v", id, v, prog.Tensors[id].Range)
			}
		}
	}
}

func each(f func(a, b float64) float64) func(xs ...[]float64) []float64 {
	return func(xs ...[]float64) []float64 {
		r := make([]float64, len(xs[0]))
		for i, a := range xs[0] {
			r[i] = f(a, xs[len(xs)-1][i])
		}
		return r
	}
}

func (n *net) product(x, y node) node {
	return n.apply(func() (*program.Value, error) { return n.b.Product(x.v, y.v) }, each(func(a, b float64) float64 { return a * b }), x, y)
}

func TestProductApproximates(t *testing.T) {
	unit := program.Interval{Min: -1, Max: 1}
	rapid.Check(t, func(t *rapid.T) {
		p, n := newPair(t, unit, program.Interval{Min: rapid.SampledFrom([]float64{-1, 0, 0.5}).Draw(t, "low"), Max: 2}, tensor.Shape{2, 3}, tensor.Shape{2, 3})
		y := n.product(p.x, p.y)
		require.IsType(t, y.v, p.x.v)
		switch rapid.IntRange(0, 4).Draw(t, "then") {
		case 0: // nothing is rounded
			p.agrees(y, 1e-9)
		case 1:
			p.agrees(n.product(y, y), 0.02)
		case 2:
			p.agrees(n.mapped(y, sigmoid), 0.004)
		case 3:
			p.agrees(n.mapped(y, relu), 0.004)
		case 4:
			z := n.apply(func() (*program.Value, error) { return n.b.Add([]*program.Value{y.v, p.x.v}, []float64{-1, 1}) },
				each(func(a, b float64) float64 { return b - a }), y, p.x)
			p.agrees(n.product(z, n.product(z, z)), 0.3)
		}
	})
}

func TestMatMulApproximates(t *testing.T) {
	unit := program.Interval{Min: -1, Max: 1}
	rapid.Check(t, func(t *rapid.T) {
		g, m, k, l := rapid.IntRange(1, 2).Draw(t, "batch"), rapid.IntRange(1, 3).Draw(t, "m"), rapid.IntRange(1, 4).Draw(t, "k"), rapid.IntRange(1, 3).Draw(t, "n")
		p, n := newPair(t, unit, unit, tensor.Shape{g, m, k}, tensor.Shape{g, k, l})
		y := n.apply(func() (*program.Value, error) { return n.b.MatMul(p.x.v, p.y.v) }, func(xs ...[]float64) []float64 {
			var c []float64
			for r := range g * m {
				for j := range l {
					sum := 0.0
					for i := range k {
						sum += xs[0][r*k+i] * xs[1][(r/m*k+i)*l+j]
					}
					c = append(c, sum)
				}
			}
			return c
		}, p.x, p.y)
		p.agrees(y, 1e-9)
	})
}

func TestDivideApproximates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.SampledFrom([]float64{-3, 0, 0.01}).Draw(t, "low")
		p, n := newPair(t, program.Interval{Min: low, Max: 2}, program.Interval{Min: 0.5, Max: 3}, tensor.Shape{6}, tensor.Shape{6})
		switch rapid.IntRange(0, 3).Draw(t, "of") {
		case 0:
			y := n.apply(func() (*program.Value, error) { return n.b.Divide(p.x.v, p.y.v) }, each(func(a, b float64) float64 { return a / b }), p.x, p.y)
			p.agrees(y, 1e-3)
		case 1: // a constant by a sum
			sum := n.apply(func() (*program.Value, error) { return n.b.Add([]*program.Value{p.y.v, p.y.v}, []float64{1, 0.37}) },
				each(func(_, b float64) float64 { return 1.37 * b }), p.y, p.y)
			one := n.b.Const(&tensor.Float{Shape: tensor.Shape{6}, Data: []float64{1, 2, -3, 0, 0.1, 1}})
			y := n.apply(func() (*program.Value, error) { return n.b.Divide(one, sum.v) }, func(xs ...[]float64) []float64 {
				r := make([]float64, 6)
				for i, v := range xs[0] {
					r[i] = one.Const().Data[i] / v
				}
				return r
			}, sum)
			p.agrees(y, 1e-3)
		case 2: // a product by a product
			d := n.product(p.y, p.y)
			y := n.apply(func() (*program.Value, error) { return n.b.Divide(n.product(p.x, p.y).v, d.v) }, each(func(a, b float64) float64 { return a / b }), p.x, p.y)
			y.v.Observe(interval(y.samples))
			p.agrees(y, 0.02)
		case 3: // a divisor whose derived range reaches zero
			d := n.apply(func() (*program.Value, error) { return n.b.Add([]*program.Value{p.y.v, p.x.v}, []float64{4, 0.6}) },
				each(func(a, b float64) float64 { return 4*a + 0.6*b }), p.y, p.x)
			y := n.apply(func() (*program.Value, error) { return n.b.Divide(p.x.v, d.v) }, each(func(a, b float64) float64 { return a / b }), p.x, d)
			if interval(d.samples).Min > 0.3 {
				p.agrees(y, 5e-3)
			}
		}
	})
}

func TestSqrtApproximates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, n := newPair(t, program.Interval{Min: rapid.SampledFrom([]float64{-1, 0, 2}).Draw(t, "low"), Max: 4}, program.Interval{Min: -1, Max: 1}, tensor.Shape{5}, tensor.Shape{5})
		root := each(func(a, _ float64) float64 { return math.Sqrt(math.Max(a, 0)) })
		x := p.x
		if rapid.Bool().Draw(t, "square") {
			x = n.product(p.y, p.y)
		}
		p.agrees(n.apply(func() (*program.Value, error) { return n.b.Sqrt(x.v) }, root, x), 2e-4)
	})
}

// The comparison is that of the quantized numbers, exactly, whatever they are compared with.
func TestStepIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, n := newPair(t, program.Interval{Min: -1, Max: 1}, program.Interval{Min: -1, Max: 1}, tensor.Shape{8}, tensor.Shape{8})
		for i := range 3 { // ties
			p.inputs[0][1].Data[i] = p.inputs[0][0].Data[i]
			p.y.samples[0][i] = p.x.samples[0][i]
		}
		var d node
		if rapid.Bool().Draw(t, "variables") {
			d = n.apply(func() (*program.Value, error) { return n.b.Add([]*program.Value{p.x.v, p.y.v}, []float64{1, -1}) }, each(func(a, b float64) float64 { return a - b }), p.x, p.y)
		} else {
			// A threshold on a level, or between two.
			c := p.x.samples[0][0] + rapid.SampledFrom([]float64{0, 1e-4, -1e-4, 0.3}).Draw(t, "off")
			shift := &tensor.Float{Shape: tensor.Shape{}, Data: []float64{-c}}
			d = n.apply(func() (*program.Value, error) { return n.b.Affine(p.x.v, nil, shift) }, each(func(a, _ float64) float64 { return a - c }), p.x)
		}
		p.agrees(n.apply(func() (*program.Value, error) { return n.b.Step(d.v) }, each(func(a, _ float64) float64 {
			if a > -1e-9 {
				return 1
			}
			return 0
		}), d), 0)
	})
}
