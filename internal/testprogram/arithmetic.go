package testprogram

import (
	"testing"

	"assay/ir/program"
	"assay/ir/tensor"
)

// Arithmetic is a matrix product at a challenge, a square, a quotient by it, a root and a comparison. The matrix
// product is the first output.
func Arithmetic(t testing.TB) *program.Program {
	b := New(t, "arithmetic")
	s := tensor.Shape{10, 10} // for which a challenge costs less than products
	x, y := b.Input(s, -9, 30), b.Input(s, 0, 14)
	c := b.Add(&program.MatMul{A: x, B: y})
	square := b.Add(&program.Product{A: c, B: c})
	by := b.Add(&program.AtLeast{Arg: square, Low: 3})
	return b.Done(c, b.Add(&program.Divide{X: c, D: b.Add(&program.Root{Arg: by})}), b.Add(&program.Step{Arg: c}))
}
