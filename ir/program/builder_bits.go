package program

import (
	"fmt"
	"math"
	"math/bits"

	"assay/ir/tensor"
)

// integers is the tensor, of scale 1, of a variable that is made of integers.
func (b *Builder) integers(v *Value) (int, error) {
	if v.constant != nil || !b.integral(v) {
		return 0, fmt.Errorf("%s: want a variable made of integers", b.name)
	}
	return b.emit(v, 1)
}

// Bitwise applies f, one of and, or and xor, to the bits of two integers in two's complement. Shapes are equal; y may
// be constant. The operands split into digits of four bits, and a table of pairs of digits gives the result's.
func (b *Builder) Bitwise(x, y *Value, f func(x, y int64) int64) (*Value, error) {
	width, signed := 1, false // bits of either operand, without its sign
	digits := []*Value{x, y}
	for i, v := range digits {
		if v.constant != nil {
			for _, c := range v.constant.Data {
				if c != math.Round(c) || math.Abs(c) > 1<<52 {
					return nil, fmt.Errorf("%s: bits: want integers of at most 53 bits, got %v", b.name, c)
				}
				width, signed = max(width, bits.Len64(uint64(math.Abs(c)))), signed || c < 0
			}
			continue
		}
		id, err := b.integers(v)
		if err != nil {
			return nil, err
		}
		digits[i] = b.leafOf(v, id)
		r := b.p.Tensors[id].Range
		width, signed = max(width, bits.Len64(uint64(r.MaxAbs()))), signed || r.Min < 0
	}
	if signed {
		width++
	}
	n := (width + 3) / 4
	var terms []*Value
	var weights []float64
	for d := range n {
		top := d == n-1
		pair := make([]*Value, 2)
		for i, v := range digits {
			var err error
			if pair[i], digits[i], err = b.digit(v, top); err != nil {
				return nil, err
			}
		}
		key, err := b.Affine(pair[0], tensor.Scalar(16.0), nil)
		if err != nil {
			return nil, err
		}
		if c := pair[1].constant; c != nil {
			key, err = b.Affine(key, nil, c)
		} else {
			key, err = b.Add([]*Value{key, pair[1]}, []float64{1, 1})
		}
		if err != nil {
			return nil, err
		}
		low, offset := int64(0), int64(0)
		if top && signed { // digits from -8 to 7
			low, offset = -8*16-8, 8
		}
		v, err := b.MapWhole(key, low, low+255, func(k int64) int64 {
			k -= low
			return f(k/16-offset, k%16-offset)
		})
		if err != nil {
			return nil, err
		}
		terms, weights = append(terms, v), append(weights, math.Ldexp(1, 4*d))
	}
	v, err := b.Add(terms, weights)
	if err != nil {
		return nil, err
	}
	return b.Exact(v)
}

// digit splits integers into their lowest four bits and the rest; all of them at the top.
func (b *Builder) digit(v *Value, top bool) (low, rest *Value, err error) {
	if top {
		return v, nil, nil
	}
	if v.constant != nil {
		rest = b.Const(eachOf(v.constant, func(c float64) float64 { return math.Floor(c / 16) }))
		return b.Const(eachOf(v.constant, func(c float64) float64 { return c - 16*math.Floor(c/16) })), rest, nil
	}
	arg := v.expr.(leaf).id
	q, err := b.add(&Quotient{Arg: arg, Divisor: 16}, 1)
	if err != nil {
		return nil, nil, err
	}
	r, err := b.add(&Remainder{Arg: arg, Divisor: 16}, 1)
	return b.leafOf(v, r), b.leafOf(v, q), err
}
