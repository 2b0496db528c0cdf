package onnx_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/onnx/ops"
)

// small is a model with a bit of everything: a node before the one it reads, a tensor read twice, a folded shape, an
// initializer, a symbolic leading dimension and a dead node.
func small() optest.Model {
	return optest.Model{
		Opset: 13,
		Name:  "small",
		Inputs: []optest.Port{
			{Name: "x", DType: tensor.Float32, Dims: []any{"N", 2, 3}},
		},
		Init: []optest.Tensor{
			{Name: "w", DType: tensor.Float32, Value: optest.Seq(tensor.Shape{6, 2}, 0, 1).Value},
			{Name: "batch", DType: tensor.Int64, Value: optest.I(nil, 0).Value},
			{Name: "rest", DType: tensor.Int64, Value: optest.I(tensor.Shape{1}, -1).Value},
			{Name: "front", DType: tensor.Int64, Value: optest.I(tensor.Shape{1}, 0).Value},
		},
		Nodes: []optest.Node{
			{Name: "mm", Op: "MatMul", In: []string{"flat", "w"}, Out: []string{"h"}},
			{Name: "shape", Op: "Shape", In: []string{"x"}, Out: []string{"s"}},
			{Name: "first", Op: "Gather", In: []string{"s", "batch"}, Out: []string{"n"}},
			{Name: "lift", Op: "Unsqueeze", In: []string{"n", "front"}, Out: []string{"n1"}},
			{Name: "join", Op: "Concat", In: []string{"n1", "rest"}, Out: []string{"target"}, Attrs: map[string]any{"axis": 0}},
			{Name: "reshape", Op: "Reshape", In: []string{"x", "target"}, Out: []string{"flat"}},
			{Name: "dead", Op: "Relu", In: []string{"h"}, Out: []string{"unused"}},
			{Name: "twice", Op: "Add", In: []string{"h", "h"}, Out: []string{"y"}},
		},
		Outputs: []string{"y"},
	}
}

func TestDecode(t *testing.T) {
	g, info, err := onnx.Decode(small().Marshal(), onnx.Options{})
	require.NoError(t, err)
	require.Equal(t, `graph "small"
input x float32[1x2x3]
flat float32[1x6] = Reshape(x, int64[2]{1 -1})  # reshape
h float32[1x2] = MatMul(flat, float32[6x2]{0 1 2 3 4 5 ...})  # mm
y float32[1x2] = Add(h, h)  # twice
output y float32[1x2]
`, g.String())
	require.Equal(t, "x:float32[N, 2, 3]", info.Inputs[0].String())
	require.Equal(t, 12, info.Parameters)
	require.Equal(t, 4, info.Initializers)
	require.Equal(t, 8, info.Nodes)

	out, err := g.Run(map[string]*tensor.Float{"x": optest.Seq(tensor.Shape{1, 2, 3}, 1, 1).Value}, nil)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]float64{280, 322}, out["y"].Data))

	g, _, err = onnx.Decode(small().Marshal(), onnx.Options{Dims: map[string]int{"N": 4}})
	require.NoError(t, err)
	require.Equal(t, "float32[4x2]", g.Outputs[0].Type.String())
}

func TestDecodeErrors(t *testing.T) {
	change := func(f func(m *optest.Model)) []byte {
		m := small()
		f(&m)
		return m.Marshal()
	}
	for name, c := range map[string]struct {
		model []byte
		opt   onnx.Options
		code  string
		node  string
	}{
		"empty file":        {nil, onnx.Options{}, onnx.CodeMalformed, ""},
		"not a model":       {[]byte("PK\x03\x04 not a model"), onnx.Options{}, onnx.CodeMalformed, ""},
		"no opset":          {change(func(m *optest.Model) { m.Opset = 0 }), onnx.Options{}, onnx.CodeOpset, ""},
		"later opset":       {change(func(m *optest.Model) { m.Opset = ops.MaxOpset + 1 }), onnx.Options{}, onnx.CodeOpset, ""},
		"cycle":             {change(func(m *optest.Model) { m.Nodes[5].In[0] = "y" }), onnx.Options{}, onnx.CodeCycle, "mm"},
		"missing input":     {change(func(m *optest.Model) { m.Nodes[0].In[1] = "v" }), onnx.Options{}, onnx.CodeMissingTensor, "mm"},
		"missing output":    {change(func(m *optest.Model) { m.Outputs[0] = "z" }), onnx.Options{}, onnx.CodeMissingTensor, "z"},
		"no output":         {change(func(m *optest.Model) { m.Outputs = nil }), onnx.Options{}, onnx.CodeMalformed, ""},
		"no node":           {change(func(m *optest.Model) { m.Nodes = nil }), onnx.Options{}, onnx.CodeMalformed, ""},
		"defined twice":     {change(func(m *optest.Model) { m.Nodes[6].Out[0] = "h" }), onnx.Options{}, onnx.CodeMalformed, "dead"},
		"output is input":   {change(func(m *optest.Model) { m.Nodes[6].Out[0] = "x" }), onnx.Options{}, onnx.CodeMalformed, "dead"},
		"shapes":            {change(func(m *optest.Model) { m.Nodes[0].In[0] = "x" }), onnx.Options{}, onnx.CodeShape, "mm"},
		"attribute":         {change(func(m *optest.Model) { m.Nodes[0].Attrs = map[string]any{"axis": 1} }), onnx.Options{}, onnx.CodeBadAttribute, "mm"},
		"arity":             {change(func(m *optest.Model) { m.Nodes[0].In = []string{"flat"} }), onnx.Options{}, onnx.CodeArity, "mm"},
		"string input":      {change(func(m *optest.Model) { m.Inputs[0].DType = tensor.String }), onnx.Options{}, onnx.CodeType, "x"},
		"unbound dimension": {change(func(m *optest.Model) { m.Inputs[0].Dims[1] = "C" }), onnx.Options{}, onnx.CodeDims, "x"},
		"unknown dimension": {change(func(m *optest.Model) { m.Inputs[0].Dims[1] = "" }), onnx.Options{}, onnx.CodeDims, "x"},
		"binding of none":   {small().Marshal(), onnx.Options{Dims: map[string]int{"M": 2}}, onnx.CodeDims, ""},
		"binding of a size": {small().Marshal(), onnx.Options{Dims: map[string]int{"x.1": 5}}, onnx.CodeDims, "x.1"},
		"binding of zero":   {small().Marshal(), onnx.Options{Dims: map[string]int{"N": 0}}, onnx.CodeDims, "N"},
		"huge input":        {change(func(m *optest.Model) { m.Inputs[0].Dims[1] = 1 << 40 }), onnx.Options{}, onnx.CodeTooLarge, "x"},
		"huge product":      {change(func(m *optest.Model) { m.Inputs[0].Dims[1] = 1 << 30 }), onnx.Options{}, onnx.CodeTooLarge, "x"},
		"file size":         {small().Marshal(), onnx.Options{MaxBytes: 100}, onnx.CodeTooLarge, ""},
		"node count":        {small().Marshal(), onnx.Options{MaxNodes: 3}, onnx.CodeTooLarge, ""},
		"folded size":       {small().Marshal(), onnx.Options{MaxFolded: 2}, onnx.CodeTooLarge, "shape"},
		"huge constant": {change(func(m *optest.Model) {
			m.Init = append(m.Init, optest.Tensor{Name: "huge", DType: tensor.Int64, Value: optest.I(tensor.Shape{2}, 1<<40, 1<<40).Value})
			m.Nodes[6] = optest.Node{Name: "fill", Op: "ConstantOfShape", In: []string{"huge"}, Out: []string{"unused"}}
		}), onnx.Options{}, onnx.CodeTooLarge, "fill"},
	} {
		t.Run(name, func(t *testing.T) {
			g, _, err := onnx.Decode(c.model, c.opt)
			var coded *onnx.Error
			require.ErrorAs(t, err, &coded)
			require.Nil(t, g)
			require.Equal(t, c.code, coded.Code, err)
			require.Equal(t, c.node, coded.Node, err)
		})
	}
}

func TestUnsupported(t *testing.T) {
	m := small()
	m.Nodes[0].Op = "Unheard"
	m.Nodes[6].Op, m.Nodes[6].Domain = "Attention", "com.example"
	_, info, err := onnx.Decode(m.Marshal(), onnx.Options{})
	var un *onnx.UnsupportedError
	require.ErrorAs(t, err, &un)
	want := []onnx.Unsupported{{Node: "mm", Op: "Unheard"}, {Node: "dead", Op: "Attention", Domain: "com.example"}}
	require.Empty(t, cmp.Diff(want, un.Nodes))
	require.Empty(t, cmp.Diff(want, info.Unsupported))
	var coded *onnx.Error
	require.True(t, errors.As(err, &coded))
	require.Equal(t, onnx.CodeUnsupportedOp, coded.Code)
	require.Equal(t, "mm", coded.Node)

	survey, err := onnx.Survey(m.Marshal())
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(info, survey))
	require.Empty(t, cmp.Diff(map[string]int{"Unheard": 1, "com.example.Attention": 1, "Shape": 1, "Gather": 1, "Unsqueeze": 1,
		"Concat": 1, "Reshape": 1, "Add": 1}, survey.Ops))
}

// TestPassThrough has an output that is an input, and one that is an initializer.
func TestPassThrough(t *testing.T) {
	m := small()
	m.Outputs = []string{"x", "w", "y"}
	g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	require.NoError(t, err)
	x := optest.Seq(tensor.Shape{1, 2, 3}, 1, 1).Value
	out, err := g.Run(map[string]*tensor.Float{"x": x}, nil)
	require.NoError(t, err)
	require.Equal(t, x, out["x"])
	require.Equal(t, 11.0, out["w"].Data[11])
}

func TestTensorTypes(t *testing.T) {
	for _, c := range []struct {
		typ  tensor.DType
		raw  []byte
		want float64
	}{
		{tensor.Float32, []byte{0, 0, 0xc0, 0xbf}, -1.5},
		{tensor.Float64, []byte{0, 0, 0, 0, 0, 0, 0xf8, 0xbf}, -1.5},
		{tensor.Float16, []byte{0x00, 0xbe}, -1.5},
		{tensor.Float16, []byte{0x01, 0x00}, 0x1p-24},
		{tensor.Float16, []byte{0x00, 0x7c}, math.Inf(1)},
		{tensor.Float16, []byte{0x01, 0x7c}, math.NaN()},
		{tensor.BFloat16, []byte{0xc0, 0xbf}, -1.5},
		{tensor.Int8, []byte{0xfe}, -2},
		{tensor.Uint8, []byte{0xfe}, 254},
		{tensor.Int16, []byte{0xfe, 0xff}, -2},
		{tensor.Uint16, []byte{0xfe, 0xff}, 65534},
		{tensor.Int32, []byte{0xfe, 0xff, 0xff, 0xff}, -2},
		{tensor.Uint32, []byte{0xfe, 0xff, 0xff, 0xff}, 4294967294},
		{tensor.Int64, []byte{0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, -2},
		{tensor.Uint64, []byte{2, 0, 0, 0, 0, 0, 0, 0}, 2},
		{tensor.Bool, []byte{1}, 1},
	} {
		_, typ, v, err := onnx.ReadTensor(optest.RawTensor(c.typ, tensor.Shape{1}, c.raw), onnx.Options{})
		require.NoError(t, err, c.typ)
		require.Equal(t, c.typ, typ.DType)
		require.NoError(t, optest.Near(v, optest.F(tensor.Shape{1}, c.want).Value, 0, 0), c.typ)
	}
}

func TestTensorErrors(t *testing.T) {
	raw := optest.RawTensor(tensor.Float32, tensor.Shape{2}, make([]byte, 8))
	for name, c := range map[string]struct {
		b    []byte
		code string
	}{
		"short":     {optest.RawTensor(tensor.Float32, tensor.Shape{3}, make([]byte, 8)), onnx.CodeMalformed},
		"ragged":    {optest.RawTensor(tensor.Float32, tensor.Shape{2}, make([]byte, 7)), onnx.CodeMalformed},
		"string":    {optest.RawTensor(tensor.String, tensor.Shape{1}, []byte("a")), onnx.CodeTensor},
		"negative":  {optest.RawTensor(tensor.Float32, tensor.Shape{-1}, nil), onnx.CodeTooLarge},
		"huge":      {optest.RawTensor(tensor.Float32, tensor.Shape{1 << 31, 1 << 31, 4}, nil), onnx.CodeTooLarge},
		"external":  {append(raw[:len(raw):len(raw)], 0x70, 1), onnx.CodeExternalData},
		"two forms": {append(raw[:len(raw):len(raw)], 0x25, 0, 0, 0, 0), onnx.CodeMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, _, err := onnx.ReadTensor(c.b, onnx.Options{})
			var coded *onnx.Error
			require.ErrorAs(t, err, &coded)
			require.Equal(t, c.code, coded.Code, err)
		})
	}
}
