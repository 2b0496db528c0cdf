package ops

import "assay/ir/graph"

func init() { registerIn(DomainMicrosoft, "QLinearMul", 1, decodeQLinearMul) }

// QLinearMul (com.microsoft 1) is Mul of quantized tensors, as ONNX Runtime's quantizer emits it. Inputs are A, its scale and
// zero point, the same of B, and scale and zero point of the result, which is added before rounding.
func decodeQLinearMul(a *Attrs) (graph.Op, error) {
	if !a.inputs(7, 8) {
		return nil, nil
	}
	return newQuantized(a, "Mul", []int{0, 3}, a.result(a.In[0].Type.DType, 6, true), composeOpset, nil)
}
