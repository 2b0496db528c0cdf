package ops

import "assay/ir/graph"

func init() { register("Affine", 1, decodeAffine) }

// Affine (ONNX 1, experimental): alpha*x + beta.
func decodeAffine(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return shifted{a.float("alpha", 1), []float64{a.float("beta", 0)}}, nil
}
