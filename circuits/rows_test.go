package circuits

import (
	"math/big"
	"math/rand"
	"testing"

	"assay/circuits/gadget"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// linears are linear kernels of every kind of map, alone and added.
func linears(rng *rand.Rand) map[string]struct {
	k  *program.Linear
	in []tensor.Shape
} {
	weights := func(n int) program.Ints {
		w := make(program.Ints, n)
		for i := range w {
			w[i] = rng.Int63n(9) - 4
		}
		return w
	}
	window := testprogram.Window([]int{3, 3}, 2, 1)
	image := tensor.Shape{1, 4, 6, 6}
	type linear = struct {
		k  *program.Linear
		in []tensor.Shape
	}
	of := func(out tensor.Shape, in tensor.Shape, ms ...program.Map) linear {
		l := linear{k: &program.Linear{Bias: weights(1), Shape: out}}
		for i, m := range ms {
			l.k.Terms, l.in = append(l.k.Terms, program.Term{Arg: i, Map: m}), append(l.in, in)
		}
		return l
	}
	return map[string]linear{
		"dense":    of(tensor.Shape{3, 4}, tensor.Shape{3, 5}, &program.DenseMap{In: 5, Out: 4, Batch: 3, Weights: weights(20)}),
		"conv":     of(tensor.Shape{1, 6, 3, 3}, image, &program.ConvMap{Batch: 1, In: 4, Out: 6, Groups: 2, Spatial: []int{6, 6}, Window: window, Weights: weights(108)}),
		"window":   of(tensor.Shape{1, 4, 3, 3}, image, &program.WindowMap{Planes: 4, Spatial: []int{6, 6}, Window: window, Weights: weights(9)}),
		"diagonal": of(tensor.Shape{2, 3}, tensor.Shape{2, 3}, &program.DiagonalMap{Size: 6, Weights: weights(3)}),
		"transposed": of(tensor.Shape{1, 4, 5, 5}, tensor.Shape{1, 2, 3, 3}, &program.TransposedMap{Batch: 1, In: 2, Out: 4, Groups: 1, Spatial: []int{3, 3},
			Extent: []int{5, 5}, Kernel: []int{3, 3}, Strides: []int{2, 2}, Dilations: []int{1, 1}, Begin: []int{1, 1}, Weights: weights(72)}),
		"sparse": of(tensor.Shape{2, 2, 3}, tensor.Shape{2, 4, 3}, &program.SparseMap{Outer: 2, In: 4, Out: 2, Inner: 3,
			Starts: program.Ints{0, 2, 5}, Index: program.Ints{0, 3, 0, 1, 2}, Weights: weights(5)}),
		"sum": of(tensor.Shape{1, 5}, tensor.Shape{1, 6}, &program.DenseMap{In: 6, Out: 5, Batch: 1, Weights: weights(30)},
			&program.DenseMap{In: 6, Out: 5, Batch: 1, Weights: weights(30)}),
	}
}

// A row of a layer, its constant and what the layer leaves out are what the evaluator computes, for operands with offsets of
// which some are no wires. So are the sums of all rows, where all are words.
func TestRowsAreTheEvaluators(t *testing.T) {
	rng := rand.New(rand.NewSource(8))
	for name, l := range linears(rng) {
		for _, offset := range []int64{0, -7, 1 << 61} {
			t.Run(name, func(t *testing.T) {
				s := gadget.NewTrace()
				in := make([]program.Tensor, len(l.in))
				r := &rows{k: l.k}
				left := &rest{of: r, whole: true, offset: offset != 0}
				values := map[uint32]int64{}
				var xs []*tensor.Int
				for a, shape := range l.in {
					in[a] = program.Tensor{Shape: shape, Range: program.Range{Min: -20, Max: 20}}
					x := tensor.New[int64](shape)
					numbers := make([]uint32, len(x.Data))
					wires := make([]gadget.Wire, len(x.Data))
					for i := range x.Data {
						x.Data[i] = rng.Int63n(40) - 20
						numbers[i] = uint32(1000*a + i)
						if rng.Intn(4) == 0 {
							numbers[i], left.whole = unnumbered, false
						}
						wires[i] = s.Constant(x.Data[i] - offset)
						values[numbers[i]] = x.Data[i] - offset
					}
					xs = append(xs, x)
					r.numbers, left.args = append(r.numbers, numbers), append(left.args, &narrow{wires: wires, offset: offset, s: s})
				}
				_, _, err := l.k.Infer(in)
				require.NoError(t, err)
				y, err := l.k.Eval(xs)
				require.NoError(t, err)
				for i, want := range y.Data {
					left.row(i)
					sum := new(big.Int).Set(&left.constant)
					add := func(c, x int64) { sum.Add(sum, new(big.Int).Mul(big.NewInt(c), big.NewInt(x))) }
					for j, c := range left.coefs {
						add(c, left.others[j].X)
					}
					for _, e := range r.Row(i, nil) {
						require.NotZero(t, e.Coef)
						add(e.Coef, values[e.Wire])
					}
					require.Equal(t, big.NewInt(want).String(), sum.String(), "row %d", i)
				}

				wires, known := make([]int64, 3000), make([]bool, 3000)
				for n, x := range values {
					if n != unnumbered {
						wires[n], known[n] = x, true
					}
				}
				r.norm = 1 << 20
				sums := r.Sums(wires, known)
				if offset == 1<<61 {
					require.Nil(t, sums, "sums that might leave 63 bits")
					return
				}
				require.Len(t, sums, len(y.Data))
				for i := range sums {
					want := int64(0)
					for _, e := range r.Row(i, nil) {
						want += e.Coef * values[e.Wire]
					}
					require.Equal(t, want, sums[i], "row %d", i)
				}
				for n := range values {
					if n != unnumbered {
						known[n] = false
						require.Nil(t, r.Sums(wires, known), "a wire that is no word")
						break
					}
				}
			})
		}
	}
}
