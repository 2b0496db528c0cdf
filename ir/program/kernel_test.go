package program

import (
	"math/big"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// operand is a random tensor declaration and a content that often lies at the ends of its range.
func operand(t *rapid.T, label string, s tensor.Shape, limit int64) (Tensor, *tensor.Int) {
	low := rapid.Int64Range(-limit, limit).Draw(t, label+" min")
	d := Tensor{Name: label, Shape: s, Range: Range{low, rapid.Int64Range(low, limit).Draw(t, label+" max")}, Scale: 1}
	x := tensor.New[int64](s)
	for i := range x.Data {
		x.Data[i] = rapid.OneOf(rapid.Just(d.Range.Min), rapid.Just(d.Range.Max), rapid.Int64Range(d.Range.Min, d.Range.Max)).Draw(t, label)
	}
	return d, x
}

func ints(t *rapid.T, label string, n int, limit int64) Ints {
	return rapid.SliceOfN(rapid.Int64Range(-limit, limit), n, n).Draw(t, label)
}

// check requires that the kernel gives want, of the shape and within the range that it infers.
func check(t *rapid.T, k Kernel, declared []Tensor, in []*tensor.Int, want []int64) {
	s, r, err := k.Infer(declared)
	require.NoError(t, err)
	require.True(t, r.valid(), "range %v", r)
	y, err := k.Eval(in)
	require.NoError(t, err)
	require.Equal(t, s, y.Shape)
	require.Equal(t, want, y.Data)
	for i, v := range y.Data {
		require.True(t, r.Contains(v), "element %d: %d is outside the inferred %v", i, v, r)
	}
}

func TestLookupEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.SampledFrom([]int64{100, 1 << 20, 1 << 60}).Draw(t, "limit")
		d, x := operand(t, "x", tensor.Shape{rapid.IntRange(1, 6).Draw(t, "n")}, limit)
		k := &Lookup{Shift: uint(rapid.IntRange(0, MaxShift).Draw(t, "shift")), Low: rapid.Int64Range(-200, 200).Draw(t, "low"),
			Table: ints(t, "table", rapid.IntRange(1, 40).Draw(t, "rows"), 1000)}
		var want []int64
		for _, v := range x.Data {
			// floor((2x + 2^Shift) / 2^(Shift+1)), of which no part is the implementation's
			n := new(big.Int).Lsh(big.NewInt(v), 1)
			if k.Shift > 0 {
				n.Add(n, new(big.Int).Lsh(big.NewInt(1), k.Shift))
			}
			h := new(big.Int).Div(n, new(big.Int).Lsh(big.NewInt(1), k.Shift+1)).Int64() // Euclid: floor for a positive divisor
			switch at := h - k.Low; {
			case at < 0:
				want = append(want, k.Table[0])
			case at >= int64(len(k.Table)):
				want = append(want, k.Table[len(k.Table)-1])
			default:
				want = append(want, k.Table[at])
			}
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
	})
}

func TestLookupRounding(t *testing.T) {
	k := &Lookup{Shift: 2, Low: -3, Table: Ints{-3, -2, -1, 0, 1, 2, 3}}
	for _, c := range []struct{ x, want int64 }{
		{0, 0}, {1, 0}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 2}, // halves go up
		{-1, 0}, {-2, 0}, {-3, -1}, {-4, -1}, {-5, -1}, {-6, -1}, {-7, -2}, // also below zero
		{13, 3}, {14, 3}, {1 << 40, 3}, {-14, -3}, {-15, -3}, {-(1 << 40), -3}, // the ends stand for what is beyond
	} {
		require.Equal(t, c.want, k.At(k.Index(c.x)), "x = %d", c.x)
	}
	require.Zero(t, (&Lookup{}).Half())
	require.Equal(t, int64(-7), (&Lookup{}).Index(-7))
}

// The inferred range is that of the rows that the operand can reach, no more.
func TestLookupRange(t *testing.T) {
	k := &Lookup{Shift: 1, Low: 0, Table: Ints{9, 3, -4, 5, 100}}
	_, r, err := k.Infer([]Tensor{{Shape: tensor.Shape{1}, Range: Range{1, 5}}})
	require.NoError(t, err)
	require.Equal(t, Range{-4, 5}, r)
	_, r, err = k.Infer([]Tensor{{Shape: tensor.Shape{1}, Range: Range{-50, -40}}})
	require.NoError(t, err)
	require.Equal(t, Range{9, 9}, r)
}

func TestRemainderEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, x := operand(t, "x", tensor.Shape{rapid.IntRange(1, 6).Draw(t, "n")}, 1<<61)
		k := &Remainder{Divisor: rapid.OneOf(rapid.Int64Range(1, 20), rapid.Int64Range(1, 1<<31)).Draw(t, "divisor")}
		var want []int64
		for _, v := range x.Data {
			q, y := new(big.Int).DivMod(big.NewInt(v), big.NewInt(k.Divisor), new(big.Int))
			want = append(want, y.Int64())
			gq, gy := k.Split(v)
			require.Equal(t, []int64{q.Int64(), y.Int64()}, []int64{gq, gy})
		}
		check(t, k, []Tensor{d}, []*tensor.Int{x}, want)
	})
}

func TestGatherEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var declared []Tensor
		var in []*tensor.Int
		var all []int64
		for range rapid.IntRange(1, 3).Draw(t, "operands") {
			d, x := operand(t, "x", tensor.Shape{rapid.IntRange(1, 4).Draw(t, "n")}, 50)
			declared, in, all = append(declared, d), append(in, x), append(all, x.Data...)
		}
		k := &Gather{Shape: tensor.Shape{rapid.IntRange(1, 8).Draw(t, "out")}, Fill: rapid.Int64Range(-90, 90).Draw(t, "fill")}
		var want []int64
		for range k.Shape.Size() {
			j := rapid.IntRange(-1, len(all)-1).Draw(t, "index")
			k.Index = append(k.Index, int64(j))
			if j < 0 {
				want = append(want, k.Fill)
			} else {
				want = append(want, all[j])
			}
		}
		for i := range in {
			k.Operands = append(k.Operands, i)
		}
		if !k.Fills() {
			k.Fill = 0
		}
		check(t, k, declared, in, want)
	})
	k := &Gather{Operands: []int{0}, Shape: tensor.Shape{3, 2}}
	y, err := k.Eval([]*tensor.Int{{Shape: tensor.Shape{6}, Data: []int64{1, 2, 3, 4, 5, 6}}})
	require.NoError(t, err)
	require.Equal(t, tensor.Shape{3, 2}, y.Shape)
	// Without an index of -1 there must be no fill.
	_, _, err = (&Gather{Operands: []int{0}, Shape: tensor.Shape{1}, Index: Ints{0}, Fill: 1000}).Infer([]Tensor{{Shape: tensor.Shape{1}, Range: Range{2, 3}}})
	require.ErrorContains(t, err, "no element reads the fill")
}

func TestConstantEval(t *testing.T) {
	k := &Constant{Shape: tensor.Shape{2}, Values: Ints{7, -3}}
	s, r, err := k.Infer(nil)
	require.NoError(t, err)
	require.Equal(t, tensor.Shape{2}, s)
	require.Equal(t, Range{-3, 7}, r)
	y, err := k.Eval(nil)
	require.NoError(t, err)
	require.Equal(t, []int64{7, -3}, y.Data)
	_, _, err = (&Constant{Shape: tensor.Shape{3}, Values: Ints{1}}).Infer(nil)
	require.Error(t, err)
}
