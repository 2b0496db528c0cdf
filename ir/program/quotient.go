package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Quotient is floor(x / Divisor), element by element. What is left, x - Divisor*quotient, is linear in operand and
// result.
type Quotient struct {
	Arg     int   `json:"arg"`
	Divisor int64 `json:"divisor"`
}

func init() { registerKernel("quotient", func() Kernel { return new(Quotient) }) }

// Kind implements Kernel.
func (k *Quotient) Kind() string { return "quotient" }

// Args implements Kernel.
func (k *Quotient) Args() []int { return []int{k.Arg} }

// At is the quotient of x.
func (k *Quotient) At(x int64) int64 {
	q, _ := (&Remainder{Divisor: k.Divisor}).Split(x)
	return q
}

// Infer implements Kernel.
func (k *Quotient) Infer(in []Tensor) (tensor.Shape, Range, error) {
	if k.Divisor < 1 || k.Divisor > 1<<31 {
		return nil, Range{}, fmt.Errorf("quotient: want divisor within [1, 2^31], got %d", k.Divisor)
	}
	return in[0].Shape, Range{k.At(in[0].Range.Min), k.At(in[0].Range.Max)}, nil
}

// Eval implements Kernel.
func (k *Quotient) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	for i, x := range in[0].Data {
		y.Data[i] = k.At(x)
	}
	return y, nil
}

// String implements Kernel.
func (k *Quotient) String() string { return fmt.Sprintf("(%%%d) div %d", k.Arg, k.Divisor) }
