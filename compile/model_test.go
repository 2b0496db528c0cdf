package compile

import (
	"math/rand"
	"testing"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"

	"github.com/stretchr/testify/require"
)

// decode imports a model of the given nodes from x, of shape 1 x 4, to y. Constants are initializers.
func decode(t *testing.T, nodes []optest.Node, constants ...optest.Tensor) *graph.Graph {
	t.Helper()
	for i := range nodes {
		nodes[i].Name = nodes[i].Out[0]
	}
	m := optest.Model{Opset: 20, Name: "test", Nodes: nodes, Outputs: []string{"y"}, Init: constants,
		Inputs: []optest.Port{{Name: "x", DType: tensor.Float32, Dims: []any{1, 4}}}}
	g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	require.NoError(t, err)
	return g
}

func op(kind, out string, in ...string) optest.Node {
	return optest.Node{Op: kind, In: in, Out: []string{out}}
}

func number(name string, v float64) optest.Tensor {
	c := optest.F(tensor.Shape{1}, v)
	c.Name = name
	return c
}

func matrix(name string, rows, columns int, rng *rand.Rand) optest.Tensor {
	data := make([]float64, rows*columns)
	for i := range data {
		data[i] = float64(rng.Intn(41)-20) / 16
	}
	c := optest.F(tensor.Shape{rows, columns}, data...)
	c.Name = name
	return c
}

// samples draws inputs of elements in [-scale, scale].
func samples(rng *rand.Rand, n int, scale float64) []Sample {
	var all []Sample
	for range n {
		x := tensor.New[float64](tensor.Shape{1, 4})
		for i := range x.Data {
			x.Data[i] = (2*rng.Float64() - 1) * scale
		}
		all = append(all, Sample{"x": x})
	}
	return all
}

// swish is x * sigmoid(x).
func swish() []optest.Node {
	return []optest.Node{op("Sigmoid", "s", "x"), op("Mul", "y", "x", "s")}
}

// gelu is 0.5 * x * (1 + tanh(0.7978846 * (x + 0.044715 * x * x * x))), operator by operator.
func gelu() ([]optest.Node, []optest.Tensor) {
	return []optest.Node{
			op("Mul", "xx", "x", "x"), op("Mul", "xxx", "xx", "x"), op("Mul", "c", "xxx", "k"), op("Add", "a", "x", "c"),
			op("Mul", "b", "a", "root"), op("Tanh", "t", "b"), op("Add", "u", "t", "one"), op("Mul", "h", "x", "half"), op("Mul", "y", "h", "u")},
		[]optest.Tensor{number("k", 0.044715), number("root", 0.7978845608), number("one", 1), number("half", 0.5)}
}
