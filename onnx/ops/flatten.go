package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Flatten", 1, decodeFlatten) }

// Flatten (ONNX 1, 9, 11, 13, 21): to a matrix, the axes before axis as rows. axis may equal the rank.
func decodeFlatten(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	axis := a.int("axis", 1)
	if axis < 0 && a.Opset < 11 {
		a.refuse("axis", "at least 0 before opset 11", axis)
	}
	return relabel{func(in tensor.Shape) (tensor.Shape, error) {
		at := len(in)
		if axis != at {
			var err error
			if at, err = tensor.Axis(axis, len(in)); err != nil {
				return nil, err
			}
		}
		return tensor.Shape{in[:at].Size(), in[at:].Size()}, nil
	}}, nil
}
