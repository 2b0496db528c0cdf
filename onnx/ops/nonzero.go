package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("NonZero", 9, decodeNonZero) }

// NonZero (ONNX 9, 13): the positions of the elements other than zero, of shape rank x count. Its input must be
// constant, since it shapes the result.
func decodeNonZero(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	x := a.constant(0)
	if x == nil {
		return nil, nil
	}
	var at [][]int
	walk(x.Shape, func(i int, p []int) {
		if x.Data[i] != 0 {
			at = append(at, append([]int(nil), p...))
		}
	})
	t := tensor.New[float64](tensor.Shape{len(x.Shape), len(at)})
	for i, p := range at {
		for axis, v := range p {
			t.Data[axis*len(at)+i] = float64(v)
		}
	}
	return known{graph.Type{DType: tensor.Int64, Shape: t.Shape}, func() *tensor.Float { return t }}, nil
}
