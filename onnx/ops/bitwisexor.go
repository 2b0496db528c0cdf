package ops

import "assay/ir/graph"

func init() { register("BitwiseXor", 18, decodeBitwiseXor) }

// BitwiseXor (ONNX 18) of the bits of integers in two's complement.
func decodeBitwiseXor(a *Attrs) (graph.Op, error) {
	return newBitwise(a, func(x, y int64) int64 { return x ^ y })
}
