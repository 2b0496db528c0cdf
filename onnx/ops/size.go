package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

// shapeType is the type of extents in ONNX.
const shapeType = tensor.Int64

func init() { register("Size", 1, decodeSize) }

// Size (ONNX 1, 13, 19, 21): the number of elements of its input as int64.
func decodeSize(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	return scalar(shapeType, float64(a.In[0].Type.Shape.Size())), nil
}
