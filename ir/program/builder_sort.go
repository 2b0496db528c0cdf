package program

import (
	"fmt"
	"math/bits"

	"assay/ir/tensor"
)

// Sort puts the elements along axis in ascending or descending order, equals in the order in which they stood.
// values are the elements themselves, exactly; indices are where they came from along the axis, at scale 1.
//
// It sorts the numbers x*2^b + tie-break, with 2^b at least the extent, and splits them again.
func (b *Builder) Sort(x *Value, axis int, descending bool) (values, indices *Value, err error) {
	if axis < 0 || axis >= len(x.shape) {
		return nil, nil, fmt.Errorf("%s: sort: want axis below %d, got %d", b.name, len(x.shape), axis)
	}
	id, err := b.settle(x, b.wide)
	if err != nil {
		return nil, nil, err
	}
	scale := b.p.Tensors[id].Scale
	n := x.shape[axis]
	inner := tensor.Shape(x.shape[axis+1:]).Size()
	lines := x.shape.Size() / n
	split := &Quotient{Divisor: 1 << bits.Len(uint(n-1))}
	from := &Gather{Operands: []int{id}, Shape: tensor.Shape{lines, n}}
	to := make([]int, lines*n) // of element i of the result
	key := &Linear{Shape: from.Shape, Bias: make(Ints, lines*n)}
	for l := range lines {
		for j := range n {
			at := l/inner*n*inner + j*inner + l%inner
			from.Index = append(from.Index, int64(at))
			key.Bias[l*n+j] = int64(j)
			to[at] = l*n + j
			if descending {
				key.Bias[l*n+j] = split.Divisor - 1 - int64(j)
				to[at] = l*n + n - 1 - j
			}
		}
	}
	if id, err = b.add(from, scale); err != nil {
		return nil, nil, err
	}
	diagonal := func(arg int, w int64) Term {
		return Term{arg, &DiagonalMap{Size: lines * n, Weights: Ints{w}}}
	}
	key.Terms = []Term{diagonal(id, split.Divisor)}
	if id, err = b.add(key, 1); err != nil {
		return nil, nil, err
	}
	if id, err = b.add(&Sort{Arg: id}, 1); err != nil {
		return nil, nil, err
	}
	split.Arg = id
	q, err := b.add(split, scale)
	if err != nil {
		return nil, nil, err
	}
	value := newValue(tensor.Shape{lines, n}, leaf{q})
	value.observed = x.observed
	if values, err = b.Gather(x.shape, to, 0, value); err != nil {
		return nil, nil, err
	}
	rest, err := b.add(&Remainder{Arg: id, Divisor: split.Divisor}, 1)
	if err != nil {
		return nil, nil, err
	}
	index := newValue(tensor.Shape{lines, n}, leaf{rest})
	if descending {
		turn := &Linear{Shape: tensor.Shape{lines, n}, Terms: []Term{diagonal(rest, -1)}, Bias: Ints{split.Divisor - 1}}
		if id, err = b.add(turn, 1); err != nil {
			return nil, nil, err
		}
		index.expr = leaf{id}
	}
	indices, err = b.Gather(x.shape, to, 0, index)
	return values, indices, err
}
