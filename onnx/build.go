package onnx

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

// builder makes the graph, one operator at a time in topological order.
type builder struct {
	opt     Options
	domains map[string]int // version of each
	g       *graph.Graph
	values  map[string]*graph.Value
	folded  int // elements of constants computed so far
}

func build(info *Info, list []operator, consts map[string]ops.Tensor, opt Options) (*graph.Graph, error) {
	b := &builder{opt: opt, domains: info.Domains, g: &graph.Graph{Name: info.Name}, values: map[string]*graph.Value{}}
	for name, t := range consts {
		b.values[name] = &graph.Value{Name: name, Type: graph.Type{DType: t.DType, Shape: t.Value.Shape}, Const: t.Value}
	}
	if err := b.inputs(info.Inputs); err != nil {
		return nil, err
	}
	for _, op := range list {
		for _, name := range op.out {
			if b.values[name] != nil {
				return nil, &Error{Code: CodeMalformed, Node: op.name, Op: op.kind, Want: "values defined once", Got: fmt.Sprintf("%q, also an input or initializer", name)}
			}
		}
	}
	sorted, err := order(list)
	if err != nil {
		return nil, err
	}
	for _, i := range sorted {
		if err := b.node(list[i]); err != nil {
			return nil, err
		}
	}
	if len(info.Outputs) == 0 {
		return nil, &Error{Code: CodeMalformed, Want: "outputs", Got: "none"}
	}
	for _, p := range info.Outputs {
		v := b.values[p.Name]
		if v == nil {
			return nil, &Error{Code: CodeMissingTensor, Node: p.Name, Want: "an output that a node defines", Got: "none of that name"}
		}
		b.g.Outputs = append(b.g.Outputs, v)
	}
	b.g.Prune()
	if err := b.g.Verify(); err != nil {
		return nil, malformed("", err)
	}
	return b.g, nil
}

func (b *builder) inputs(ports []Port) error {
	shapes, err := bindDims(ports, b.opt)
	if err != nil {
		return err
	}
	for i, p := range ports {
		if !p.DType.IsFloat() && !p.DType.IsInteger() && p.DType != tensor.Bool {
			return &Error{Code: CodeType, Node: p.Name, Want: "an input of numbers", Got: p.DType.String()}
		}
		if p.Name == "" || b.values[p.Name] != nil {
			return &Error{Code: CodeMalformed, Node: p.Name, Want: "inputs with names of their own", Got: fmt.Sprintf("%q", p.Name)}
		}
		v := &graph.Value{Name: p.Name, Type: graph.Type{DType: p.DType, Shape: shapes[i]}}
		b.values[p.Name] = v
		b.g.Inputs = append(b.g.Inputs, v)
	}
	return nil
}

func (b *builder) node(o operator) error {
	n := &graph.Node{Name: o.name, Kind: o.kind, Domain: o.domain}
	for _, name := range o.in {
		v := b.values[name]
		if v == nil && name != "" {
			return n.Wrap("", &Error{Code: CodeMissingTensor, Want: fmt.Sprintf("an input, initializer or node output %q", name), Got: "none of that name"})
		}
		n.In = append(n.In, v)
	}
	outputs := len(o.out)
	for outputs > 0 && o.out[outputs-1] == "" {
		outputs--
	}
	attrs := ops.NewAttrs(b.domains[o.domain], n.In, outputs, o.attrs)
	attrs.Domain = o.domain
	n.In = attrs.In
	var err error
	if n.Op, err = ops.Decode(o.kind, attrs); err != nil {
		return n.Wrap(CodeBadAttribute, err)
	}
	types, err := n.Op.Infer(n.In)
	if err != nil {
		return n.Wrap(CodeShape, err)
	}
	if len(types) != outputs {
		return n.Wrap("", &Error{Code: CodeArity, Want: fmt.Sprintf("%d outputs", len(types)), Got: fmt.Sprint(outputs)})
	}
	for i, t := range types {
		if _, err := t.Shape.CheckedSize(b.opt.MaxElements); err != nil {
			return n.Wrap("", &Error{Code: CodeTooLarge, Err: err})
		}
		name := o.out[i]
		if name == "" {
			name = fmt.Sprintf("%s:%d", o.name, i)
		}
		if b.values[name] != nil {
			return n.Wrap("", &Error{Code: CodeMalformed, Want: "values defined once", Got: fmt.Sprintf("%q again", name)})
		}
		v := &graph.Value{Name: name, Type: t}
		b.values[name] = v
		n.Out = append(n.Out, v)
	}
	if constant(n) {
		return b.fold(n)
	}
	b.g.Nodes = append(b.g.Nodes, n)
	return nil
}

// constant reports whether the outputs of n are known at compile time.
func constant(n *graph.Node) bool {
	if ops.Folds(n.Op) {
		return true
	}
	for _, v := range n.In {
		if v != nil && v.Const == nil {
			return false
		}
	}
	return true
}

// fold computes the outputs of n.
func (b *builder) fold(n *graph.Node) error {
	for _, v := range n.Out {
		if b.folded += v.Type.Shape.Size(); b.folded > b.opt.MaxFolded {
			return n.Wrap("", &Error{Code: CodeTooLarge, Want: fmt.Sprintf("at most %d elements of computed constants", b.opt.MaxFolded), Got: "more"})
		}
	}
	in := make([]*tensor.Float, len(n.In))
	for i, v := range n.In {
		if v != nil {
			in[i] = v.Const
		}
	}
	out, err := n.Op.Eval(in)
	if err != nil {
		return n.Wrap(CodeEval, err)
	}
	for i, v := range n.Out {
		v.Const = out[i]
		if !out[i].Shape.Equal(v.Type.Shape) {
			return n.Wrap("", &Error{Code: CodeEval, Want: v.Type.String(), Got: out[i].Shape.String()})
		}
	}
	return nil
}
