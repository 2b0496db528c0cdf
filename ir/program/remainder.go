package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Remainder is x mod Divisor, in [0, Divisor), element by element: x = q*Divisor + y with q = floor(x/Divisor).
type Remainder struct {
	Arg     int   `json:"arg"`
	Divisor int64 `json:"divisor"`
}

func init() { registerKernel("remainder", func() Kernel { return new(Remainder) }) }

// Kind implements Kernel.
func (k *Remainder) Kind() string { return "remainder" }

// Args implements Kernel.
func (k *Remainder) Args() []int { return []int{k.Arg} }

// Infer implements Kernel.
func (k *Remainder) Infer(in []Tensor) (tensor.Shape, Range, error) {
	if k.Divisor < 1 || k.Divisor > 1<<31 {
		return nil, Range{}, fmt.Errorf("remainder: want divisor within [1, 2^31], got %d", k.Divisor)
	}
	return in[0].Shape, Range{0, k.Divisor - 1}, nil
}

// Split gives floor quotient and remainder of x.
func (k *Remainder) Split(x int64) (q, r int64) {
	q, r = x/k.Divisor, x%k.Divisor
	if r < 0 {
		q, r = q-1, r+k.Divisor
	}
	return q, r
}

// Eval implements Kernel.
func (k *Remainder) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	for i, x := range in[0].Data {
		_, y.Data[i] = k.Split(x)
	}
	return y, nil
}

// String implements Kernel.
func (k *Remainder) String() string { return fmt.Sprintf("(%%%d) mod %d", k.Arg, k.Divisor) }
