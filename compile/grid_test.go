package compile

import (
	"testing"

	"assay/internal/optest"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/onnx"

	"github.com/stretchr/testify/require"
)

// quantizing is a model that reads x through QuantizeLinear nodes after moving its elements.
func quantizing(t *testing.T, nodes ...optest.Node) *Result {
	t.Helper()
	number := func(name string, d tensor.DType, v float64) optest.Tensor {
		return optest.Tensor{Name: name, DType: d, Value: tensor.Scalar(v)}
	}
	m := optest.Model{Name: "quantizing", Opset: 13, Nodes: nodes, Inputs: []optest.Port{{Name: "x", DType: tensor.Float32, Dims: []any{2, 3}}},
		Init:    []optest.Tensor{number("s", tensor.Float32, float64(float32(0.1))), number("z", tensor.Uint8, 5), number("other", tensor.Float32, 0.25)},
		Outputs: nodes[len(nodes)-1].Out}
	g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	require.NoError(t, err)
	x := &tensor.Float{Shape: tensor.Shape{2, 3}, Data: []float64{-1, 0.25, 0.35, 0, 2, 100}}
	r, err := Compile(g, []Sample{{"x": x}}, Options{})
	require.NoError(t, err)
	return r
}

// An input that is only quantized has the integers that the model quantizes it to, and rounds as float32 does: 0.35
// divided by 0.1 is a half there, though not in float64.
func TestInputTakesTheGridOfItsReaders(t *testing.T) {
	r := quantizing(t,
		optest.Node{Op: "Transpose", In: []string{"x"}, Out: []string{"t"}},
		optest.Node{Op: "QuantizeLinear", In: []string{"t", "s", "z"}, Out: []string{"q"}},
		optest.Node{Op: "DequantizeLinear", In: []string{"q", "s", "z"}, Out: []string{"y"}})
	in := r.Program.Tensors[r.Program.Inputs[0]]
	require.Equal(t, float64(float32(0.1)), in.Scale)
	require.Equal(t, program.Range{Min: -5, Max: 250}, in.Range)
	q, clamped, err := Quantize(r.Program, Sample{"x": {Shape: tensor.Shape{2, 3}, Data: []float64{-1, 0.25, float64(float32(0.35)), 0, 2, 100}}})
	require.NoError(t, err)
	require.Equal(t, 2, clamped)
	require.Equal(t, []int64{-5, 2, 4, 0, 20, 250}, q[0].Data)
	trace, err := r.Program.Run(q)
	require.NoError(t, err)
	y := Dequantize(r.Program, r.Program.OutputsOf(trace))["y"]
	require.InDeltaSlice(t, []float64{-0.5, 0, 0.2, 2, 0.4, 25}, y.Data, 1e-6)
}

// An input with other readers, or of two grids, has its own precision.
func TestInputWithOtherReadersKeepsItsOwnGrid(t *testing.T) {
	quantize := func(scale, out string) optest.Node {
		return optest.Node{Op: "QuantizeLinear", In: []string{"x", scale, "z"}, Out: []string{out}}
	}
	add := optest.Node{Op: "Add", In: []string{"a", "b"}, Out: []string{"y"}}
	dequantize := func(from, scale, out string) optest.Node {
		return optest.Node{Op: "DequantizeLinear", In: []string{from, scale, "z"}, Out: []string{out}}
	}
	for _, nodes := range [][]optest.Node{
		{quantize("s", "p"), quantize("other", "q"), dequantize("p", "s", "a"), dequantize("q", "other", "b"), add},
		{quantize("s", "p"), dequantize("p", "s", "a"), {Op: "Identity", In: []string{"x"}, Out: []string{"b"}}, add},
	} {
		r := quantizing(t, nodes...)
		require.Greater(t, r.Program.Tensors[r.Program.Inputs[0]].Range.Span(), int64(1<<20))
	}
}
