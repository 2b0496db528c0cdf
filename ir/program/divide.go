package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Divide is the quotient of two tensors of one shape, element by element, rounded to the nearest integer:
//
//	y = floor((2*x + d) / (2*d)), d >= 1
//
// Halves round up.
type Divide struct {
	X int `json:"x"`
	D int `json:"d"`
}

func init() { registerKernel("divide", func() Kernel { return new(Divide) }) }

// Kind implements Kernel.
func (k *Divide) Kind() string { return "divide" }

// Args implements Kernel.
func (k *Divide) Args() []int { return []int{k.X, k.D} }

// maxDividend bounds dividends and divisors, so that 2*x + d and 2*d stay within MaxMagnitude.
const maxDividend = MaxMagnitude / 4

// Split gives the quotient y and the remainder r of x by d: 2*x + d = 2*d*y + r with 0 <= r < 2*d.
func (k *Divide) Split(x, d int64) (y, r int64) {
	y, r = (2*x+d)/(2*d), (2*x+d)%(2*d)
	if r < 0 {
		y, r = y-1, r+2*d
	}
	return y, r
}

// Infer implements Kernel. It refuses divisors that may be less than 1.
func (k *Divide) Infer(in []Tensor) (tensor.Shape, Range, error) {
	x, d := in[0].Range, in[1].Range
	if !in[0].Shape.Equal(in[1].Shape) {
		return nil, Range{}, fmt.Errorf("divide: want equal shapes, got %v and %v", in[0].Shape, in[1].Shape)
	}
	if d.Min < 1 {
		return nil, Range{}, fmt.Errorf("divide: want divisors of at least 1, got %v", d)
	}
	if x.MaxAbs() > maxDividend || d.Max > maxDividend {
		return nil, Range{}, fmt.Errorf("divide: want at most %d in magnitude, got %v by %v", int64(maxDividend), x, d)
	}
	// The quotient never decreases in x, and is monotone in d for each sign of x.
	low, _ := k.Split(x.Min, d.Min)
	high, _ := k.Split(x.Max, d.Min)
	if x.Min >= 0 {
		low, _ = k.Split(x.Min, d.Max)
	}
	if x.Max < 0 {
		high, _ = k.Split(x.Max, d.Max)
	}
	return in[0].Shape, Range{low, high}, nil
}

// Eval implements Kernel.
func (k *Divide) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	for i, x := range in[0].Data {
		y.Data[i], _ = k.Split(x, in[1].Data[i])
	}
	return y, nil
}

// String implements Kernel.
func (k *Divide) String() string { return fmt.Sprintf("%%%d / %%%d", k.X, k.D) }
