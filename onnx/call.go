package onnx

import (
	"fmt"
	"slices"
	"strings"

	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

// call is the use of an operator.
type call struct {
	b       *builder
	s       *scope
	o       *operator
	n       *graph.Node // with its name and kind
	in      []binding
	outputs int // that the model names, trailing omitted ones cut off
	attrs   map[string]any
	made    int
}

// attributes sets the attributes, with those of the function call that they refer to.
func (c *call) attributes() error {
	c.attrs = c.o.attrs
	cloned := false
	for name, v := range c.o.attrs {
		r, ok := v.(reference)
		if !ok {
			continue
		}
		if !cloned {
			c.attrs, cloned = map[string]any{}, true
			for k, v := range c.o.attrs {
				c.attrs[k] = v
			}
		}
		delete(c.attrs, name)
		if given, ok := c.s.attrs[r.name]; ok {
			c.attrs[name] = given
		}
	}
	return nil
}

// tensors are the inputs, none of which may be a sequence.
func (c *call) tensors() ([]*graph.Value, error) {
	in := make([]*graph.Value, len(c.in))
	for i, v := range c.in {
		if v.isSeq {
			return nil, &Error{Code: CodeType, Want: fmt.Sprintf("input %d a tensor", i), Got: "a sequence"}
		}
		in[i] = v.value
	}
	return in, nil
}

// plain applies an operator of package ops.
func (c *call) plain() ([]binding, error) {
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	attrs := ops.NewAttrs(c.s.domains[c.o.domain], in, c.outputs, c.attrs)
	attrs.Domain = c.o.domain
	if c.o.domain == ops.DomainML {
		if err := c.b.budget.classic(in, c.attrs); err != nil {
			return nil, err
		}
	}
	return c.apply(c.n, attrs, c.o.out[:c.outputs])
}

// emitOpset is the opset of the operators that control flow leaves behind.
const emitOpset = 21

// emit applies a further operator with one output.
func (c *call) emit(kind string, attrs map[string]any, in ...*graph.Value) (*graph.Value, error) {
	if err := c.b.budget.spend(1); err != nil {
		return nil, err
	}
	c.made++
	name := fmt.Sprintf("%s/%s:%d", c.o.name, kind, c.made)
	outs, err := c.apply(&graph.Node{Name: c.s.prefix + name, Kind: kind}, ops.NewAttrs(emitOpset, slices.Clone(in), 1, attrs), []string{""})
	if err != nil {
		return nil, err
	}
	return outs[0].value, nil
}

// apply decodes the operator of n, which gets inputs and outputs, and folds it or adds it to the graph. names are
// those of its outputs in the body, "" where they have none. A panic of the operator becomes an error: it must not
// take a service down.
func (c *call) apply(n *graph.Node, attrs *ops.Attrs, names []string) (outs []binding, err error) {
	defer func() {
		if p := recover(); p != nil {
			outs, err = nil, n.Wrap("", &Error{Code: CodeInternal, Want: "an operator that checks its inputs", Got: fmt.Sprintf("panic: %v", p)})
		}
	}()
	b := c.b
	n.In = attrs.In
	if n.Op, err = ops.Decode(n.Kind, attrs); err != nil {
		return nil, n.Wrap(CodeBadAttribute, err)
	}
	types, err := n.Op.Infer(n.In)
	if err != nil {
		return nil, n.Wrap(CodeShape, err)
	}
	if len(types) != attrs.Outputs {
		return nil, n.Wrap("", &Error{Code: CodeArity, Want: fmt.Sprintf("%d outputs", len(types)), Got: fmt.Sprint(attrs.Outputs)})
	}
	for i, t := range types {
		if err := b.opt.check(t.Shape); err != nil {
			return nil, n.Wrap("", err)
		}
		local := names[i]
		if local == "" {
			local = fmt.Sprintf("%s:%d", strings.TrimPrefix(n.Name, c.s.prefix), i)
		}
		if err := b.budget.name(len(c.s.prefix) + len(c.s.group) + 2*len(local)); err != nil {
			return nil, n.Wrap("", err)
		}
		v := &graph.Value{Name: local, Type: t}
		if c.s.prefix != "" || names[i] == "" {
			v.Name = b.name(c.s.prefix + local)
		}
		if c.s.group != "" {
			v.Group = c.s.group + local
		}
		n.Out = append(n.Out, v)
		outs = append(outs, binding{value: v})
	}
	if !constant(n) {
		if err := b.budget.run(n); err != nil {
			return nil, n.Wrap("", err)
		}
		b.g.Nodes = append(b.g.Nodes, n)
		return outs, nil
	}
	return outs, b.fold(n)
}

// known makes a constant.
func (c *call) known(d tensor.DType, shape tensor.Shape, data ...float64) *graph.Value {
	t := &tensor.Float{Shape: shape, Data: data}
	c.made++
	return &graph.Value{Name: c.b.name(fmt.Sprintf("%s%s/const:%d", c.s.prefix, c.o.name, c.made)), Type: graph.Type{DType: d, Shape: shape}, Const: t}
}
