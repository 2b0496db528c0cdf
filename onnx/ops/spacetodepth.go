package ops

import "assay/ir/graph"

func init() { register("SpaceToDepth", 1, decodeSpaceToDepth) }

// SpaceToDepth (ONNX 1, 13): blocks of the spatial axes become channels.
func decodeSpaceToDepth(a *Attrs) (graph.Op, error) { return newBlocks(a, false, true) }
