package graph

import "fmt"

// Verify checks what every pass must keep: each value is defined once and before it is read, constants have
// the shape of their type, node inputs and outputs have the types that Infer gives, and names are unique.
func (g *Graph) Verify() error {
	defined := map[*Value]bool{}
	names := map[string]*Value{}
	define := func(v *Value, where string) error {
		if v == nil {
			return fmt.Errorf("verify graph: %s: want a value, got none", where)
		}
		if defined[v] {
			return fmt.Errorf("verify graph: %s: value %q is defined twice", where, v.Name)
		}
		if o := names[v.Name]; o != nil && o != v {
			return fmt.Errorf("verify graph: %s: two values have the name %q", where, v.Name)
		}
		names[v.Name], defined[v] = v, true
		return nil
	}
	read := func(v *Value, where string) error {
		if v == nil {
			return fmt.Errorf("verify graph: %s: want a value, got none", where)
		}
		if v.Const == nil {
			if !defined[v] {
				return fmt.Errorf("verify graph: %s: value %q is read before it is defined", where, v.Name)
			}
			return nil
		}
		if !v.Const.Shape.Equal(v.Type.Shape) || len(v.Const.Data) != v.Type.Shape.Size() {
			return fmt.Errorf("verify graph: %s: constant %q: want %v, got shape %v with %d elements",
				where, v.Name, v.Type, v.Const.Shape, len(v.Const.Data))
		}
		if o := names[v.Name]; o != nil && o != v {
			return fmt.Errorf("verify graph: %s: two values have the name %q", where, v.Name)
		}
		names[v.Name] = v
		return nil
	}
	for i, v := range g.Inputs {
		if err := define(v, fmt.Sprintf("input %d", i)); err != nil {
			return err
		}
		if v.Const != nil {
			return fmt.Errorf("verify graph: input %q is a constant", v.Name)
		}
	}
	for _, n := range g.Nodes {
		where := fmt.Sprintf("node %q (%s)", n.Name, n.Kind)
		for _, v := range n.In {
			if v == nil {
				continue
			}
			if err := read(v, where); err != nil {
				return err
			}
		}
		if err := n.verifyTypes(); err != nil {
			return err
		}
		for _, v := range n.Out {
			if err := define(v, where); err != nil {
				return err
			}
			if v.Const != nil {
				return fmt.Errorf("verify graph: %s: output %q is a constant", where, v.Name)
			}
		}
	}
	for i, v := range g.Outputs {
		if err := read(v, fmt.Sprintf("output %d", i)); err != nil {
			return err
		}
	}
	return nil
}

func (n *Node) verifyTypes() error {
	types, err := n.Op.Infer(n.In)
	if err != nil {
		return fmt.Errorf("verify graph: node %q (%s): infer: %w", n.Name, n.Kind, err)
	}
	if len(types) != len(n.Out) {
		return fmt.Errorf("verify graph: node %q (%s): want %d outputs, got %d", n.Name, n.Kind, len(types), len(n.Out))
	}
	for i, v := range n.Out {
		if v != nil && (v.Type.DType != types[i].DType || !v.Type.Shape.Equal(types[i].Shape)) {
			return fmt.Errorf("verify graph: node %q (%s): output %d: want %v, got %v", n.Name, n.Kind, i, types[i], v.Type)
		}
	}
	return nil
}
