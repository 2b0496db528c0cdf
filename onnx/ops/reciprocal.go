package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("Reciprocal", 6, decodeReciprocal) }

// reciprocal has no integer form of its own, for its pole; composed with other functions it may have one.
type reciprocal struct{ unary }

// Reciprocal (ONNX 6, 13): 1/x.
func decodeReciprocal(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return reciprocal{unary{f: func(x float64) float64 { return 1 / x }}}, nil
}

func (reciprocal) Lower(*program.Builder, []*program.Value) ([]*program.Value, error) {
	return nil, &graph.Error{Code: graph.CodeLower, Want: "a constant divisor", Got: "a quotient by a variable, which is not supported"}
}
