package ops

import (
	"fmt"

	"assay/ir/graph"
)

func init() {
	register("Dropout", 7, decodeDropout7)
	register("Dropout", 12, decodeDropout)
}

// Dropout (ONNX 7, 10): the identity in inference. The mask output is not supported.
func decodeDropout7(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.ignore("ratio")
	return relabel{same}, nil
}

// Dropout (ONNX 12, 13, 22): ratio is an input, which inference does not read; training_mode must be false.
func decodeDropout(a *Attrs) (graph.Op, error) {
	a.inputs(1, 3)
	a.ignore("seed")
	if t := a.constScalar(2, 0); t != 0 {
		a.fail(CodeBadAttribute, "training_mode false", fmt.Sprint(t))
	}
	return relabel{same}, nil
}
