package onnx

import (
	"encoding/binary"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"assay/ir/tensor"
	"assay/onnx/ops"
)

// tensorProto is a TensorProto as it is in the file. One of its data fields is in use.
type tensorProto struct {
	name    string
	dtype   tensor.DType
	shape   tensor.Shape
	source  protowire.Number // the data field in use; 0 for none
	bytes   []byte           // of raw_data, float_data and double_data, little-endian
	ints    []int64          // of int32_data, int64_data and uint64_data
	segment bool
}

// Fields of TensorProto that hold data.
const (
	floatData  protowire.Number = 4
	int32Data  protowire.Number = 5
	stringData protowire.Number = 6
	int64Data  protowire.Number = 7
	rawData    protowire.Number = 9
	doubleData protowire.Number = 10
	uint64Data protowire.Number = 11
)

// storage says, for each supported type, the width of an element in raw_data and its typed data field.
var storage = map[tensor.DType]struct {
	width int
	typed protowire.Number
}{
	tensor.Float32: {4, floatData}, tensor.Float64: {8, doubleData}, tensor.Float16: {2, int32Data}, tensor.BFloat16: {2, int32Data},
	tensor.Bool: {1, int32Data}, tensor.Int8: {1, int32Data}, tensor.Uint8: {1, int32Data}, tensor.Int16: {2, int32Data},
	tensor.Uint16: {2, int32Data}, tensor.Int32: {4, int32Data}, tensor.Int64: {8, int64Data}, tensor.Uint32: {4, uint64Data}, tensor.Uint64: {8, uint64Data},
}

// parseTensor reads a TensorProto of at most limit elements and checks that its data is complete.
func parseTensor(b []byte, limit int) (*tensorProto, error) {
	t := &tensorProto{}
	external := false
	err := fields(b, func(x field) (err error) {
		switch x.num {
		case 1:
			var d []int64
			d, err = varints(nil, x)
			if len(t.shape)+len(d) > maxRank {
				return &Error{Code: CodeTooLarge, Node: t.name, Want: fmt.Sprintf("at most %d axes", maxRank), Got: "more"}
			}
			for _, v := range d {
				t.shape = append(t.shape, int(v))
			}
		case 2:
			t.dtype = tensor.DType(x.v)
		case 3:
			t.segment = true
		case 8:
			t.name = string(x.b)
		case 13:
			external = true
		case 14:
			external = external || x.v != 0
		case floatData, doubleData, rawData, int32Data, int64Data, uint64Data, stringData:
			if t.source != 0 && (t.source != x.num || x.num == rawData) {
				return fmt.Errorf("tensor %q: want one data field, got %d and %d", t.name, t.source, x.num)
			}
			if len(x.b) == 0 && x.typ == protowire.BytesType && x.num != stringData {
				return nil
			}
			t.source = x.num
			switch x.num {
			case rawData:
				t.bytes = x.b
			case floatData, doubleData:
				t.bytes, err = fixed(t.bytes, x)
			case int32Data, int64Data, uint64Data:
				t.ints, err = varints(t.ints, x)
			}
		}
		return err
	})
	if err != nil {
		return nil, malformed(t.name, err)
	}
	if external {
		return nil, &Error{Code: CodeExternalData, Node: t.name, Want: "the data inside the file", Got: "a reference to another file"}
	}
	return t, t.check(limit)
}

func (t *tensorProto) check(limit int) error {
	s, ok := storage[t.dtype]
	if !ok || t.segment {
		return &Error{Code: CodeTensor, Node: t.name, Want: "a whole tensor of numbers of 8 bits or more", Got: t.dtype.String()}
	}
	n, err := t.shape.CheckedSize(limit)
	if err != nil {
		return &Error{Code: CodeTooLarge, Node: t.name, Err: err}
	}
	got := -1
	switch {
	case t.source == 0:
		got = 0
	case t.source == rawData && len(t.bytes)%s.width == 0:
		got = len(t.bytes) / s.width
	case t.source == s.typed && t.ints != nil:
		got = len(t.ints)
	case t.source == s.typed && len(t.bytes)%s.width == 0:
		got = len(t.bytes) / s.width
	}
	if got != n {
		return &Error{Code: CodeMalformed, Node: t.name, Want: fmt.Sprintf("%d elements of %v", n, t.dtype), Got: fmt.Sprintf("%d in field %d", got, t.source)}
	}
	return nil
}

// readable reports whether onnx-go decodes the tensor as it is.
func (t *tensorProto) readable() bool {
	switch t.dtype {
	case tensor.Float32, tensor.Float64, tensor.Int32, tensor.Int64:
		return t.source != 0
	}
	return false
}

// tensor decodes a checked tensor.
func (t *tensorProto) tensor() ops.Tensor {
	r := tensor.New[float64](t.shape)
	w := storage[t.dtype].width
	for i := range r.Data {
		var bits uint64
		if t.ints != nil {
			bits = uint64(t.ints[i])
		} else {
			switch b := t.bytes[i*w:]; w {
			case 1:
				bits = uint64(b[0])
			case 2:
				bits = uint64(binary.LittleEndian.Uint16(b))
			case 4:
				bits = uint64(binary.LittleEndian.Uint32(b))
			case 8:
				bits = binary.LittleEndian.Uint64(b)
			}
		}
		r.Data[i] = number(t.dtype, bits)
	}
	return ops.Tensor{DType: t.dtype, Value: r}
}

// number is the value of an element of type d with the given bits; bits beyond its width do not count.
func number(d tensor.DType, bits uint64) float64 {
	switch d {
	case tensor.Float32:
		return float64(math.Float32frombits(uint32(bits)))
	case tensor.Float64:
		return math.Float64frombits(bits)
	case tensor.Float16:
		return half(uint16(bits))
	case tensor.BFloat16:
		return float64(math.Float32frombits(uint32(bits) << 16))
	case tensor.Bool:
		if bits != 0 {
			return 1
		}
		return 0
	case tensor.Int8:
		return float64(int8(bits))
	case tensor.Uint8:
		return float64(uint8(bits))
	case tensor.Int16:
		return float64(int16(bits))
	case tensor.Uint16:
		return float64(uint16(bits))
	case tensor.Int32:
		return float64(int32(bits))
	case tensor.Uint32:
		return float64(uint32(bits))
	case tensor.Int64:
		return float64(int64(bits))
	}
	return float64(bits)
}

// half is the value of an IEEE 754 binary16.
func half(h uint16) float64 {
	sign := 1.0
	if h>>15 != 0 {
		sign = -1
	}
	exp, frac := int(h>>10&31), float64(h&1023)
	switch exp {
	case 0:
		return sign * math.Ldexp(frac, -24)
	case 31:
		if frac != 0 {
			return math.NaN()
		}
		return sign * math.Inf(1)
	}
	return sign * math.Ldexp(1024+frac, exp-25)
}
