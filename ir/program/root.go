package program

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// Root is the integer square root of a tensor that is not negative, element by element: y*y <= x < (y+1)*(y+1).
type Root struct {
	Arg int `json:"arg"`
}

func init() { registerKernel("root", func() Kernel { return new(Root) }) }

// Kind implements Kernel.
func (k *Root) Kind() string { return "root" }

// Args implements Kernel.
func (k *Root) Args() []int { return []int{k.Arg} }

// Of is the root of x >= 0.
func (k *Root) Of(x int64) int64 {
	y := int64(math.Sqrt(float64(x)))
	for y*y > x {
		y--
	}
	for (y+1)*(y+1) <= x {
		y++
	}
	return y
}

// Infer implements Kernel. It refuses operands that may be negative.
func (k *Root) Infer(in []Tensor) (tensor.Shape, Range, error) {
	r := in[0].Range
	if r.Min < 0 {
		return nil, Range{}, fmt.Errorf("root: want no negative elements, got %v", r)
	}
	return in[0].Shape, Range{k.Of(r.Min), k.Of(r.Max)}, nil
}

// Eval implements Kernel.
func (k *Root) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	for i, x := range in[0].Data {
		y.Data[i] = k.Of(x)
	}
	return y, nil
}

// String implements Kernel.
func (k *Root) String() string { return fmt.Sprintf("(%%%d)", k.Arg) }
