package ops

import "assay/ir/graph"

func init() {
	register("SpaceToDepth", 1, decodeSpaceToDepth1)
	register("SpaceToDepth", 28, decodeSpaceToDepth)
}

// SpaceToDepth (ONNX 1, 13): blocks of the spatial axes become channels, in depth, column, row order.
func decodeSpaceToDepth1(a *Attrs) (graph.Op, error) { return newBlocks(a, false, true) }

// SpaceToDepth (ONNX 28): mode DCR or CRD.
func decodeSpaceToDepth(a *Attrs) (graph.Op, error) { return newBlocks(a, blockMode(a), true) }
