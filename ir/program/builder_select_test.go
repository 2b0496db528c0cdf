package program

import (
	"math"
	"slices"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func testBuilder() *Builder {
	b := NewBuilder("test", Options{Bits: 8, Shift: 8, OutputBits: 20})
	b.Begin("op", Interval{-1, 1})
	return b
}

// outputs evaluates the program on inputs and gives its outputs as reals.
func outputs(t require.TestingT, b *Builder, in []*tensor.Int, vs ...*Value) [][]float64 {
	for _, v := range vs {
		require.NoError(t, b.Output("y", v))
	}
	p, err := b.Program()
	require.NoError(t, err)
	trace, err := p.Run(in)
	require.NoError(t, err)
	var all [][]float64
	for i, x := range p.OutputsOf(trace) {
		var reals []float64
		for _, v := range x.Data {
			reals = append(reals, float64(v)*p.Tensors[p.Outputs[i]].Scale)
		}
		all = append(all, reals)
	}
	return all
}

func draws(t *rapid.T, label string, s tensor.Shape, low, high int64) *tensor.Int {
	x := tensor.New[int64](s)
	for i := range x.Data {
		x.Data[i] = rapid.Int64Range(low, high).Draw(t, label)
	}
	return x
}

// Select reads the row that the index, saturated, names, whatever data and index are.
func TestBuilderSelect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := testBuilder()
		n, d := rapid.IntRange(1, 6).Draw(t, "n"), rapid.IntRange(1, 3).Draw(t, "d")
		data := draws(t, "data", tensor.Shape{n, d}, -90, 90)
		low, high := int64(rapid.IntRange(-3, 3).Draw(t, "low")), int64(rapid.IntRange(3, 8).Draw(t, "high"))
		at := draws(t, "index", tensor.Shape{2, 2}, low, high)
		in := []*tensor.Int{at}
		index := b.Integers("i", at.Shape, low, high)
		var err error
		switch rapid.IntRange(0, 2).Draw(t, "index") {
		case 1: // an expression of integers
			index, err = b.Affine(index, tensor.Scalar(3.0), tensor.Scalar(-2.0))
			at = &tensor.Int{Shape: at.Shape, Data: slices.Clone(at.Data)}
			for i := range at.Data {
				at.Data[i] = 3*at.Data[i] - 2
			}
		case 2: // one of reals
			index, err = b.Affine(index, tensor.Scalar(0.5), nil)
			at = &tensor.Int{Shape: at.Shape, Data: slices.Clone(at.Data)}
			for i := range at.Data {
				at.Data[i] = int64(math.Floor(float64(at.Data[i])/2 + 0.5))
			}
		}
		require.NoError(t, err)
		var from *Value
		if rapid.Bool().Draw(t, "constant data") {
			f := tensor.New[float64](data.Shape)
			for i, v := range data.Data {
				f.Data[i] = float64(v)
			}
			from = b.Const(f)
		} else {
			from = b.Integers("x", data.Shape, -90, 90)
			in = append(in, data)
		}
		y, err := b.Select(from, index)
		require.NoError(t, err)
		require.Equal(t, tensor.Shape{2, 2, d}, y.Shape())
		var want []float64
		for _, i := range at.Data {
			row := min(max(int(i), 0), n-1)
			for _, v := range data.Data[row*d : (row+1)*d] {
				want = append(want, float64(v))
			}
		}
		require.Equal(t, want, outputs(t, b, in, y)[0])
	})
}

// Sort is stable, exact, and says where each element came from.
func TestBuilderSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := testBuilder()
		s := tensor.Shape{rapid.IntRange(1, 3).Draw(t, "outer"), rapid.IntRange(1, 9).Draw(t, "n"), rapid.IntRange(1, 3).Draw(t, "inner")}
		x := draws(t, "x", s, -4, 5)
		descending := rapid.Bool().Draw(t, "descending")
		values, indices, err := b.Sort(b.Integers("x", s, -4, 5), 1, descending)
		require.NoError(t, err)
		want := [][]float64{make([]float64, s.Size()), make([]float64, s.Size())}
		for o := range s[0] {
			for i := range s[2] {
				line := make([]int, s[1])
				at := func(j int) int { return (o*s[1]+j)*s[2] + i }
				for j := range line {
					line[j] = j
				}
				slices.SortStableFunc(line, func(p, q int) int {
					d := int(x.Data[at(p)] - x.Data[at(q)])
					if descending {
						return -d
					}
					return d
				})
				for j, from := range line {
					want[0][at(j)], want[1][at(j)] = float64(x.Data[at(from)]), float64(from)
				}
			}
		}
		require.Equal(t, want, outputs(t, b, []*tensor.Int{x}, values, indices))
	})
}

func TestBuilderWhole(t *testing.T) {
	b := testBuilder()
	x := b.Integers("x", tensor.Shape{5}, -3, 9)
	same, err := b.Whole(x, -3, 20)
	require.NoError(t, err)
	require.Empty(t, b.p.Nodes, "integers within the bounds are taken as they are")
	held, err := b.Whole(x, 0, 4)
	require.NoError(t, err)
	half, err := b.Affine(x, tensor.Scalar(0.5), tensor.Scalar(0.25))
	require.NoError(t, err)
	rounded, err := b.Whole(half, -1, 3)
	require.NoError(t, err)
	fixed, err := b.Whole(b.Const(&tensor.Float{Shape: tensor.Shape{3}, Data: []float64{math.Inf(-1), 2.5, 1e300}}), -1, 7)
	require.NoError(t, err)
	require.Equal(t, []float64{-1, 3, 7}, fixed.Const().Data)
	_, err = b.Whole(x, 1, 0)
	require.Error(t, err)
	got := outputs(t, b, []*tensor.Int{{Shape: tensor.Shape{5}, Data: []int64{-3, 0, 2, 5, 9}}}, same, held, rounded)
	require.Equal(t, [][]float64{{-3, 0, 2, 5, 9}, {0, 0, 2, 4, 4}, {-1, 0, 1, 3, 3}}, got)
}

func TestSelectKernel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, d := rapid.IntRange(1, 5).Draw(t, "n"), rapid.IntRange(1, 4).Draw(t, "d")
		data := Tensor{Shape: tensor.Shape{n, d}, Range: Range{-50, 50}, Scale: 1}
		x := draws(t, "data", data.Shape, -50, 50)
		index := Tensor{Shape: tensor.Shape{3}, Range: Range{0, int64(n - 1)}, Scale: 1}
		at := draws(t, "index", index.Shape, 0, int64(n-1))
		var want []int64
		for _, i := range at.Data {
			for j := range d {
				want = append(want, x.Data[int(i)*d+j])
			}
		}
		check(t, &Select{Data: 0, Index: 1}, []Tensor{data, index}, []*tensor.Int{x, at}, want)
	})
	data, index := Tensor{Shape: tensor.Shape{3, 2}}, Tensor{Shape: tensor.Shape{1}, Range: Range{0, 3}}
	_, _, err := (&Select{}).Infer([]Tensor{data, index})
	require.ErrorContains(t, err, "want an index within [0,2], got [0,3]")
	index.Range = Range{-1, 1}
	_, _, err = (&Select{}).Infer([]Tensor{data, index})
	require.Error(t, err)
	data.Shape = tensor.Shape{3}
	_, _, err = (&Select{}).Infer([]Tensor{data, index})
	require.ErrorContains(t, err, "rows and columns")
}

func TestSortKernel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, x := operand(t, "x", tensor.Shape{rapid.IntRange(1, 3).Draw(t, "lines"), rapid.IntRange(1, 6).Draw(t, "n")}, 1<<61)
		want := slices.Clone(x.Data)
		for i := 0; i < len(want); i += d.Shape[1] {
			slices.Sort(want[i : i+d.Shape[1]])
		}
		check(t, &Sort{}, []Tensor{d}, []*tensor.Int{x}, want)
	})
	_, _, err := (&Sort{}).Infer([]Tensor{{}})
	require.Error(t, err)
}

func TestQuotientKernel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, x := operand(t, "x", tensor.Shape{4}, 1<<61)
		k := &Quotient{Divisor: rapid.OneOf(rapid.Int64Range(1, 20), rapid.Int64Range(1, 1<<31)).Draw(t, "divisor")}
		var want []int64
		for _, v := range x.Data {
			q := v / k.Divisor
			if q*k.Divisor > v {
				q--
			}
			want = append(want, q)
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
	})
	for _, bad := range []int64{0, -1, 1<<31 + 1} {
		_, _, err := (&Quotient{Divisor: bad}).Infer([]Tensor{{Shape: tensor.Shape{1}}})
		require.Error(t, err)
	}
}

// A function from integers to integers stays exact, however many bits an activation has.
func TestBuilderMapsIntegers(t *testing.T) {
	b := testBuilder()
	x := b.Integers("x", tensor.Shape{4}, -3000, 3000)
	y, err := b.Map(x, math.Abs)
	require.NoError(t, err)
	half, err := b.Map(x, func(v float64) float64 { return math.Max(-1, math.Min(1, v/2)) })
	require.NoError(t, err)
	got := outputs(t, b, []*tensor.Int{{Shape: tensor.Shape{4}, Data: []int64{-3000, -1, 1, 2999}}}, y, half)
	require.Equal(t, []float64{3000, 1, 1, 2999}, got[0])
	require.InDeltaSlice(t, []float64{-1, -0.5, 0.5, 1}, got[1], 0.01)
}
