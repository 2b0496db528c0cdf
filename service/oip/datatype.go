// Package oip is the tensor form of the Open Inference Protocol, version 2 (REST): tensors as JSON with a name, a
// datatype, a shape and row-major data.
package oip

import (
	"fmt"
	"math"

	"assay/ir/tensor"
)

// Datatype is a tensor element type by its protocol name, as in "FP32".
type Datatype string

// limits of a datatype that JSON can carry
type limits struct {
	dtype    tensor.DType
	min, max float64
	integer  bool
}

// Integers beyond 2^53 are not exact in a tensor.Float, so 64-bit types stop there.
const exact = 1 << 53

var datatypes = map[Datatype]limits{
	"BOOL":   {tensor.Bool, 0, 1, true},
	"UINT8":  {tensor.Uint8, 0, math.MaxUint8, true},
	"UINT16": {tensor.Uint16, 0, math.MaxUint16, true},
	"UINT32": {tensor.Uint32, 0, math.MaxUint32, true},
	"UINT64": {tensor.Uint64, 0, exact, true},
	"INT8":   {tensor.Int8, math.MinInt8, math.MaxInt8, true},
	"INT16":  {tensor.Int16, math.MinInt16, math.MaxInt16, true},
	"INT32":  {tensor.Int32, math.MinInt32, math.MaxInt32, true},
	"INT64":  {tensor.Int64, -exact, exact, true},
	"FP32":   {tensor.Float32, -math.MaxFloat32, math.MaxFloat32, false},
	"FP64":   {tensor.Float64, -math.MaxFloat64, math.MaxFloat64, false},
}

// Of is the datatype of ONNX element type d; an error if JSON cannot carry it (FP16, BYTES).
func Of(d tensor.DType) (Datatype, error) {
	for name, l := range datatypes {
		if l.dtype == d {
			return name, nil
		}
	}
	return "", fmt.Errorf("datatype of %v: the protocol's JSON form has none", d)
}

// check refuses a value that d cannot hold and rounds the others to d's precision.
func (d Datatype) check(v float64) (float64, error) {
	l, ok := datatypes[d]
	switch {
	case !ok:
		return 0, fmt.Errorf("datatype: want one that JSON can carry, got %q", string(d))
	case math.IsNaN(v) || v < l.min || v > l.max:
		return 0, fmt.Errorf("want %s in [%v, %v], got %v", d, l.min, l.max, v)
	case l.integer && v != math.Trunc(v):
		return 0, fmt.Errorf("want %s, got %v", d, v)
	case d == "FP32":
		return float64(float32(v)), nil
	default:
		return v, nil
	}
}
