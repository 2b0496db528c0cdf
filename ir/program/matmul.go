package program

import (
	"fmt"

	"assay/ir/tensor"
)

// MatMul multiplies matrices of two tensors, [B..., m, k] by [B..., k, n] giving [B..., m, n]:
//
//	y[b, i, j] = sum over l of a[b, i, l] * b[b, l, j]
//
// The leading extents are equal.
type MatMul struct {
	A int `json:"a"`
	B int `json:"b"`
}

func init() { registerKernel("matmul", func() Kernel { return new(MatMul) }) }

// Kind implements Kernel.
func (k *MatMul) Kind() string { return "matmul" }

// Args implements Kernel.
func (k *MatMul) Args() []int { return []int{k.A, k.B} }

// MatMulSize is the geometry of a MatMul: Batch products of M x K by K x N.
type MatMulSize struct{ Batch, M, K, N int }

// Size is the geometry for operands of shapes a and b, or an error where they do not fit.
func (k *MatMul) Size(a, b tensor.Shape) (MatMulSize, error) {
	r := len(a)
	if r < 2 || len(b) != r || !a[:r-2].Equal(b[:r-2]) || a[r-1] != b[r-2] {
		return MatMulSize{}, fmt.Errorf("matmul: want [B..., m, k] and [B..., k, n], got %v and %v", a, b)
	}
	return MatMulSize{Batch: a[:r-2].Size(), M: a[r-2], K: a[r-1], N: b[r-1]}, nil
}

// Infer implements Kernel. It refuses operands whose sums of products leave 63 bits.
func (k *MatMul) Infer(in []Tensor) (tensor.Shape, Range, error) {
	z, err := k.Size(in[0].Shape, in[1].Shape)
	if err != nil {
		return nil, Range{}, err
	}
	n := len(in[0].Shape)
	s := append(in[0].Shape[:n-1:n-1], z.N)
	if c, err := s.CheckedSize(tensor.MaxElements); err != nil || c == 0 || z.K < 1 {
		return nil, Range{}, fmt.Errorf("matmul: want 1 to %d elements, got %v from %v and %v", tensor.MaxElements, s, in[0].Shape, in[1].Shape)
	}
	p, ok := in[0].Range.times(in[1].Range)
	if ok {
		p, ok = p.times(Range{int64(z.K), int64(z.K)})
	}
	if !ok {
		return nil, Range{}, fmt.Errorf("matmul: sums of %d products of %v and %v leave 63 bits", z.K, in[0].Range, in[1].Range)
	}
	return s, p, nil
}

// Eval implements Kernel.
func (k *MatMul) Eval(in []*tensor.Int) (*tensor.Int, error) {
	z, err := k.Size(in[0].Shape, in[1].Shape)
	if err != nil {
		return nil, err
	}
	n := len(in[0].Shape)
	y := tensor.New[int64](append(in[0].Shape[:n-1:n-1], z.N))
	for r := range z.Batch * z.M {
		row := y.Data[r*z.N : (r+1)*z.N]
		b := in[1].Data[r/z.M*z.K*z.N:]
		for l, a := range in[0].Data[r*z.K : (r+1)*z.K] {
			for j, x := range b[l*z.N : (l+1)*z.N] {
				row[j] += a * x
			}
		}
	}
	return y, nil
}

// String implements Kernel.
func (k *MatMul) String() string { return fmt.Sprintf("%%%d x %%%d", k.A, k.B) }
