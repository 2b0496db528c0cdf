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
	r := New[T](out)
	for i, j := range t.Shape.BroadcastIndex(out) {
		r.Data[i] = t.Data[j]
	}
	return r
}
