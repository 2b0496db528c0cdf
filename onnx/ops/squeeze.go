package ops

import (
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Squeeze", 1, func(a *Attrs) (graph.Op, error) { a.inputs(1, 1); return newSqueeze(a.ints("axes")), nil })
	register("Squeeze", 13, func(a *Attrs) (graph.Op, error) { a.inputs(1, 2); return newSqueeze(a.constInts(1)), nil })
}

// newSqueeze (ONNX 1, 11: axes is an attribute; 13, 21: a constant input) drops axes of extent 1, all of them
// when axes is nil.
func newSqueeze(axes []int) graph.Op {
	return relabel{func(in tensor.Shape) (tensor.Shape, error) {
		drop := make([]bool, len(in))
		for i, d := range in {
			drop[i] = axes == nil && d == 1
		}
		for _, x := range axes {
			i, err := tensor.Axis(x, len(in))
			if err != nil {
				return nil, err
			}
			if in[i] != 1 {
				return nil, fmt.Errorf("squeeze %v: axis %d: want extent 1, got %d", in, i, in[i])
			}
			drop[i] = true
		}
		i := -1
		return slices.DeleteFunc(in.Clone(), func(int) bool { i++; return drop[i] }), nil
	}}
}
