package program_test

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// net builds a program and the same computation in float, on samples, side by side.
type net struct {
	t    *rapid.T
	rng  *rand.Rand
	b    *program.Builder
	made int
	span float64 // of the widest value
}

// node is a value of both: samples[i] is its content for input sample i.
type node struct {
	v       *program.Value
	samples [][]float64
}

func interval(samples [][]float64) program.Interval {
	r := program.Interval{Min: math.Inf(1), Max: math.Inf(-1)}
	for _, s := range samples {
		for _, x := range s {
			r.Min, r.Max = math.Min(r.Min, x), math.Max(r.Max, x)
		}
	}
	return r
}

// apply adds an operator: real is its definition for one sample of each operand.
func (n *net) apply(lower func() (*program.Value, error), real func(xs ...[]float64) []float64, of ...node) node {
	r := node{samples: make([][]float64, len(of[0].samples))}
	for i := range r.samples {
		var xs [][]float64
		for _, o := range of {
			xs = append(xs, o.samples[i])
		}
		r.samples[i] = real(xs...)
	}
	n.made++
	n.span = math.Max(n.span, interval(r.samples).Max-interval(r.samples).Min)
	n.b.Begin(fmt.Sprintf("op%d", n.made), interval(r.samples))
	v, err := lower()
	require.NoError(n.t, err)
	require.Equal(n.t, v.Shape().Size(), len(r.samples[0]))
	v.Observe(interval(r.samples))
	r.v = v
	return r
}

func (n *net) normal(s tensor.Shape, scale float64) *tensor.Float {
	x := tensor.New[float64](s)
	for i := range x.Data {
		x.Data[i] = n.rng.NormFloat64() * scale
	}
	return x
}

// The image operators take and give 1 x channels x h x w.
var operators = map[string]func(n *net, x node) node{
	"conv": func(n *net, x node) node {
		s := x.v.Shape()
		w, bias := n.normal(tensor.Shape{3, s[1], 2, 2}, 0.5), n.normal(tensor.Shape{3}, 0.5).Data
		win := testprogram.Window([]int{2, 2}, 1, 0)
		return n.apply(func() (*program.Value, error) { return n.b.Conv(x.v, w, bias, 1, win) }, func(xs ...[]float64) []float64 {
			var y []float64
			for o := range 3 {
				for i := range s[2] - 1 {
					for j := range s[3] - 1 {
						sum := bias[o]
						for c := range s[1] {
							for k := range 4 {
								sum += w.Data[(o*s[1]+c)*4+k] * xs[0][(c*s[2]+i+k/2)*s[3]+j+k%2]
							}
						}
						y = append(y, sum)
					}
				}
			}
			return y
		}, x)
	},
	"relu":    func(n *net, x node) node { return n.mapped(x, relu) },
	"sigmoid": func(n *net, x node) node { return n.mapped(x, sigmoid) },
	"square":  func(n *net, x node) node { return n.mapped(x, func(v float64) float64 { return v * v / 4 }) },
	"maximum": func(n *net, x node) node {
		return n.apply(func() (*program.Value, error) { return n.b.MaxWindow(x.v, testprogram.Window([]int{2, 2}, 1, 0)) }, pooled(x.v.Shape(), math.Max, 1), x)
	},
	"average": func(n *net, x node) node {
		s := x.v.Shape()
		weights := make([]float64, (s[2]-1)*(s[3]-1))
		for i := range weights {
			weights[i] = 0.25
		}
		return n.apply(func() (*program.Value, error) {
			return n.b.WindowSum(x.v, testprogram.Window([]int{2, 2}, 1, 0), weights)
		}, pooled(s, func(a, b float64) float64 { return a + b }, 0.25), x)
	},
	"affine": func(n *net, x node) node {
		s := x.v.Shape()
		scale, shift := n.normal(tensor.Shape{1, s[1], 1, 1}, 1), n.normal(tensor.Shape{1, s[1], 1, 1}, 1)
		return n.apply(func() (*program.Value, error) { return n.b.Affine(x.v, scale, shift) }, func(xs ...[]float64) []float64 {
			y := make([]float64, len(xs[0]))
			for i, v := range xs[0] {
				c := i / (s[2] * s[3])
				y[i] = v*scale.Data[c] + shift.Data[c]
			}
			return y
		}, x)
	},
	"residual": func(n *net, x node) node {
		y := n.mapped(x, relu)
		return n.apply(func() (*program.Value, error) { return n.b.Add([]*program.Value{x.v, y.v}, []float64{1, -1}) }, func(xs ...[]float64) []float64 {
			d := make([]float64, len(xs[0]))
			for i := range d {
				d[i] = xs[0][i] - xs[1][i]
			}
			return d
		}, x, y)
	},
	"concat": func(n *net, x node) node {
		y := n.mapped(x, sigmoid)
		s := x.v.Shape()
		size := s.Size()
		index := make([]int, 2*size)
		for i := range index {
			index[i] = i
		}
		return n.apply(func() (*program.Value, error) {
			return n.b.Gather(tensor.Shape{1, 2 * s[1], s[2], s[3]}, index, 0, x.v, y.v)
		}, func(xs ...[]float64) []float64 { return append(append([]float64(nil), xs[0]...), xs[1]...) }, x, y)
	},
	"pad": func(n *net, x node) node {
		s := x.v.Shape()
		var index []int
		for c := range s[1] {
			for i := range s[2] + 1 {
				for j := range s[3] + 1 {
					if i == s[2] || j == s[3] {
						index = append(index, -1)
					} else {
						index = append(index, (c*s[2]+i)*s[3]+j)
					}
				}
			}
		}
		fill := interval(x.samples).Min
		return n.gathered(x, tensor.Shape{1, s[1], s[2] + 1, s[3] + 1}, index, fill)
	},
	"transpose": func(n *net, x node) node {
		s := x.v.Shape()
		var index []int
		for c := range s[1] {
			for j := range s[3] {
				for i := range s[2] {
					index = append(index, (c*s[2]+i)*s[3]+j)
				}
			}
		}
		return n.gathered(x, tensor.Shape{1, s[1], s[3], s[2]}, index, 0)
	},
}

func relu(v float64) float64 { return math.Max(v, 0) }

func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

func (n *net) mapped(x node, f func(float64) float64) node {
	return n.apply(func() (*program.Value, error) { return n.b.Map(x.v, f) }, func(xs ...[]float64) []float64 {
		y := make([]float64, len(xs[0]))
		for i, v := range xs[0] {
			y[i] = f(v)
		}
		return y
	}, x)
}

func (n *net) gathered(x node, s tensor.Shape, index []int, fill float64) node {
	return n.apply(func() (*program.Value, error) { return n.b.Gather(s, index, fill, x.v) }, func(xs ...[]float64) []float64 {
		y := make([]float64, len(index))
		for i, j := range index {
			if y[i] = fill; j >= 0 {
				y[i] = xs[0][j]
			}
		}
		return y
	}, x)
}

// pooled folds 2 x 2 windows.
func pooled(s tensor.Shape, f func(a, b float64) float64, by float64) func(xs ...[]float64) []float64 {
	return func(xs ...[]float64) []float64 {
		var y []float64
		for c := range s[1] {
			for i := range s[2] - 1 {
				for j := range s[3] - 1 {
					at := func(k int) float64 { return xs[0][(c*s[2]+i+k/2)*s[3]+j+k%2] }
					y = append(y, by*f(f(at(0), at(1)), f(at(2), at(3))))
				}
			}
		}
		return y
	}
}

// dense is the last layer: it flattens.
func (n *net) dense(x node) node {
	size := x.v.Shape().Size()
	flat := n.apply(func() (*program.Value, error) { return n.b.Reshape(x.v, tensor.Shape{1, size}) }, func(xs ...[]float64) []float64 { return xs[0] }, x)
	w, bias := n.normal(tensor.Shape{size, 2}, 1/math.Sqrt(float64(size))), n.normal(tensor.Shape{2}, 1).Data
	return n.apply(func() (*program.Value, error) { return n.b.Dense(flat.v, w, bias) }, func(xs ...[]float64) []float64 {
		y := append([]float64(nil), bias...)
		for i, v := range xs[0] {
			for o := range y {
				y[o] += v * w.Data[i*2+o]
			}
		}
		return y
	}, flat)
}

// Random nets give what float gives, but for quantization, and evaluate on their whole declared range.
func TestBuilderApproximates(t *testing.T) {
	var names []string
	for name := range operators {
		names = append(names, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.SampledFrom([]int{10, 12}).Draw(t, "bits")
		inputBits := rapid.SampledFrom([]int{8, 12, 16}).Draw(t, "input bits")
		n := &net{t: t, rng: rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))),
			b: program.NewBuilder("net", program.Options{Bits: bits, Shift: rapid.SampledFrom([]int{6, 8, 12}).Draw(t, "shift"), OutputBits: 16})}
		r := program.Interval{Min: rapid.SampledFrom([]float64{-1, -0.5, 0}).Draw(t, "min"), Max: 1}
		s := tensor.Shape{1, 2, 4, 4}
		x := node{v: n.b.Input("x", s, r, inputBits)}
		scale := scaleOf(r, inputBits)
		var quantized []*tensor.Int
		for range 8 {
			q := tensor.New[int64](s)
			f := make([]float64, s.Size())
			for i := range f {
				q.Data[i] = int64(math.Round((r.Min + (r.Max-r.Min)*n.rng.Float64()) / scale))
				f[i] = float64(q.Data[i]) * scale
			}
			quantized = append(quantized, q)
			x.samples = append(x.samples, f)
		}
		y := x
		for range rapid.IntRange(0, 4).Draw(t, "depth") {
			name := rapid.SampledFrom(sorted(names)).Draw(t, "op")
			if shape := y.v.Shape(); shape[2] < 2 || shape[3] < 2 || shape[1] > 8 {
				break
			}
			y = operators[name](n, y)
		}
		if rapid.Bool().Draw(t, "dense") {
			y = n.dense(y)
		}
		require.NoError(t, n.b.Output("y", y.v))
		p, err := n.b.Program()
		require.NoError(t, err)
		require.InEpsilon(t, scale, p.Tensors[p.Inputs[0]].Scale, 1e-9)

		r = interval(y.samples)
		// Differences of wide values are small and have the error of what they come from.
		tolerance := 0.03*(r.Max-r.Min) + 0.005*n.span + 1e-9
		unit := p.Tensors[p.Outputs[0]].Scale
		for i, q := range quantized {
			for j := range q.Data {
				d := p.Tensors[p.Inputs[0]].Range
				q.Data[j] = min(max(q.Data[j], d.Min), d.Max)
			}
			trace, err := p.Run([]*tensor.Int{q})
			require.NoError(t, err)
			got := p.OutputsOf(trace)[0]
			for j, want := range y.samples[i] {
				require.InDelta(t, want, float64(got.Data[j])*unit, tolerance, "sample %d, element %d", i, j)
			}
		}
		for range 4 { // the whole declared range, ends above all
			q := tensor.New[int64](s)
			d := p.Tensors[p.Inputs[0]].Range
			for i := range q.Data {
				q.Data[i] = []int64{d.Min, d.Max, d.Min + n.rng.Int63n(d.Span()+1)}[n.rng.Intn(3)]
			}
			trace, err := p.Run([]*tensor.Int{q})
			require.NoError(t, err)
			for id, x := range trace {
				for _, v := range x.Data {
					require.True(t, p.Tensors[id].Range.Contains(v), "tensor %d: %d is outside %v", id, v, p.Tensors[id].Range)
				}
			}
		}
	})
}

func sorted(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return names
}

// scaleOf is the step of an input's levels: 2^bits of them over an interval, or one less where it is symmetric; from 16
// bits on the power of two that is not less.
func scaleOf(r program.Interval, bits int) float64 {
	levels := float64(int64(1)<<bits - 1)
	if r.Min == -r.Max {
		levels--
	}
	s := (r.Max - r.Min) / levels
	if bits >= 16 {
		s = math.Ldexp(1, int(math.Ceil(math.Log2(s))))
	}
	return s
}
