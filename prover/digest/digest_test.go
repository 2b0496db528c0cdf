package digest_test

import (
	"math/rand"
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/prover"
	"assay/prover/digest"

	"github.com/stretchr/testify/require"
)

func of(t *testing.T, p *program.Program) [32]byte {
	m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
	require.NoError(t, err)
	r, err := prover.Compile(m)
	require.NoError(t, err)
	d, err := digest.Of(r)
	require.NoError(t, err)
	return d
}

// layers is a program with a linear map of every kind, each number of which is read.
func layers(t *testing.T) *program.Program {
	b := testprogram.New(t, "layers")
	linear := func(arg int, m program.Map, shape ...int) int {
		bias := program.Ints{5}
		return b.Add(&program.Linear{Terms: []program.Term{{Arg: arg, Map: m}}, Bias: bias, Shape: shape})
	}
	small := func(arg int) int {
		r := b.Range(arg)
		k := &program.Lookup{Arg: arg, Shift: 6, Low: r.Min >> 6}
		for i := range r.Span()>>6 + 2 {
			k.Table = append(k.Table, i*i%13)
		}
		return b.Add(k)
	}
	w := testprogram.Window([]int{2}, 1, 0)
	x := b.Input(tensor.Shape{1, 2, 4}, -9, 30)
	y := small(linear(x, &program.ConvMap{Batch: 1, In: 2, Out: 2, Groups: 2, Spatial: []int{4}, Window: w, Weights: program.Ints{3, -4, 7, 9}}, 1, 2, 3))
	y = small(linear(y, &program.TransposedMap{Batch: 1, In: 2, Out: 1, Groups: 1, Spatial: []int{3}, Extent: []int{4}, Kernel: []int{2}, Strides: []int{1},
		Dilations: []int{1}, Begin: []int{0}, Weights: program.Ints{2, -6, 8, 11}}, 1, 1, 4))
	y = small(linear(y, &program.WindowMap{Planes: 1, Spatial: []int{4}, Window: w, Weights: program.Ints{10, -12, 14}}, 1, 3))
	y = small(linear(y, &program.SparseMap{Outer: 1, In: 3, Out: 2, Inner: 1, Starts: program.Ints{0, 2, 3}, Index: program.Ints{0, 2, 1}, Weights: program.Ints{15, -16, 17}}, 1, 2))
	y = small(linear(y, &program.DenseMap{In: 2, Out: 2, Batch: 1, Weights: program.Ints{18, -19, 20, 21}}, 1, 2))
	return b.Done(small(linear(y, &program.DiagonalMap{Size: 2, Weights: program.Ints{22, -23}}, 1, 2)))
}

// lists gives every list of weights and biases of p.
func lists(t *testing.T, p *program.Program) (all []program.Ints) {
	for _, n := range p.Nodes {
		k, ok := n.Kernel.(*program.Linear)
		if !ok {
			continue
		}
		all = append(all, k.Bias)
		for _, term := range k.Terms {
			switch m := term.Map.(type) {
			case *program.ConvMap:
				all = append(all, m.Weights)
			case *program.TransposedMap:
				all = append(all, m.Weights)
			case *program.WindowMap:
				all = append(all, m.Weights)
			case *program.SparseMap:
				all = append(all, m.Weights)
			case *program.DenseMap:
				all = append(all, m.Weights)
			case *program.DiagonalMap:
				all = append(all, m.Weights)
			default:
				t.Fatalf("no weights of %T", m)
			}
		}
	}
	return all
}

// A program has one digest, and every weight and bias that is another by one gives another digest, though a layer is
// stored once and its rows are made when they are asked for.
func TestEveryWeightCounts(t *testing.T) {
	honest := of(t, layers(t))
	require.Equal(t, honest, of(t, layers(t)))
	p := layers(t)
	tried := 0
	seen := map[[32]byte]bool{honest: true}
	for l, list := range lists(t, p) {
		for i := range list {
			list[i]++
			d := of(t, again(t, p))
			list[i]--
			require.False(t, seen[d], "list %d, element %d of %v", l, i, list)
			seen[d] = true
			tried++
		}
	}
	require.Greater(t, tried, 25)
	require.Equal(t, honest, of(t, p), "the program as it was")
}

// again infers the ranges of p anew.
func again(t *testing.T, p *program.Program) *program.Program {
	q := *p
	q.Tensors = append([]program.Tensor(nil), p.Tensors...)
	for _, n := range q.Nodes {
		var in []program.Tensor
		for _, a := range n.Kernel.Args() {
			in = append(in, q.Tensors[a])
		}
		s, r, err := n.Kernel.Infer(in)
		require.NoError(t, err)
		q.Tensors[n.Out].Shape, q.Tensors[n.Out].Range = s, r
	}
	return &q
}

// Systems of random programs have digests of their own.
func TestRandomSystemsDiffer(t *testing.T) {
	seen := map[[32]byte]int64{}
	for seed := range int64(30) {
		d := of(t, testprogram.Random(t, rand.New(rand.NewSource(seed)), 5))
		require.NotContains(t, seen, d, "seed %d", seed)
		seen[d] = seed
	}
}
