package input

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// Kinds of element types, each of which converts to the ones after it.
const (
	kindBool = iota + 1
	kindInteger
	kindReal
)

// kindOf is 0 for element types that are no numbers.
func kindOf(d tensor.DType) int {
	switch {
	case d == tensor.Bool:
		return kindBool
	case d.IsInteger():
		return kindInteger
	case d.IsFloat():
		return kindReal
	default:
		return 0
	}
}

// maxExact is the largest integer that no other integer rounds to as a float64.
const maxExact = 1<<53 - 1

// bounds gives the least and greatest value of an integer type, as far as a float64 holds them exactly.
func bounds(d tensor.DType) (lo, hi float64, err error) {
	switch d {
	case tensor.Bool:
		return 0, 1, nil
	case tensor.Uint8:
		return 0, math.MaxUint8, nil
	case tensor.Uint16:
		return 0, math.MaxUint16, nil
	case tensor.Uint32:
		return 0, math.MaxUint32, nil
	case tensor.Uint64:
		return 0, maxExact, nil
	case tensor.Int8:
		return math.MinInt8, math.MaxInt8, nil
	case tensor.Int16:
		return math.MinInt16, math.MaxInt16, nil
	case tensor.Int32:
		return math.MinInt32, math.MaxInt32, nil
	case tensor.Int64:
		return -maxExact, maxExact, nil
	default:
		return 0, 0, refuse(CodeDType, "an integer type", "%v", d)
	}
}

// convert turns v, of element type from, into values of element type to, in place.
// From tensor.Undefined, numbers without a type as in plain JSON, whatever to can hold is taken.
func convert(v []float64, from, to tensor.DType) error {
	if from != tensor.Undefined {
		if kindOf(from) == 0 || kindOf(from) > kindOf(to) {
			return refuse(CodeDType, fmt.Sprintf("%v, or what converts to it", to), "%v", from)
		}
		if err := hold(v, from); err != nil || from == to {
			return err
		}
	}
	return hold(v, to)
}

// hold rounds each of v to a real type d, or checks that it is a value of an integer type d.
func hold(v []float64, d tensor.DType) error {
	if d.IsFloat() {
		for i, x := range v {
			y := round(x, d)
			if math.IsNaN(y) || math.IsInf(y, 0) {
				return refuse(CodeValue, fmt.Sprintf("a finite %v", d), "%v at index %d", x, i)
			}
			v[i] = y
		}
		return nil
	}
	lo, hi, err := bounds(d)
	if err != nil {
		return err
	}
	for i, x := range v {
		if !(x >= lo && x <= hi) || x != math.Trunc(x) {
			return refuse(CodeValue, fmt.Sprintf("an integer from %.0f to %.0f (%v)", lo, hi, d), "%v at index %d", x, i)
		}
		v[i] = x + 0 // no negative zero
	}
	return nil
}

// round gives the value of the real type d nearest to x, ties to even; beyond d's range it is an infinity.
func round(x float64, d tensor.DType) float64 {
	switch d {
	case tensor.Float16:
		return roundTo(x, 11, -24, 65504)
	case tensor.BFloat16:
		return roundTo(x, 8, -133, 0x1.fep127)
	case tensor.Float32:
		return float64(float32(x))
	default:
		return x
	}
}

// roundTo rounds to a binary format of so many significant bits, of which the least positive value is 2^least.
func roundTo(x float64, bits, least int, most float64) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	_, exp := math.Frexp(x)
	unit := math.Ldexp(1, max(exp-bits, least))
	y := math.RoundToEven(x/unit) * unit
	if math.Abs(y) > most {
		return math.Inf(int(math.Copysign(1, x)))
	}
	return y
}

// half is the value of an IEEE 754 binary16.
func half(b uint16) float64 {
	sign := 1.0
	if b&0x8000 != 0 {
		sign = -1
	}
	exp, frac := int(b>>10&0x1f), float64(b&0x3ff)
	switch exp {
	case 0:
		return sign * math.Ldexp(frac, -24)
	case 0x1f:
		if frac != 0 {
			return math.NaN()
		}
		return math.Inf(int(sign))
	default:
		return sign * math.Ldexp(1024+frac, exp-25)
	}
}
