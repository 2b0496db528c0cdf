package program

import (
	"math"
	"math/big"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// lines draws lengths of rows.
func lines(t *rapid.T) (rows Ints, n int) {
	rows = rapid.SliceOfN(rapid.Int64Range(1, 5), 1, 4).Draw(t, "rows")
	for _, r := range rows {
		n += int(r)
	}
	return rows, n
}

// inverseOf is floor(2^bits / (1 + sum)), of which no part is the implementation's.
func inverseOf(row []int64, bits uint) *big.Int {
	d := big.NewInt(1)
	for _, x := range row {
		d.Add(d, big.NewInt(x))
	}
	return d.Quo(new(big.Int).Lsh(big.NewInt(1), bits), d)
}

// nearest is floor(x / 2^shift + 1/2).
func nearestOf(x *big.Int, shift uint) int64 {
	n := new(big.Int).Add(new(big.Int).Lsh(x, 1), new(big.Int).Lsh(big.NewInt(1), shift))
	return n.Div(n, new(big.Int).Lsh(big.NewInt(1), shift+1)).Int64()
}

func TestBelowEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, n := lines(t)
		d, x := operand(t, "x", tensor.Shape{n}, rapid.SampledFrom([]int64{20, 1 << 20, 1 << 60}).Draw(t, "limit"))
		k := &Below{Rows: rows, Shift: uint(rapid.IntRange(0, MaxShift).Draw(t, "shift")), Table: ints(t, "table", rapid.IntRange(1, 9).Draw(t, "entries"), 1000)}
		var want []int64
		at := 0
		for _, r := range rows {
			row := x.Data[at : at+int(r)]
			for _, v := range row {
				h := int64(0)
				for _, other := range row {
					h = max(h, (other-v)/(1<<k.Shift))
				}
				if h > int64(len(k.Table)-1) {
					h = int64(len(k.Table) - 1)
				}
				want = append(want, k.Table[h])
			}
			at += int(r)
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
	})
}

func TestSharesEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, n := lines(t)
		d, x := operand(t, "x", tensor.Shape{n}, 1<<20)
		for i := range x.Data {
			x.Data[i] -= d.Range.Min
		}
		d.Range = Range{0, d.Range.Span()}
		k := &Shares{Rows: rows, Bits: uint(rapid.IntRange(0, maxInverseBits).Draw(t, "bits"))}
		k.Shift = uint(rapid.IntRange(0, int(k.Bits)).Draw(t, "shift"))
		var want []int64
		at := 0
		for _, r := range rows {
			row := x.Data[at : at+int(r)]
			for _, v := range row {
				y := inverseOf(row, k.Bits)
				want = append(want, nearestOf(y.Mul(y, big.NewInt(v)), k.Shift))
			}
			at += int(r)
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
	})
}

func TestMeanEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, m, l, n := rapid.IntRange(1, 2).Draw(t, "b"), rapid.IntRange(1, 3).Draw(t, "m"), rapid.IntRange(1, 3).Draw(t, "k"), rapid.IntRange(1, 3).Draw(t, "n")
		w, x := operand(t, "w", tensor.Shape{b, m, l}, 1<<20)
		for i := range x.Data {
			x.Data[i] -= w.Range.Min
		}
		w.Range = Range{0, w.Range.Span()}
		v, y := operand(t, "v", tensor.Shape{b, l, n}, 1<<20)
		k := &Mean{Weights: 0, Values: 1, Bits: uint(rapid.IntRange(0, maxInverseBits).Draw(t, "bits")), Shift: uint(rapid.IntRange(0, MaxShift).Draw(t, "shift"))}
		var want []int64
		for i := range b * m {
			row := x.Data[i*l : (i+1)*l]
			for j := range n {
				sum := new(big.Int)
				for h, e := range row {
					sum.Add(sum, new(big.Int).Mul(big.NewInt(e), big.NewInt(y.Data[(i/m*l+h)*n+j])))
				}
				want = append(want, nearestOf(sum.Mul(sum, inverseOf(row, k.Bits)), k.Shift))
			}
		}
		check(t, k, []Tensor{w, v}, []*tensor.Int{x, y}, want)
	})
}

func TestSoftmaxKernelsRefuse(t *testing.T) {
	in := func(s tensor.Shape, low, high int64) Tensor { return Tensor{Shape: s, Range: Range{low, high}} }
	for _, c := range []struct {
		what string
		k    Kernel
		in   []Tensor
		want string
	}{
		{"rows that are too long", &Below{Rows: Ints{2, 3}, Table: Ints{1}}, []Tensor{in(tensor.Shape{4}, 0, 1)}, "row 1"},
		{"rows that leave elements", &Below{Rows: Ints{2}, Table: Ints{1}}, []Tensor{in(tensor.Shape{4}, 0, 1)}, "2 fewer"},
		{"an empty row", &Shares{Rows: Ints{4, 0}}, []Tensor{in(tensor.Shape{4}, 0, 1)}, "row 1"},
		{"no table", &Below{Rows: Ints{4}}, []Tensor{in(tensor.Shape{4}, 0, 1)}, "table of 0"},
		{"differences of 63 bits", &Below{Rows: Ints{4}, Table: Ints{1}}, []Tensor{in(tensor.Shape{4}, -1<<61, 1<<61)}, "63 bits"},
		{"negative weights", &Shares{Rows: Ints{4}, Bits: 8}, []Tensor{in(tensor.Shape{4}, -1, 1)}, "not negative"},
		{"a shift beyond the inverse", &Shares{Rows: Ints{4}, Bits: 8, Shift: 9}, []Tensor{in(tensor.Shape{4}, 0, 1)}, "at most as many bits"},
		{"sums of 40 bits", &Shares{Rows: Ints{4}, Bits: 8}, []Tensor{in(tensor.Shape{4}, 0, 1<<38)}, "below 2^40"},
		{"values times the inverse of 63 bits", &Mean{Weights: 0, Values: 1, Bits: 40}, []Tensor{in(tensor.Shape{1, 1}, 0, 1), in(tensor.Shape{1, 1}, 0, 1<<22)}, "63 bits"},
		{"matrices that do not fit", &Mean{Weights: 0, Values: 1}, []Tensor{in(tensor.Shape{2, 2}, 0, 1), in(tensor.Shape{3, 2}, 0, 1)}, "matmul"},
	} {
		t.Run(c.what, func(t *testing.T) {
			_, _, err := c.k.Infer(c.in)
			require.ErrorContains(t, err, c.want)
		})
	}
	require.EqualValues(t, math.MaxInt32, RoundShift(math.MaxInt32, 0))
}
