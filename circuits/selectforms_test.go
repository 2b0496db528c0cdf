package circuits

import (
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	forms = append(forms,
		form{"rows of a constant", []string{"rows"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "rows of a constant")
			x := b.Input(tensor.Shape{4}, 0, 5)
			data := b.Add(&program.Constant{Shape: tensor.Shape{6, 2}, Values: program.Ints{3, -1, 4, 1, -5, 9, 2, 6, 5, -3, 5, 8}})
			same := b.Add(&program.Constant{Shape: tensor.Shape{6, 2}, Values: program.Ints{3, -1, 4, 1, -5, 9, 2, 6, 5, -3, 5, 8}})
			y := b.Add(&program.Select{Data: data, Index: x})
			z := b.Add(&program.Select{Data: same, Index: b.Add(&program.Gather{Operands: []int{x}, Shape: tensor.Shape{2}, Index: program.Ints{3, 0}})})
			return b.Done(y, z)
		}},
		form{"one-hot rows", []string{"one-hot", "wires for operands"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "one-hot rows")
			x := b.Input(tensor.Shape{2}, 0, 1)
			index := b.Add(&program.Linear{Terms: []program.Term{{Arg: x, Map: &program.DiagonalMap{Size: 2, Weights: program.Ints{2}}}}, Bias: program.Ints{0}, Shape: tensor.Shape{2}})
			data := b.Add(&program.Constant{Shape: tensor.Shape{3, 5}, Values: program.Ints{3, -1, 4, 1, -5, 9, 2, 6, 5, -3, 5, 8, 9, -7, 9}})
			y := b.Add(&program.Select{Data: data, Index: index})
			y = b.Add(&program.Gather{Operands: []int{y}, Shape: tensor.Shape{1, 10}})
			return b.Done(b.Add(testprogram.Dense(y, 10, []int64{0}, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})), y)
		}},
		form{"rows of variables", []string{"rows"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "rows of variables")
			data, x := b.Input(tensor.Shape{3, 2}, -9, 30), b.Input(tensor.Shape{2}, 0, 2)
			wide := b.Add(&program.Linear{Terms: []program.Term{{Arg: data, Map: &program.DiagonalMap{Size: 6, Weights: program.Ints{7}}}}, Bias: program.Ints{-2}, Shape: tensor.Shape{3, 2}})
			y := b.Add(&program.Select{Data: data, Index: x})
			z := b.Add(&program.Select{Data: wide, Index: x})
			return b.Done(y, z, b.Add(&program.Select{Data: data, Index: b.Add(&program.Gather{Operands: []int{x}, Shape: tensor.Shape{2}, Index: program.Ints{1, 1}})}))
		}},
		form{"rows of variables and constants", []string{"rows"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "rows of variables and constants")
			x := b.Input(tensor.Shape{2}, 0, 3)
			data := b.Add(&program.Gather{Operands: []int{x}, Shape: tensor.Shape{4, 2}, Index: program.Ints{0, -1, -1, -1, 1, 0, -1, 1}, Fill: 9})
			return b.Done(b.Add(&program.Select{Data: data, Index: x}))
		}},
		form{"sorted lines", []string{"permutation", "division"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "sorted lines")
			x := b.Input(tensor.Shape{2, 4}, -20, 300)
			s := b.Add(&program.Sort{Arg: x})
			return b.Done(s, b.Add(&program.Quotient{Arg: s, Divisor: 4}), b.Add(&program.Sort{Arg: b.Add(&program.Gather{Operands: []int{x}, Shape: tensor.Shape{8, 1}})}))
		}},
		form{"sorted combinations", []string{"permutation", "division"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "sorted combinations")
			y := wide(b)
			s := b.Add(&program.Sort{Arg: y})
			pair := b.Add(&program.Gather{Operands: []int{y}, Shape: tensor.Shape{1, 2}, Index: program.Ints{0, 2}})
			return b.Done(s, b.Add(&program.Sort{Arg: pair}), b.Add(&program.Quotient{Arg: y, Divisor: 100}))
		}},
		form{"stable sort with indices", []string{"permutation", "division", "left by a quotient"}, func(t *testing.T) *program.Program {
			b := program.NewBuilder("stable sort with indices", program.Options{Bits: 4, Shift: 4, OutputBits: 8})
			x := b.Integers("x", tensor.Shape{2, 3}, -6, 9)
			values, indices, err := b.Sort(x, 1, true)
			must(t, err)
			must(t, b.Output("values", values))
			must(t, b.Output("indices", indices))
			p, err := b.Program()
			must(t, err)
			return p
		}},
	)
}
