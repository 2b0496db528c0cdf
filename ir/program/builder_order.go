package program

import (
	"assay/ir/tensor"
)

// Negate is -x. A tensor of the program keeps its scale, so that nothing is rounded.
func (b *Builder) Negate(x *Value) (*Value, error) {
	v, err := b.Affine(x, tensor.Scalar(-1.0), nil)
	if err != nil {
		return nil, err
	}
	if x.observed.Valid() {
		v.observed = Interval{-x.observed.Max, -x.observed.Min}
	}
	l, ok := x.expr.(leaf)
	if !ok {
		return v, nil
	}
	id, err := b.emit(v, b.p.Tensors[l.id].Scale)
	if err != nil {
		return nil, err
	}
	return b.leafOf(v, id), nil
}

// MinWindow is the minimum under each window, per channel.
func (b *Builder) MinWindow(x *Value, win tensor.Window) (*Value, error) {
	if _, ok := x.expr.(*mapped); ok {
		if _, err := b.narrow(x); err != nil {
			return nil, err
		}
	}
	n, err := b.Negate(x)
	if err != nil {
		return nil, err
	}
	m, err := b.MaxWindow(n, win)
	if err != nil {
		return nil, err
	}
	if !m.observed.Valid() {
		m.observed = n.observed
	}
	return b.Negate(m)
}

// Larger is the larger of each pair of elements. Shapes are equal; either may be constant.
func (b *Builder) Larger(x, y *Value) (*Value, error) { return b.choose(x, y, b.MaxWindow) }

// Smaller is the smaller of each pair of elements. Shapes are equal; either may be constant.
func (b *Builder) Smaller(x, y *Value) (*Value, error) { return b.choose(x, y, b.MinWindow) }

func (b *Builder) choose(x, y *Value, window func(*Value, tensor.Window) (*Value, error)) (*Value, error) {
	n := x.shape.Size()
	index := make([]int, 2*n)
	for i := range n {
		index[2*i], index[2*i+1] = i, n+i
	}
	pairs, err := b.Gather(tensor.Shape{1, n, 2}, index, 0, x, y)
	if err != nil {
		return nil, err
	}
	if !pairs.observed.Valid() {
		r, err := b.interval(x)
		if err != nil {
			return nil, err
		}
		s, err := b.interval(y)
		if err != nil {
			return nil, err
		}
		pairs.observed = Interval{min(r.Min, s.Min), max(r.Max, s.Max)}
	}
	if _, err := b.settle(pairs, func(*Value) (int, error) { return 0, nil }); err != nil {
		return nil, err
	}
	v, err := window(pairs, tensor.Window{Kernel: []int{2}, Strides: []int{1}, Dilations: []int{1}, Begin: []int{0}, End: []int{0}})
	if err != nil {
		return nil, err
	}
	if !v.observed.Valid() {
		v.observed = pairs.observed
	}
	return b.Reshape(v, x.shape)
}
