package optest

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// lower builds the integer program of a case and compares its outputs, scaled to reals, with the wanted ones.
func (c Case) lower(t *testing.T, g *graph.Graph, in map[string]*tensor.Float) {
	b := program.NewBuilder(g.Name, program.Options{Bits: 12, Shift: 8, OutputBits: 20})
	if err := g.Expand(); c.Lower != "" && err != nil {
		var coded *graph.Error
		require.ErrorAs(t, err, &coded)
		require.Equal(t, c.Lower, coded.Code, err)
		return
	} else {
		require.NoError(t, err)
	}
	require.NoError(t, g.Verify())
	observed := map[*graph.Value]program.Interval{}
	float, err := g.Run(in, func(v *graph.Value, x *tensor.Float) { observed[v] = interval(x) })
	require.NoError(t, err)
	values := map[*graph.Value]*program.Value{}
	for _, v := range g.Inputs {
		r := interval(in[v.Name])
		if v.Type.DType.IsFloat() {
			values[v] = b.Input(v.Name, v.Type.Shape, r, 16)
		} else {
			values[v] = b.Integers(v.Name, v.Type.Shape, int64(r.Min), int64(r.Max))
		}
	}
	for _, n := range g.Nodes {
		b.Begin(n.Name, observed[n.Out[0]])
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
			require.Equal(t, graph.CodeLower, c.Lower, "%s has no integer form", n.Kind)
			return
		}
		outs, err := op.Lower(b, args)
		if c.Lower != "" && err != nil {
			var coded *graph.Error
			require.ErrorAs(t, err, &coded)
			require.Equal(t, c.Lower, coded.Code, err)
			return
		}
		require.NoError(t, err)
		require.Len(t, outs, len(n.Out))
		for i, v := range n.Out {
			require.True(t, outs[i].Shape().Equal(v.Type.Shape), "want %v, got %v", v.Type, outs[i].Shape())
			if outs[i].Const() == nil {
				outs[i].Observe(observed[v])
			}
			values[v] = outs[i]
		}
	}
	require.Empty(t, c.Lower, "Lower must refuse the case")
	want := map[string]*tensor.Float{}
	var outputs []string
	for i, v := range g.Outputs {
		require.NoError(t, Near(float[v.Name], c.Out[i].Value, 1e-6, 1e-5), "output %s of the expansion", v.Name)
		if v.Const != nil {
			continue
		}
		if k := values[v].Const(); k != nil {
			require.NoError(t, Near(k, c.Out[i].Value, 0, 0), "constant output %d", i)
			continue
		}
		require.NoError(t, b.Output(v.Name, values[v]))
		want[v.Name] = c.Out[i].Value
		outputs = append(outputs, v.Name)
	}
	if len(outputs) == 0 {
		return
	}
	p, err := b.Program()
	require.NoError(t, err)
	var quantized []*tensor.Int
	for i, v := range g.Inputs {
		d := p.Tensors[p.Inputs[i]]
		q := tensor.New[int64](d.Shape)
		for j, x := range in[v.Name].Data {
			q.Data[j] = min(max(int64(math.RoundToEven(x/d.Scale)), d.Range.Min), d.Range.Max)
		}
		quantized = append(quantized, q)
	}
	trace, err := p.Run(quantized)
	require.NoError(t, err)
	for i, name := range outputs {
		got := p.OutputsOf(trace)[i]
		real := tensor.New[float64](got.Shape)
		for j, q := range got.Data {
			real.Data[j] = float64(q) * p.Tensors[p.Outputs[i]].Scale
		}
		r := interval(want[name])
		tol := c.Tol
		if d := typeOf(g, name); tol == 0 && d.IsFloat() {
			tol = 0.02
		}
		require.NoError(t, Near(real, want[name], tol*max(r.Max-r.Min, 1e-3)+1e-9, 0), "output %s of the integer program", name)
	}
}

// typeOf is the element type of an output.
func typeOf(g *graph.Graph, output string) tensor.DType {
	for _, v := range g.Outputs {
		if v.Name == output {
			return v.Type.DType
		}
	}
	return tensor.Undefined
}

// interval covers the elements of x and zero.
func interval(x *tensor.Float) program.Interval {
	all := append([]float64{0}, x.Data...)
	return program.Interval{Min: slices.Min(all), Max: slices.Max(all)}
}
