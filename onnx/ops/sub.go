package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Sub", 7, decodeSub) }

// Sub (ONNX 7, 13, 14).
func decodeSub(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return binary{
		f:     func(x, y float64) float64 { return x - y },
		lower: lowerSub,
	}, nil
}

func lowerSub(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	switch {
	case y.Const() != nil:
		return b.Affine(x, nil, mapTensor(y.Const(), func(v float64) float64 { return -v }))
	case x.Const() != nil:
		return b.Affine(y, tensor.Scalar(-1.0), x.Const())
	}
	return b.Add([]*program.Value{x, y}, []float64{1, -1})
}
