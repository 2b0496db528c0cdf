package onnx

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

// builder makes the graph, one operator at a time in topological order. Control flow and functions leave only the
// operators that they apply.
type builder struct {
	opt       Options
	functions map[functionKey]*function
	g         *graph.Graph
	taken     map[string]bool // names of values
	again     map[string]int  // how often a name was wanted that is taken
	named     map[*body]bool  // bodies whose initializers have their names in the graph
	budget    budget
}

func (m *metadata) build(opt Options) (*graph.Graph, error) {
	if len(m.main.nodes) == 0 {
		return nil, &Error{Code: CodeMalformed, Want: "nodes", Got: "none"}
	}
	if err := m.main.load(); err != nil {
		return nil, err
	}
	b := &builder{opt: opt, functions: m.functions, g: &graph.Graph{Name: m.info.Name}, taken: map[string]bool{}, again: map[string]int{}, named: map[*body]bool{m.main: true},
		budget: opt.budget()}
	s := &scope{body: m.main, names: map[string]binding{}, domains: m.info.Domains}
	if err := b.inputs(s, m.info.Inputs); err != nil {
		return nil, err
	}
	for name := range m.main.consts {
		b.taken[name] = true
	}
	for _, op := range m.main.list {
		for _, name := range op.out {
			b.taken[name] = true
		}
	}
	if err := b.run(s); err != nil {
		return nil, err
	}
	if len(m.info.Outputs) == 0 {
		return nil, &Error{Code: CodeMalformed, Want: "outputs", Got: "none"}
	}
	for _, p := range m.info.Outputs {
		v, err := s.output(p.Name)
		if err != nil {
			return nil, err
		}
		if err := b.output(p.Name, v); err != nil {
			return nil, err
		}
	}
	b.g.Prune()
	if err := b.g.Verify(); err != nil {
		return nil, malformed("", err)
	}
	return b.g, finite(b.g)
}

func (b *builder) inputs(s *scope, ports []Port) error {
	shapes, err := bindDims(ports, b.opt)
	if err != nil {
		return err
	}
	given := 0
	for i, p := range ports {
		if !p.DType.IsFloat() && !p.DType.IsInteger() && p.DType != tensor.Bool {
			return &Error{Code: CodeType, Node: p.Name, Want: "an input of numbers", Got: p.DType.String()}
		}
		if _, ok := s.names[p.Name]; ok || p.Name == "" {
			return &Error{Code: CodeMalformed, Node: p.Name, Want: "inputs with names of their own", Got: fmt.Sprintf("%q", p.Name)}
		}
		v := &graph.Value{Name: p.Name, Type: graph.Type{DType: p.DType, Shape: shapes[i]}}
		s.names[p.Name], b.taken[p.Name] = binding{value: v}, true
		if v.Const = b.opt.Constants[p.Name]; v.Const != nil {
			given++
			if err := fits(v); err != nil {
				return err
			}
			continue
		}
		b.g.Inputs = append(b.g.Inputs, v)
	}
	if given < len(b.opt.Constants) {
		return &Error{Code: CodeMissingTensor, Want: "constants for inputs that the model has", Got: fmt.Sprintf("%d for others", len(b.opt.Constants)-given)}
	}
	return nil
}

// run adds the operators of the body of s.
func (b *builder) run(s *scope) error {
	if s.depth > maxDepth {
		return &Error{Code: CodeTooLarge, Want: fmt.Sprintf("graphs and functions within each other at most %d deep", maxDepth), Got: "deeper"}
	}
	if !b.named[s.body] {
		b.named[s.body] = true
		for _, name := range slices.Sorted(maps.Keys(s.body.consts)) {
			if err := b.budget.name(len(s.prefix) + len(name)); err != nil {
				return err
			}
			s.body.consts[name].Name = b.name(s.prefix + name)
		}
	}
	s.done = make([]done, len(s.body.list))
	for _, i := range s.body.sorted {
		if err := b.operator(s, i); err != nil {
			return err
		}
	}
	return nil
}

// operator adds operator i of the body of s: it applies a function, control flow or an operator.
func (b *builder) operator(s *scope, i int) error {
	o := &s.body.list[i]
	n := &graph.Node{Name: s.prefix + o.name, Kind: o.kind, Domain: o.domain}
	if err := cmp.Or(b.budget.spend(1), b.budget.name(len(n.Name))); err != nil {
		return n.Wrap("", err)
	}
	c := &call{b: b, s: s, o: o, n: n}
	for _, name := range o.in {
		v, ok := s.find(name)
		if !ok && name != "" {
			return n.Wrap("", &Error{Code: CodeMissingTensor, Want: fmt.Sprintf("an input, initializer or node output %q", name), Got: "none of that name"})
		}
		c.in = append(c.in, v)
	}
	if err := c.attributes(); err != nil {
		return n.Wrap("", err)
	}
	for c.outputs = len(o.out); c.outputs > 0 && o.out[c.outputs-1] == ""; {
		c.outputs--
	}
	apply := c.plain
	if f := b.functions[functionKey{o.domain, o.kind, o.overload}]; f != nil {
		apply = func() ([]binding, error) { return c.function(f) }
	} else if k := control(o.domain, o.kind, s.domains[o.domain]); k != nil {
		apply = func() ([]binding, error) { return k(c) }
	} else if same := s.again(i, c.in); same != nil {
		apply = func() ([]binding, error) { return same, nil }
	}
	outs, err := apply()
	if err != nil {
		return n.Wrap(CodeMalformed, err)
	}
	if len(outs) < c.outputs {
		return n.Wrap("", &Error{Code: CodeArity, Want: fmt.Sprintf("at most %d outputs", len(outs)), Got: fmt.Sprint(c.outputs)})
	}
	for j, v := range outs {
		s.done[i].out = append(s.done[i].out, v.value)
		if j < c.outputs && o.out[j] != "" {
			s.names[o.out[j]] = v
		}
	}
	for _, v := range c.in {
		s.done[i].in = append(s.done[i].in, v.value)
	}
	return nil
}

// again gives the outputs of operator i of the iteration before, if it read the same values there.
func (s *scope) again(i int, in []binding) []binding {
	if s.previous == nil || len(s.previous[i].in) != len(in) {
		return nil
	}
	for j, v := range in {
		if v.isSeq || v.value != s.previous[i].in[j] {
			return nil
		}
	}
	var outs []binding
	for _, v := range s.previous[i].out {
		outs = append(outs, binding{value: v})
	}
	return outs
}

// output is the value of an output of the body.
func (s *scope) output(name string) (*graph.Value, error) {
	v, ok := s.find(name)
	switch {
	case !ok:
		return nil, &Error{Code: CodeMissingTensor, Node: name, Want: "an output that a node defines", Got: "none of that name"}
	case v.value == nil:
		return nil, &Error{Code: CodeType, Node: name, Want: "an output that is a tensor", Got: "a sequence, or nothing"}
	}
	return v.value, nil
}

// output makes v an output of the graph of the given name.
func (b *builder) output(name string, v *graph.Value) error {
	switch {
	case v.Name == name:
	case v.Const != nil:
		v = &graph.Value{Name: name, Type: v.Type, Const: v.Const}
	case slices.Contains(b.g.Inputs, v) || slices.Contains(b.g.Outputs, v):
		same, err := ops.Decode("Identity", ops.NewAttrs(emitOpset, []*graph.Value{v}, 1, nil))
		if err != nil {
			return err
		}
		n := &graph.Node{Name: name + "/same", Kind: "Identity", Op: same, In: []*graph.Value{v}, Out: []*graph.Value{{Name: name, Type: v.Type}}}
		b.g.Nodes = append(b.g.Nodes, n)
		v = n.Out[0]
	default:
		v.Name = name
	}
	b.g.Outputs = append(b.g.Outputs, v)
	return nil
}

// name is a name like want that no other value has.
func (b *builder) name(want string) string {
	name := want
	for b.taken[name] {
		b.again[want]++
		name = fmt.Sprintf("%s'%d", want, b.again[want])
	}
	b.taken[name] = true
	return name
}
