package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Shares divides elements that are not negative by the sum of their row, in units of 2^(Shift-Bits):
//
//	inverse = floor(2^Bits / (1 + sum of the row))
//	y = floor((x * inverse + half) / 2^Shift), half = 2^(Shift-1) or 0 when Shift is 0
//
// Rows are given by their lengths, in row-major order, and together are the operand. The one keeps the divisor from zero;
// a row sums to less than 2^(Bits-Shift), but for rounding.
type Shares struct {
	Arg   int  `json:"arg"`
	Rows  Ints `json:"rows"` // number of elements of each row, at least 1
	Bits  uint `json:"bits"`
	Shift uint `json:"shift"`
}

func init() { registerKernel("shares", func() Kernel { return new(Shares) }) }

// Kind implements Kernel.
func (k *Shares) Kind() string { return "shares" }

// Args implements Kernel.
func (k *Shares) Args() []int { return []int{k.Arg} }

// Infer implements Kernel.
func (k *Shares) Infer(in []Tensor) (tensor.Shape, Range, error) {
	if err := checkRows(k.Rows, in[0].Shape); err != nil {
		return nil, Range{}, fmt.Errorf("shares: %w", err)
	}
	n := int64(0)
	for _, r := range k.Rows {
		n = max(n, r)
	}
	if err := checkInverse(k.Bits, k.Shift, in[0].Range, n); err != nil {
		return nil, Range{}, fmt.Errorf("shares: %w", err)
	}
	// x * inverse is less than 2^Bits, since the sum is at least x.
	return in[0].Shape, Range{0, 1 << (k.Bits - k.Shift)}, nil
}

// Eval implements Kernel.
func (k *Shares) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y := tensor.New[int64](in[0].Shape)
	at := 0
	for _, n := range k.Rows {
		row := in[0].Data[at : at+int(n)]
		inverse := Inverse(row, k.Bits)
		for i, x := range row {
			y.Data[at+i] = RoundShift(x*inverse, k.Shift)
		}
		at += int(n)
	}
	return y, nil
}

// String implements Kernel.
func (k *Shares) String() string {
	return fmt.Sprintf("(%%%d) %d rows 1/2^%d >>%d", k.Arg, len(k.Rows), k.Bits, k.Shift)
}

// maxInverseBits bounds Bits of Shares and Mean, and the bits of a sum of weights.
const maxInverseBits = 40

// Inverse is floor(2^bits / (1 + sum of row)).
func Inverse(row []int64, bits uint) int64 {
	d := int64(1)
	for _, x := range row {
		d += x
	}
	return 1 << bits / d
}

// RoundShift is floor((x + half) / 2^shift), half = 2^(shift-1) or 0 when shift is 0.
func RoundShift(x int64, shift uint) int64 { return (x + 1<<shift>>1) >> shift }

// checkInverse refuses rows of n weights within r whose sum, or its inverse, is out of bounds.
func checkInverse(bits, shift uint, r Range, n int64) error {
	if shift > bits || bits > maxInverseBits {
		return fmt.Errorf("want a shift of at most as many bits as the inverse, and at most %d, got %d of %d", maxInverseBits, shift, bits)
	}
	if r.Min < 0 {
		return fmt.Errorf("want weights that are not negative, got a range of %v", r)
	}
	if r.Max > (1<<maxInverseBits-1)/n {
		return fmt.Errorf("want sums of %d weights below 2^%d, got a range of %v", n, maxInverseBits, r)
	}
	return nil
}
