package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("EyeLike", 9, decodeEyeLike) }

// EyeLike (ONNX 9, 22): ones on the k-th diagonal of a matrix of the input's shape, zeros elsewhere.
func decodeEyeLike(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	t := a.In[0].Type
	if len(t.Shape) != 2 {
		a.fail(CodeShape, "a matrix", t.Shape.String())
		return nil, nil
	}
	k := a.int("k", 0)
	d := tensor.DType(a.int("dtype", int(t.DType)))
	if !d.IsFloat() && !d.IsInteger() && d != tensor.Bool {
		a.refuse("dtype", "a type of numbers", fmt.Sprint(d))
	}
	return known{graph.Type{DType: d, Shape: t.Shape}, func() *tensor.Float {
		eye := tensor.New[float64](t.Shape)
		walk(t.Shape, func(i int, at []int) {
			if at[1]-at[0] == k {
				eye.Data[i] = 1
			}
		})
		return eye
	}}, nil
}
