package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("BatchNormalization", 7, decodeBatchNormalization7)
	register("BatchNormalization", 9, decodeBatchNormalization9)
	register("BatchNormalization", 14, decodeBatchNormalization)
}

// batchNorm is (x-mean)/sqrt(var+epsilon)*scale + bias for each channel, axis 1: inference only.
type batchNorm struct{ epsilon float64 }

var _ graph.Composite = batchNorm{}

// BatchNormalization (ONNX 7): spatial 0, statistics for each element, is not supported.
func decodeBatchNormalization7(a *Attrs) (graph.Op, error) {
	if !a.flag("spatial", true) {
		a.refuse("spatial", "1", 0)
	}
	return decodeBatchNormalization9(a)
}

// BatchNormalization (ONNX 9).
func decodeBatchNormalization9(a *Attrs) (graph.Op, error) {
	a.inputs(5, 5)
	a.ignore("momentum")
	return batchNorm{a.float("epsilon", 1e-5)}, nil
}

// BatchNormalization (ONNX 14, 15): training_mode must be 0.
func decodeBatchNormalization(a *Attrs) (graph.Op, error) {
	if a.flag("training_mode", false) {
		a.refuse("training_mode", "0", 1)
	}
	return decodeBatchNormalization9(a)
}

func (batchNorm) Infer(in []*graph.Value) ([]graph.Type, error) {
	x := in[0].Type.Shape
	if len(x) < 1 {
		return nil, fmt.Errorf("batch normalization: want a channel axis, got %v", x)
	}
	c := 1
	if len(x) > 1 {
		c = x[1]
	}
	for i, v := range in[1:5] {
		if !v.Type.Shape.Equal(tensor.Shape{c}) {
			return nil, fmt.Errorf("batch normalization: input %d: want shape %d, got %v", i+1, c, v.Type.Shape)
		}
	}
	return []graph.Type{in[0].Type}, nil
}

// fold gives scale and shift, of a shape that broadcasts to an x of the given rank.
func (o batchNorm) fold(rank int, scale, bias, mean, variance *tensor.Float) (mul, add *tensor.Float) {
	s := tensor.Shape{len(scale.Data)}
	for range rank - 2 {
		s = append(s, 1)
	}
	mul, add = tensor.New[float64](s), tensor.New[float64](s)
	for c := range mul.Data {
		mul.Data[c] = scale.Data[c] / math.Sqrt(variance.Data[c]+o.epsilon)
		add.Data[c] = bias.Data[c] - mean.Data[c]*mul.Data[c]
	}
	return mul, add
}

func (o batchNorm) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	mul, add := o.fold(len(x.Shape), in[1], in[2], in[3], in[4])
	out := tensor.New[float64](x.Shape)
	area := 1
	if len(x.Shape) > 2 {
		area = x.Shape[2:].Size()
	}
	for i := 0; i*area < len(x.Data); i++ {
		m, s := mul.Data[i%len(mul.Data)], add.Data[i%len(mul.Data)]
		for j, v := range x.Data[i*area : (i+1)*area] {
			out.Data[i*area+j] = v*m + s
		}
	}
	return []*tensor.Float{out}, nil
}

// Expand computes with variable statistics.
func (o batchNorm) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	if in[1].Const != nil && in[2].Const != nil && in[3].Const != nil && in[4].Const != nil {
		return nil, graph.ErrAtomic
	}
	c := composing(x)
	rank := len(in[0].Type.Shape)
	per := func(v *graph.Value) *graph.Value {
		if rank < 2 {
			return v
		}
		return c.reshape(v, perChannel(v.Type.Shape[0], rank))
	}
	factor := c.mul(per(in[1]), c.inverseDeviation(per(in[4]), o.epsilon))
	return c.done(c.add(c.mul(c.sub(in[0], per(in[3])), factor), per(in[2])))
}

func (o batchNorm) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	var c [4]*tensor.Float
	for i := range c {
		if c[i] = in[i+1].Const(); c[i] == nil {
			return nil, &graph.Error{Code: graph.CodeLower, Want: "constant statistics", Got: fmt.Sprintf("a variable at input %d", i+1)}
		}
	}
	mul, add := o.fold(len(in[0].Shape()), c[0], c[1], c[2], c[3])
	return one(b.Affine(in[0], mul, add))
}
