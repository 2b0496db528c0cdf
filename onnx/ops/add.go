package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("Add", 7, decodeAdd) }

// Add (ONNX 7, 13, 14).
func decodeAdd(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return binary{
		f:     func(x, y float64) float64 { return x + y },
		lower: lowerAdd,
	}, nil
}

func lowerAdd(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	switch {
	case y.Const() != nil:
		return b.Affine(x, nil, y.Const())
	case x.Const() != nil:
		return b.Affine(y, nil, x.Const())
	}
	return b.Add([]*program.Value{x, y}, []float64{1, 1})
}
