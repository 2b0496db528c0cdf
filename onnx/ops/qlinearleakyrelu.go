package ops

import "assay/ir/graph"

func init() { registerIn(DomainMicrosoft, "QLinearLeakyRelu", 1, decodeQLinearLeakyRelu) }

// QLinearLeakyRelu (com.microsoft 1) is LeakyRelu of a quantized tensor. Inputs are X, its scale and zero point, and
// those of the result.
func decodeQLinearLeakyRelu(a *Attrs) (graph.Op, error) {
	if !a.inputs(4, 5) {
		return nil, nil
	}
	return newQuantized(a, "LeakyRelu", []int{0}, a.result(a.In[0].Type.DType, 3, false), composeOpset, a.pick("alpha"))
}
