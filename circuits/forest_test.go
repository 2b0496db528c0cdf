package circuits

import (
	"fmt"
	"math/rand"
	"testing"

	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

func init() {
	stump := func(x int) *program.Forest {
		return &program.Forest{Arg: x, Roots: program.Ints{0, -3, 1, 2}, Feature: program.Ints{1, 1, 0}, Threshold: program.Ints{7, 7, -4},
			Left: program.Ints{-1, -2, -1}, Right: program.Ints{-2, -3, -3}, Width: 1, Values: program.Ints{5, -4, 1 << 40}}
	}
	forms = append(forms,
		form{"stumps", []string{"paths"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "stumps")
			return b.Done(b.Add(stump(b.Input(tensor.Shape{2, 2}, -3, 20))))
		}},
		form{"full trees", []string{"paths"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "full trees")
			x := b.Input(tensor.Shape{1, 5}, -100, 100)
			k := testprogram.Forest(rand.New(rand.NewSource(1)), x, 5, program.Range{Min: -100, Max: 100}, 2, 4, 1, 0)
			return b.Done(b.Add(k))
		}},
		form{"trees with early leaves, over combinations", []string{"paths", "wires for operands"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "trees with early leaves, over combinations")
			in := b.Input(tensor.Shape{2, 4}, 0, 255)
			x := b.Add(&program.Linear{Terms: []program.Term{{Arg: in, Map: &program.DiagonalMap{Size: 8, Weights: program.Ints{3, -2, 1, 7, 3, -2, 1, 7}}}}, Bias: program.Ints{-9}, Shape: tensor.Shape{2, 4}})
			k := testprogram.Forest(rand.New(rand.NewSource(2)), x, 4, program.Range{Min: -600, Max: 900}, 3, 5, 2, 0.3)
			y := b.Add(k)
			y = b.Add(&program.Gather{Operands: []int{y}, Shape: tensor.Shape{1, 12}})
			return b.Done(y, b.Add(testprogram.Dense(y, 12, []int64{0}, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})))
		}},
		form{"trees over products", []string{"paths"}, func(t *testing.T) *program.Program {
			b := testprogram.New(t, "trees over products") // whose wires are negative where they are
			x, y := b.Input(tensor.Shape{1, 4}, -9, 9), b.Input(tensor.Shape{1, 4}, -7, 7)
			z := b.Add(&program.Product{A: x, B: y})
			return b.Done(b.Add(testprogram.Forest(rand.New(rand.NewSource(3)), z, 4, program.Range{Min: -63, Max: 63}, 2, 4, 1, 0)))
		}},
	)
}

// A leaf's value is far from 64 bits: the circuit adds differences of differences of them.
func TestForestRefusesFarValues(t *testing.T) {
	const far = program.MaxMagnitude
	k := &program.Forest{Roots: program.Ints{0}, Feature: program.Ints{0, 0, 0}, Threshold: program.Ints{0, 0, 0}, Left: program.Ints{1, -1, -2},
		Right: program.Ints{2, -2, -1}, Width: 1, Values: program.Ints{-far, far}}
	in := []program.Tensor{{Shape: tensor.Shape{1, 1}, Range: program.Range{Min: -1, Max: 1}}}
	_, _, err := k.Infer(in)
	require.ErrorContains(t, err, "values")
	k.Values = program.Ints{-far / 4, far / 4}
	_, _, err = k.Infer(in)
	require.NoError(t, err)
}

// A path costs its depth in comparisons, and every inner node at most one product.
func TestForestOfHundredTrees(t *testing.T) {
	for _, test := range []struct {
		name  string
		width int
		leaf  float64
		bits  uint
		bound int
	}{
		{"full, one value", 1, 0, 24, 10000},
		{"full, three values", 3, 0, 24, 11000},
		{"sparse, ten values", 10, 0.15, 32, 11000},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := testprogram.New(t, "forest")
			r := program.Range{Min: -1 << (test.bits - 1), Max: 1<<(test.bits-1) - 1}
			x := b.Input(tensor.Shape{1, 20}, r.Min, r.Max)
			rng := rand.New(rand.NewSource(7))
			k := testprogram.Forest(rng, x, 20, r, 100, 6, test.width, test.leaf)
			y := b.Add(&program.Gather{Operands: []int{b.Add(k)}, Shape: tensor.Shape{1, 100 * test.width}})
			weights := make([]int64, 100*test.width*test.width)
			for i := range weights {
				if i%test.width == i/(100*test.width) {
					weights[i] = 1
				}
			}
			p := b.Done(b.Add(testprogram.Dense(y, 100*test.width, []int64{0}, weights)))
			s := newSystem(t, p, Public, Public)
			require.Equal(t, s.full.GetNbConstraints(), s.Plan.Constraints(), "planned constraints")
			t.Logf("%d inner nodes: %d constraints, range table of %d bits", len(k.Feature), s.Plan.Constraints(), s.Plan.RangeWidth)
			require.LessOrEqual(t, s.Plan.Constraints(), test.bound)
			trace, a := s.honest(t, testprogram.Inputs(rng, p))
			require.NoError(t, s.solve(s.full, a, s.claim(trace)))
		})
	}
}

// Random forests, with every advice wire of one in ten replaced.
func TestRandomForests(t *testing.T) {
	for seed := range int64(30) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewSource(seed))
			b := testprogram.New(t, "forest")
			low := int64(rng.Intn(300) - 200)
			r := program.Range{Min: low, Max: low + 1 + int64(rng.Intn(1<<(1+rng.Intn(16))))}
			rows, features := 1+rng.Intn(3), 1+rng.Intn(6)
			x := b.Input(tensor.Shape{rows, features}, r.Min, r.Max)
			k := testprogram.Forest(rng, x, features, r, 1+rng.Intn(4), 1+rng.Intn(6), 1+rng.Intn(3), rng.Float64()/2)
			p := b.Done(b.Add(k))
			s := newSystem(t, p, Public, Public)
			if features > 1 {
				require.Equal(t, s.full.GetNbConstraints(), s.Plan.Constraints(), "planned constraints")
			}
			for _, in := range append(corners(p), testprogram.Inputs(rng, p), testprogram.Inputs(rng, p)) {
				trace, a := s.honest(t, in)
				require.NoError(t, s.solve(s.full, a, s.claim(trace)), "inputs %v", in)
			}
		})
	}
}
