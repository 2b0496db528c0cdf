package ops

import "assay/ir/graph"

func init() { register("BitwiseAnd", 18, decodeBitwiseAnd) }

// BitwiseAnd (ONNX 18) of the bits of integers in two's complement.
func decodeBitwiseAnd(a *Attrs) (graph.Op, error) {
	return newBitwise(a, func(x, y int64) int64 { return x & y })
}
