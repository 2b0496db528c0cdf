package ops

import "assay/ir/graph"

func init() { registerIn(DomainMicrosoft, "QLinearAdd", 1, decodeQLinearAdd) }

// QLinearAdd (com.microsoft 1) is Add of quantized tensors, as ONNX Runtime's quantizer emits it. Inputs are A, its scale and
// zero point, the same of B, and scale and zero point of the result, which is added before rounding.
func decodeQLinearAdd(a *Attrs) (graph.Op, error) {
	if !a.inputs(7, 8) {
		return nil, nil
	}
	return newQuantized(a, "Add", []int{0, 3}, a.result(a.In[0].Type.DType, 6, true), composeOpset, nil)
}
