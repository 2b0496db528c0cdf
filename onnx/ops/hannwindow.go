package ops

import "assay/ir/graph"

func init() { register("HannWindow", 17, decodeHannWindow) }

// HannWindow (ONNX 17): sin^2(pi*n/N) = 1/2 - 1/2*cos(2*pi*n/N).
func decodeHannWindow(a *Attrs) (graph.Op, error) { return newWindow(a, 0.5, -0.5, 0) }
