package graph

import (
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"assay/ir/program"
	"assay/ir/tensor"
)

// sum adds its inputs, which have one shape.
type sum struct{}

func (sum) Infer(in []*Value) ([]Type, error) { return []Type{in[0].Type}, nil }

func (sum) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out := tensor.New[float64](in[0].Shape)
	for _, t := range in {
		for i, x := range t.Data {
			out.Data[i] += x
		}
	}
	return []*tensor.Float{out}, nil
}

func (sum) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return nil, &Error{Code: CodeLower}
}

func value(name string) *Value {
	return &Value{Name: name, Type: Type{DType: tensor.Float32, Shape: tensor.Shape{2}}}
}

// chain is x -> a = x+c -> b = a+a, with a dead node beside it.
func chain() (g *Graph, x, a, b, c *Value) {
	x, a, b, c = value("x"), value("a"), value("b"), value("c")
	c.Const = &tensor.Float{Shape: tensor.Shape{2}, Data: []float64{10, 20}}
	return &Graph{
		Name:   "chain",
		Inputs: []*Value{x},
		Nodes: []*Node{
			{Name: "n0", Kind: "Sum", Op: sum{}, In: []*Value{x, c}, Out: []*Value{a}},
			{Name: "dead", Kind: "Sum", Op: sum{}, In: []*Value{a}, Out: []*Value{value("d")}},
			{Name: "n1", Kind: "Sum", Op: sum{}, In: []*Value{a, a}, Out: []*Value{b}},
		},
		Outputs: []*Value{b},
	}, x, a, b, c
}

func TestVerify(t *testing.T) {
	for name, breaks := range map[string]func(g *Graph){
		"order":          func(g *Graph) { g.Nodes[0], g.Nodes[2] = g.Nodes[2], g.Nodes[0] },
		"defined twice":  func(g *Graph) { g.Nodes[1].Out = g.Nodes[0].Out },
		"redefines":      func(g *Graph) { g.Nodes[1].Out = g.Inputs },
		"undefined":      func(g *Graph) { g.Nodes[1].In = []*Value{value("z")} },
		"output":         func(g *Graph) { g.Outputs[0] = value("z") },
		"one name":       func(g *Graph) { g.Nodes[1].Out[0].Name = "a" },
		"type":           func(g *Graph) { g.Nodes[0].Out[0].Type.Shape = tensor.Shape{3} },
		"element type":   func(g *Graph) { g.Nodes[2].Out[0].Type.DType = tensor.Int64 },
		"arity":          func(g *Graph) { g.Nodes[0].Out = append(g.Nodes[0].Out, value("e")) },
		"constant shape": func(g *Graph) { g.Nodes[0].In[1].Const = tensor.Scalar(1.0) },
		"no output":      func(g *Graph) { g.Nodes[0].Out[0] = nil },
		"constant input": func(g *Graph) { g.Inputs[0].Const = tensor.New[float64](tensor.Shape{2}) },
	} {
		t.Run(name, func(t *testing.T) {
			g, _, _, _, _ := chain()
			require.NoError(t, g.Verify())
			breaks(g)
			require.ErrorContains(t, g.Verify(), "verify graph: ")
		})
	}
}

func TestRun(t *testing.T) {
	g, x, a, b, _ := chain()
	var seen []*Value
	in := map[string]*tensor.Float{"x": {Shape: tensor.Shape{2}, Data: []float64{1, 2}}}
	out, err := g.Run(in, func(v *Value, _ *tensor.Float) { seen = append(seen, v) })
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]float64{22, 44}, out["b"].Data))
	require.Equal(t, []*Value{x, a, g.Nodes[1].Out[0], b}, seen)

	_, err = g.Run(map[string]*tensor.Float{}, nil)
	require.ErrorContains(t, err, "want 1 inputs")
	_, err = g.Run(map[string]*tensor.Float{"y": in["x"]}, nil)
	require.ErrorContains(t, err, `"x" is missing`)
	_, err = g.Run(map[string]*tensor.Float{"x": tensor.Scalar(1.0)}, nil)
	require.ErrorContains(t, err, "want shape 2")
}

func TestRewrite(t *testing.T) {
	g, x, a, b, c := chain()
	d := g.Nodes[1].Out[0]
	require.Empty(t, cmp.Diff(map[string]int{"x": 1, "a": 3, "b": 1, "c": 1}, named(g.Uses())))
	require.Same(t, g.Nodes[2], g.Producers()[b])
	require.Len(t, g.Consumers()[a], 3)
	g.Prune()
	require.Len(t, g.Nodes, 2)
	require.NotContains(t, g.Producers(), d)
	g.Replace(b, a)
	g.Prune()
	require.Len(t, g.Nodes, 1)
	g.Replace(c, x)
	require.NoError(t, g.Verify())
	out, err := g.Run(map[string]*tensor.Float{"x": {Shape: tensor.Shape{2}, Data: []float64{1, 2}}}, nil)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]float64{2, 4}, out["a"].Data))
}

func named(uses map[*Value]int) map[string]int {
	r := map[string]int{}
	for v, n := range uses {
		r[v.Name] = n
	}
	return r
}

func TestPrint(t *testing.T) {
	g, _, _, _, c := chain()
	g.Nodes[1].In = []*Value{nil, g.Nodes[0].Out[0]}
	c.Type.Shape = tensor.Shape{8}
	c.Const = &tensor.Float{Shape: tensor.Shape{8}, Data: []float64{1, 2.5, 3, 4, 5, 6, 7, 8}}
	require.Equal(t, `graph "chain"
input x float32[2]
a float32[2] = Sum(x, float32[8]{1 2.5 3 4 5 6 ...})  # n0
d float32[2] = Sum(_, a)  # dead
b float32[2] = Sum(a, a)  # n1
output b float32[2]
`, g.String())
}

func TestWrap(t *testing.T) {
	n := &Node{Name: "conv1", Kind: "Conv"}
	err := n.Wrap("X", &Error{Code: "Y", Want: "a", Got: "b"})
	require.EqualError(t, err, `Y: "conv1" (Conv): want a, got b`)
	err = n.Wrap("X", io.ErrUnexpectedEOF)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.EqualError(t, err, `X: "conv1" (Conv): `+io.ErrUnexpectedEOF.Error())
}
