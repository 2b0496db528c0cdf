package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Reciprocal", 6, decodeReciprocal) }

type reciprocal struct{ unary }

// Reciprocal (ONNX 6, 13): 1/x.
func decodeReciprocal(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return reciprocal{unary{f: func(x float64) float64 { return 1 / x }}}, nil
}

func (reciprocal) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Reciprocal(in[0]))
}

// inverse is 1/x of numbers that are not negative, and 0 of 0.
type inverse struct{}

func (inverse) Infer(in []*graph.Value) ([]graph.Type, error) { return []graph.Type{in[0].Type}, nil }

func (inverse) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{mapTensor(in[0], func(x float64) float64 {
		if x == 0 {
			return 0
		}
		return 1 / x
	})}, nil
}

func (inverse) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Reciprocal(in[0]))
}

// inverse is 1/x of x >= 0; where x is 0, so must be what the result multiplies.
func (c *compose) inverse(x *graph.Value) *graph.Value { return c.apply("Inverse", inverse{}, x) }
