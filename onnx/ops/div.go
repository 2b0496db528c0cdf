package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("Div", 7, decodeDiv) }

// Div (ONNX 7, 13, 14): integers divide toward zero. Its integer form needs a constant divisor.
func decodeDiv(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 2) {
		return nil, nil
	}
	o := binary{f: func(x, y float64) float64 { return x / y }, lower: lowerDiv}
	if a.In[0].Type.DType.IsInteger() {
		if d := a.In[1].Const; d != nil {
			for _, v := range d.Data {
				if v == 0 {
					return nil, &graph.Error{Code: CodeShape, Want: "an integer divisor other than 0", Got: "0"}
				}
			}
		}
		o.f = func(x, y float64) float64 { return math.Trunc(x / y) }
		o.lower = func(*program.Builder, *program.Value, *program.Value) (*program.Value, error) {
			return nil, &graph.Error{Code: graph.CodeLower, Want: "a division of reals", Got: "a division of integers, which is not supported"}
		}
	}
	return o, nil
}

func lowerDiv(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	d := y.Const()
	if d == nil {
		return nil, &graph.Error{Code: graph.CodeLower, Want: "a constant divisor", Got: "a quotient by a variable, which is not supported"}
	}
	for i, v := range d.Data {
		if v == 0 {
			return nil, &graph.Error{Code: graph.CodeLower, Want: "a divisor other than 0", Got: fmt.Sprintf("0 at element %d", i)}
		}
	}
	return b.Affine(x, mapTensor(d, func(v float64) float64 { return 1 / v }), nil)
}
