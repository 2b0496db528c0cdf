package ops

import (
	"fmt"
	"math"
	"slices"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// exponentials is exp(x - top), with top the largest along the last axis.
type exponentials struct{}

var (
	_ graph.Comparison = exponentials{}
	_ graph.Lowerer    = exponentials{}
)

func (exponentials) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{in[0].Type}, nil
}

func (exponentials) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out := tensor.New[float64](in[0].Shape)
	n := last(in[0].Shape)
	for i := range len(out.Data) / max(n, 1) {
		row := in[0].Data[i*n : (i+1)*n]
		top := slices.Max(row)
		for j, x := range row {
			out.Data[i*n+j] = math.Exp(x - top)
		}
	}
	return []*tensor.Float{out}, nil
}

func (exponentials) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Exponentials(in[0]))
}

// Compares implements graph.Comparison.
func (exponentials) Compares() bool { return true }

// shares is elements that are not negative, divided by their sum along the last axis; zeros where that is zero.
type shares struct{}

func (shares) Infer(in []*graph.Value) ([]graph.Type, error) { return []graph.Type{in[0].Type}, nil }

func (shares) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out := tensor.New[float64](in[0].Shape)
	n := last(in[0].Shape)
	for i := range len(out.Data) / max(n, 1) {
		row := in[0].Data[i*n : (i+1)*n]
		sum := sumOf(row, identical)
		for j, x := range row {
			if sum != 0 {
				out.Data[i*n+j] = x / sum
			}
		}
	}
	return []*tensor.Float{out}, nil
}

func (shares) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Shares(in[0]))
}

// weightedMean is a matrix product divided by the sums of the rows of its left factor, weights that are not negative: a
// product of shares that divides once an element of the result. A row without weight has the mean zero. Leading extents
// are equal.
type weightedMean struct{}

func (weightedMean) Infer(in []*graph.Value) ([]graph.Type, error) { return matMul{}.Infer(in) }

func (weightedMean) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	outs, err := matMul{}.Eval(in)
	if err != nil {
		return nil, err
	}
	k, n := last(in[0].Shape), last(outs[0].Shape)
	for i := range len(in[0].Data) / k {
		sum := sumOf(in[0].Data[i*k:(i+1)*k], identical)
		for j := i * n; j < (i+1)*n && sum != 0; j++ {
			outs[0].Data[j] /= sum
		}
	}
	return outs, nil
}

func (weightedMean) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Mean(in[0], in[1]))
}

// Work implements graph.Worker.
func (weightedMean) Work(in []*graph.Value, out []graph.Type) int64 { return matMul{}.Work(in, out) }

// Absorb makes a product of shares, of no more columns than there are shares in a row, a mean: it divides the results in
// place of the shares.
func (matMul) Absorb(in []*graph.Value, m graph.Makers) (string, graph.Op, []*graph.Value, bool) {
	x, v := in[0], in[1]
	n := m.Only(x)
	if n == nil || v.Const != nil {
		return "", nil, nil, false
	}
	s, t := x.Type.Shape, v.Type.Shape
	r := len(s) - 2
	if _, ok := n.Op.(shares); !ok || r < 0 || len(t) != r+2 || !s[:r].Equal(t[:r]) || t[r+1] > s[r+1] {
		return "", nil, nil, false
	}
	return "WeightedMean", weightedMean{}, []*graph.Value{n.In[0], v}, true
}

var _ graph.Absorber = matMul{}

// last is the extent of the last axis.
func last(s tensor.Shape) int {
	if len(s) == 0 {
		return 1
	}
	return s[len(s)-1]
}

// exponentials is exp(x - top), with top the largest along the last axis.
func (c *compose) exponentials(x *graph.Value) *graph.Value {
	if s := c.shape(x); c.err == nil && len(s) == 0 {
		c.fail(fmt.Errorf("exponentials: want an axis"))
	}
	return c.apply("Exponentials", exponentials{}, x)
}
