package compile

import (
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/onnx"

	"github.com/stretchr/testify/require"
)

func axes(name string, vs ...float64) optest.Tensor {
	c := optest.I(tensor.Shape{len(vs)}, vs...)
	c.Name = name
	return c
}

// Normalizations that are written out, in any of the forms that exporters give them.
var written = map[string][]optest.Node{
	"layer, divided": {
		{Name: "m", Op: "ReduceMean", In: []string{"x", "last"}, Out: []string{"m"}},
		{Name: "d", Op: "Sub", In: []string{"x", "m"}, Out: []string{"d"}},
		{Name: "q", Op: "Pow", In: []string{"d", "two"}, Out: []string{"q"}},
		{Name: "v", Op: "ReduceMean", In: []string{"q", "last"}, Out: []string{"v"}},
		{Name: "e", Op: "Add", In: []string{"v", "eps"}, Out: []string{"e"}},
		{Name: "r", Op: "Sqrt", In: []string{"e"}, Out: []string{"r"}},
		{Name: "y", Op: "Div", In: []string{"d", "r"}, Out: []string{"y"}},
	},
	"layer, multiplied": {
		{Name: "m", Op: "ReduceMean", In: []string{"x", "last"}, Out: []string{"m"}},
		{Name: "d", Op: "Sub", In: []string{"x", "m"}, Out: []string{"d"}},
		{Name: "q", Op: "Mul", In: []string{"d", "d"}, Out: []string{"q"}},
		{Name: "v", Op: "ReduceMean", In: []string{"q", "last"}, Out: []string{"v"}},
		{Name: "e", Op: "Add", In: []string{"eps", "v"}, Out: []string{"e"}},
		{Name: "r", Op: "Sqrt", In: []string{"e"}, Out: []string{"r"}},
		{Name: "i", Op: "Reciprocal", In: []string{"r"}, Out: []string{"i"}},
		{Name: "y", Op: "Mul", In: []string{"i", "d"}, Out: []string{"y"}},
	},
	"root of mean squares": {
		{Name: "q", Op: "Mul", In: []string{"x", "x"}, Out: []string{"q"}},
		{Name: "v", Op: "ReduceMean", In: []string{"q", "last"}, Out: []string{"v"}},
		{Name: "e", Op: "Add", In: []string{"v", "eps"}, Out: []string{"e"}},
		{Name: "r", Op: "Sqrt", In: []string{"e"}, Out: []string{"r"}},
		{Name: "y", Op: "Div", In: []string{"x", "r"}, Out: []string{"y"}},
	},
}

// What looks like a normalization and is none.
var unlike = map[string][]optest.Node{
	"another axis": {
		{Name: "q", Op: "Mul", In: []string{"x", "x"}, Out: []string{"q"}},
		{Name: "v", Op: "ReduceMean", In: []string{"q", "first"}, Out: []string{"v"}},
		{Name: "e", Op: "Add", In: []string{"v", "eps"}, Out: []string{"e"}},
		{Name: "r", Op: "Sqrt", In: []string{"e"}, Out: []string{"r"}},
		{Name: "y", Op: "Div", In: []string{"x", "r"}, Out: []string{"y"}},
	},
	"another number": {
		{Name: "d", Op: "Add", In: []string{"x", "two"}, Out: []string{"d"}},
		{Name: "q", Op: "Mul", In: []string{"x", "x"}, Out: []string{"q"}},
		{Name: "v", Op: "ReduceMean", In: []string{"q", "last"}, Out: []string{"v"}},
		{Name: "e", Op: "Add", In: []string{"v", "eps"}, Out: []string{"e"}},
		{Name: "r", Op: "Sqrt", In: []string{"e"}, Out: []string{"r"}},
		{Name: "y", Op: "Div", In: []string{"d", "r"}, Out: []string{"y"}},
	},
	"a sum": {
		{Name: "q", Op: "Mul", In: []string{"x", "x"}, Out: []string{"q"}},
		{Name: "v", Op: "ReduceSum", In: []string{"q", "last"}, Out: []string{"v"}},
		{Name: "e", Op: "Add", In: []string{"v", "eps"}, Out: []string{"e"}},
		{Name: "r", Op: "Sqrt", In: []string{"e"}, Out: []string{"r"}},
		{Name: "y", Op: "Div", In: []string{"x", "r"}, Out: []string{"y"}},
	},
}

func writtenGraph(t *testing.T, nodes []optest.Node) *graph.Graph {
	t.Helper()
	m := optest.Model{Opset: 18, Name: "test", Nodes: nodes, Outputs: []string{"y"}, Inputs: []optest.Port{{Name: "x", DType: tensor.Float32, Dims: []any{3, 8}}},
		Init: []optest.Tensor{number("two", 2), number("eps", 1e-5), axes("last", -1), axes("first", 0)}}
	g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	require.NoError(t, err)
	return g
}

func normal(rng *rand.Rand) Sample {
	x := tensor.New[float64](tensor.Shape{3, 8})
	for i := range x.Data {
		x.Data[i] = 3 + 2*rng.NormFloat64()
	}
	return Sample{"x": x}
}

func TestWrittenNormalizations(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for name, nodes := range written {
		t.Run(name, func(t *testing.T) {
			g := writtenGraph(t, nodes)
			in := normal(rng)
			want, err := g.Run(in, nil)
			require.NoError(t, err)
			g.Absorb()
			g.Prune()
			require.Len(t, g.Nodes, 1)
			require.Equal(t, "Standardization", g.Nodes[0].Kind)
			got, err := g.Run(in, nil)
			require.NoError(t, err)
			require.InDeltaSlice(t, want["y"].Data, got["y"].Data, 1e-9)

			res, err := Compile(writtenGraph(t, nodes), []Sample{in, normal(rng), normal(rng)}, Options{Bits: 8})
			require.NoError(t, err)
			require.Greater(t, res.Report.Calibration.Outputs[0].Cosine, 0.999)
			lookups := 0
			for _, n := range res.Program.Nodes {
				if _, ok := n.Kernel.(*program.Lookup); ok {
					lookups++
				}
			}
			require.LessOrEqual(t, lookups, 1, "differences from the mean are not rounded")
		})
	}
	for name, nodes := range unlike {
		t.Run(name, func(t *testing.T) {
			g := writtenGraph(t, nodes)
			g.Absorb()
			g.Prune()
			require.Len(t, g.Nodes, len(nodes))
		})
	}
}

// A product of shares divides once a result where that is less often, and nothing else reads the shares.
func TestMeansTakeInShares(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns int
		shares  bool // are an output
		absorbs bool
	}{{"few columns", 2, false, true}, {"as many columns", 8, false, true}, {"more columns", 9, false, false}, {"shares that are read", 2, true, false}} {
		t.Run(c.name, func(t *testing.T) {
			m := optest.Model{Opset: 18, Name: "test", Outputs: []string{"y"},
				Nodes:  []optest.Node{{Name: "s", Op: "Softmax", In: []string{"x"}, Out: []string{"s"}}, {Name: "y", Op: "MatMul", In: []string{"s", "v"}, Out: []string{"y"}}},
				Inputs: []optest.Port{{Name: "x", DType: tensor.Float32, Dims: []any{3, 8}}, {Name: "v", DType: tensor.Float32, Dims: []any{8, c.columns}}}}
			if c.shares {
				m.Outputs = append(m.Outputs, "s")
			}
			g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
			require.NoError(t, err)
			require.NoError(t, g.Expand())
			g.Absorb()
			g.Prune()
			kinds := map[string]bool{}
			for _, n := range g.Nodes {
				kinds[n.Kind] = true
			}
			require.Equal(t, c.absorbs, kinds["WeightedMean"])
			require.Equal(t, !c.absorbs, kinds["Shares"])
		})
	}
}
