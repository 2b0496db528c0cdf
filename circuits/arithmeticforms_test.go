package circuits

import (
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
)

// diagonal multiplies n elements of a tensor by one number and adds another.
func diagonal(b *testprogram.Builder, arg int, s tensor.Shape, by, plus int64) int {
	return b.Add(&program.Linear{Terms: []program.Term{{Arg: arg, Map: &program.DiagonalMap{Size: s.Size(), Weights: program.Ints{by}}}}, Bias: program.Ints{plus}, Shape: s})
}

func init() {
	forms = append(forms,
		form{"product", []string{"product"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "product")
			s := tensor.Shape{1, 3}
			x, y := b.Input(s, -5, 200), b.Input(s, 3, 60)
			p := b.Add(&program.Product{A: x, B: y})
			q := b.Add(&program.Product{A: diagonal(b, x, s, 7, -300), B: p})
			return b.Done(b.Add(&program.Lookup{Arg: p, Shift: 7, Low: -2, Table: testprogram.Ramp(-2, 93, identity)}), q)
		}},
		form{"square", []string{"product", "wires for operands"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "square")
			s := tensor.Shape{1, 3}
			x := b.Input(s, -128, 127)
			d := diagonal(b, x, s, 3, -11)
			p := b.Add(&program.Product{A: d, B: d})
			return b.Done(b.Add(testprogram.Dense(d, 3, []int64{1}, []int64{1, 2, 3})), b.Add(testprogram.Dense(p, 3, []int64{0}, []int64{1, -1, 1, 5, 6, 7})), p)
		}},
		form{"product with constants", []string{"product"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "product with constants")
			s := tensor.Shape{4}
			x := b.Input(s, -9, 22)
			c := b.Add(&program.Constant{Shape: s, Values: program.Ints{3, 0, -7, 1}})
			g := b.Add(&program.Gather{Operands: []int{x}, Shape: s, Index: program.Ints{-1, 2, -1, 0}, Fill: -4})
			p := b.Add(&program.Product{A: c, B: g})
			return b.Done(b.Add(&program.Product{A: p, B: x}), b.Add(&program.Product{A: x, B: g}))
		}},
		form{"matrix product by products", []string{"products", "wires for operands"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "matrix product by products")
			x, y := b.Input(tensor.Shape{2, 1, 2}, -9, 30), b.Input(tensor.Shape{2, 2, 2}, 0, 14)
			w := diagonal(b, x, tensor.Shape{2, 1, 2}, 5, -1)
			c := b.Add(&program.MatMul{A: w, B: y})
			return b.Done(b.Add(&program.Lookup{Arg: c, Shift: 5, Low: -30, Table: testprogram.Ramp(-30, 60, relu)}), diagonal(b, c, tensor.Shape{2, 1, 2}, 3, 3))
		}},
		form{"matrix product at a challenge", []string{"challenge"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "matrix product at a challenge")
			x, y := b.Input(tensor.Shape{2, 3, 4}, -9, 30), b.Input(tensor.Shape{2, 4, 3}, 0, 14)
			w := diagonal(b, x, tensor.Shape{2, 3, 4}, 5, -1)
			c := b.Add(&program.MatMul{A: w, B: y})
			d := b.Add(&program.MatMul{A: c, B: b.Add(&program.Gather{Operands: []int{y}, Shape: tensor.Shape{2, 3, 4}})})
			return b.Done(b.Add(&program.Lookup{Arg: d, Shift: 12, Low: -30, Table: testprogram.Ramp(-30, 60, relu)}), c)
		}},
		form{"matrix product at a challenge with constants", []string{"challenge"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "matrix product at a challenge with constants")
			x := b.Input(tensor.Shape{5, 4}, -9, 30)
			values := make(program.Ints, 20)
			for i := range values {
				values[i] = int64(i*i%11) - 5
			}
			y := b.Add(&program.Constant{Shape: tensor.Shape{4, 5}, Values: values})
			g := b.Add(&program.Gather{Operands: []int{x}, Shape: tensor.Shape{4, 5}, Index: program.Ints{0, 1, 2, -1, -1, -1, -1, -1, -1, -1, 3, 4, 5, 6, 7, 19, 18, 17, 16, 15}, Fill: 2})
			return b.Done(b.Add(&program.MatMul{A: y, B: x}), b.Add(&program.MatMul{A: g, B: x}))
		}},
		form{"matrix times column at a challenge", []string{"products"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "matrix times column")
			x, y := b.Input(tensor.Shape{3, 2}, -9, 30), b.Input(tensor.Shape{2, 1}, -3, 14)
			return b.Done(b.Add(&program.MatMul{A: x, B: y}))
		}},
		form{"quotient of variables", []string{"division"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "quotient of variables")
			s := tensor.Shape{1, 3}
			x, y := b.Input(s, -900, 1000), b.Input(s, 1, 60)
			wide := diagonal(b, y, s, 300, 41)
			c := b.Add(&program.Constant{Shape: s, Values: program.Ints{100000, 77777, -5}})
			q := b.Add(&program.Divide{X: x, D: y})
			return b.Done(q, b.Add(&program.Divide{X: diagonal(b, x, s, 1000, 5), D: wide}), b.Add(&program.Divide{X: c, D: wide}))
		}},
		form{"quotient of 60 bits", []string{"division"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "quotient of 60 bits")
			s := tensor.Shape{2}
			x, y := b.Input(s, -128, 127), b.Input(s, 1, 255)
			return b.Done(b.Add(&program.Divide{X: diagonal(b, x, s, 1<<53-1, 12345), D: y}), b.Add(&program.Divide{X: x, D: diagonal(b, y, s, 1<<52, -1)}))
		}},
		form{"root", []string{"root"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "root")
			s := tensor.Shape{1, 3}
			x := b.Input(s, 0, 1000)
			return b.Done(b.Add(&program.Root{Arg: x}), b.Add(&program.Root{Arg: diagonal(b, x, s, 1<<51, 99)}), b.Add(&program.Root{Arg: b.Add(&program.Product{A: x, B: x})}))
		}},
		form{"sign", []string{"sign"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "sign")
			s := tensor.Shape{4}
			x := b.Input(s, -3, 3)
			return b.Done(b.Add(&program.Step{Arg: x}), b.Add(&program.Step{Arg: diagonal(b, x, s, -1<<59, 1)}), b.Add(&program.Step{Arg: diagonal(b, x, s, 1, 4)}), b.Add(&program.Step{Arg: diagonal(b, x, s, 1, -4)}))
		}},
		form{"bound", []string{"comparison"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "bound")
			s := tensor.Shape{1, 4}
			x := b.Input(s, -30, 30)
			y := b.Add(&program.AtLeast{Arg: x, Low: 5})
			z := b.Add(&program.AtLeast{Arg: diagonal(b, x, s, 777, -2), Low: -100})
			return b.Done(b.Add(&program.Divide{X: x, D: y}), z, b.Add(&program.AtLeast{Arg: x, Low: -30}), b.Add(testprogram.Dense(b.Add(&program.AtLeast{Arg: x, Low: 40}), 4, []int64{0, 1}, []int64{1, 1, 1, 1, 2, 2, 2, 2})), b.Add(testprogram.Dense(y, 4, []int64{0}, []int64{1, 2, 3, 4})))
		}},
	)
}
