package program

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// Below applies a function to how far elements lie below the largest of their row:
//
//	h = floor((top - x) / 2^Shift)
//	y = Table[min(h, len(Table)-1)]
//
// with top the largest element of the row of x. Rows are given by their lengths, in row-major order, and together are the
// operand. The last entry of the table stands for everything beyond it. With a table of exponentials, the result is the
// numerators of a softmax.
type Below struct {
	Arg   int  `json:"arg"`
	Rows  Ints `json:"rows"` // number of elements of each row, at least 1
	Shift uint `json:"shift"`
	Table Ints `json:"table"`
}

func init() { registerKernel("below", func() Kernel { return new(Below) }) }

// Kind implements Kernel.
func (k *Below) Kind() string { return "below" }

// Args implements Kernel.
func (k *Below) Args() []int { return []int{k.Arg} }

// Index is the row of the table for an element that lies below the largest by distance, before the clamp.
func (k *Below) Index(distance int64) int64 { return distance >> k.Shift }

// At is the result for index h >= 0.
func (k *Below) At(h int64) int64 { return k.Table[min(h, int64(len(k.Table))-1)] }

// Infer implements Kernel.
func (k *Below) Infer(in []Tensor) (tensor.Shape, Range, error) {
	if err := checkRows(k.Rows, in[0].Shape); err != nil {
		return nil, Range{}, fmt.Errorf("below: %w", err)
	}
	if k.Shift > MaxShift || len(k.Table) == 0 || len(k.Table) > 1<<24 {
		return nil, Range{}, fmt.Errorf("below: shift %d, table of %d is out of bounds", k.Shift, len(k.Table))
	}
	if t := (Range{slices.Min(k.Table), slices.Max(k.Table)}); !t.valid() {
		return nil, Range{}, fmt.Errorf("below: table of %v leaves 63 bits", t)
	}
	if r := in[0].Range; r.Max > MaxMagnitude/2 || r.Min < -MaxMagnitude/2 {
		return nil, Range{}, fmt.Errorf("below: differences of elements of %v leave 63 bits", r)
	}
	t := k.Table[:min(k.Index(in[0].Range.Span()), int64(len(k.Table))-1)+1]
	return in[0].Shape, Range{slices.Min(t), slices.Max(t)}, nil
}

// Eval implements Kernel.
func (k *Below) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	at := 0
	for _, n := range k.Rows {
		row := in[0].Data[at : at+int(n)]
		top := slices.Max(row)
		for i, x := range row {
			y.Data[at+i] = k.At(k.Index(top - x))
		}
		at += int(n)
	}
	return y, nil
}

// String implements Kernel.
func (k *Below) String() string {
	return fmt.Sprintf("(%%%d) %d rows >>%d table[0..%d]", k.Arg, len(k.Rows), k.Shift, len(k.Table)-1)
}

// checkRows refuses lengths of rows that are not all of a tensor of shape s.
func checkRows(rows Ints, s tensor.Shape) error {
	left := int64(s.Size())
	for i, n := range rows {
		if n < 1 || n > left {
			return fmt.Errorf("row %d: want 1 to %d elements, got %d", i, left, n)
		}
		left -= n
	}
	if left != 0 || len(rows) == 0 {
		return fmt.Errorf("want rows of %d elements together, got %d fewer", s.Size(), left)
	}
	return nil
}
