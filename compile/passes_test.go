package compile

import (
	"math"
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

func kinds(g *graph.Graph) []string {
	var ks []string
	for _, n := range g.Nodes {
		ks = append(ks, n.Kind)
	}
	return ks
}

func TestFuseElementwise(t *testing.T) {
	g1, c1 := gelu()
	rng := rand.New(rand.NewSource(1))
	dense := matrix("w", 4, 4, rng)
	for _, c := range []struct {
		name      string
		nodes     []optest.Node
		constants []optest.Tensor
		want      []string // operators after the pass
	}{
		{"swish", swish(), nil, []string{"Fused"}},
		{"gelu", g1, c1, []string{"Fused"}},
		{"relu alone", []optest.Node{op("Relu", "y", "x")}, nil, []string{"Relu"}},
		{"relu of affine", []optest.Node{op("Mul", "a", "x", "two"), op("Add", "b", "a", "one"), op("Relu", "y", "b")},
			[]optest.Tensor{number("two", 2), number("one", 1)}, []string{"Mul", "Add", "Relu"}},
		{"affine of two paths", []optest.Node{op("Mul", "a", "x", "two"), op("Sub", "y", "a", "x")}, []optest.Tensor{number("two", 2)}, []string{"Mul", "Sub"}},
		{"tanh of relu", []optest.Node{op("Relu", "a", "x"), op("Tanh", "y", "a")}, nil, []string{"Fused"}},
		{"after a linear layer", []optest.Node{op("MatMul", "a", "x", "w"), op("Sigmoid", "s", "a"), op("Mul", "y", "a", "s")},
			[]optest.Tensor{dense}, []string{"MatMul", "Fused"}},
		{"a comparison", []optest.Node{op("Relu", "a", "x"), op("Less", "b", "a", "one"), op("Not", "c", "b"), op("Not", "d", "c"), op("Where", "y", "d", "x", "one")},
			[]optest.Tensor{number("one", 1)}, []string{"Relu", "Less", "Fused", "Where"}},
		{"of two tensors", []optest.Node{op("MatMul", "a", "x", "w"), op("Relu", "b", "a"), op("Relu", "c", "x"), op("Add", "y", "b", "c")},
			[]optest.Tensor{dense}, []string{"MatMul", "Relu", "Relu", "Add"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := decode(t, c.nodes, c.constants...), decode(t, c.nodes, c.constants...)
			require.NoError(t, runPasses(after, &Result{}))
			require.Equal(t, c.want, kinds(after), after.String())
			for _, s := range samples(rng, 50, 4) {
				want, err := before.Run(s, nil)
				require.NoError(t, err)
				got, err := after.Run(s, nil)
				require.NoError(t, err)
				require.Equal(t, 1, len(got))
				out := after.Outputs[0].Name
				require.NoError(t, optest.Near(got[out], want["y"], 1e-12, 1e-12))
			}
		})
	}
}

func TestStripFinal(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	nodes := []optest.Node{op("MatMul", "logits", "x", "w"), op("Softmax", "y", "logits")}
	before, after := decode(t, nodes, matrix("w", 4, 3, rng)), decode(t, nodes, matrix("w", 4, 3, rand.New(rand.NewSource(2))))
	res := &Result{}
	require.NoError(t, runPasses(after, res))
	require.Equal(t, []string{"MatMul"}, kinds(after))
	require.Equal(t, []Reader{{"logits", "Softmax"}}, res.Reader)
	for _, s := range samples(rng, 50, 2) {
		want, err := before.Run(s, nil)
		require.NoError(t, err)
		got, err := after.Run(s, nil)
		require.NoError(t, err)
		require.Equal(t, argmax(want["y"].Data), argmax(got["logits"].Data), "the reader's argmax")
		sum := 0.0
		for _, v := range got["logits"].Data {
			sum += math.Exp(v)
		}
		for i, v := range got["logits"].Data {
			require.InDelta(t, want["y"].Data[i], math.Exp(v)/sum, 1e-12, "the reader's softmax")
		}
	}
}

// A softmax inside the model is part of the program.
func TestSoftmaxInside(t *testing.T) {
	g := decode(t, []optest.Node{op("Softmax", "s", "x"), op("MatMul", "y", "s", "w")}, matrix("w", 4, 3, rand.New(rand.NewSource(4))))
	res, err := Compile(g, samples(rand.New(rand.NewSource(3)), 20, 2), Options{})
	require.NoError(t, err)
	require.Empty(t, res.Reader)
	require.Greater(t, res.Report.HeldBack.Outputs[0].Cosine, 0.999)
}

// An output that is read twice keeps its operator: the reader could not apply it for the model.
func TestStripFinalOfASharedOutput(t *testing.T) {
	g := decode(t, []optest.Node{op("Softmax", "y", "x"), op("Relu", "z", "y")})
	g.Outputs = append(g.Outputs, g.Nodes[len(g.Nodes)-1].Out[0])
	res := &Result{}
	require.NoError(t, stripFinal(g, res))
	require.Empty(t, res.Reader)
}

// A pass that breaks the graph is named.
func TestPassesAreVerified(t *testing.T) {
	g := decode(t, swish())
	saved := passes
	defer func() { passes = saved }()
	passes = []pass{{"break", "to see it caught", func(g *graph.Graph, _ *Result) error {
		g.Nodes[0].Out[0].Type.Shape = tensor.Shape{7}
		return nil
	}}}
	require.ErrorContains(t, runPasses(g, &Result{}), "after pass break")
}
