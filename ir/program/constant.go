package program

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// Constant is a tensor known at compile time.
type Constant struct {
	Shape  tensor.Shape `json:"shape"`
	Values Ints         `json:"values"`
}

func init() { registerKernel("constant", func() Kernel { return new(Constant) }) }

// Kind implements Kernel.
func (k *Constant) Kind() string { return "constant" }

// Args implements Kernel.
func (k *Constant) Args() []int { return nil }

// Infer implements Kernel.
func (k *Constant) Infer([]Tensor) (tensor.Shape, Range, error) {
	n, err := k.Shape.CheckedSize(tensor.MaxElements)
	if err != nil {
		return nil, Range{}, err
	}
	if n == 0 || len(k.Values) != n {
		return nil, Range{}, fmt.Errorf("constant: want %d values, got %d", n, len(k.Values))
	}
	return k.Shape, Range{slices.Min(k.Values), slices.Max(k.Values)}, nil
}

// Eval implements Kernel.
func (k *Constant) Eval([]*tensor.Int) (*tensor.Int, error) {
	return tensor.From[int64](k.Shape, k.Values)
}

// String implements Kernel.
func (k *Constant) String() string { return fmt.Sprintf("[%d]", len(k.Values)) }
