package ops

import (
	"fmt"

	"assay/ir/graph"
)

func init() { registerIn(DomainMicrosoft, "QLinearConcat", 1, decodeQLinearConcat) }

// QLinearConcat (com.microsoft 1) is Concat of quantized tensors. Inputs are scale and zero point of the result, and
// then each tensor with its scale and zero point.
func decodeQLinearConcat(a *Attrs) (graph.Op, error) {
	n := len(a.In)
	if !a.inputs(n, n) {
		return nil, nil
	}
	if n < 5 || n%3 != 2 {
		a.fail(CodeArity, "2 inputs and 3 for each tensor", fmt.Sprint(n))
		return nil, nil
	}
	var at []int
	for i := 2; i < n; i += 3 {
		at = append(at, i)
	}
	return newQuantized(a, "Concat", at, a.result(a.In[1].Type.DType, 0, false), composeOpset, a.pick("axis"))
}
