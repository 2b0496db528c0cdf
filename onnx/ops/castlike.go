package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("CastLike", 15, decodeCastLike) }

// CastLike (ONNX 15, 19, 21): Cast to the type of the second input, which is not read.
func decodeCastLike(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 2) {
		return nil, nil
	}
	a.ignore("saturate", "round_mode")
	o := newCast(a, a.In[1].Type.DType)
	x := a.In[0]
	if x.Const == nil {
		return o, nil
	}
	return known{graph.Type{DType: o.to, Shape: x.Type.Shape}, func() *tensor.Float { return o.real(x.Const) }}, nil
}
