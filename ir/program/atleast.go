package program

import (
	"fmt"

	"assay/ir/tensor"
)

// AtLeast saturates from below, element by element: y = max(x, Low).
type AtLeast struct {
	Arg int   `json:"arg"`
	Low int64 `json:"low"`
}

func init() { registerKernel("atleast", func() Kernel { return new(AtLeast) }) }

// Kind implements Kernel.
func (k *AtLeast) Kind() string { return "atleast" }

// Args implements Kernel.
func (k *AtLeast) Args() []int { return []int{k.Arg} }

// Infer implements Kernel.
func (k *AtLeast) Infer(in []Tensor) (tensor.Shape, Range, error) {
	if r := (Range{k.Low, k.Low}); !r.valid() {
		return nil, Range{}, fmt.Errorf("atleast: bound %d leaves 63 bits", k.Low)
	}
	r := in[0].Range
	return in[0].Shape, Range{max(r.Min, k.Low), max(r.Max, k.Low)}, nil
}

// Eval implements Kernel.
func (k *AtLeast) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	for i, x := range in[0].Data {
		y.Data[i] = max(x, k.Low)
	}
	return y, nil
}

// String implements Kernel.
func (k *AtLeast) String() string { return fmt.Sprintf("(%%%d) %d", k.Arg, k.Low) }
