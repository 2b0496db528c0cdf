package ops

import (
	"fmt"
	"math"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("DFT", 17, func(a *Attrs) (graph.Op, error) { return decodeDFT(a, a.int("axis", 1), 2) })
	register("DFT", 20, func(a *Attrs) (graph.Op, error) { return decodeDFT(a, saturate(a.constScalar(2, -2)), 3) })
}

// dft (ONNX 17, 20) is the discrete Fourier transform along an axis, a linear map. The last axis holds the real part or
// both parts. The inverse of a one-sided spectrum is real.
type dft struct {
	axis, length      int // length 0 is that of the axis
	inverse, onesided bool
}

func decodeDFT(a *Attrs, axis, inputs int) (graph.Op, error) {
	a.inputs(1, inputs)
	o := dft{axis: axis, inverse: a.flag("inverse", false), onesided: a.flag("onesided", false)}
	if a.input(1) != nil {
		if o.length = saturate(a.constScalar(1, 0)); o.length < 1 {
			a.fail(CodeShape, "a length of at least 1", fmt.Sprint(o.length))
		}
	}
	return o, nil
}

// plan gives the axis, and the extents there and of the parts before and after.
func (o dft) plan(s tensor.Shape) (axis int, w *tensor.Float, parts int, err error) {
	if len(s) < 2 {
		return 0, nil, 0, fmt.Errorf("dft of %v: want at least two axes", s)
	}
	if axis, err = tensor.Axis(o.axis, len(s)); err != nil {
		return 0, nil, 0, err
	}
	c := s[len(s)-1]
	if axis == len(s)-1 || c != 1 && c != 2 {
		return 0, nil, 0, fmt.Errorf("dft of %v along axis %d: want another axis than the last, which holds one part or two", s, axis)
	}
	length := o.length
	if length == 0 {
		if length = s[axis]; o.inverse && o.onesided {
			length = 2 * (s[axis] - 1)
		}
	}
	if length < 1 || length > tensor.MaxElements/(4*max(s[axis], 1)) {
		return 0, nil, 0, fmt.Errorf("dft of %v: want a length of at least 1 and a map of at most %d elements, got length %d", s, tensor.MaxElements, length)
	}
	w, parts = fourier(s[axis], c, length, o.inverse, o.onesided)
	return axis, w, parts, nil
}

// fourier is the matrix from n elements of c parts each, cut or filled up with zeros to the length of the transform, to
// its results, of the given number of parts each.
func fourier(n, c, length int, inverse, onesided bool) (w *tensor.Float, parts int) {
	results, used, sign, norm := length, min(n, length), -1.0, 1.0
	parts = 2
	switch {
	case inverse && onesided:
		parts, used, sign, norm = 1, min(n, length/2+1), 1, 1/float64(length)
	case inverse:
		sign, norm = 1, 1/float64(length)
	case onesided:
		results = length/2 + 1
	}
	w = tensor.New[float64](tensor.Shape{n * c, results * parts})
	for i := range used {
		weight := norm
		if inverse && onesided && i > 0 && 2*i != length {
			weight *= 2 // for the half that is left out, its conjugate
		}
		for k := range results {
			sin, cos := math.Sincos(sign * 2 * math.Pi * float64(i*k%length) / float64(length))
			at := i*c*results*parts + k*parts
			w.Data[at] = weight * cos
			if parts == 2 {
				w.Data[at+1] = weight * sin
			}
			if c == 2 { // times the imaginary unit
				at += results * parts
				w.Data[at] = -weight * sin
				if parts == 2 {
					w.Data[at+1] = weight * cos
				}
			}
		}
	}
	return w, parts
}

// Infer implements graph.Op.
func (o dft) Infer(in []*graph.Value) ([]graph.Type, error) {
	s := in[0].Type.Shape
	axis, w, parts, err := o.plan(s)
	if err != nil {
		return nil, err
	}
	out := s.Clone()
	out[axis], out[len(s)-1] = w.Shape[1]/parts, parts
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, nil
}

// orders gives the axes with the transformed one before the parts, and the way back.
func orders(axis, rank int) (to, back []int) {
	for i := range rank {
		if i != axis && i != rank-1 {
			to = append(to, i)
		}
	}
	to = append(to, axis, rank-1)
	back = make([]int, rank)
	for i, a := range to {
		back[a] = i
	}
	return to, back
}

// Eval implements graph.Op.
func (o dft) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s := in[0].Shape
	axis, w, parts, err := o.plan(s)
	if err != nil {
		return nil, err
	}
	to, back := orders(axis, len(s))
	x := transpose(in[0], to)
	rows, n, m := x.Shape[:len(s)-2].Size(), w.Shape[0], w.Shape[1]
	y := tensor.New[float64](append(slices.Clone(x.Shape[:len(s)-2]), m/parts, parts))
	multiply(y.Data, x.Data, w.Data, rows, n, m)
	return []*tensor.Float{transpose(y, back)}, nil
}

// Expand implements graph.Composite.
func (o dft) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	s := in[0].Type.Shape
	axis, w, parts, err := o.plan(s)
	if err != nil {
		return nil, err
	}
	c := composing(x)
	to, back := orders(axis, len(s))
	v := c.transpose(in[0], to...)
	lead := slices.Clone(c.shape(v)[:max(0, len(s)-2)])
	v = c.matmul(c.reshape(v, tensor.Shape{lead.Size(), w.Shape[0]}), c.tensor(in[0], w))
	return c.done(c.transpose(c.reshape(v, append(lead, w.Shape[1]/parts, parts)), back...))
}
