package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Crop", 1, decodeCrop) }

// crop removes border elements of N x C x H x W: left, top, right and bottom. scale, when set, is the height and
// width that remain after left and top.
type crop struct{ border, scale []int }

// Crop (ONNX 1, experimental; exporters of Core ML models write it).
func decodeCrop(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	o := crop{a.ints("border"), a.ints("scale")}
	if len(o.border) != 4 || len(o.scale) != 0 && len(o.scale) != 2 {
		a.refuse("border", "of 4 values, and scale of 2 or none", o)
	}
	for _, v := range append(append([]int{}, o.border...), o.scale...) {
		if v < 0 || v > maxGeometry {
			a.refuse("border", fmt.Sprintf("and scale within [0, %d]", maxGeometry), v)
		}
	}
	return newMove(o), nil
}

func (o crop) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	if len(in[0]) != 4 {
		return nil, fmt.Errorf("crop: want four axes, got %v", in[0])
	}
	out := in[0].Clone()
	for i := range 2 {
		before, after := o.border[1-i], o.border[3-i]
		out[2+i] -= before + after
		if len(o.scale) > 0 {
			out[2+i] = o.scale[i]
		}
		if out[2+i] < 1 || before+out[2+i] > in[0][2+i] {
			return nil, fmt.Errorf("crop: axis %d: border %v, scale %v do not fit %v", 2+i, o.border, o.scale, in[0])
		}
	}
	return []tensor.Shape{out}, nil
}

func (o crop) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	index := make([]int, 0, out.Size())
	walk(out, func(_ int, at []int) {
		index = append(index, ((at[0]*in[0][1]+at[1])*in[0][2]+at[2]+o.border[1])*in[0][3]+at[3]+o.border[0])
	})
	return index
}
