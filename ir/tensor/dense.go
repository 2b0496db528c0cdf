package tensor

import "fmt"

// Dense is a row-major tensor. len(Data) == Shape.Size().
type Dense[T any] struct {
	Shape Shape
	Data  []T
}

// Float is a tensor of reals: the values of a model as its author meant it. Integers up to 2^53 are exact.
type Float = Dense[float64]

// Int is a tensor of quantized integers.
type Int = Dense[int64]

// New allocates a zero tensor.
func New[T any](s Shape) *Dense[T] {
	return &Dense[T]{Shape: s.Clone(), Data: make([]T, s.Size())}
}

// From wraps data, whose length must be s.Size().
func From[T any](s Shape, data []T) (*Dense[T], error) {
	if len(data) != s.Size() {
		return nil, fmt.Errorf("tensor %v: want %d elements, got %d", s, s.Size(), len(data))
	}
	return &Dense[T]{Shape: s.Clone(), Data: data}, nil
}

// Scalar is a rank-0 tensor.
func Scalar[T any](v T) *Dense[T] { return &Dense[T]{Data: []T{v}} }

// Reshape shares the data under another shape of the same size.
func (t *Dense[T]) Reshape(s Shape) (*Dense[T], error) { return From(s, t.Data) }

// BroadcastTo repeats t to the shape out, to which it must broadcast.
func (t *Dense[T]) BroadcastTo(out Shape) *Dense[T] {
	if t.Shape.Equal(out) {
		return t
	}
	from := make(Shape, 0, len(out))
	for range len(out) - len(t.Shape) {
		from = append(from, 1)
	}
	r := New[T](out)
	if len(r.Data) > 0 {
		spread(r.Data, out, t.Data, append(from, t.Shape...))
	}
	return r
}

// spread fills dst, of shape to, from src, of a shape with as many axes that broadcasts to it.
func spread[T any](dst []T, to Shape, src []T, from Shape) {
	if from.Equal(to) {
		copy(dst, src)
		return
	}
	block := len(dst) / to[0]
	if from[0] == 1 {
		spread(dst[:block], to[1:], src, from[1:])
		for n := block; n < len(dst); n *= 2 {
			copy(dst[n:], dst[:n])
		}
		return
	}
	part := len(src) / from[0]
	for i := range to[0] {
		spread(dst[i*block:(i+1)*block], to[1:], src[i*part:(i+1)*part], from[1:])
	}
}
