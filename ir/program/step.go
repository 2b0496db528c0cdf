package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Step compares with zero, element by element: y = 1 where x >= 0, else 0.
type Step struct {
	Arg int `json:"arg"`
}

func init() { registerKernel("step", func() Kernel { return new(Step) }) }

// Kind implements Kernel.
func (k *Step) Kind() string { return "step" }

// Args implements Kernel.
func (k *Step) Args() []int { return []int{k.Arg} }

// Of is the result for x.
func (k *Step) Of(x int64) int64 {
	if x >= 0 {
		return 1
	}
	return 0
}

// Infer implements Kernel.
func (k *Step) Infer(in []Tensor) (tensor.Shape, Range, error) {
	return in[0].Shape, Range{k.Of(in[0].Range.Min), k.Of(in[0].Range.Max)}, nil
}

// Eval implements Kernel.
func (k *Step) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	for i, x := range in[0].Data {
		y.Data[i] = k.Of(x)
	}
	return y, nil
}

// String implements Kernel.
func (k *Step) String() string { return fmt.Sprintf("(%%%d >= 0)", k.Arg) }
