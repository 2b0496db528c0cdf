package ops

import "assay/ir/graph"

func init() { registerIn(DomainMicrosoft, "QLinearSoftmax", 1, decodeQLinearSoftmax) }

// QLinearSoftmax (com.microsoft 1) is Softmax of a quantized tensor, as the opset of the attribute of that name has it.
// Inputs are X, its scale and zero point, and those of the result. The exponentials are those of the integer form, so
// a result next to a half may round the other way than ONNX Runtime's.
func decodeQLinearSoftmax(a *Attrs) (graph.Op, error) {
	if !a.inputs(5, 5) {
		return nil, nil
	}
	opset := a.int("opset", 0)
	if opset < MinOpset || opset > MaxOpset {
		a.refuse("opset", "a supported opset", opset)
		return nil, nil
	}
	return newQuantized(a, "Softmax", []int{0}, a.result(a.In[0].Type.DType, 3, false), opset, a.pick("axis"))
}
