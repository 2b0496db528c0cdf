package onnx

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

// fits checks that a constant holds values of its element type.
func fits(v *graph.Value) error {
	low, high := math.Inf(-1), math.Inf(1)
	whole := !v.Type.DType.IsFloat()
	if v.Type.DType == tensor.Bool {
		low, high = 0, 1
	} else if whole {
		w := storage[v.Type.DType].width
		switch v.Type.DType {
		case tensor.Uint8, tensor.Uint16, tensor.Uint32, tensor.Uint64:
			low, high = 0, math.Ldexp(1, 8*w)-1
		default:
			low, high = -math.Ldexp(1, 8*w-1), math.Ldexp(1, 8*w-1)-1
		}
	}
	for _, x := range v.Const.Data {
		if !(x >= low && x <= high) || whole && x != math.Trunc(x) {
			return &Error{Code: CodeValue, Node: v.Name, Want: "values of " + v.Type.DType.String(), Got: fmt.Sprint(x)}
		}
	}
	return nil
}

// finite refuses constants that no arithmetic can quantize: those that are not a number, and infinities among
// what is multiplied and summed. Infinities elsewhere, as in the masks before a Softmax, are left to the operator.
func finite(g *graph.Graph) error {
	seen := map[*graph.Value]bool{}
	for _, n := range g.Nodes {
		sums := ops.Weighs(n.Op)
		for _, v := range n.In {
			if v == nil || v.Const == nil || seen[v] && !sums {
				continue
			}
			seen[v] = true
			for _, x := range v.Const.Data {
				if math.IsNaN(x) || sums && math.IsInf(x, 0) {
					return n.Wrap("", &Error{Code: CodeValue, Want: fmt.Sprintf("numbers in constant %q", v.Name), Got: fmt.Sprint(x)})
				}
			}
		}
	}
	return nil
}
