// Package tensor holds shapes, element types and dense row-major tensors.
//
// It knows nothing of models, circuits or files: every other package builds on it.
package tensor

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Shape is the extent of each axis, outermost first. A nil or empty Shape is a scalar of one element.
type Shape []int

// Size is the number of elements, the product of the extents.
func (s Shape) Size() int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

// CheckedSize is Size with every extent at least zero and the product at most limit.
func (s Shape) CheckedSize(limit int) (int, error) {
	n := 1
	for i, d := range s {
		if d < 0 {
			return 0, fmt.Errorf("shape %v: axis %d: want extent >= 0, got %d", s, i, d)
		}
		if d != 0 && n > limit/d {
			return 0, fmt.Errorf("shape %v: want at most %d elements", s, limit)
		}
		n *= d
	}
	return n, nil
}

// Strides gives, for each axis, how many elements one step along it moves in row-major order.
func (s Shape) Strides() []int {
	st := make([]int, len(s))
	n := 1
	for i := len(s) - 1; i >= 0; i-- {
		st[i] = n
		n *= s[i]
	}
	return st
}

// Equal reports whether both shapes have the same rank and extents.
func (s Shape) Equal(o Shape) bool { return slices.Equal(s, o) }

// Clone returns a copy that shares nothing with s.
func (s Shape) Clone() Shape { return slices.Clone(s) }

// String prints the shape as 1x3x32x32, or "scalar".
func (s Shape) String() string {
	if len(s) == 0 {
		return "scalar"
	}
	p := make([]string, len(s))
	for i, d := range s {
		p[i] = strconv.Itoa(d)
	}
	return strings.Join(p, "x")
}

// Axis turns an ONNX axis, negative ones counting from the end, into an index below rank.
func Axis(axis, rank int) (int, error) {
	a := axis
	if a < 0 {
		a += rank
	}
	if a < 0 || a >= rank {
		return 0, fmt.Errorf("axis: want within [-%d, %d), got %d", rank, rank, axis)
	}
	return a, nil
}

// Broadcast is the NumPy broadcast of the shapes (ONNX "Broadcasting in ONNX", multidirectional).
func Broadcast(shapes ...Shape) (Shape, error) {
	var out Shape
	for _, s := range shapes {
		for len(out) < len(s) {
			out = append(Shape{1}, out...)
		}
		for i := range s {
			o := &out[len(out)-len(s)+i]
			switch {
			case s[i] == *o || s[i] == 1:
			case *o == 1:
				*o = s[i]
			default:
				return nil, fmt.Errorf("broadcast %v: extents %d and %d do not agree", shapes, *o, s[i])
			}
		}
	}
	return out, nil
}

// BroadcastIndex maps each element of out, in row-major order, to the element of s that broadcasting reads.
// s must broadcast to out.
func (s Shape) BroadcastIndex(out Shape) []int {
	idx := make([]int, out.Size())
	if len(idx) == 0 {
		return idx
	}
	step := make([]int, len(out))
	for i, st := range s.Strides() {
		if s[i] != 1 {
			step[len(out)-len(s)+i] = st
		}
	}
	at := make([]int, len(out))
	src := 0
	for i := range idx {
		idx[i] = src
		for a := len(out) - 1; a >= 0; a-- {
			at[a]++
			src += step[a]
			if at[a] < out[a] {
				break
			}
			src -= at[a] * step[a]
			at[a] = 0
		}
	}
	return idx
}

// MaxElements bounds any one tensor, so that a hostile shape is refused before memory is asked for.
const MaxElements = math.MaxInt32
