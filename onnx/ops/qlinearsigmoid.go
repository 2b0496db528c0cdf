package ops

import "assay/ir/graph"

func init() { registerIn(DomainMicrosoft, "QLinearSigmoid", 1, decodeQLinearSigmoid) }

// QLinearSigmoid (com.microsoft 1) is Sigmoid of a quantized tensor. Inputs are X, its scale and zero point, and those
// of the result.
func decodeQLinearSigmoid(a *Attrs) (graph.Op, error) {
	if !a.inputs(4, 5) {
		return nil, nil
	}
	return newQuantized(a, "Sigmoid", []int{0}, a.result(a.In[0].Type.DType, 3, false), composeOpset, nil)
}
