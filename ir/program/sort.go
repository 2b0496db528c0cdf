package program

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// Sort puts each line, the elements along the last axis, in ascending order.
type Sort struct {
	Arg int `json:"arg"`
}

func init() { registerKernel("sort", func() Kernel { return new(Sort) }) }

// Kind implements Kernel.
func (k *Sort) Kind() string { return "sort" }

// Args implements Kernel.
func (k *Sort) Args() []int { return []int{k.Arg} }

// Infer implements Kernel.
func (k *Sort) Infer(in []Tensor) (tensor.Shape, Range, error) {
	if len(in[0].Shape) == 0 {
		return nil, Range{}, fmt.Errorf("sort: want an axis to sort along, got a scalar")
	}
	return in[0].Shape, in[0].Range, nil
}

// Eval implements Kernel.
func (k *Sort) Eval(in []*tensor.Int) (*tensor.Int, error) {
	s := in[0].Shape
	y := tensor.New[int64](s)
	copy(y.Data, in[0].Data)
	n := s[len(s)-1]
	for i := 0; i < len(y.Data); i += n {
		slices.Sort(y.Data[i : i+n])
	}
	return y, nil
}

// String implements Kernel.
func (k *Sort) String() string { return fmt.Sprintf("(%%%d)", k.Arg) }
