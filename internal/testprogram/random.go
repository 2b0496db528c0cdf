package testprogram

import (
	"fmt"
	"math/rand"
	"testing"

	"assay/ir/program"
	"assay/ir/tensor"
)

// Random draws a program of the given number of kernels over small tensors.
func Random(t testing.TB, rng *rand.Rand, kernels int) *program.Program {
	b := New(t, "random")
	var made []int
	for range 1 + rng.Intn(2) {
		low := int64(rng.Intn(300) - 200)
		made = append(made, b.Input(tensor.Shape{1, 2 + rng.Intn(4)}, low, low+1+int64(rng.Intn(1<<(1+rng.Intn(12))))))
	}
	for range kernels {
		arg := made[len(made)-1]
		if rng.Intn(3) == 0 {
			arg = made[rng.Intn(len(made))]
		}
		made = append(made, b.random(rng, made, arg))
	}
	// The last output is never a constant: a last public value that is known needs no multiplication in the statement.
	outputs := []int{b.Add(&program.Remainder{Arg: made[len(made)-1], Divisor: 7})}
	if second := made[len(made)/2]; second >= len(b.p.Inputs) {
		outputs = append([]int{second}, outputs...)
	}
	return b.Done(outputs...)
}

func (b *Builder) random(rng *rand.Rand, made []int, arg int) int {
	d := b.p.Tensors[arg]
	n := d.Shape.Size()
	kind := rng.Intn(16)
	if d.Range.MaxAbs() > 1<<40 {
		kind = 0 // back to small numbers
	}
	switch kind {
	case 0, 1:
		shift := uint(rng.Intn(11))
		for shift < program.MaxShift && d.Range.Span()>>shift > 1<<12 {
			shift++
		}
		k := &program.Lookup{Arg: arg, Shift: shift, Low: d.Range.Min>>shift + int64(rng.Intn(20)-5)}
		for range 1 + rng.Intn(60) {
			k.Table = append(k.Table, int64(rng.Intn(200)-100))
		}
		return b.Add(k)
	case 2:
		weights := make([]int64, n*(1+rng.Intn(4)))
		for i := range weights {
			weights[i] = int64(rng.Intn(41) - 20)
		}
		return b.Add(Dense(b.flat(arg), n, []int64{int64(rng.Intn(100) - 50)}, weights))
	case 3:
		m := b.Add(&program.Gather{Operands: []int{arg}, Shape: tensor.Shape{1, 1, n}})
		return b.Add(&program.Max{Arg: m, Planes: 1, Spatial: []int{n}, Window: Window([]int{min(n, 1+rng.Intn(3))}, 1+rng.Intn(2), 0)})
	case 4:
		return b.Add(&program.Remainder{Arg: arg, Divisor: 1 + int64(rng.Intn(40))})
	case 5:
		other := made[rng.Intn(len(made))]
		k := &program.Gather{Operands: []int{arg, other}, Shape: tensor.Shape{1, 1 + rng.Intn(5)}}
		fill := int64(rng.Intn(60) - 30)
		for range k.Shape.Size() {
			k.Index = append(k.Index, int64(rng.Intn(n+b.p.Tensors[other].Shape.Size()+1)-1))
		}
		if k.Fills() {
			k.Fill = fill
		}
		return b.Add(k)
	case 6:
		c := &program.Constant{Shape: tensor.Shape{1, n}}
		for range n {
			c.Values = append(c.Values, int64(rng.Intn(200)-100))
		}
		diagonal := func(arg int, weights ...int64) program.Term {
			return program.Term{Arg: arg, Map: &program.DiagonalMap{Size: n, Weights: weights}}
		}
		return b.Add(&program.Linear{Terms: []program.Term{diagonal(arg, int64(rng.Intn(9)-4)), diagonal(b.Add(c), 3)}, Bias: program.Ints{1}, Shape: tensor.Shape{1, n}})
	case 7:
		other := b.shaped(rng, made, arg)
		if d.Range.MaxAbs() > 1<<20 || b.p.Tensors[other].Range.MaxAbs() > 1<<20 {
			other, arg = b.small(rng, arg, 0), b.small(rng, arg, -9)
		}
		return b.Add(&program.Product{A: arg, B: other})
	case 8:
		rows, columns := 1+rng.Intn(3), 1+rng.Intn(3)
		index := func(n int) (ix program.Ints) {
			for range n {
				ix = append(ix, int64(rng.Intn(d.Shape.Size())))
			}
			return ix
		}
		x := b.small(rng, arg, -20)
		l := b.Add(&program.Gather{Operands: []int{x}, Shape: tensor.Shape{rows, n}, Index: index(rows * n)})
		r := b.Add(&program.Gather{Operands: []int{x}, Shape: tensor.Shape{n, columns}, Index: index(n * columns)})
		return b.flat(b.Add(&program.MatMul{A: l, B: r}))
	case 9:
		return b.Add(&program.Divide{X: arg, D: b.Add(&program.AtLeast{Arg: b.shaped(rng, made, arg), Low: 1 + int64(rng.Intn(20))})})
	case 10:
		return b.Add(&program.Root{Arg: b.Add(&program.AtLeast{Arg: arg, Low: int64(rng.Intn(9))})})
	case 11:
		return b.Add(&program.Step{Arg: arg})
	case 12:
		return b.distances(rng, arg)
	case 13:
		x := b.weights(rng, made, arg)
		bits := uint(8 + rng.Intn(33))
		return b.Add(&program.Shares{Arg: x, Rows: rows(rng, n), Bits: bits, Shift: uint(rng.Intn(int(bits) + 1))})
	case 14:
		return b.means(rng, made, arg)
	case 15:
		return b.spread(rng, arg)
	}
	panic(fmt.Sprintf("testprogram: no kernel %d", kind))
}

// shaped is a tensor of the shape of arg: an earlier one, or arg itself.
func (b *Builder) shaped(rng *rand.Rand, made []int, arg int) int {
	other := made[rng.Intn(len(made))]
	if o := b.p.Tensors[other]; !o.Shape.Equal(b.p.Tensors[arg].Shape) || o.Range.MaxAbs() > 1<<40 {
		return arg
	}
	return other
}

// small rounds arg to a few values from low on.
func (b *Builder) small(rng *rand.Rand, arg int, low int64) int {
	r := b.p.Tensors[arg].Range
	k := &program.Lookup{Arg: arg}
	for k.Shift < program.MaxShift && r.Span()>>k.Shift > 30 {
		k.Shift++
	}
	k.Low = r.Min >> k.Shift
	for range 31 {
		k.Table = append(k.Table, low+int64(rng.Intn(30)))
	}
	return b.Add(k)
}

// flat relabels a tensor as one row.
func (b *Builder) flat(arg int) int {
	s := b.p.Tensors[arg].Shape
	if len(s) == 2 && s[0] == 1 {
		return arg
	}
	return b.Add(&program.Gather{Operands: []int{arg}, Shape: tensor.Shape{1, s.Size()}})
}
