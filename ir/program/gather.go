package program

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// Gather rearranges: element i of the result is element Index[i] of the concatenation of the operands, or Fill
// where the index is -1. Without Index it relabels its one operand.
type Gather struct {
	Operands []int        `json:"operands"`
	Shape    tensor.Shape `json:"shape"`
	Index    Ints         `json:"index,omitempty"`
	Fill     int64        `json:"fill"`
}

func init() { registerKernel("gather", func() Kernel { return new(Gather) }) }

// Kind implements Kernel.
func (k *Gather) Kind() string { return "gather" }

// Args implements Kernel.
func (k *Gather) Args() []int { return k.Operands }

// Infer implements Kernel.
func (k *Gather) Infer(in []Tensor) (tensor.Shape, Range, error) {
	n, err := k.Shape.CheckedSize(tensor.MaxElements)
	if err != nil {
		return nil, Range{}, err
	}
	if len(k.Index) == 0 {
		if len(in) != 1 || in[0].Shape.Size() != n {
			return nil, Range{}, fmt.Errorf("gather: cannot relabel %d operands as %v", len(in), k.Shape)
		}
		return k.Shape, in[0].Range, nil
	}
	if len(k.Index) != n {
		return nil, Range{}, fmt.Errorf("gather: want %d indices, got %d", n, len(k.Index))
	}
	total := 0
	for _, t := range in {
		if total += t.Shape.Size(); total > maxTotal {
			return nil, Range{}, fmt.Errorf("gather: want operands of at most %d elements together", maxTotal)
		}
	}
	for i, j := range k.Index {
		if j < -1 || j >= int64(total) {
			return nil, Range{}, fmt.Errorf("gather: element %d reads %d of %d", i, j, total)
		}
	}
	fill := k.Fills()
	if !fill && k.Fill != 0 {
		return nil, Range{}, fmt.Errorf("gather: no element reads the fill, want 0, got %d", k.Fill)
	}
	if f := (Range{k.Fill, k.Fill}); !f.valid() {
		return nil, Range{}, fmt.Errorf("gather: fill %d leaves 63 bits", k.Fill)
	}
	var r Range
	for i, t := range in {
		if i == 0 {
			r = t.Range
		}
		r = r.Union(t.Range)
	}
	if fill || len(in) == 0 {
		if len(in) == 0 {
			r = Range{k.Fill, k.Fill}
		}
		r = r.Union(Range{k.Fill, k.Fill})
	}
	return k.Shape, r, nil
}

// Fills reports whether an element of the result is Fill.
func (k *Gather) Fills() bool { return slices.Contains(k.Index, -1) }

// Eval implements Kernel.
func (k *Gather) Eval(in []*tensor.Int) (*tensor.Int, error) {
	if len(k.Index) == 0 {
		return in[0].Reshape(k.Shape)
	}
	var all []int64
	if len(in) == 1 {
		all = in[0].Data
	} else {
		for _, t := range in {
			all = append(all, t.Data...)
		}
	}
	y := tensor.New[int64](k.Shape)
	for i, j := range k.Index {
		y.Data[i] = k.Fill
		if j >= 0 {
			y.Data[i] = all[j]
		}
	}
	return y, nil
}

// String implements Kernel.
func (k *Gather) String() string {
	if len(k.Index) == 0 {
		return fmt.Sprintf("%%%v relabel", k.Operands)
	}
	return fmt.Sprintf("%%%v fill %d", k.Operands, k.Fill)
}
