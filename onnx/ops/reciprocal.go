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

// inverse is 1/x of numbers that are 0 or at least least, and 0 of 0.
type inverse struct{ least float64 }

func (inverse) Infer(in []*graph.Value) ([]graph.Type, error) { return []graph.Type{in[0].Type}, nil }

func (inverse) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{mapTensor(in[0], func(x float64) float64 {
		if x == 0 {
			return 0
		}
		return 1 / x
	})}, nil
}

func (o inverse) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Inverse(in[0], o.least))
}

// inverse is 1/x of numbers that are 0 or at least least. Where x is 0, so must be what the result multiplies.
func (c *compose) inverse(x *graph.Value, least float64) *graph.Value {
	return c.apply("Inverse", inverse{least}, x)
}
