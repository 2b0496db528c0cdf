package key

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"unsafe"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"assay/verifier/fault"
)

func counted(n uint64) string { return strconv.FormatUint(n, 10) }

func quoted(s string) string { return fmt.Sprintf("%q", s) }

// point is one of the two types of points: words of 64 bits without padding.
type point interface {
	bn254.G1Affine | bn254.G2Affine
}

// native says whether the file's words are the processor's.
var native = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

func size[P point]() int {
	var p P
	return int(unsafe.Sizeof(p))
}

// raw is the memory of points.
func raw[P point](points []P) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(points))), len(points)*size[P]())
}

// alias gives bytes as points without copying them.
func alias[P point](b []byte) []P {
	return unsafe.Slice((*P)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/size[P]())
}

// swap turns the words of a file into the processor's or back, in a copy.
func swap(b []byte) []byte {
	out := make([]byte, len(b))
	for i := 0; i < len(b); i += 8 {
		binary.NativeEndian.PutUint64(out[i:], binary.LittleEndian.Uint64(b[i:]))
	}
	return out
}

// pack gives a bit a flag, lowest first.
func pack(flags []bool) []byte {
	out := make([]byte, (len(flags)+7)/8)
	for i, f := range flags {
		if f {
			out[i/8] |= 1 << (i % 8)
		}
	}
	return out
}

// unpack reads n flags, of which points are false.
func unpack(s Section, b []byte, n, points uint64) (flags []bool, set uint64, err error) {
	flags = make([]bool, n)
	for i := range flags {
		if b[i/8]>>(i%8)&1 == 1 {
			flags[i] = true
			set++
		}
	}
	if n%8 != 0 && b[len(b)-1]>>(n%8) != 0 {
		return nil, 0, fault.New(ErrFormat, s.String(), "no bits after the last wire's", b[len(b)-1])
	}
	if n-set != points {
		return nil, 0, fault.New(ErrFormat, s.String(), counted(points)+" wires with a point", counted(n-set))
	}
	return flags, set, nil
}
