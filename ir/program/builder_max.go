package program

import (
	"fmt"

	"assay/ir/tensor"
)

// MaxWindow is the maximum under each window, per channel (MaxPool). A function that never decreases commutes with
// it, and is tabulated for the maximum alone.
func (b *Builder) MaxWindow(x *Value, win tensor.Window) (*Value, error) {
	if len(x.shape) < 3 {
		return nil, fmt.Errorf("%s: max: want N x C x spatial, got %v", b.name, x.shape)
	}
	out, err := win.Out(x.shape[2:])
	if err != nil {
		return nil, fmt.Errorf("%s: max: %w", b.name, err)
	}
	if m, ok := x.expr.(*mapped); ok {
		in, err := b.interval(m.of)
		if err != nil {
			return nil, err
		}
		if m.monotone(in) {
			v, err := b.MaxWindow(m.of, win)
			if err != nil {
				return nil, err
			}
			v.observed = in
			r := newValue(v.shape, &mapped{v, m.f, m.out, m.name, m.bits, m.elements})
			r.observed = m.out
			return r, nil
		}
		if _, err := b.narrow(x); err != nil {
			return nil, err
		}
	}
	s := append(x.shape[:2:2], out...)
	e := &maximum{x, win}
	l, ok := x.expr.(leaf)
	if !ok {
		return newValue(s, e), nil
	}
	id, err := e.emit(b, s, b.p.Tensors[l.id].Scale)
	if err != nil {
		return nil, err
	}
	return newValue(s, leaf{id}), nil
}

// ArgMax is the index of the largest element along axis, the first (or with last the last) among equals.
// The axis keeps extent 1. It is the maximum of x*n + tiebreak, taken mod n.
func (b *Builder) ArgMax(x *Value, axis int, last bool) (*Value, error) {
	if axis < 0 || axis >= len(x.shape) {
		return nil, fmt.Errorf("%s: argmax: want axis below %d, got %d", b.name, len(x.shape), axis)
	}
	id, err := b.wide(x)
	if err != nil {
		return nil, err
	}
	n := x.shape[axis]
	inner := tensor.Shape(x.shape[axis+1:]).Size()
	lines := x.shape.Size() / n
	g := &Gather{Operands: []int{id}, Shape: tensor.Shape{lines, 1, n}}
	key := &Linear{Shape: g.Shape, Bias: make(Ints, lines*n)}
	for l := range lines {
		for j := range n {
			g.Index = append(g.Index, int64(l/inner*n*inner+j*inner+l%inner))
			key.Bias[l*n+j] = int64(j)
			if !last {
				key.Bias[l*n+j] = int64(n - 1 - j)
			}
		}
	}
	if id, err = b.add(g, 1); err != nil {
		return nil, err
	}
	key.Terms = []Term{{id, &DiagonalMap{Size: lines * n, Weights: Ints{int64(n)}}}}
	if id, err = b.add(key, 1); err != nil {
		return nil, err
	}
	win := tensor.Window{Kernel: []int{n}, Strides: []int{1}, Dilations: []int{1}, Begin: []int{0}, End: []int{0}}
	if id, err = b.add(&Max{Arg: id, Planes: lines, Spatial: []int{n}, Window: win}, 1); err != nil {
		return nil, err
	}
	if id, err = b.add(&Remainder{Arg: id, Divisor: int64(n)}, 1); err != nil {
		return nil, err
	}
	s := x.shape.Clone()
	s[axis] = 1
	index := &Linear{Terms: []Term{{id, &DiagonalMap{Size: lines, Weights: Ints{1}}}}, Bias: Ints{0}, Shape: s}
	if !last {
		index.Terms[0].Map = &DiagonalMap{Size: lines, Weights: Ints{-1}}
		index.Bias[0] = int64(n - 1)
	}
	if id, err = b.add(index, 1); err != nil {
		return nil, err
	}
	return newValue(s, leaf{id}), nil
}
