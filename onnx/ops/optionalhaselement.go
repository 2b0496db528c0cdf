package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("OptionalHasElement", 15, decodeOptionalHasElement) }

// OptionalHasElement (ONNX 15, 18): whether there is an input. A tensor is one.
func decodeOptionalHasElement(a *Attrs) (graph.Op, error) {
	a.inputs(0, 1)
	if a.input(0) != nil {
		return scalar(tensor.Bool, 1), nil
	}
	return scalar(tensor.Bool, 0), nil
}
