package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Range", 11, decodeRange)
	register("Range", 27, func(a *Attrs) (graph.Op, error) { a.ignore("stash_type"); return decodeRange(a) })
}

// Range (ONNX 11; 27 with stash_type, the precision of 16-bit results, which are not rounded here): start, start+delta, ... up to before limit; all three are constant scalars.
func decodeRange(a *Attrs) (graph.Op, error) {
	if !a.inputs(3, 3) {
		return nil, nil
	}
	start, limit, delta := a.constScalar(0, 0), a.constScalar(1, 0), a.constScalar(2, 1)
	n := max(0, math.Ceil((limit-start)/delta))
	if delta == 0 || math.IsNaN(n) || n > tensor.MaxElements {
		return nil, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("at most %d elements", tensor.MaxElements), Got: fmt.Sprintf("from %v to %v by %v", start, limit, delta)}
	}
	s := tensor.Shape{int(n)}
	return known{graph.Type{DType: a.In[0].Type.DType, Shape: s}, func() *tensor.Float {
		t := tensor.New[float64](s)
		for i := range t.Data {
			t.Data[i] = start + float64(i)*delta
		}
		return t
	}}, nil
}
