package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("CenterCropPad", 18, decodeCenterCropPad) }

// centerCropPad gives axes the extents of to: it takes the middle of a longer axis, and puts zeros around a shorter
// one, what is odd at the end.
type centerCropPad struct{ to, axes []int }

// CenterCropPad (ONNX 18): the extents must be constant.
func decodeCenterCropPad(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	o := centerCropPad{a.constInts(1), a.ints("axes")}
	for _, v := range o.to {
		if v < 0 || v > maxGeometry {
			a.fail(CodeShape, fmt.Sprintf("extents within [0, %d]", maxGeometry), fmt.Sprint(v))
		}
	}
	return newMove(o), nil
}

func (o centerCropPad) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	out := in[0].Clone()
	axes := o.axes
	if axes == nil {
		for i := range out {
			axes = append(axes, i)
		}
	}
	if len(axes) != len(o.to) {
		return nil, fmt.Errorf("center %v: want extents for axes %v, got %v", out, axes, o.to)
	}
	for i, x := range axes {
		a, err := tensor.Axis(x, len(out))
		if err != nil {
			return nil, err
		}
		out[a] = o.to[i]
	}
	return []tensor.Shape{out}, nil
}

func (o centerCropPad) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	st := in[0].Strides()
	index := make([]int, out.Size())
	walk(out, func(i int, at []int) {
		for a, p := range at {
			if d := in[0][a] - out[a]; d >= 0 {
				p += d / 2
			} else {
				p -= -d / 2
			}
			if p < 0 || p >= in[0][a] {
				index[i] = -1
				return
			}
			index[i] += p * st[a]
		}
	})
	return index
}
