package graph

import (
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// double adds its input to itself.
type double struct{ identity }

func (double) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y := tensor.New[float64](in[0].Shape)
	for i, v := range in[0].Data {
		y.Data[i] = 2 * v
	}
	return []*tensor.Float{y}, nil
}

// times4 doubles twice, the second time as a composite of its own.
type times4 struct{ double }

func (times4) Expand(x *Expansion, in []*Value) ([]*Value, error) {
	a, err := x.Add("Double", double{}, in[0])
	if err != nil {
		return nil, err
	}
	x.Group("a", a...)
	return x.Add("Wrapped", wrapped{}, a...)
}

// wrapped is double as a composite.
type wrapped struct{ double }

func (wrapped) Expand(x *Expansion, in []*Value) ([]*Value, error) {
	return x.Add("Double", double{}, in[0])
}

// nothing expands to its input.
type nothing struct{ identity }

func (nothing) Expand(_ *Expansion, in []*Value) ([]*Value, error) { return in[:1], nil }

// atomic does not expand.
type atomic struct{ double }

func (atomic) Expand(*Expansion, []*Value) ([]*Value, error) { return nil, ErrAtomic }

// endless expands to itself.
type endless struct{ double }

func (endless) Expand(x *Expansion, in []*Value) ([]*Value, error) {
	return x.Add("Endless", endless{}, in...)
}

func sequence(ops ...Op) *Graph {
	t := Type{tensor.Float32, tensor.Shape{2}}
	g := &Graph{Name: "sequence", Inputs: []*Value{{Name: "x", Type: t}}}
	last := g.Inputs[0]
	for i, op := range ops {
		out := &Value{Name: string(rune('a' + i)), Type: t}
		g.Nodes = append(g.Nodes, &Node{Name: "node " + out.Name, Kind: "Test", Op: op, In: []*Value{last}, Out: []*Value{out}})
		last = out
	}
	g.Outputs = []*Value{last}
	return g
}

func TestExpand(t *testing.T) {
	x := &tensor.Float{Shape: tensor.Shape{2}, Data: []float64{1, -3}}
	for _, c := range []struct {
		name  string
		g     *Graph
		by    float64
		nodes int
	}{
		{"nested", sequence(times4{}), 4, 2},
		{"a chain of composites", sequence(times4{}, double{}, times4{}), 32, 5},
		{"an operator that keeps itself", sequence(atomic{}, wrapped{}), 4, 2},
		{"an output that is an input", sequence(nothing{}), 1, 1},
		{"nothing in the middle", sequence(nothing{}, double{}, nothing{}), 2, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := c.g.Outputs[0].Name
			require.NoError(t, c.g.Expand())
			require.NoError(t, c.g.Verify())
			require.Len(t, c.g.Nodes, c.nodes)
			got, err := c.g.Run(map[string]*tensor.Float{"x": x}, nil)
			require.NoError(t, err)
			require.Equal(t, []float64{c.by, -3 * c.by}, got[name].Data, "the output keeps its name")
		})
	}
	require.ErrorContains(t, sequence(endless{}).Expand(), "levels")
}

func TestExpandGroups(t *testing.T) {
	g := sequence(times4{}, times4{})
	require.NoError(t, g.Expand())
	require.Equal(t, "node a/a", g.Nodes[0].Out[0].Group)
	require.Equal(t, "node b/a", g.Nodes[2].Out[0].Group)
	// Nodes whose results are quantized alike have expansions that are.
	g = sequence(times4{}, times4{})
	g.Nodes[0].Out[0].Group, g.Nodes[1].Out[0].Group = "step", "step"
	require.NoError(t, g.Expand())
	require.Equal(t, "step/a", g.Nodes[0].Out[0].Group)
	for i := range 2 {
		require.NotEmpty(t, g.Nodes[i].Out[0].Group)
		require.Equal(t, g.Nodes[i].Out[0].Group, g.Nodes[i+2].Out[0].Group)
	}
}

// Operators on constants are evaluated.
func TestExpandFolds(t *testing.T) {
	x := &Expansion{node: &Node{Name: "n", Out: []*Value{{Name: "y"}}}}
	k := x.Const(tensor.Float32, &tensor.Float{Shape: tensor.Shape{1}, Data: []float64{5}})
	out, err := x.Add("Double", double{}, k)
	require.NoError(t, err)
	require.Equal(t, []float64{10}, out[0].Const.Data)
	require.Empty(t, x.nodes)
}

// forever expands to one operator after another.
type forever struct{ double }

func (forever) Expand(x *Expansion, in []*Value) ([]*Value, error) {
	for {
		var err error
		if in, err = x.Add("Double", double{}, in[0]); err != nil {
			return nil, err
		}
	}
}

func TestExpandTooMuch(t *testing.T) {
	x, y := value("x"), value("y")
	g := &Graph{Inputs: []*Value{x}, Outputs: []*Value{y}, Nodes: []*Node{{Name: "n", Kind: "Forever", Op: forever{}, In: []*Value{x}, Out: []*Value{y}}}}
	var coded *Error
	require.ErrorAs(t, g.Expand(), &coded)
	require.Equal(t, CodeLarge, coded.Code)
	require.Equal(t, "n", coded.Node)
}
