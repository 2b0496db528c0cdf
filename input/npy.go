package input

import (
	"encoding/binary"
	"fmt"
	"math"

	"assay/ir/tensor"
)

func init() { register(".npy", decodeNPY) }

// decodeNPY reads one array, for a model of one input.
func decodeNPY(b []byte, specs []Spec, opt Options) ([]Sample, error) {
	if len(specs) != 1 {
		return nil, refuse(CodeName, "arrays for "+names(specs)+" in an .npz or .json file", "one array")
	}
	a, err := readNPY(b, opt.maxValues())
	if err != nil {
		return nil, err
	}
	a.name = specs[0].Name
	return assemble([]array{a}, specs, opt)
}

// npyType is a NumPy element type that this package reads: descr as the header names it, little-endian.
type npyType struct {
	descr string
	dtype tensor.DType
	size  int
	value func(b []byte) float64
}

var npyTypes = []npyType{
	{"|b1", tensor.Bool, 1, func(b []byte) float64 { return float64(b[0]) }},
	{"|u1", tensor.Uint8, 1, func(b []byte) float64 { return float64(b[0]) }},
	{"|i1", tensor.Int8, 1, func(b []byte) float64 { return float64(int8(b[0])) }},
	{"<u2", tensor.Uint16, 2, func(b []byte) float64 { return float64(binary.LittleEndian.Uint16(b)) }},
	{"<i2", tensor.Int16, 2, func(b []byte) float64 { return float64(int16(binary.LittleEndian.Uint16(b))) }},
	{"<u4", tensor.Uint32, 4, func(b []byte) float64 { return float64(binary.LittleEndian.Uint32(b)) }},
	{"<i4", tensor.Int32, 4, func(b []byte) float64 { return float64(int32(binary.LittleEndian.Uint32(b))) }},
	{"<u8", tensor.Uint64, 8, func(b []byte) float64 { return float64(binary.LittleEndian.Uint64(b)) }},
	{"<i8", tensor.Int64, 8, func(b []byte) float64 { return float64(int64(binary.LittleEndian.Uint64(b))) }},
	{"<f2", tensor.Float16, 2, func(b []byte) float64 { return half(binary.LittleEndian.Uint16(b)) }},
	{"<f4", tensor.Float32, 4, func(b []byte) float64 { return float64(math.Float32frombits(binary.LittleEndian.Uint32(b))) }},
	{"<f8", tensor.Float64, 8, func(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }},
}

func npyTypeOf(descr string) (npyType, error) {
	for _, t := range npyTypes {
		if t.descr == descr || t.size == 1 && "<"+t.descr[1:] == descr {
			return t, nil
		}
	}
	return npyType{}, refuse(CodeDType, "a little-endian array of booleans, integers or reals of at most 8 bytes", "%q", descr)
}

// readNPY decodes an array of at most limit numbers (NumPy format versions 1.0, 2.0 and 3.0).
func readNPY(b []byte, limit int) (array, error) {
	h, body, err := readHeader(b)
	if err != nil {
		return array{}, err
	}
	t, err := npyTypeOf(h.descr)
	if err != nil {
		return array{}, err
	}
	n, err := h.shape.CheckedSize(limit)
	if err != nil {
		return array{}, refuse(CodeLimit, fmt.Sprintf("at most %d numbers", limit), "shape %v", h.shape)
	}
	if len(body) != n*t.size {
		return array{}, refuse(CodeFormat, fmt.Sprintf("%d bytes for shape %v of %v", n*t.size, h.shape, t.dtype), "%d", len(body))
	}
	a := array{dtype: t.dtype, shape: h.shape, data: make([]float64, n)}
	if h.fortran && len(h.shape) > 1 {
		order := columnMajor(h.shape)
		for i := range a.data {
			a.data[i] = t.value(body[order[i]*t.size:])
		}
		return a, nil
	}
	for i := range a.data {
		a.data[i] = t.value(body[i*t.size:])
	}
	return a, nil
}

// columnMajor maps each row-major index of s to the column-major one.
func columnMajor(s tensor.Shape) []int {
	idx := make([]int, s.Size())
	at := make([]int, len(s))
	for i := range idx {
		for a := len(s) - 1; a >= 0; a-- {
			idx[i] = idx[i]*s[a] + at[a]
		}
		for a := len(s) - 1; a >= 0; a-- {
			if at[a]++; at[a] < s[a] {
				break
			}
			at[a] = 0
		}
	}
	return idx
}
