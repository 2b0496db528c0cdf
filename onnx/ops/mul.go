package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("Mul", 7, decodeMul) }

// Mul (ONNX 7, 13, 14). Its integer form needs one constant factor.
func decodeMul(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return binary{
		f:     func(x, y float64) float64 { return x * y },
		lower: lowerMul,
	}, nil
}

func lowerMul(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	switch {
	case y.Const() != nil:
		return b.Affine(x, y.Const(), nil)
	case x.Const() != nil:
		return b.Affine(y, x.Const(), nil)
	}
	return nil, &graph.Error{Code: graph.CodeLower, Want: "a constant factor", Got: "a product of two variables, which is not supported"}
}
