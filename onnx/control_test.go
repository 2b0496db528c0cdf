package onnx_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"
)

// port is a float32 input.
func port(name string, dims ...any) optest.Port {
	return optest.Port{Name: name, DType: tensor.Float32, Dims: dims}
}

// named is a fixed tensor with a name.
func named(name string, t optest.Tensor) optest.Tensor { t.Name = name; return t }

// node is a node named after its first output.
func node(op string, in, out []string, attrs map[string]any) optest.Node {
	return optest.Node{Name: out[0], Op: op, In: in, Out: out, Attrs: attrs}
}

func list(s ...string) []string { return s }

// graphOf is the graph of an attribute.
func graphOf(inputs []optest.Port, outputs []string, nodes ...optest.Node) optest.Model {
	return optest.Model{Inputs: inputs, Outputs: outputs, Nodes: nodes}
}

// accumulate is the body of a loop over state s: s+x*i, which it gives as state and as a result; it goes on while
// i < 3. It reads x and three from outside.
func accumulate() optest.Model {
	return graphOf([]optest.Port{port("i"), port("go"), port("s")}, list("more", "t", "t"),
		node("Cast", list("i"), list("real"), map[string]any{"to": 1}),
		node("Mul", list("x", "real"), list("xi"), nil),
		node("Add", list("s", "xi"), list("t"), nil),
		node("Less", list("i", "three"), list("more"), nil))
}

// loops is a model around a loop, which gives y and rows.
func loops() optest.Model {
	return optest.Model{Opset: 21, Inputs: []optest.Port{port("x", 2)}, Outputs: list("y", "rows"),
		Init: []optest.Tensor{named("trips", optest.I(nil, 9)), named("yes", optest.B(nil, 1)), named("three", optest.I(nil, 3)), named("zero", optest.F(tensor.Shape{2}, 0, 0))},
		Nodes: []optest.Node{
			node("Loop", list("trips", "yes", "zero"), list("y", "rows"), map[string]any{"body": accumulate()}),
		}}
}

// sums is a Scan body: s+x as state and result.
func sums() optest.Model {
	return graphOf([]optest.Port{port("s"), port("x")}, list("t", "r"),
		node("Add", list("s", "x"), list("t"), nil), node("Identity", list("t"), list("r"), nil))
}

func scans(opset int, attrs map[string]any, dims ...any) optest.Model {
	attrs["body"], attrs["num_scan_inputs"] = sums(), 1
	in := list("zero", "x")
	zero := optest.F(tensor.Shape{2}, 0, 0)
	if opset < 9 {
		in, zero = list("", "zero", "x"), optest.F(tensor.Shape{1, 2}, 0, 0)
	}
	return optest.Model{Opset: opset, Inputs: []optest.Port{port("x", dims...)}, Outputs: list("y", "rows"), Init: []optest.Tensor{named("zero", zero)},
		Nodes: []optest.Node{node("Scan", in, list("y", "rows"), attrs)}}
}

// branches is an If over a condition, with a name from outside on both sides.
func branches(cond ...optest.Tensor) optest.Model {
	return optest.Model{Opset: 21, Inputs: []optest.Port{port("x", 2)}, Outputs: list("y"), Init: cond,
		Nodes: []optest.Node{
			node("Neg", list("x"), list("n"), nil),
			node("If", list("c"), list("y"), map[string]any{
				"then_branch": graphOf(nil, list("a"), node("Add", list("n", "x"), list("a"), nil), node("Abs", list("a"), list("unused"), nil)),
				"else_branch": graphOf(nil, list("n")),
			}),
		}}
}

// functions has two functions, one of which calls the other with an attribute that it passes on, and one input that
// a call leaves out.
func functions() optest.Model {
	return optest.Model{Opset: 21, Domains: map[string]int{"local": 1}, Inputs: []optest.Port{port("x", 4)}, Outputs: list("y"),
		Nodes: []optest.Node{{Name: "call", Domain: "local", Op: "Outer", In: list("x"), Out: list("y"), Attrs: map[string]any{"slope": 0.5}}},
		Functions: []optest.Function{
			{Domain: "local", Name: "Outer", In: list("a"), Out: list("c"), Attrs: list("slope"), Opset: 21, Nodes: []optest.Node{
				{Name: "inner", Domain: "local", Op: "Inner", In: list("a"), Out: list("b"), Attrs: map[string]any{"alpha": optest.Ref{Name: "slope", Kind: 0.5}}},
				{Name: "again", Domain: "local", Op: "Inner", In: list("b"), Out: list("c")}}},
			{Domain: "local", Name: "Inner", In: list("a", "high"), Out: list("d"), Defaults: map[string]any{"alpha": 0.25}, Opset: 21, Nodes: []optest.Node{
				node("LeakyRelu", list("a"), list("b"), map[string]any{"alpha": optest.Ref{Name: "alpha", Kind: 0.5}}),
				node("Clip", list("b", "", "high"), list("d"), nil)}},
		}}
}

// listed builds a sequence in a loop, and takes it apart.
func listed() optest.Model {
	body := graphOf([]optest.Port{port("i"), port("go"), port("q")}, list("go", "r"),
		node("Slice", list("x", "i1", "i2", "axis"), list("part"), nil),
		node("SequenceInsert", list("q", "part"), list("r"), nil))
	body.Nodes = append([]optest.Node{
		node("Unsqueeze", list("i", "axis"), list("i1"), nil), node("Add", list("i1", "one"), list("i2"), nil)}, body.Nodes...)
	return optest.Model{Opset: 21, Inputs: []optest.Port{port("x", 3)}, Outputs: list("y", "n"),
		Init: []optest.Tensor{named("trips", optest.I(nil, 3)), named("axis", optest.List(0)), named("one", optest.List(1)), named("at", optest.I(nil, -1))},
		Nodes: []optest.Node{
			node("SequenceEmpty", nil, list("q"), nil),
			node("Loop", list("trips", "", "q"), list("all"), map[string]any{"body": body}),
			node("SequenceLength", list("all"), list("n"), nil),
			node("SequenceAt", list("all", "at"), list("last"), nil),
			node("SequenceErase", list("all", "at"), list("rest"), nil),
			node("SequenceConstruct", list("last", "last"), list("two"), nil),
			node("ConcatFromSequence", list("two"), list("twice"), map[string]any{"axis": 0}),
			node("SplitToSequence", list("twice"), list("halves"), map[string]any{"keepdims": 0}),
			node("SequenceAt", list("halves", "at"), list("half"), nil),
			node("ConcatFromSequence", list("rest"), list("front"), map[string]any{"axis": 0}),
			node("Add", list("front", "half"), list("y"), nil),
		}}
}

// TestControl runs what is left of control flow, functions and sequences.
func TestControl(t *testing.T) {
	for name, c := range map[string]struct {
		model optest.Model
		in    optest.Tensor
		want  map[string]optest.Tensor
		nodes int
	}{
		"loop": {loops(), optest.F(tensor.Shape{2}, 1, 10), map[string]optest.Tensor{
			"y": optest.F(tensor.Shape{2}, 6, 60), "rows": optest.F(tensor.Shape{4, 2}, 0, 0, 1, 10, 3, 30, 6, 60)}, 13},
		"scan": {scans(21, map[string]any{}, 3, 2), optest.Seq(tensor.Shape{3, 2}, 1, 1), map[string]optest.Tensor{
			"y": optest.F(tensor.Shape{2}, 9, 12), "rows": optest.F(tensor.Shape{3, 2}, 1, 2, 4, 6, 9, 12)}, 0},
		"scan backward along axis 1": {scans(11, map[string]any{"scan_input_axes": []int{1}, "scan_input_directions": []int{1}, "scan_output_axes": []int{-1}, "scan_output_directions": []int{1}}, 2, 3),
			optest.Seq(tensor.Shape{2, 3}, 1, 1), map[string]optest.Tensor{
				"y": optest.F(tensor.Shape{2}, 6, 15), "rows": optest.F(tensor.Shape{2, 3}, 6, 5, 3, 15, 11, 6)}, 0},
		"scan of a batch": {scans(8, map[string]any{"directions": []int{1}}, 1, 3, 2), optest.Seq(tensor.Shape{1, 3, 2}, 1, 1), map[string]optest.Tensor{
			"y": optest.F(tensor.Shape{1, 2}, 9, 12), "rows": optest.F(tensor.Shape{1, 3, 2}, 5, 6, 8, 10, 9, 12)}, 0},
		"then":      {branches(named("c", optest.B(nil, 1))), optest.F(tensor.Shape{2}, 3, -4), map[string]optest.Tensor{"y": optest.F(tensor.Shape{2}, 0, 0)}, 2},
		"else":      {branches(named("c", optest.B(tensor.Shape{1}, 0))), optest.F(tensor.Shape{2}, 3, -4), map[string]optest.Tensor{"y": optest.F(tensor.Shape{2}, -3, 4)}, 1},
		"functions": {functions(), optest.F(tensor.Shape{4}, 3, -4, 0, 8), map[string]optest.Tensor{"y": optest.F(tensor.Shape{4}, 3, -0.5, 0, 8)}, 4},
		"sequences": {listed(), optest.F(tensor.Shape{3}, 1, 2, 4), map[string]optest.Tensor{"y": optest.F(tensor.Shape{2}, 5, 6), "n": optest.I(nil, 3)}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			g, _, err := onnx.Decode(c.model.Marshal(), onnx.Options{})
			require.NoError(t, err)
			if c.nodes > 0 {
				require.Len(t, g.Nodes, c.nodes, "%v", g)
			}
			got, err := g.Run(map[string]*tensor.Float{"x": c.in.Value}, nil)
			require.NoError(t, err)
			require.Len(t, got, len(c.want))
			for name, w := range c.want {
				require.NoError(t, optest.Near(got[name], w.Value, 1e-9, 0), name)
			}
		})
	}
}

// TestIfOfVariable has a condition that only the input knows.
func TestIfOfVariable(t *testing.T) {
	m := branches()
	m.Inputs = append(m.Inputs, optest.Port{Name: "c", DType: tensor.Bool, Dims: []any{1}})
	g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	require.NoError(t, err)
	for c, want := range map[float64][]float64{0: {-3, 4}, 1: {0, 0}} {
		got, err := g.Run(map[string]*tensor.Float{"x": optest.F(tensor.Shape{2}, 3, -4).Value, "c": optest.B(tensor.Shape{1}, c).Value}, nil)
		require.NoError(t, err)
		require.Equal(t, want, got["y"].Data)
	}
	m.Nodes[1].Attrs["else_branch"] = graphOf(nil, list("n"), node("Concat", list("x", "x"), list("n"), map[string]any{"axis": 0}))
	_, _, err = onnx.Decode(m.Marshal(), onnx.Options{})
	var coded *onnx.Error
	require.ErrorAs(t, err, &coded)
	require.Equal(t, onnx.CodeNotConstant, coded.Code)

	g, _, err = onnx.Decode(m.Marshal(), onnx.Options{Constants: map[string]*tensor.Float{"c": optest.B(tensor.Shape{1}, 1).Value}})
	require.NoError(t, err)
	require.Len(t, g.Inputs, 1)
}

// TestGroups holds that values of all iterations that correspond are quantized alike, and no others.
func TestGroups(t *testing.T) {
	g, _, err := onnx.Decode(loops().Marshal(), onnx.Options{})
	require.NoError(t, err)
	members := map[string]int{}
	byName := map[string]*graph.Value{}
	for _, n := range g.Nodes {
		for _, v := range n.Out {
			members[v.Group]++
			byName[v.Name] = v
		}
	}
	require.Equal(t, 4, members["y/t"], "%v", members)
	require.Equal(t, 4, members["y/xi"])
	require.Equal(t, 5, members[""], "the rows are joined outside of the loop")
	require.Contains(t, byName, "y/2/t")
}

// TestLoopInvariant computes once what does not depend on the iteration.
func TestLoopInvariant(t *testing.T) {
	m := loops()
	body := accumulate()
	body.Nodes[1] = node("Mul", list("w2", "real"), list("xi"), nil)
	body.Nodes = append(body.Nodes, node("Exp", list("x"), list("w"), nil), node("Neg", list("w"), list("w2"), nil))
	m.Nodes[0].Attrs["body"] = body
	g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	require.NoError(t, err)
	kinds := map[string]int{}
	for _, n := range g.Nodes {
		kinds[n.Kind]++
	}
	require.Equal(t, map[string]int{"Exp": 1, "Neg": 1, "Mul": 4, "Add": 4, "Unsqueeze": 4, "Concat": 1}, kinds)
}

func TestNoIteration(t *testing.T) {
	m := loops()
	m.Init[0] = named("trips", optest.I(nil, 0))
	body := accumulate()
	m.Nodes[0].Attrs["body"] = body
	_, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	var coded *onnx.Error
	require.ErrorAs(t, err, &coded)
	require.Equal(t, onnx.CodeShape, coded.Code, err)

	m.Outputs, m.Nodes[0].Out = list("y"), list("y")
	body.Outputs = list("more", "t")
	m.Nodes[0].Attrs["body"] = body
	g, _, err := onnx.Decode(m.Marshal(), onnx.Options{})
	require.NoError(t, err)
	require.Equal(t, []float64{0, 0}, g.Outputs[0].Const.Data)
}

func TestControlErrors(t *testing.T) {
	loop := func(f func(m *optest.Model, body *optest.Model)) optest.Model {
		m, body := loops(), accumulate()
		f(&m, &body)
		m.Nodes[0].Attrs["body"] = body
		return m
	}
	call := func(f func(m *optest.Model)) optest.Model {
		m := functions()
		f(&m)
		return m
	}
	deep := graphOf(nil, list("a"), node("Abs", list("x"), list("a"), nil))
	for range 40 {
		deep = graphOf(nil, list("a"), node("If", list("c"), list("a"), map[string]any{"then_branch": deep, "else_branch": graphOf(nil, list("x"))}))
	}
	nested := branches(named("c", optest.B(nil, 1)))
	nested.Nodes[1].Attrs["then_branch"] = deep
	doubling := call(func(m *optest.Model) {
		m.Functions = nil
		for i := range 30 {
			name, next := fmt.Sprintf("F%d", i), fmt.Sprintf("F%d", i+1)
			m.Functions = append(m.Functions, optest.Function{Domain: "local", Name: name, In: list("a"), Out: list("c"), Attrs: list("slope"), Opset: 21, Nodes: []optest.Node{
				{Domain: "local", Op: next, In: list("a"), Out: list("b")}, {Domain: "local", Op: next, In: list("b"), Out: list("c")}}})
		}
		m.Functions = append(m.Functions, optest.Function{Domain: "local", Name: "F30", In: list("a"), Out: list("c"), Opset: 21, Nodes: []optest.Node{node("Abs", list("a"), list("c"), nil)}})
		m.Nodes[0].Op = "F0"
	})
	for name, c := range map[string]struct {
		model optest.Model
		code  string
	}{
		"endless": {loop(func(m, body *optest.Model) {
			m.Init[0] = named("trips", optest.I(nil, 1<<62))
			body.Nodes[3] = node("Not", list("no"), list("more"), nil)
			body.Init = []optest.Tensor{named("no", optest.B(nil, 0))}
		}), onnx.CodeTooLarge},
		"endless and empty": {loop(func(m, body *optest.Model) {
			m.Nodes[0].In[0] = ""
			*body = graphOf(body.Inputs, list("go", "s", "s"))
		}), onnx.CodeTooLarge},
		"condition of the input": {loop(func(m, body *optest.Model) {
			body.Nodes[3] = node("Greater", list("x", "zero"), list("more"), nil)
		}), onnx.CodeNotConstant},
		"trips of the input": {loop(func(m, body *optest.Model) { m.Nodes[0].In[0] = "x" }), onnx.CodeNotConstant},
		"nothing scanned":    {loop(func(m, body *optest.Model) { m.Nodes[0].Op = "Scan" }), onnx.CodeArity},
		"body of few inputs": {loop(func(m, body *optest.Model) { body.Inputs = body.Inputs[:2] }), onnx.CodeArity},
		"unknown attribute":  {loop(func(m, body *optest.Model) { m.Nodes[0].Attrs["trips"] = 1 }), onnx.CodeBadAttribute},
		"missing in body":    {loop(func(m, body *optest.Model) { body.Nodes[1].In[0] = "nowhere" }), onnx.CodeMissingTensor},
		"missing output":     {loop(func(m, body *optest.Model) { body.Outputs[1] = "nowhere" }), onnx.CodeMissingTensor},
		"cycle in body":      {loop(func(m, body *optest.Model) { body.Nodes[0].In[0] = "t" }), onnx.CodeCycle},
		"cycle by body":      {loop(func(m, body *optest.Model) { body.Nodes[1].In[0] = "y" }), onnx.CodeCycle},
		"unsupported":        {loop(func(m, body *optest.Model) { body.Nodes[1].Op = "Unheard" }), onnx.CodeUnsupportedOp},
		"too many outputs":   {loop(func(m, body *optest.Model) { m.Nodes[0].Out = list("y", "rows", "z") }), onnx.CodeArity},
		"deep":               {nested, onnx.CodeTooLarge},
		"recursion":          {call(func(m *optest.Model) { m.Functions[0].Nodes[0].Op, m.Functions[0].Nodes[0].Attrs = "Outer", nil }), onnx.CodeTooLarge},
		"doubling":           {doubling, onnx.CodeTooLarge},
		"unknown argument":   {call(func(m *optest.Model) { m.Nodes[0].Attrs["beta"] = 1.0 }), onnx.CodeBadAttribute},
		"many inputs":        {call(func(m *optest.Model) { m.Nodes[0].In = list("x", "x") }), onnx.CodeArity},
		"function twice":     {call(func(m *optest.Model) { m.Functions[1].Name = "Outer" }), onnx.CodeMalformed},
		"outer name":         {call(func(m *optest.Model) { m.Functions[1].Nodes[0].In[0] = "x" }), onnx.CodeMissingTensor},
		"reference outside":  {call(func(m *optest.Model) { m.Nodes[0].Attrs["slope"] = optest.Ref{Name: "a", Kind: 1.0} }), onnx.CodeMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := onnx.Decode(c.model.Marshal(), onnx.Options{})
			var coded *onnx.Error
			require.ErrorAs(t, err, &coded)
			require.Equal(t, c.code, coded.Code, err)
		})
	}
}

func TestConstants(t *testing.T) {
	m := small()
	m.Inputs = append(m.Inputs, optest.Port{Name: "k", DType: tensor.Int64, Dims: []any{"R"}}, optest.Port{Name: "z", DType: tensor.Float32, Dims: []any{"R", 2}})
	m.Nodes = append(m.Nodes, node("Reshape", list("z", "k"), list("r"), nil))
	m.Outputs = append(m.Outputs, "r")
	k := optest.I(tensor.Shape{3}, 1, -1, 1).Value
	g, _, err := onnx.Decode(m.Marshal(), onnx.Options{Constants: map[string]*tensor.Float{"k": k}})
	require.NoError(t, err)
	require.Len(t, g.Inputs, 2)
	require.Equal(t, "float32[1x6x1]", g.Outputs[1].Type.String())
	for name, c := range map[string]struct {
		opt  onnx.Options
		code string
	}{
		"not an integer":   {onnx.Options{Constants: map[string]*tensor.Float{"k": optest.F(tensor.Shape{1}, 0.5).Value}}, onnx.CodeValue},
		"rank":             {onnx.Options{Constants: map[string]*tensor.Float{"k": tensor.Scalar(1.0)}}, onnx.CodeDims},
		"extent":           {onnx.Options{Constants: map[string]*tensor.Float{"z": optest.Seq(tensor.Shape{1, 3}, 0, 1).Value}}, onnx.CodeDims},
		"symbol":           {onnx.Options{Constants: map[string]*tensor.Float{"k": k}, Dims: map[string]int{"R": 2}}, onnx.CodeDims},
		"unknown":          {onnx.Options{Constants: map[string]*tensor.Float{"k": k, "w": k}}, onnx.CodeMissingTensor},
		"without constant": {onnx.Options{}, onnx.CodeNotConstant},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := onnx.Decode(m.Marshal(), c.opt)
			var coded *onnx.Error
			require.ErrorAs(t, err, &coded)
			require.Equal(t, c.code, coded.Code, err)
		})
	}
}
