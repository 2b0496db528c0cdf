package program

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
)

// Ints is a list of integers that serializes as the base64 of their signed varints.
type Ints []int64

// MarshalText implements encoding.TextMarshaler.
func (v Ints) MarshalText() ([]byte, error) {
	var b []byte
	for _, x := range v {
		b = binary.AppendVarint(b, x)
	}
	return base64.StdEncoding.AppendEncode(nil, b), nil
}

// UnmarshalText implements encoding.TextUnmarshaler. It accepts only what MarshalText writes.
func (v *Ints) UnmarshalText(t []byte) error {
	b, err := base64.StdEncoding.Strict().DecodeString(string(t))
	if err != nil {
		return fmt.Errorf("decode integers: %w", err)
	}
	n := 0
	for _, c := range b {
		if c < 0x80 { // the last byte of a varint
			n++
		}
	}
	*v = nil
	if n > 0 {
		*v = make(Ints, 0, n)
	}
	for len(b) > 0 {
		x, n := binary.Varint(b)
		if n <= 0 {
			return fmt.Errorf("decode integers: bad varint at element %d", len(*v))
		}
		if n > 1 && b[n-1] == 0 {
			return fmt.Errorf("decode integers: element %d is not in shortest form", len(*v))
		}
		*v = append(*v, x)
		b = b[n:]
	}
	return nil
}
