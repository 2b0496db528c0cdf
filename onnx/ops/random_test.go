package ops_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"assay/internal/optest"
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/onnx/ops"
)

var extremes = []int{math.MaxInt64, math.MinInt64, 1 << 20, 1 << 31, -(1 << 31)}

// mutate changes the opset, an attribute, a shape or a fixed value of a case.
func mutate(t *rapid.T, c optest.Case) optest.Case {
	number := rapid.OneOf(rapid.IntRange(-3, 4), rapid.SampledFrom(extremes))
	c.In, c.Attrs = slices.Clone(c.In), maps.Clone(c.Attrs)
	switch rapid.SampledFrom([]string{"opset", "attribute", "shape", "value", "extra"}).Draw(t, "mutation") {
	case "opset":
		c.Opset = rapid.IntRange(ops.MinOpset, ops.MaxOpset).Draw(t, "opset")
	case "attribute":
		for _, name := range slices.Sorted(maps.Keys(c.Attrs)) {
			switch c.Attrs[name].(type) {
			case int:
				c.Attrs[name] = number.Draw(t, name)
			case []int:
				c.Attrs[name] = rapid.SliceOfN(number, 0, 5).Draw(t, name)
			case float64:
				c.Attrs[name] = rapid.Float64Range(-2, 2).Draw(t, name)
			}
		}
	case "extra":
		if c.Attrs == nil {
			c.Attrs = map[string]any{}
		}
		name := rapid.SampledFrom([]string{"axis", "axes", "pads", "strides", "dilations", "perm", "group", "keepdims", "ceil_mode"}).Draw(t, "name")
		if slices.Contains([]string{"axis", "group", "keepdims", "ceil_mode"}, name) {
			c.Attrs[name] = number.Draw(t, name)
		} else {
			c.Attrs[name] = rapid.SliceOfN(number, 0, 5).Draw(t, name)
		}
	case "shape", "value":
		if len(c.In) == 0 {
			return c
		}
		x := &c.In[rapid.IntRange(0, len(c.In)-1).Draw(t, "input")]
		if x.Value == nil {
			return c
		}
		shape := x.Value.Shape
		low := 1
		if x.Fixed {
			low = 0
		}
		if rapid.Bool().Draw(t, "reshape") {
			shape = rapid.SliceOfN(rapid.IntRange(low, 4), 0, 5).Draw(t, "shape")
		}
		x.Value = tensor.New[float64](shape)
		for i := range x.Value.Data {
			if x.DType == tensor.Int64 {
				x.Value.Data[i] = float64(number.Draw(t, "element"))
			} else {
				x.Value.Data[i] = rapid.Float64Range(-4, 4).Draw(t, "element")
			}
		}
	}
	return c
}

// TestMutations imports cases of which something was changed. Each gives a coded error, or a graph that runs in
// float with the shapes that it declares and that lowers to those shapes or says why not. None panics.
func TestMutations(t *testing.T) {
	all := optest.All()
	names := slices.Sorted(maps.Keys(all))
	accepted, lowered := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		op := rapid.SampledFrom(names).Draw(t, "op")
		c := mutate(t, rapid.SampledFrom(all[op]).Draw(t, "case"))
		g, _, err := onnx.Decode(c.Model(op, rapid.Bool().Draw(t, "fixed")).Marshal(), onnx.Options{MaxElements: 1 << 12})
		if err != nil {
			var coded *onnx.Error
			require.ErrorAs(t, err, &coded)
			require.NotEmpty(t, coded.Code)
			return
		}
		accepted++
		in := map[string]*tensor.Float{}
		for _, v := range g.Inputs {
			in[v.Name] = tensor.New[float64](v.Type.Shape)
		}
		out, err := g.Run(in, nil)
		require.NoError(t, err)
		for _, v := range g.Outputs {
			require.Len(t, out[v.Name].Data, v.Type.Shape.Size())
		}
		if lower(t, g) {
			lowered++
		}
	})
	t.Logf("%d mutations were accepted, %d lowered", accepted, lowered)
	require.Positive(t, accepted)
	require.Positive(t, lowered)
}

// lower reports whether every node lowered.
func lower(t *rapid.T, g *graph.Graph) bool {
	unit := program.Interval{Min: -4, Max: 4}
	if err := g.Expand(); err != nil {
		return false
	}
	b := program.NewBuilder(g.Name, program.Options{Bits: 8, Shift: 8, OutputBits: 16})
	values := map[*graph.Value]*program.Value{}
	for _, v := range g.Inputs {
		values[v] = b.Input(v.Name, v.Type.Shape, unit, 8)
		values[v].Observe(unit)
	}
	for _, n := range g.Nodes {
		b.Begin(n.Name, unit)
		args := make([]*program.Value, len(n.In))
		for i, v := range n.In {
			if v != nil && v.Const != nil {
				args[i] = b.Const(v.Const)
			} else if v != nil {
				args[i] = values[v]
			}
		}
		op, ok := n.Op.(graph.Lowerer)
		if !ok {
			return false
		}
		outs, err := op.Lower(b, args)
		if err != nil {
			return false
		}
		for i, v := range n.Out {
			require.True(t, outs[i].Shape().Equal(v.Type.Shape), "%s: output %d: want %v, got %v", n.Kind, i, v.Type, outs[i].Shape())
			outs[i].Observe(unit)
			values[v] = outs[i]
		}
	}
	return len(g.Nodes) > 0
}
