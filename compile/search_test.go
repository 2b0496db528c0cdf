package compile

import (
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// sizeOf stands for a count of constraints: what grows with the bits of tables and the elements they serve.
func sizeOf(p *program.Program) (int, error) {
	n := 0
	for _, node := range p.Nodes {
		if l, ok := node.Kernel.(*program.Lookup); ok {
			n += len(l.Table) + 3*p.Tensors[node.Out].Shape.Size()
		}
	}
	return n, nil
}

// deep is a regression through three bounded layers: its rounding errors add up.
func deep(t *testing.T) (*graph.Graph, []Sample) {
	rng := rand.New(rand.NewSource(7))
	g := decode(t, []optest.Node{op("MatMul", "a", "x", "w"), op("Tanh", "b", "a"), op("MatMul", "c", "b", "v"), op("Tanh", "d", "c"), op("MatMul", "e", "d", "u"), op("Tanh", "y", "e")},
		matrix("w", 4, 12, rng), matrix("v", 12, 12, rng), matrix("u", 12, 3, rng))
	return g, samples(rng, 20, 1)
}

func TestSearchForAccuracy(t *testing.T) {
	var last int
	for _, want := range []float64{0.9, 0.99, 0.9999, 0.999999} {
		g, s := deep(t)
		res, err := Compile(g, s, Options{Accuracy: want, Cost: sizeOf})
		require.NoError(t, err)
		require.GreaterOrEqual(t, res.Report.Calibration.Outputs[0].Cosine, want-1e-4)
		n, err := sizeOf(res.Program)
		require.NoError(t, err)
		require.GreaterOrEqual(t, n, last, "more accuracy for fewer constraints")
		last = n
	}
	g, s := deep(t)
	_, err := Compile(g, s, Options{Accuracy: 1, Cost: sizeOf})
	var coded *graph.Error
	require.ErrorAs(t, err, &coded)
	require.Equal(t, CodeBudget, coded.Code)
}

// No fewer uniform bits would do.
func TestSearchFindsTheFewestBits(t *testing.T) {
	uniform := 0
	for _, want := range []float64{0.9, 0.999, 0.99999, 0.9999999, 0.99999999} {
		g, s := deep(t)
		res, err := Compile(g, s, Options{Accuracy: want, Cost: sizeOf})
		require.NoError(t, err)
		if len(res.Report.Raised) > 0 || res.Report.Bits == leastBits {
			continue
		}
		uniform++
		g, s = deep(t)
		fewer, err := Compile(g, s, Options{Bits: res.Report.Bits - 1})
		require.NoError(t, err)
		require.Less(t, fewer.Report.Calibration.Outputs[0].Accuracy, want)
	}
	require.Positive(t, uniform)
}

func TestSearchWithinConstraints(t *testing.T) {
	var last float64
	for _, bound := range []int{600, 1500, 4000, 20000} {
		g, s := deep(t)
		res, err := Compile(g, s, Options{Constraints: bound, Cost: sizeOf})
		require.NoError(t, err)
		n, err := sizeOf(res.Program)
		require.NoError(t, err)
		require.LessOrEqual(t, n, bound)
		require.GreaterOrEqual(t, res.Report.Calibration.Outputs[0].Cosine, last-1e-6, "more constraints for less accuracy")
		last = res.Report.Calibration.Outputs[0].Cosine
	}
	g, s := deep(t)
	_, err := Compile(g, s, Options{Constraints: 10, Cost: sizeOf})
	var coded *graph.Error
	require.ErrorAs(t, err, &coded)
	require.Equal(t, CodeBudget, coded.Code)
}

// The tensor whose rounding matters gets more bits than the one whose does not.
func TestSensitivity(t *testing.T) {
	g := decode(t, []optest.Node{op("Tanh", "a", "x"), op("Mul", "b", "a", "large"), op("MatMul", "x2", "x", "w"), op("Sigmoid", "c", "x2"), op("Mul", "d", "c", "small"), op("Add", "y", "b", "d")},
		number("large", 8), number("small", 0.01), matrix("w", 4, 4, rand.New(rand.NewSource(1))))
	m, _, err := prepare(g, samples(rand.New(rand.NewSource(8)), 10, 1), Options{})
	require.NoError(t, err)
	s := &searcher{m: m, left: searchWork}
	first, err := s.try(grain{bits: 6}, nil)
	require.NoError(t, err)
	order, err := s.sensitive(first)
	require.NoError(t, err)
	require.Len(t, order, 2)
	require.Equal(t, "a", order[0].values[0].Name)
	require.Greater(t, order[0].error, 1000*order[1].error)
}

func TestTensorBits(t *testing.T) {
	g, s := deep(t)
	res, err := Compile(g, s, Options{Bits: 6, TensorBits: map[string]int{"d": 11}})
	require.NoError(t, err)
	span := map[string]int64{}
	for _, n := range res.Program.Nodes {
		if _, ok := n.Kernel.(*program.Lookup); ok {
			span[res.Program.Tensors[n.Out].Name] = res.Program.Tensors[n.Out].Range.Span()
		}
	}
	var wide int
	for _, w := range span {
		if w > 1<<10 {
			wide++
		} else {
			require.Less(t, w, int64(1<<6))
		}
	}
	require.Equal(t, 1, wide, "%v", span)
}

// Steps of a group are quantized alike.
func TestGroupsShareAnInterval(t *testing.T) {
	g := decode(t, []optest.Node{op("Mul", "a", "x", "two"), op("Relu", "b", "a"), op("Relu", "c", "x"), op("Add", "y", "b", "c")}, number("two", 2))
	for _, n := range g.Nodes {
		if n.Kind == "Relu" {
			n.Out[0].Group = "relu"
		}
	}
	seen, err := observe(g, samples(rand.New(rand.NewSource(9)), 10, 1))
	require.NoError(t, err)
	require.Equal(t, seen[g.Nodes[1].Out[0]], seen[g.Nodes[2].Out[0]])
	require.Greater(t, seen[g.Nodes[1].Out[0]].Max, 1.5)
}

func TestObservationOfMasks(t *testing.T) {
	for _, c := range []struct {
		name     string
		xs       []float64
		min, max float64
		masked   bool
	}{
		{"plain", []float64{-1, 2}, -1, 2, false},
		{"minus infinity", []float64{-1, 2, -1 / zero}, -33, 2, true},
		{"a large negative constant", []float64{-1, 2, -1e9, -1e9 + 3}, -33, 2, true},
		{"the least float", []float64{-1, 2, -3.4e38}, -33, 2, true},
		{"large values of many magnitudes", []float64{-1, 2, 2e6, 5e8}, -1, 5e8, false},
		{"all large", []float64{3e9, 3e9 + 1}, 3e9, 3e9 + 1, false},
		{"large beside values not far below", []float64{1e5, 2e6}, 1e5, 2e6, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := newExtent()
			require.True(t, e.add(c.xs, false))
			o := e.observation()
			require.Equal(t, c.masked, o.masked)
			require.InDelta(t, c.min, o.Min, 1e-3*(1+abs(c.min)))
			require.InDelta(t, c.max, o.Max, 1e-3*(1+abs(c.max)))
		})
	}
	k := &tensor.Float{Shape: tensor.Shape{3}, Data: []float64{0, -1 / zero, -1e9}}
	got := unmask(k, program.Interval{Min: -37, Max: 2})
	require.Zero(t, got.Data[0])
	require.Less(t, got.Data[1], -100.0)
	require.Greater(t, got.Data[1], -1000.0)
	require.Equal(t, got.Data[1], got.Data[2])
}

var zero float64

// The accuracy of reals is no more than their relative error allows, whatever the cosine.
func TestSearchForRelativeError(t *testing.T) {
	model := func() (*graph.Graph, []Sample) {
		rng := rand.New(rand.NewSource(9))
		g := decode(t, []optest.Node{op("MatMul", "a", "x", "w"), op("Tanh", "b", "a"), op("MatMul", "c", "b", "v"), op("Tanh", "d", "c"), op("Exp", "e", "d"), op("MatMul", "y", "e", "u")},
			matrix("w", 4, 12, rng), matrix("v", 12, 12, rng), matrix("u", 12, 1, rng))
		return g, samples(rng, 20, 1)
	}
	g, s := model()
	coarse, err := Compile(g, s, Options{Bits: 3, Shift: 4})
	require.NoError(t, err)
	o := coarse.Report.Calibration.Outputs[0]
	require.Greater(t, o.Relative, soughtRelative)
	require.Less(t, o.Accuracy, 1.0)
	require.LessOrEqual(t, o.Accuracy, 1-o.Relative*o.Relative/2)
	g, s = model()
	fine, err := Compile(g, s, Options{Accuracy: 0.9999, Cost: sizeOf})
	require.NoError(t, err)
	o = fine.Report.Calibration.Outputs[0]
	require.GreaterOrEqual(t, o.Accuracy, 0.9999)
	require.LessOrEqual(t, o.Relative*o.Relative/2, 1e-4+1e-12)
}
