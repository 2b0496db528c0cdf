package graph

import (
	"errors"
	"fmt"

	"assay/ir/tensor"
)

// ErrAtomic is what Composite.Expand returns for an operator that, as it is used, is not to be expanded.
var ErrAtomic = errors.New("the operator does not expand")

// Expansion collects the operators that replace one node. An operator whose inputs are all constant is evaluated
// in place of being added.
type Expansion struct {
	node  *Node
	nodes []*Node
	names int
	added int
}

// Outputs is the number of outputs of the node that is being replaced; trailing ones that the model omits do not
// count.
func (x *Expansion) Outputs() int { return len(x.node.Out) }

// Const makes a constant.
func (x *Expansion) Const(d tensor.DType, t *tensor.Float) *Value {
	return &Value{Name: x.name("const"), Type: Type{d, t.Shape}, Const: t}
}

// Add applies op, of the given ONNX kind, and gives its outputs.
func (x *Expansion) Add(kind string, op Op, in ...*Value) ([]*Value, error) {
	for len(in) > 0 && in[len(in)-1] == nil {
		in = in[:len(in)-1]
	}
	if x.added++; x.added > maxExpanded {
		return nil, tooMany()
	}
	n := &Node{Name: fmt.Sprintf("%s/%s_%d", x.node.Name, kind, len(x.nodes)), Kind: kind, Op: op, In: in}
	types, err := op.Infer(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", n.Name, err)
	}
	for _, t := range types {
		if _, err := t.Shape.CheckedSize(tensor.MaxElements); err != nil {
			return nil, fmt.Errorf("%s: %w", n.Name, err)
		}
		v := &Value{Name: x.name(kind), Type: t}
		if group := x.node.Out[0].Group; group != "" {
			v.Group = fmt.Sprintf("%s/%s:%d", group, kind, x.names)
		}
		n.Out = append(n.Out, v)
	}
	args := make([]*tensor.Float, len(in))
	for i, v := range in {
		if v == nil {
			continue
		}
		if args[i] = v.Const; v.Const == nil {
			x.nodes = append(x.nodes, n)
			return n.Out, nil
		}
	}
	outs, err := op.Eval(args)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", n.Name, err)
	}
	for i, t := range outs {
		n.Out[i].Const = t
	}
	return n.Out, nil
}

// Group makes values be quantized alike, and as all others of that name in this expansion.
func (x *Expansion) Group(name string, vs ...*Value) {
	for _, v := range vs {
		group := x.node.Out[0].Group
		if group == "" {
			group = x.node.Name
		}
		v.Group = group + "/" + name
	}
}

func (x *Expansion) name(kind string) string {
	x.names++
	return fmt.Sprintf("%s/%s:%d", x.node.Out[0].Name, kind, x.names)
}

// Expand replaces every composite node of g, and those of its expansion, until none is left.
func (g *Graph) Expand() error {
	var nodes []*Node
	total := 0
	replaced := map[*Value]*Value{}
	var visit func(n *Node, depth int) error
	visit = func(n *Node, depth int) error {
		for i, v := range n.In {
			for replaced[v] != nil {
				v = replaced[v]
			}
			n.In[i] = v
		}
		c, ok := n.Op.(Composite)
		if !ok {
			nodes = append(nodes, n)
			return nil
		}
		if depth == maxExpansion {
			return fmt.Errorf("expand node %q (%s): more than %d levels", n.Name, n.Kind, maxExpansion)
		}
		x := &Expansion{node: n}
		outs, err := c.Expand(x, n.In)
		if errors.Is(err, ErrAtomic) {
			nodes = append(nodes, n)
			return nil
		}
		if err != nil {
			return n.Wrap(CodeLower, fmt.Errorf("expand: %w", err))
		}
		if len(outs) != len(n.Out) {
			return fmt.Errorf("expand node %q (%s): want %d outputs, got %d", n.Name, n.Kind, len(n.Out), len(outs))
		}
		for i, v := range outs {
			if !v.Type.Shape.Equal(n.Out[i].Type.Shape) || v.Type.DType != n.Out[i].Type.DType {
				return fmt.Errorf("expand node %q (%s): output %d: want %v, got %v", n.Name, n.Kind, i, n.Out[i].Type, v.Type)
			}
			if v != n.Out[i] {
				replaced[n.Out[i]] = v
			}
			if v.Group == "" && v.Const == nil {
				v.Group = n.Out[i].Group
			}
		}
		if total += len(x.nodes); total > maxExpanded {
			return n.Wrap("", tooMany())
		}
		for _, m := range x.nodes {
			if err := visit(m, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	for _, n := range g.Nodes {
		if err := visit(n, 0); err != nil {
			return err
		}
	}
	taken := map[*Value]bool{}
	for _, v := range g.Inputs {
		taken[v] = true
	}
	for i, out := range g.Outputs {
		v := out
		for replaced[v] != nil {
			v = replaced[v]
		}
		if v == out {
			continue
		}
		if taken[v] || v.Const != nil {
			same := &Value{Type: v.Type}
			nodes = append(nodes, &Node{Name: out.Name + "/same", Kind: "Identity", Op: identity{}, In: []*Value{v}, Out: []*Value{same}})
			v = same
		}
		v.Name, taken[v] = out.Name, true
		g.Outputs[i] = v
	}
	g.Nodes = nodes
	return nil
}

// maxExpansion bounds how deep composites may expand to composites, and maxExpanded how many operators replace them,
// as when a long sequence unrolls.
const (
	maxExpansion = 16
	maxExpanded  = 1 << 18
)

func tooMany() error {
	return &Error{Code: CodeLarge, Want: fmt.Sprintf("at most %d operators in place of composite ones", maxExpanded), Got: "more"}
}
