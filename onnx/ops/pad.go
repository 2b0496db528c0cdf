package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Pad", 1, decodePad1)
	register("Pad", 2, decodePad2)
	register("Pad", 11, decodePad)
}

// pad adds elements before and after each axis, or removes them where a count is negative. axes, when set, says
// which axes the two halves of pads are for.
type pad struct {
	pads, axes []int
	mode       string
}

// Pad (ONNX 1): paddings and value are attributes.
func decodePad1(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return newPad(a, pad{a.ints("paddings"), nil, a.string("mode", "constant")}, a.float("value", 0))
}

// Pad (ONNX 2): pads and value are attributes.
func decodePad2(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	if !a.has("pads") {
		a.refuse("pads", "present", "none")
	}
	return newPad(a, pad{a.ints("pads"), nil, a.string("mode", "constant")}, a.float("value", 0))
}

// Pad (ONNX 11, 13, 18, 19, 21): pads, value and, since 18, axes are constant inputs; wrap mode came with 19.
func decodePad(a *Attrs) (graph.Op, error) {
	a.inputs(2, map[bool]int{false: 3, true: 4}[a.Opset >= 18])
	return newPad(a, pad{a.constInts(1), a.constInts(3), a.string("mode", "constant")}, a.constScalar(2, 0))
}

func newPad(a *Attrs, o pad, fill float64) (graph.Op, error) {
	switch o.mode {
	case "constant", "reflect", "edge":
	case "wrap":
		if a.Opset >= 19 {
			break
		}
		fallthrough
	default:
		a.refuse("mode", "constant, reflect, edge or, since opset 19, wrap", o.mode)
	}
	for _, p := range o.pads {
		if p > maxGeometry || p < -maxGeometry {
			a.refuse("pads", fmt.Sprintf("within %d", maxGeometry), p)
		}
	}
	return move{mover: o, data: 1, fill: fill}, nil
}

// spread gives the padding before and after every axis.
func (o pad) spread(in tensor.Shape) (before, after []int, err error) {
	before, after = make([]int, len(in)), make([]int, len(in))
	axes := o.axes
	if axes == nil {
		for i := range in {
			axes = append(axes, i)
		}
	}
	if len(o.pads) != 2*len(axes) {
		return nil, nil, fmt.Errorf("pad %v: want %d paddings, got %v", in, 2*len(axes), o.pads)
	}
	seen := make([]bool, len(in))
	for i, x := range axes {
		if x, err = tensor.Axis(x, len(in)); err != nil {
			return nil, nil, err
		}
		if seen[x] {
			return nil, nil, fmt.Errorf("pad %v: axis %d is given twice", in, x)
		}
		seen[x] = true
		before[x], after[x] = o.pads[i], o.pads[i+len(axes)]
	}
	return before, after, nil
}

func (o pad) shapes(in []tensor.Shape) ([]tensor.Shape, error) {
	before, after, err := o.spread(in[0])
	if err != nil {
		return nil, err
	}
	out := in[0].Clone()
	for i := range out {
		out[i] += before[i] + after[i]
		switch {
		case out[i] < 0:
			return nil, fmt.Errorf("pad %v by %v: axis %d has a negative extent", in[0], o.pads, i)
		case out[i] > 0 && in[0][i] == 0 && o.mode != "constant":
			return nil, fmt.Errorf("pad %v by %v: axis %d has no elements to repeat", in[0], o.pads, i)
		case o.mode == "reflect" && max(before[i], after[i]) >= max(in[0][i], 1):
			return nil, fmt.Errorf("pad %v by %v: axis %d: want less than its extent for a reflection", in[0], o.pads, i)
		}
	}
	return []tensor.Shape{out}, nil
}

func (o pad) index(in []tensor.Shape, _ int, out tensor.Shape) []int {
	before, _, _ := o.spread(in[0])
	st := in[0].Strides()
	index := make([]int, out.Size())
	walk(out, func(i int, at []int) {
		for a, p := range at {
			d := in[0][a]
			p -= before[a]
			switch {
			case p >= 0 && p < d:
			case o.mode == "constant":
				index[i] = -1
				return
			case o.mode == "edge":
				p = min(max(p, 0), d-1)
			case o.mode == "wrap":
				p = ((p % d) + d) % d
			case p < 0:
				p = -p
			default:
				p = 2*(d-1) - p
			}
			index[i] += p * st[a]
		}
	})
	return index
}
