package optest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"
	"assay/onnx/ops"
)

// Covered reports whether op has a case of a version of its domain that uses the form introduced in since.
func Covered(domain, op string, since int) bool {
	return slices.ContainsFunc(cases[op], func(c Case) bool {
		s, ok := ops.Since(domain, op, c.Opset)
		return ok && c.Domain == domain && s == since
	})
}

// Run runs the registered cases: each is imported and executed in float, folded with every input fixed, and lowered
// to an integer program.
func Run(t *testing.T) {
	var names []string
	for op := range cases {
		names = append(names, op)
	}
	slices.Sort(names)
	for _, op := range names {
		for i, c := range cases[op] {
			name := op
			if c.Name != "" || i > 0 {
				name = fmt.Sprintf("%s/%d %s", op, i, c.Name)
			}
			t.Run(name, func(t *testing.T) { c.run(t, op) })
		}
	}
}

func (c Case) run(t *testing.T, op string) {
	g, _, err := onnx.Decode(c.Model(op, false).Marshal(), onnx.Options{})
	if c.Err != "" {
		var coded *onnx.Error
		require.ErrorAs(t, err, &coded)
		require.Equal(t, c.Err, coded.Code, err)
		return
	}
	require.NoError(t, err)
	in := map[string]*tensor.Float{}
	for _, v := range g.Inputs {
		var i int
		_, err := fmt.Sscanf(v.Name, "x%d", &i)
		require.NoError(t, err)
		in[v.Name] = c.In[i].Value
	}
	c.compare(t, g, in)
	t.Run("folded", func(t *testing.T) {
		g, _, err := onnx.Decode(c.Model(op, true).Marshal(), onnx.Options{})
		require.NoError(t, err)
		require.Empty(t, g.Nodes)
		c.compare(t, g, map[string]*tensor.Float{})
	})
	if len(g.Nodes) > 0 {
		t.Run("lowered", func(t *testing.T) { c.lower(t, g, in) })
	}
}

func (c Case) compare(t *testing.T, g *graph.Graph, in map[string]*tensor.Float) {
	t.Helper()
	got, err := g.Run(in, nil)
	require.NoError(t, err)
	require.Len(t, g.Outputs, len(c.Out))
	for i, w := range c.Out {
		v := g.Outputs[i]
		require.Equal(t, w.DType, v.Type.DType, v.Name)
		require.True(t, v.Type.Shape.Equal(w.Value.Shape), "%s: want shape %v, got %v", v.Name, w.Value.Shape, v.Type.Shape)
		require.NoError(t, Near(got[v.Name], w.Value, 1e-6, 1e-5), v.Name)
	}
}

// Model is the case as a model of one node, all inputs fixed where asked for; inputs are x0, x1, ... and outputs y0, y1, ...
func (c Case) Model(op string, fixed bool) Model {
	m := Model{Opset: c.Opset, Name: op, Nodes: []Node{{Name: "node", Op: op, Domain: c.Domain, Attrs: c.Attrs}}}
	if c.Domain != "" {
		m.Opset, m.Domains = 0, map[string]int{c.Domain: c.Opset}
	}
	n := &m.Nodes[0]
	for i, x := range c.In {
		if x.Value == nil {
			n.In = append(n.In, "")
			continue
		}
		x.Name = fmt.Sprintf("x%d", i)
		n.In = append(n.In, x.Name)
		if x.Fixed || fixed {
			m.Init = append(m.Init, x)
			continue
		}
		p := Port{Name: x.Name, DType: x.DType}
		for _, d := range x.Value.Shape {
			p.Dims = append(p.Dims, d)
		}
		m.Inputs = append(m.Inputs, p)
	}
	for i := range max(1, len(c.Out)) {
		n.Out = append(n.Out, fmt.Sprintf("y%d", i))
	}
	m.Outputs = n.Out
	return m
}
