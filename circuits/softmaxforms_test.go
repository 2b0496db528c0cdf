package circuits

import (
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
)

// falling is a table of n numbers that halve from the first on.
func falling(first int64, n int) program.Ints {
	t := make(program.Ints, n)
	for i := range t {
		t[i] = first >> i
	}
	return t
}

func init() {
	forms = append(forms,
		form{"distances below the largest", []string{"table", "inverse"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "distances below the largest")
			x := b.Input(tensor.Shape{6}, -20, 43)
			e := b.Add(&program.Below{Arg: x, Rows: program.Ints{3, 1, 2}, Shift: 3, Table: falling(255, 8)})
			return b.Done(b.Add(&program.Shares{Arg: e, Rows: program.Ints{3, 1, 2}, Bits: 20, Shift: 12}))
		}},
		form{"distances clamped", []string{"clamped table"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "distances clamped")
			y := wide(b)
			return b.Done(b.Add(&program.Below{Arg: y, Rows: program.Ints{3}, Shift: 4, Table: falling(63, 5)}))
		}},
		form{"distances without rounding", []string{"table"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "distances without rounding")
			x := b.Input(tensor.Shape{2, 2}, 0, 9)
			u := b.Add(&program.Below{Arg: x, Rows: program.Ints{2, 2}, Table: falling(31, 6)})
			// The same function, of numbers that may be negative: it must not share its rows.
			low := b.Add(&program.Linear{Terms: []program.Term{{Arg: x, Map: &program.DiagonalMap{Size: 4, Weights: program.Ints{1}}}}, Bias: program.Ints{-9}, Shape: tensor.Shape{2, 2}})
			return b.Done(u, b.Add(&program.Lookup{Arg: low, Table: falling(31, 6)}))
		}},
		form{"shares of sums", []string{"inverse"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "shares of sums")
			return b.Done(b.Add(&program.Shares{Arg: wideSums(b), Rows: program.Ints{1, 2}, Bits: 30, Shift: 0}))
		}},
		form{"shares of wires from below zero", []string{"inverse"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "shares of wires from below zero")
			x := b.Add(&program.AtLeast{Arg: b.Input(tensor.Shape{1, 3}, 0, 9), Low: -1})
			return b.Done(b.Add(&program.Shares{Arg: x, Rows: program.Ints{1, 2}, Bits: 16, Shift: 8}))
		}},
		form{"means at a challenge", []string{"means at a challenge"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "means at a challenge")
			w, v := b.Input(tensor.Shape{2, 4, 4}, 0, 40), b.Input(tensor.Shape{2, 4, 4}, -9, 14)
			return b.Done(b.Add(&program.Mean{Weights: w, Values: v, Bits: 24, Shift: 20}))
		}},
		form{"products with masked factors", []string{"challenge", "means at a challenge"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "products with masked factors")
			x, y := b.Input(tensor.Shape{48}, 0, 12), b.Input(tensor.Shape{7, 4}, -6, 9)
			zeros := &program.Gather{Operands: []int{x}, Shape: tensor.Shape{8, 7}}
			one := &program.Gather{Operands: []int{x}, Shape: tensor.Shape{8, 7}}
			for i := range 8 {
				for l := range 7 {
					if l > i {
						one.Index = append(one.Index, int64(40+i)) // one element for all that is masked of a row
					} else {
						one.Index = append(one.Index, int64((5*i+l)%40))
					}
					if l == 3 || l > i || i == 4 && l < 2 { // an empty column, and a gap
						zeros.Index = append(zeros.Index, -1)
					} else {
						zeros.Index = append(zeros.Index, int64((3*i+l)%48))
					}
				}
			}
			relabelled := b.Add(&program.Gather{Operands: []int{b.Add(one)}, Shape: tensor.Shape{8, 7}})
			return b.Done(b.Add(&program.MatMul{A: b.Add(zeros), B: y}), b.Add(&program.Mean{Weights: relabelled, Values: y, Bits: 20, Shift: 16}))
		}},
		form{"means of products", []string{"means of products"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "means of products")
			w := b.Add(&program.Gather{Operands: []int{wideSums(b)}, Shape: tensor.Shape{1, 3}})
			v := b.Add(&program.Linear{Terms: []program.Term{{Arg: b.Input(tensor.Shape{3, 2}, 0, 9), Map: &program.DiagonalMap{Size: 6, Weights: program.Ints{3}}}}, Bias: program.Ints{-2}, Shape: tensor.Shape{3, 2}})
			return b.Done(b.Add(&program.Mean{Weights: w, Values: v, Bits: 22, Shift: 15}))
		}},
	)
}

// wideSums is three combinations that are not negative.
func wideSums(b *testprogram.Builder) int {
	x := b.Input(tensor.Shape{1, 2}, 0, 15)
	return b.Add(testprogram.Dense(x, 2, []int64{0, 1, 7}, []int64{2, 1, 1, 0, 3, 5}))
}
