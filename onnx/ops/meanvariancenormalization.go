package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("MeanVarianceNormalization", 9, decodeMeanVarianceNormalization) }

// meanVarianceNorm is (x-mean)/(deviation+1e-9) over axes.
type meanVarianceNorm struct{ reduce }

var _ graph.Composite = meanVarianceNorm{}

// MeanVarianceNormalization (ONNX 9, 13): axes are 0, 2 and 3 by default.
func decodeMeanVarianceNormalization(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	axes := a.ints("axes")
	if axes == nil {
		axes = []int{0, 2, 3}
	}
	return meanVarianceNorm{reduce{axes: axes, keep: true, weight: sumWeight}}, nil
}

// nothing is what ONNX adds to a deviation that may be zero.
const nothing = 1e-9

func (o meanVarianceNorm) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, _, err := o.plan(in[0].Type.Shape)
	return []graph.Type{in[0].Type}, err
}

func (o meanVarianceNorm) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	perm, n, _, err := o.plan(x.Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](x.Shape)
	index := transposeIndex(x.Shape, perm)
	for r := 0; r < len(index); r += n {
		row := make([]float64, n)
		for i, j := range index[r : r+n] {
			row[i] = x.Data[j]
		}
		mean, variance := moments(row)
		for i, j := range index[r : r+n] {
			out.Data[j] = (row[i] - mean) / (math.Sqrt(variance) + nothing)
		}
	}
	return []*tensor.Float{out}, nil
}

func (o meanVarianceNorm) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c, v := composing(x), in[0]
	s := v.Type.Shape
	perm, n, _, err := o.plan(s)
	if err != nil {
		return nil, err
	}
	d, _ := c.centered(c.reshape(c.transpose(v, perm...), tensor.Shape{s.Size() / max(n, 1), n}))
	y := c.mul(d, c.inverse(c.sqrt(c.meanSquare(d)), 0))
	back := make([]int, len(perm))
	for i, p := range perm {
		back[p] = i
	}
	return c.done(c.transpose(c.reshape(y, permute(s, perm)), back...))
}
