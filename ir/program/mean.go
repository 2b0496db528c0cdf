package program

import (
	"fmt"

	"assay/ir/tensor"
)

// Mean is the means of values, weighted: with weights w, [B..., m, k], that are not negative and values v, [B..., k, n],
// the result, [B..., m, n], in units of 2^(Shift-Bits) of those of the values, is
//
//	inverse[i] = floor(2^Bits / (1 + sum over l of w[i, l]))
//	y[i, j] = floor((inverse[i] * (sum over l of w[i, l] v[l, j]) + half) / 2^Shift)
//
// with half = 2^(Shift-1) or 0 when Shift is 0. It lies between the ends of the values and zero: so much of an attention
// needs no clamp. The leading extents are equal.
type Mean struct {
	Weights int  `json:"weights"`
	Values  int  `json:"values"`
	Bits    uint `json:"bits"`
	Shift   uint `json:"shift"`
}

func init() { registerKernel("mean", func() Kernel { return new(Mean) }) }

// Kind implements Kernel.
func (k *Mean) Kind() string { return "mean" }

// Args implements Kernel.
func (k *Mean) Args() []int { return []int{k.Weights, k.Values} }

// Sums is the product of weights and values.
func (k *Mean) Sums() *MatMul { return &MatMul{A: k.Weights, B: k.Values} }

// Infer implements Kernel.
func (k *Mean) Infer(in []Tensor) (tensor.Shape, Range, error) {
	s, _, err := k.Sums().Infer(in)
	if err != nil {
		return nil, Range{}, fmt.Errorf("mean: %w", err)
	}
	w := in[0].Shape
	if k.Shift > MaxShift {
		return nil, Range{}, fmt.Errorf("mean: want a shift of at most %d, got %d", MaxShift, k.Shift)
	}
	if err := checkInverse(k.Bits, min(k.Shift, k.Bits), in[0].Range, int64(w[len(w)-1])); err != nil {
		return nil, Range{}, fmt.Errorf("mean: %w", err)
	}
	v := in[1].Range.Union(Range{})
	if v.MaxAbs() > MaxMagnitude>>(k.Bits+1) {
		return nil, Range{}, fmt.Errorf("mean: values of %v times 2^%d leave 63 bits", v, k.Bits)
	}
	return s, Range{RoundShift(v.Min<<k.Bits, k.Shift), RoundShift(v.Max<<k.Bits, k.Shift)}, nil
}

// Eval implements Kernel.
func (k *Mean) Eval(in []*tensor.Int) (*tensor.Int, error) {
	y, err := k.Sums().Eval(in)
	if err != nil {
		return nil, err
	}
	w := in[0].Shape
	n, m := y.Shape[len(y.Shape)-1], w[len(w)-1]
	for i := range len(in[0].Data) / m {
		inverse := Inverse(in[0].Data[i*m:(i+1)*m], k.Bits)
		for j := range n {
			y.Data[i*n+j] = RoundShift(y.Data[i*n+j]*inverse, k.Shift)
		}
	}
	return y, nil
}

// String implements Kernel.
func (k *Mean) String() string {
	return fmt.Sprintf("of %%%d by %%%d 1/2^%d >>%d", k.Values, k.Weights, k.Bits, k.Shift)
}
