package suite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/prover/cpu"
)

// write makes a node test of a model with one node.
func write(t *testing.T, dir, op string, c optest.Case) Case {
	t.Helper()
	data := filepath.Join(dir, "test_data_set_0")
	require.NoError(t, os.MkdirAll(data, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "model.onnx"), c.Model(op, false).Marshal(), 0o644))
	n := 0
	for _, x := range c.In {
		if !x.Fixed {
			require.NoError(t, os.WriteFile(filepath.Join(data, fmt.Sprintf("input_%d.pb", n)), x.Marshal(), 0o644))
			n++
		}
	}
	for i, y := range c.Out {
		require.NoError(t, os.WriteFile(filepath.Join(data, fmt.Sprintf("output_%d.pb", i)), y.Marshal(), 0o644))
	}
	return Case{Name: "test/" + filepath.Base(dir), Path: dir, Kind: Node}
}

var vector = tensor.Shape{4}

func TestStages(t *testing.T) {
	relu := optest.Case{Opset: 14, In: []optest.Tensor{optest.F(vector, -1, 2, -3, 4)}, Out: []optest.Tensor{optest.F(vector, 0, 2, 0, 4)}}
	wrong := relu
	wrong.Out = []optest.Tensor{optest.F(vector, 0, 2, 1, 4)}
	nan := relu
	nan.In, nan.Out = []optest.Tensor{optest.F(vector, -1, 2, -3, 800)}, []optest.Tensor{optest.F(vector, 0.1353, 1, 0.0183, 1)}
	axes := optest.Case{Opset: 13, In: []optest.Tensor{optest.F(vector, 1, 2, 3, 4), optest.I(tensor.Shape{1}, 0)}, Out: []optest.Tensor{optest.F(tensor.Shape{1, 4}, 1, 2, 3, 4)}}
	shape := optest.Case{Opset: 13, In: []optest.Tensor{optest.I(tensor.Shape{2}, 2, 3)}, Out: []optest.Tensor{optest.F(tensor.Shape{2, 3}, 0, 0, 0, 0, 0, 0)}}
	training := optest.Case{Opset: 13, In: []optest.Tensor{optest.F(vector, 1, 2, 3, 4), optest.F(nil, 0.5), optest.B(nil, 1)}, Out: []optest.Tensor{optest.F(vector, 0, 4, 0, 8)}}
	for name, x := range map[string]struct {
		op     string
		make   optest.Case
		stage  Stage
		status Status
		code   string
		check  func(t *testing.T, o Outcome)
	}{
		"proof": {op: "Relu", make: relu, stage: Proof, status: Pass, check: func(t *testing.T, o Outcome) {
			require.Greater(t, o.Constraints, 100)
			require.Greater(t, o.Cosine, MinCosine)
			require.Equal(t, []string{"Relu"}, o.Operators)
		}},
		"wrong output":  {op: "Relu", make: wrong, stage: Float, status: Fail},
		"unknown":       {op: "Reluctant", make: relu, stage: Import, status: Fail, code: onnx.CodeUnsupportedOp},
		"fixed input":   {op: "Unsqueeze", make: axes, stage: Proof, status: Pass, check: func(t *testing.T, o Outcome) { require.Equal(t, []string{"x1"}, o.Fixed) }},
		"folded":        {op: "ConstantOfShape", make: shape, stage: Float, status: Pass, check: func(t *testing.T, o Outcome) { require.True(t, o.Folded) }},
		"training":      {op: "Dropout", make: training, stage: Import, status: Skip},
		"drawn result":  {op: "Bernoulli", make: relu, stage: Import, status: Skip},
		"loss":          {op: "SoftmaxCrossEntropyLoss", make: relu, stage: Import, status: Skip},
		"another value": {op: "Sigmoid", make: nan, stage: Float, status: Fail},
	} {
		t.Run(name, func(t *testing.T) {
			c := write(t, filepath.Join(t.TempDir(), "case"), x.op, x.make)
			opt := Defaults
			opt.Prove = true
			var heard []Stage
			o := Run(context.Background(), c, opt, cpu.New(cpu.Options{}), func(s Stage) { heard = append(heard, s) })
			require.Equal(t, x.status, o.Status, o.Detail)
			require.Equal(t, x.stage, o.Stage, o.Detail)
			require.Equal(t, x.code, o.Code)
			require.Equal(t, x.stage, heard[len(heard)-1])
			if o.Status != Pass {
				require.NotEmpty(t, o.Detail)
			}
			if x.check != nil {
				x.check(t, o)
			}
		})
	}
}

// A large system runs on gnark's test engine, and a larger one is left out.
func TestLimits(t *testing.T) {
	c := write(t, filepath.Join(t.TempDir(), "case"), "Relu",
		optest.Case{Opset: 14, In: []optest.Tensor{optest.F(vector, -1, 2, -3, 4)}, Out: []optest.Tensor{optest.F(vector, 0, 2, 0, 4)}})
	o := Run(context.Background(), c, Options{Constraints: 1 << 20, Solve: 1}, nil, func(Stage) {})
	require.Equal(t, Pass, o.Status, o.Detail)
	require.Equal(t, Circuit, o.Stage)
	require.True(t, o.Engine)
	o = Run(context.Background(), c, Options{Constraints: 1}, nil, func(Stage) {})
	require.Equal(t, Pass, o.Status, o.Detail)
	require.Equal(t, Integer, o.Stage)
	require.Contains(t, o.Detail, "left out")
}

func TestBundledModels(t *testing.T) {
	for _, c := range Bundled(regexp.MustCompile("cancer")) {
		o := Run(context.Background(), c, Defaults, nil, func(Stage) {})
		require.Equal(t, Pass, o.Status, o.Detail)
		require.Equal(t, Circuit, o.Stage)
	}
}

func TestFind(t *testing.T) {
	root := filepath.Join(t.TempDir(), "root")
	relu := optest.Case{Opset: 14, In: []optest.Tensor{optest.F(vector, -1, 2, -3, 4)}, Out: []optest.Tensor{optest.F(vector, 0, 2, 0, 4)}}
	write(t, filepath.Join(root, "node", "test_b"), "Relu", relu)
	write(t, filepath.Join(root, "node", "test_a"), "Relu", relu)
	require.NoError(t, os.WriteFile(filepath.Join(root, "m.onnx"), []byte("x"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(root, "m.golden.json"), []byte("{}"), 0o644))
	found, err := Find([]string{root}, nil)
	require.NoError(t, err)
	var names []string
	for _, c := range found {
		names = append(names, fmt.Sprint(c.Name, " ", c.Kind))
	}
	require.Equal(t, []string{"root/m model", "root/node/test_a node", "root/node/test_b node"}, names)
	found, err = Find([]string{root}, regexp.MustCompile("test_a"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	_, err = Find([]string{filepath.Join(root, "absent")}, nil)
	require.Error(t, err)
}

func TestGolden(t *testing.T) {
	dir := t.TempDir()
	model := filepath.Join(dir, "m.onnx")
	relu := optest.Case{Opset: 14, In: []optest.Tensor{optest.F(tensor.Shape{2}, 0, 0)}, Out: []optest.Tensor{{}}}
	require.NoError(t, os.WriteFile(model, relu.Model("Relu", false).Marshal(), 0o644))
	golden := func(text string) Outcome {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "m.golden.json"), []byte(text), 0o644))
		return Run(context.Background(), Case{Name: "m", Path: model, Kind: Model}, Defaults, nil, func(Stage) {})
	}
	// -1 and 2 as little-endian float32
	const in = `{"inputs": [{"name": "x0", "type": "float32", "dims": [2], "b64": "AACAvwAAAEA="}], "outputs": [%s]}`
	o := golden(fmt.Sprintf(in, `{"name": "y0", "type": "float32", "dims": [2], "b64": "AAAAAAAAAEA="}`))
	require.Equal(t, Pass, o.Status, o.Detail)
	require.Equal(t, Circuit, o.Stage)
	o = golden(fmt.Sprintf(in, `{"name": "y0", "type": "float32", "dims": [2], "b64": "AACAvwAAAEA="}`))
	require.Equal(t, Fail, o.Status)
	require.Equal(t, Float, o.Stage)
	o = golden(fmt.Sprintf(in, `{"name": "y0", "type": "float32", "dims": [3], "b64": "AACAvwAAAEA="}`))
	require.Equal(t, Fail, o.Status)
	require.Equal(t, Import, o.Stage)
	o = golden(fmt.Sprintf(in, `{"name": "y0", "type": "string", "dims": [2], "b64": ""}`))
	require.Equal(t, Skip, o.Status, o.Detail)
}
