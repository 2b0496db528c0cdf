package program

import (
	"math"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// softmaxOf is the shares of each row of n.
func softmaxOf(x []float64, n int) []float64 {
	y := make([]float64, len(x))
	for at := 0; at < len(x); at += n {
		top, sum := math.Inf(-1), 0.0
		for _, v := range x[at : at+n] {
			top = max(top, v)
		}
		for i, v := range x[at : at+n] {
			y[at+i] = math.Exp(v - top)
			sum += y[at+i]
		}
		for i := range n {
			y[at+i] /= sum
		}
	}
	return y
}

// masking says how a constant mask comes to scores of rows of 4.
var masking = map[string]func(b *Builder, x *Value, masked []bool) (*Value, []float64, error){
	"none": func(_ *Builder, x *Value, masked []bool) (*Value, []float64, error) {
		return x, make([]float64, len(masked)), nil
	},
	"added": func(b *Builder, x *Value, masked []bool) (*Value, []float64, error) {
		add := tensor.New[float64](x.shape)
		for i, m := range masked {
			if m {
				add.Data[i] = -1000
			}
		}
		v, err := b.Affine(x, nil, add)
		return v, add.Data, err
	},
	"constant": func(b *Builder, x *Value, masked []bool) (*Value, []float64, error) {
		index, add := make([]int, len(masked)), make([]float64, len(masked))
		for i, m := range masked {
			if index[i] = i; m {
				index[i], add[i] = len(masked), math.Inf(-1)
			}
		}
		v, err := b.Gather(x.shape, index, 0, x, b.Const(tensor.Scalar(-5000.0)))
		return v, add, err
	},
	"constant that counts": func(b *Builder, x *Value, masked []bool) (*Value, []float64, error) {
		index, add := make([]int, len(masked)), make([]float64, len(masked))
		for i, m := range masked {
			if index[i] = i; m {
				index[i], add[i] = len(masked), math.NaN() // the score itself is -2
			}
		}
		v, err := b.Gather(x.shape, index, 0, x, b.Const(tensor.Scalar(-2.0)))
		return v, add, err
	},
}

// Shares and means of a softmax of matrix products, under any constant mask, are those of the reals, and the masked elements are
// none of the kernel's.
func TestSoftmaxUnderMasks(t *testing.T) {
	for name, mask := range masking {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				b := NewBuilder("softmax", Options{Bits: 10, Shift: 10, OutputBits: 20})
				q := b.Input("q", tensor.Shape{4, 4}, Interval{-2, 2}, 10)
				v := b.Input("v", tensor.Shape{4, 4}, Interval{-1, 1}, 10)
				x, err := b.MatMul(q, q)
				require.NoError(t, err)
				x.Observe(Interval{-16, 16})
				masked := rapid.SliceOfN(rapid.Bool(), 16, 16).Draw(t, "masked")
				for i := range 4 {
					masked[i*5] = false
				}
				s, add, err := mask(b, x, masked)
				require.NoError(t, err)
				s.Observe(Interval{-16, 16})
				e, err := b.Exponentials(s)
				require.NoError(t, err)
				shares, err := b.Shares(e)
				require.NoError(t, err)
				means, err := b.Mean(e, v)
				require.NoError(t, err)
				shares.Observe(Interval{0, 1})
				means.Observe(Interval{-1, 1})
				require.NoError(t, b.Output("shares", shares))
				require.NoError(t, b.Output("means", means))
				p, err := b.Program()
				require.NoError(t, err)

				open := 0
				for i := range masked {
					if !masked[i] {
						open++
					}
				}
				for _, n := range p.Nodes {
					if k, ok := n.Kernel.(*Below); ok && name != "constant that counts" {
						got := 0
						for _, r := range k.Rows {
							got += int(r)
						}
						if name == "none" {
							open = 16
						}
						require.Equal(t, open, got, "members of rows")
					}
				}
				in := make([]*tensor.Int, 2)
				reals := make([][]float64, 2)
				for j, id := range p.Inputs {
					d := p.Tensors[id]
					in[j] = tensor.New[int64](d.Shape)
					for i := range in[j].Data {
						in[j].Data[i] = rapid.Int64Range(d.Range.Min, d.Range.Max).Draw(t, "x")
						reals[j] = append(reals[j], float64(in[j].Data[i])*d.Scale)
					}
				}
				trace, err := p.Run(in)
				require.NoError(t, err)
				scores := make([]float64, 16)
				for i := range 4 {
					for j := range 4 {
						for l := range 4 {
							scores[i*4+j] += reals[0][i*4+l] * reals[0][l*4+j]
						}
						if scores[i*4+j] += add[i*4+j]; math.IsNaN(add[i*4+j]) {
							scores[i*4+j] = -2
						}
					}
				}
				want := softmaxOf(scores, 4)
				got := trace[p.Outputs[0]]
				for i, w := range want {
					require.InDelta(t, w, float64(got.Data[i])*p.Tensors[p.Outputs[0]].Scale, 0.004, "share %d of %v", i, scores)
				}
				got = trace[p.Outputs[1]]
				for i := range 4 {
					for j := range 4 {
						w := 0.0
						for l := range 4 {
							w += want[i*4+l] * reals[1][l*4+j]
						}
						require.InDelta(t, w, float64(got.Data[i*4+j])*p.Tensors[p.Outputs[1]].Scale, 0.006, "mean %d, %d", i, j)
					}
				}
			})
		})
	}
}

// A row of which nothing counts is alike throughout.
func TestSoftmaxOfMaskedRow(t *testing.T) {
	b := NewBuilder("softmax", Options{Bits: 10, Shift: 10, OutputBits: 20})
	x := b.Input("x", tensor.Shape{2, 2}, Interval{-2, 2}, 10)
	s, err := b.Gather(x.shape, []int{0, 1, -1, -1}, -900, x)
	require.NoError(t, err)
	s.Observe(Interval{-2, 2})
	e, err := b.Exponentials(s)
	require.NoError(t, err)
	require.NoError(t, b.Output("e", e))
	p, err := b.Program()
	require.NoError(t, err)
	trace, err := p.Run([]*tensor.Int{{Shape: tensor.Shape{2, 2}, Data: []int64{0, 0, 0, 0}}})
	require.NoError(t, err)
	require.Equal(t, []int64{4095, 4095, 4095, 4095}, trace[p.Outputs[0]].Data)
}

// Scores that are sums of many products are not rounded before their distances are taken.
func TestExponentialsOfSums(t *testing.T) {
	b := NewBuilder("softmax", Options{Bits: 8, Shift: 10, OutputBits: 20})
	x := b.Input("x", tensor.Shape{1, 2}, Interval{-2, 2}, 8)
	w := &tensor.Float{Shape: tensor.Shape{2, 3}, Data: []float64{0.3, -0.7, 1.1, 0.01, 0.5, -0.25}}
	v, err := b.Dense(x, w, []float64{0.1, 0.2, -0.3})
	require.NoError(t, err)
	v.Observe(Interval{-3, 3})
	e, err := b.Exponentials(v)
	require.NoError(t, err)
	require.NoError(t, b.Output("e", e))
	p, err := b.Program()
	require.NoError(t, err)
	scale := p.Tensors[p.Inputs[0]].Scale
	for _, in := range [][]int64{{0, 0}, {100, -50}, {-127, 127}, {127, 127}} {
		trace, err := p.Run([]*tensor.Int{{Shape: tensor.Shape{1, 2}, Data: in}})
		require.NoError(t, err)
		scores := []float64{0.1, 0.2, -0.3}
		for j := range scores {
			scores[j] += (float64(in[0])*w.Data[j] + float64(in[1])*w.Data[3+j]) * scale
		}
		top := max(scores[0], scores[1], scores[2])
		for j, got := range trace[p.Outputs[0]].Data {
			require.InDelta(t, math.Exp(scores[j]-top), float64(got)/4095, 0.02, "%v", scores)
		}
	}
}
