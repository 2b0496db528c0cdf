package onnx_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"
)

// one is a model of the given nodes over x, with fixed tensors.
func one(x optest.Port, init []optest.Tensor, nodes ...optest.Node) optest.Model {
	return optest.Model{Opset: 21, Inputs: []optest.Port{x}, Outputs: list(nodes[len(nodes)-1].Out[0]), Init: init, Nodes: nodes}
}

// TestHostile refuses files that ask for much, within a second and 100 MB.
func TestHostile(t *testing.T) {
	image := port("x", 1, 1, 8, 8)
	ints := func(name string, v ...float64) optest.Tensor { return named(name, optest.List(v...)) }
	fill := func(name string, v ...float64) []optest.Tensor { return []optest.Tensor{ints(name, v...)} }
	chain := func(n int, next func(i int) optest.Node) []optest.Node {
		var nodes []optest.Node
		for i := range n {
			nodes = append(nodes, next(i))
		}
		return nodes
	}
	weight := func(v float64) []optest.Tensor {
		return []optest.Tensor{named("w", optest.F(tensor.Shape{1, 1, 1, 1}, v))}
	}
	long := strings.Repeat("n", 1<<20)
	for name, c := range map[string]struct {
		model optest.Model
		code  string // "" for a model that is only heavy
	}{
		"conv of padding":     {one(image, weight(1), node("Conv", list("x", "w"), list("y"), map[string]any{"pads": []int{1 << 15, 1 << 15, 1 << 15, 1 << 15}})), onnx.CodeShape},
		"conv of long pads":   {one(image, weight(1), node("Conv", list("x", "w"), list("y"), map[string]any{"pads": []int{1 << 20, 0, 1 << 20, 0}})), onnx.CodeTooLarge},
		"pool of a million":   {one(port("x", 1, 1, 2000, 2000), nil, node("MaxPool", list("x"), list("y"), map[string]any{"kernel_shape": []int{2000, 2000}, "pads": []int{1999, 1999, 1999, 1999}})), onnx.CodeTooLarge},
		"average of many":     {one(port("x", 1, 1, 2000, 2000), nil, node("AveragePool", list("x"), list("y"), map[string]any{"kernel_shape": []int{1000, 1000}})), onnx.CodeTooLarge},
		"folded pool":         {one(image, fill("s", 1, 1, 1000, 1000), node("ConstantOfShape", list("s"), list("c"), nil), node("MaxPool", list("c"), list("y"), map[string]any{"kernel_shape": []int{500, 500}})), onnx.CodeTooLarge},
		"billion":             {one(image, fill("s", 1<<15, 1<<15), node("ConstantOfShape", list("s"), list("y"), nil)), onnx.CodeTooLarge},
		"filled":              {one(image, fill("s", 1<<13, 1<<13), node("ConstantOfShape", list("s"), list("y"), nil)), onnx.CodeTooLarge},
		"tile":                {one(image, fill("s", 1, 1, 1<<9, 1<<9), node("Tile", list("x", "s"), list("y"), nil)), onnx.CodeTooLarge},
		"tile of a constant":  {one(image, append(fill("s", 1<<12), named("k", optest.Seq(tensor.Shape{1 << 12}, 0, 1))), node("Tile", list("k", "s"), list("y"), nil)), onnx.CodeTooLarge},
		"expand":              {one(image, fill("s", 1<<12, 1<<12, 8, 8), node("Expand", list("x", "s"), list("y"), nil)), onnx.CodeTooLarge},
		"resize":              {one(image, fill("s", 1, 1, 4096, 4096), node("Resize", list("x", "", "", "s"), list("y"), map[string]any{"mode": "cubic"})), onnx.CodeShape},
		"resize of long axes": {one(port("x", 1<<25, 1), []optest.Tensor{named("s", optest.Fix(optest.F(tensor.Shape{2}, 1, 1)))}, node("Resize", list("x", "", "s"), list("y"), nil)), onnx.CodeShape},
		"resize to a ratio":   {one(port("x", 1, 1<<25), fill("s", 1, 5), node("Resize", list("x", "", "", "s"), list("y"), map[string]any{"keep_aspect_ratio_policy": "not_smaller"})), onnx.CodeShape},
		"range": {one(image, []optest.Tensor{named("a", optest.I(nil, 0)), named("b", optest.I(nil, 1<<40)), named("c", optest.I(nil, 1))},
			node("Range", list("a", "b", "c"), list("y"), nil)), onnx.CodeShape},
		"doubling": {one(port("x", 8), nil, chain(60, func(i int) optest.Node {
			in := "x"
			if i > 0 {
				in = fmt.Sprintf("v%d", i-1)
			}
			return node("Concat", list(in, in), list(fmt.Sprintf("v%d", i)), map[string]any{"axis": 0})
		})...), onnx.CodeTooLarge},
		"doubling of a constant": {one(port("x", 8), fill("v", 1, 2), chain(60, func(i int) optest.Node {
			in := "v"
			if i > 0 {
				in = fmt.Sprintf("v%d", i-1)
			}
			return node("Concat", list(in, in), list(fmt.Sprintf("v%d", i)), map[string]any{"axis": 0})
		})...), onnx.CodeTooLarge},
		"outer products":    {one(image, fill("s", 2000, 2000), node("ConstantOfShape", list("s"), list("c"), nil), node("MatMul", list("c", "c"), list("y"), nil)), onnx.CodeTooLarge},
		"a million axes":    {one(port("x", 8), []optest.Tensor{named("axes", optest.Fix(optest.Seq(tensor.Shape{1 << 20}, 0, 1)))}, node("Unsqueeze", list("x", "axes"), list("y"), nil)), onnx.CodeTooLarge},
		"pads of a million": {one(port("x", 8), nil, node("Pad", list("x"), list("y"), map[string]any{"pads": []int{1 << 40, 1 << 40}})), onnx.CodeArity},
		"long names": {optest.Model{Opset: 21, Inputs: []optest.Port{port("x", 2)}, Outputs: list("y"), Init: []optest.Tensor{named("trips", optest.I(nil, 1<<12))},
			Nodes: []optest.Node{{Name: long, Op: "Loop", In: list("trips", "", "x"), Out: list("y"), Attrs: map[string]any{
				"body": graphOf([]optest.Port{port("i"), port("go"), port("s")}, list("go", "t"), optest.Node{Name: long, Op: "Abs", In: list("s"), Out: list("t")})}}}}, onnx.CodeTooLarge},
		"sequence": {optest.Model{Opset: 21, Inputs: []optest.Port{port("x", 1<<22)}, Outputs: list("y"), Nodes: []optest.Node{
			node("SplitToSequence", list("x"), list("q"), nil), node("ConcatFromSequence", list("q"), list("y"), map[string]any{"axis": 0})}}, onnx.CodeTooLarge},
		"dim of zero": {one(port("x", 1, 0), nil, node("Abs", list("x"), list("y"), nil)), onnx.CodeDims},
		"nan weight":  {one(image, weight(math.NaN()), node("Conv", list("x", "w"), list("y"), nil)), onnx.CodeValue},
		"inf weight":  {one(image, weight(math.Inf(-1)), node("Conv", list("x", "w"), list("y"), nil)), onnx.CodeValue},
		"nan addend":  {one(image, weight(math.NaN()), node("Add", list("x", "w"), list("y"), nil)), onnx.CodeValue},
		"inf mask":    {one(image, weight(math.Inf(-1)), node("Add", list("x", "w"), list("y"), nil)), ""},
		"attention of scalars": {func() optest.Model {
			m := one(port("x"), nil, node("Attention", list("x", "x", "x"), list("y"), map[string]any{"q_num_heads": 1, "kv_num_heads": 1}))
			m.Opset = 23
			return m
		}(), onnx.CodeShape},
		"wrong dtypes": {one(image, fill("k", 1), node("Add", list("x", "k"), list("y"), nil)), onnx.CodeType},
	} {
		t.Run(name, func(t *testing.T) {
			b := c.model.Marshal()
			optest.Frugal(t, func() {
				_, _, err := onnx.Decode(b, onnx.Options{})
				if c.code == "" {
					require.NoError(t, err)
					return
				}
				var coded *onnx.Error
				require.ErrorAs(t, err, &coded)
				require.Equal(t, c.code, coded.Code, "%.300v", err)
			})
		})
	}
}

// TestCrowded decodes files of many small parts.
func TestCrowded(t *testing.T) {
	many := func(n int, f func(i int, m *optest.Model)) []byte {
		m := small()
		for i := range n {
			f(i, &m)
		}
		return m.Marshal()
	}
	for name, b := range map[string][]byte{
		"nodes": many(30000, func(i int, m *optest.Model) {
			m.Nodes = append(m.Nodes, node("Relu", list("h"), list(fmt.Sprint(i)), nil))
		}),
		"inputs": many(50000, func(i int, m *optest.Model) {
			name := fmt.Sprint(i)
			m.Inputs = append(m.Inputs, port(name, 1))
			m.Init = append(m.Init, named(name, optest.F(tensor.Shape{1}, 0)))
		}),
		"edges": many(60, func(i int, m *optest.Model) {
			n := optest.Node{Name: fmt.Sprint(i), Op: "Split", In: make([]string, 250)}
			for j := range 250 {
				n.Out = append(n.Out, fmt.Sprint(i, j))
			}
			m.Nodes = append(m.Nodes, n)
		}),
		"unsupported": many(30000, func(i int, m *optest.Model) {
			m.Nodes = append(m.Nodes, node("Unheard", list("h"), list(fmt.Sprint(i)), nil))
		}),
		"attributes": many(1, func(i int, m *optest.Model) {
			m.Nodes[5].Attrs = map[string]any{}
			for j := range 100000 {
				m.Nodes[5].Attrs[fmt.Sprint(j)] = 1
			}
		}),
		"strings": many(1, func(i int, m *optest.Model) {
			m.Nodes[5].Attrs = map[string]any{"list": make([]string, 1<<20)}
		}),
		"functions": many(20000, func(i int, m *optest.Model) {
			m.Functions = append(m.Functions, optest.Function{Domain: "d", Name: fmt.Sprint(i), Opset: 21, In: list("a"), Out: list("b"), Defaults: map[string]any{"c": 1}})
		}),
	} {
		t.Run(name, func(t *testing.T) {
			optest.Frugal(t, func() {
				if _, _, err := onnx.Decode(b, onnx.Options{}); err != nil {
					var coded *onnx.Error
					require.ErrorAs(t, err, &coded)
					require.Less(t, len(err.Error()), 1<<20)
				}
			})
		})
	}
}

// A file that is trusted may ask for more than is in keeping with its size.
func TestLarge(t *testing.T) {
	m := one(port("x", 1), []optest.Tensor{named("s", optest.List(2100, 2100))}, node("ConstantOfShape", list("s"), list("c"), nil), node("Add", list("x", "c"), list("y"), nil))
	_, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	var coded *onnx.Error
	require.ErrorAs(t, err, &coded)
	require.Equal(t, onnx.CodeTooLarge, coded.Code)
	_, _, err = onnx.Decode(m.Marshal(), onnx.Options{Large: true})
	require.NoError(t, err)
	_, _, err = onnx.Decode(m.Marshal(), onnx.Options{Large: true, MaxFolded: 2100})
	require.ErrorAs(t, err, &coded)
}
