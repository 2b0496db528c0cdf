package onnx

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// field is one field of a protobuf message: v of a varint or fixed-width field, b of a length-delimited one, raw
// the whole field with its tag.
type field struct {
	num protowire.Number
	typ protowire.Type
	v   uint64
	b   []byte
	raw []byte
}

// fields calls f for each field of message b, in order.
func fields(b []byte, f func(field) error) error {
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return protowire.ParseError(n)
		}
		x := field{num: num, typ: typ}
		var m int
		switch typ {
		case protowire.VarintType:
			x.v, m = protowire.ConsumeVarint(b[n:])
		case protowire.Fixed32Type:
			var u uint32
			u, m = protowire.ConsumeFixed32(b[n:])
			x.v = uint64(u)
		case protowire.Fixed64Type:
			x.v, m = protowire.ConsumeFixed64(b[n:])
		case protowire.BytesType:
			x.b, m = protowire.ConsumeBytes(b[n:])
		default:
			m = protowire.ConsumeFieldValue(num, typ, b[n:])
		}
		if m < 0 {
			return fmt.Errorf("field %d: %w", num, protowire.ParseError(m))
		}
		x.raw = b[:n+m]
		if err := f(x); err != nil {
			return err
		}
		b = b[n+m:]
	}
	return nil
}

// varints appends a repeated varint field, packed or not.
func varints(dst []int64, x field) ([]int64, error) {
	if x.typ == protowire.VarintType {
		return append(dst, int64(x.v)), nil
	}
	if x.typ != protowire.BytesType {
		return nil, fmt.Errorf("field %d: want varints, got wire type %d", x.num, x.typ)
	}
	for b := x.b; len(b) > 0; {
		v, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return nil, fmt.Errorf("field %d: %w", x.num, protowire.ParseError(n))
		}
		dst = append(dst, int64(v))
		b = b[n:]
	}
	return dst, nil
}

// fixed appends the little-endian bytes of a repeated fixed-width field, packed or not.
func fixed(dst []byte, x field) ([]byte, error) {
	switch x.typ {
	case protowire.BytesType:
		return append(dst, x.b...), nil
	case protowire.Fixed32Type:
		return protowire.AppendFixed32(dst, uint32(x.v)), nil
	case protowire.Fixed64Type:
		return protowire.AppendFixed64(dst, x.v), nil
	}
	return nil, fmt.Errorf("field %d: want fixed-width values, got wire type %d", x.num, x.typ)
}

func appendBytes(dst []byte, num protowire.Number, b []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(dst, num, protowire.BytesType), b)
}

func appendVarint(dst []byte, num protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(dst, num, protowire.VarintType), v)
}
