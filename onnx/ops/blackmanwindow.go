package ops

import "assay/ir/graph"

func init() { register("BlackmanWindow", 17, decodeBlackmanWindow) }

// BlackmanWindow (ONNX 17): 0.42 - 0.5*cos(2*pi*n/N) + 0.08*cos(4*pi*n/N).
func decodeBlackmanWindow(a *Attrs) (graph.Op, error) { return newWindow(a, 0.42, -0.5, 0.08) }
