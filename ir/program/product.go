package program

import (
	"fmt"
	"math/bits"

	"assay/ir/tensor"
)

// Product multiplies two tensors of one shape, element by element: y[i] = a[i]*b[i]. With A = B it is the square.
type Product struct {
	A int `json:"a"`
	B int `json:"b"`
}

func init() { registerKernel("product", func() Kernel { return new(Product) }) }

// Kind implements Kernel.
func (k *Product) Kind() string { return "product" }

// Args implements Kernel.
func (k *Product) Args() []int { return []int{k.A, k.B} }

// Infer implements Kernel. It refuses operands whose product leaves 63 bits.
func (k *Product) Infer(in []Tensor) (tensor.Shape, Range, error) {
	if !in[0].Shape.Equal(in[1].Shape) {
		return nil, Range{}, fmt.Errorf("product: want equal shapes, got %v and %v", in[0].Shape, in[1].Shape)
	}
	r, ok := in[0].Range.times(in[1].Range)
	if !ok {
		return nil, Range{}, fmt.Errorf("product: %v times %v leaves 63 bits", in[0].Range, in[1].Range)
	}
	if k.A == k.B {
		r.Min = 0
		if x := in[0].Range; x.Min > 0 || x.Max < 0 {
			near := min(max(x.Min, -x.Min), max(x.Max, -x.Max))
			r.Min = near * near
		}
	}
	return in[0].Shape, r, nil
}

// times is the interval of products of elements of r and o; false where it leaves MaxMagnitude.
func (r Range) times(o Range) (Range, bool) {
	if h, l := bits.Mul64(uint64(r.MaxAbs()), uint64(o.MaxAbs())); h != 0 || l > MaxMagnitude {
		return Range{}, false
	}
	a, b, c, d := r.Min*o.Min, r.Min*o.Max, r.Max*o.Min, r.Max*o.Max
	return Range{min(a, b, c, d), max(a, b, c, d)}, true
}

// Eval implements Kernel.
func (k *Product) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	for i, a := range in[0].Data {
		y.Data[i] = a * in[1].Data[i]
	}
	return y, nil
}

// String implements Kernel.
func (k *Product) String() string { return fmt.Sprintf("%%%d * %%%d", k.A, k.B) }
