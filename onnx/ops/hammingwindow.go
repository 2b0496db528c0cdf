package ops

import "assay/ir/graph"

func init() { register("HammingWindow", 17, decodeHammingWindow) }

// HammingWindow (ONNX 17): 25/46 - 21/46*cos(2*pi*n/N).
func decodeHammingWindow(a *Attrs) (graph.Op, error) { return newWindow(a, 25.0/46, -21.0/46, 0) }
