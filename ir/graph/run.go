package graph

import (
	"fmt"

	"assay/ir/tensor"
)

// Run executes the graph in float: in has a tensor for each input by name and the result one for each output.
// observe, when not nil, sees each input and each node output as it is computed; it must not keep or change
// the tensor. A tensor is released after its last reader.
func (g *Graph) Run(in map[string]*tensor.Float, observe func(*Value, *tensor.Float)) (map[string]*tensor.Float, error) {
	if observe == nil {
		return g.RunEdited(in, nil)
	}
	return g.RunEdited(in, func(v *Value, t *tensor.Float) *tensor.Float {
		observe(v, t)
		return t
	})
}

// RunEdited executes the graph as Run does, with what edit makes of each input and each node output in its place. edit
// must not change or keep the tensor that it is given, which others may hold.
func (g *Graph) RunEdited(in map[string]*tensor.Float, edit func(*Value, *tensor.Float) *tensor.Float) (map[string]*tensor.Float, error) {
	if len(in) != len(g.Inputs) {
		return nil, fmt.Errorf("run graph: want %d inputs, got %d", len(g.Inputs), len(in))
	}
	if edit == nil {
		edit = func(_ *Value, t *tensor.Float) *tensor.Float { return t }
	}
	left := g.Uses()
	live := map[*Value]*tensor.Float{}
	for _, v := range g.Inputs {
		t := in[v.Name]
		if t == nil {
			return nil, fmt.Errorf("run graph: input %q is missing", v.Name)
		}
		if !t.Shape.Equal(v.Type.Shape) || len(t.Data) != v.Type.Shape.Size() {
			return nil, fmt.Errorf("run graph: input %q: want shape %v, got %v with %d elements", v.Name, v.Type.Shape, t.Shape, len(t.Data))
		}
		live[v] = edit(v, t)
	}
	for _, n := range g.Nodes {
		args := make([]*tensor.Float, len(n.In))
		for i, v := range n.In {
			if v == nil {
				continue
			}
			if args[i] = v.Const; args[i] == nil {
				args[i] = live[v]
			}
		}
		res, err := n.Op.Eval(args)
		if err != nil {
			return nil, fmt.Errorf("run node %q (%s): %w", n.Name, n.Kind, err)
		}
		if len(res) != len(n.Out) {
			return nil, fmt.Errorf("run node %q (%s): want %d outputs, got %d", n.Name, n.Kind, len(n.Out), len(res))
		}
		for i, v := range n.Out {
			if !res[i].Shape.Equal(v.Type.Shape) {
				return nil, fmt.Errorf("run node %q (%s): output %d: want shape %v, got %v", n.Name, n.Kind, i, v.Type.Shape, res[i].Shape)
			}
			if t := edit(v, res[i]); left[v] > 0 {
				live[v] = t
			}
		}
		for _, v := range n.In {
			if v == nil {
				continue
			}
			if left[v]--; left[v] == 0 {
				delete(live, v)
			}
		}
	}
	out := map[string]*tensor.Float{}
	for _, v := range g.Outputs {
		if out[v.Name] = v.Const; v.Const == nil {
			out[v.Name] = live[v]
		}
	}
	return out, nil
}
