package ops

import "assay/ir/graph"

func init() { registerIn(DomainMicrosoft, "QLinearAveragePool", 1, decodeQLinearAveragePool) }

// QLinearAveragePool (com.microsoft 1) is AveragePool of a quantized tensor. Inputs are X, its scale and zero point,
// and those of the result, which is added before rounding.
func decodeQLinearAveragePool(a *Attrs) (graph.Op, error) {
	if !a.inputs(4, 5) || !a.channelsFirst() {
		return nil, nil
	}
	as := a.pick("auto_pad", "ceil_mode", "count_include_pad", "kernel_shape", "pads", "strides")
	return newQuantized(a, "AveragePool", []int{0}, a.result(a.In[0].Type.DType, 3, true), composeOpset, as)
}

// channelsFirst refuses the attribute channels_last.
func (a *Attrs) channelsFirst() bool {
	if a.flag("channels_last", false) {
		a.refuse("channels_last", "0", 1)
		return false
	}
	return true
}
