package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// newWindow is the operator that weighs a frame: c0 + c1*cos(2*pi*n/N) + c2*cos(4*pi*n/N) for n below the size, a
// constant scalar. N is the size or, of a window that is not periodic but symmetric, one less.
func newWindow(a *Attrs, c0, c1, c2 float64) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	d := tensor.DType(a.int("output_datatype", int(tensor.Float32)))
	period := a.constScalar(0, 0)
	size := period
	if !a.flag("periodic", true) {
		period--
	}
	if !(size >= 0 && size <= tensor.MaxElements) {
		return nil, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("at most %d elements", tensor.MaxElements), Got: fmt.Sprint(size)}
	}
	data := make([]float64, int(size))
	for i := range data {
		t := 2 * math.Pi * float64(i) / max(period, 1)
		data[i] = c0 + c1*math.Cos(t) + c2*math.Cos(2*t)
	}
	return list(d, data), nil
}
