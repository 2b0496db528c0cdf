package peer

import (
	"testing"

	"assay/compile"
	"assay/input"
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/prover/cpu"

	"github.com/stretchr/testify/require"
)

// A file may leave extents open that the measured input has.
func TestOpenExtents(t *testing.T) {
	file := optest.Model{Name: "open", Opset: 13, Inputs: []optest.Port{{Name: "x", DType: tensor.Float32, Dims: []any{1, "width", 2}}},
		Nodes: []optest.Node{{Name: "r", Op: "Relu", In: []string{"x"}, Out: []string{"y"}}}, Outputs: []string{"y"}}
	raw := file.Marshal()
	x := tensor.New[float64](tensor.Shape{1, 3, 2})
	x.Data[4] = 1
	m := &Model{Name: "open", ONNX: raw, Input: compile.Sample{"x": x}}
	require.Nil(t, m.dims(), "nothing is known of the input")
	require.Error(t, m.Bind(map[string]int{"height": 3}))
	require.NoError(t, m.Bind(map[string]int{"width": 3}))
	require.Equal(t, map[string]int{"x.0": 1, "x.1": 3, "x.2": 2}, m.dims())
	m.Specs = []input.Spec{{Name: "x", Shape: x.Shape, DType: tensor.Float32}}
	require.NoError(t, m.Complete())
	dir := t.TempDir()
	require.NoError(t, m.write(dir))
	a, err := stageCompile(dir, cpu.New(cpu.Options{}))
	require.NoError(t, err)
	require.Equal(t, tensor.Shape{1, 3, 2}, a.Outputs[0].Shape)
}
