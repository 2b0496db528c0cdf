package ops

import "assay/ir/graph"

func init() {
	registerIn(DomainMicrosoft, "QLinearGlobalAveragePool", 1, decodeQLinearGlobalAveragePool)
}

// QLinearGlobalAveragePool (com.microsoft 1) is GlobalAveragePool of a quantized tensor. Inputs are X, its scale and
// zero point, and those of the result.
func decodeQLinearGlobalAveragePool(a *Attrs) (graph.Op, error) {
	if !a.inputs(5, 5) || !a.channelsFirst() {
		return nil, nil
	}
	return newQuantized(a, "GlobalAveragePool", []int{0}, a.result(a.In[0].Type.DType, 3, false), composeOpset, nil)
}
