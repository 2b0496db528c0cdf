package solver_test

import (
	"math/rand"
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/prover"
	"assay/prover/solver"

	"github.com/stretchr/testify/require"
)

// benched are LeNet-5 with random weights, and a dense layer of a million.
func benched(b *testing.B) map[string]*program.Program {
	rng := rand.New(rand.NewSource(1))
	weights := func(n int) program.Ints {
		w := make(program.Ints, n)
		for i := range w {
			w[i] = rng.Int63n(255) - 127
		}
		return w
	}
	relu := func(arg int) *program.Lookup {
		return &program.Lookup{Arg: arg, Shift: 9, Low: -1, Table: testprogram.Ramp(-1, 255, func(x int64) int64 { return max(x, 0) })}
	}
	dense := testprogram.New(b, "dense")
	x := dense.Input(tensor.Shape{1, 1000}, 0, 255)
	layer := dense.Add(testprogram.Dense(x, 1000, weights(1000), weights(1000*1000)))
	d := dense.Done(dense.Add(relu(layer)))

	lenet := testprogram.New(b, "lenet5")
	x = lenet.Input(tensor.Shape{1, 1, 28, 28}, 0, 255)
	conv := func(arg, in, out, size, pad int) int {
		extent := size + 2*pad - 4
		y := lenet.Add(&program.Linear{Terms: []program.Term{{Arg: arg, Map: &program.ConvMap{Batch: 1, In: in, Out: out, Groups: 1, Spatial: []int{size, size},
			Window: testprogram.Window([]int{5, 5}, 1, pad), Weights: weights(out * in * 25)}}}, Bias: weights(out), Shape: tensor.Shape{1, out, extent, extent}})
		pool := testprogram.Window([]int{2, 2}, 2, 0)
		return lenet.Add(relu(lenet.Add(&program.Max{Arg: y, Planes: out, Spatial: []int{extent, extent}, Window: pool})))
	}
	y := conv(conv(x, 1, 6, 28, 2), 6, 16, 14, 0)
	y = lenet.Add(&program.Gather{Operands: []int{y}, Index: testprogram.Ramp(0, 399, func(i int64) int64 { return i }), Shape: tensor.Shape{1, 400}})
	for _, z := range [][2]int{{400, 120}, {120, 84}} {
		y = lenet.Add(relu(lenet.Add(testprogram.Dense(y, z[0], weights(z[1]), weights(z[0]*z[1])))))
	}
	return map[string]*program.Program{"dense": d, "lenet5": lenet.Done(lenet.Add(testprogram.Dense(y, 84, weights(10), weights(840))))}
}

func BenchmarkPlan(b *testing.B) {
	for name, p := range benched(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := circuits.NewModel(p, circuits.Public, circuits.Public)
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkEvaluate is what a proof does before it solves: the program's answer, and the advice.
func BenchmarkEvaluate(b *testing.B) {
	for name, p := range benched(b) {
		m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
		require.NoError(b, err)
		in := testprogram.Inputs(rand.New(rand.NewSource(2)), p)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				trace, err := p.Run(in)
				require.NoError(b, err)
				_, err = m.Advice(trace)
				require.NoError(b, err)
			}
		})
	}
}

func BenchmarkSynthesize(b *testing.B) {
	for name, p := range benched(b) {
		m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
		require.NoError(b, err)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := prover.Compile(m)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(m.Plan.Constraints()), "constraints")
		})
	}
}

func BenchmarkSolve(b *testing.B) {
	for name, p := range benched(b) {
		s := newStatement(b, rand.New(rand.NewSource(2)), p, circuits.Public)
		of, err := solver.New(s.r)
		require.NoError(b, err)
		in := testprogram.Inputs(rand.New(rand.NewSource(2)), p)
		b.Run("evaluate/"+name, func(b *testing.B) {
			for b.Loop() {
				trace, err := p.Run(in)
				require.NoError(b, err)
				_, err = s.model.Advice(trace)
				require.NoError(b, err)
			}
		})
		b.Run("ours/"+name, func(b *testing.B) {
			for b.Loop() {
				_, err := s.solve(of, nil)
				require.NoError(b, err)
			}
		})
		b.Run("gnark/"+name, func(b *testing.B) {
			for b.Loop() {
				_, _, err := s.gnark(b)
				require.NoError(b, err)
			}
		})
	}
}
