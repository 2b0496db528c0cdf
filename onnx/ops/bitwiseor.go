package ops

import "assay/ir/graph"

func init() { register("BitwiseOr", 18, decodeBitwiseOr) }

// BitwiseOr (ONNX 18) of the bits of integers in two's complement.
func decodeBitwiseOr(a *Attrs) (graph.Op, error) {
	return newBitwise(a, func(x, y int64) int64 { return x | y })
}
