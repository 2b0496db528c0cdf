package ops

import (
	"fmt"

	"assay/ir/program"
	"assay/ir/tensor"
)

// within checks that x is a position along an axis of extent n, counted from the end where it is negative.
func within(x float64, n int) error {
	if x != float64(int64(x)) || x < float64(-n) || x >= float64(n) {
		return fmt.Errorf("want indices within [-%d, %d), got %v", n, n, x)
	}
	return nil
}

// place is the position that x, which is within extent n, stands for.
func place(x float64, n int) int {
	if x < 0 {
		return int(x) + n
	}
	return int(x)
}

// splice is s with its axis replaced by the axes of by.
func splice(s tensor.Shape, axis int, by tensor.Shape) tensor.Shape {
	out := append(s[:axis].Clone(), by...)
	return append(out, s[axis+1:]...)
}

// permuted is x with its axes in the order of perm. A constant stays one.
func permuted(b *program.Builder, x *program.Value, perm []int) (*program.Value, error) {
	if c := x.Const(); c != nil {
		return b.Const(transpose(c, perm)), nil
	}
	s := permute(x.Shape(), perm)
	return b.Gather(s, transposeIndex(x.Shape(), perm), 0, x)
}

// flat is x as a list. A constant stays one.
func flat(b *program.Builder, x *program.Value) (*program.Value, error) {
	return shaped(b, x, tensor.Shape{x.Shape().Size()})
}

// shaped is x relabelled. A constant stays one.
func shaped(b *program.Builder, x *program.Value, s tensor.Shape) (*program.Value, error) {
	if c := x.Const(); c != nil {
		r, err := c.Reshape(s)
		if err != nil {
			return nil, err
		}
		return b.Const(r), nil
	}
	return b.Reshape(x, s)
}

// positions is the flat position of each index, of extent n, along an axis of the given stride, plus base.
func positions(b *program.Builder, index *program.Value, n, stride int, base *tensor.Float) (*program.Value, error) {
	at, err := b.Index(index, n)
	if err != nil {
		return nil, err
	}
	return b.Affine(at, tensor.Scalar(float64(stride)), base)
}
