package onnx

import (
	"fmt"

	"assay/ir/graph"
	"assay/onnx/ops"
)

// body is a list of nodes with inputs and outputs: the model's graph, that of an attribute, or a function's.
type body struct {
	name        string
	inputs      []Port // in the order of the file, also those that have an initializer
	outputs     []Port
	nodes       []nodeMeta
	initializer map[string]bool
	held        map[string]ops.Tensor // initializers that onnx-go cannot decode
	clean       []byte                // fields of a GraphProto for onnx-go: nodes and the other initializers

	// Set by load.
	loaded bool
	list   []operator
	sorted []int                   // topological order of list
	free   []string                // names that the nodes read and nothing in the body defines
	consts map[string]*graph.Value // initializers
}

func newBody() *body {
	return &body{initializer: map[string]bool{}, held: map[string]ops.Tensor{}}
}

// load decodes nodes and initializers, once. Initializers are values whose names are still those of the file.
func (d *body) load() error {
	if d.loaded {
		return nil
	}
	tensors, err := d.record()
	if err != nil {
		return err
	}
	d.consts = make(map[string]*graph.Value, len(tensors))
	for name, t := range tensors {
		d.consts[name] = &graph.Value{Name: name, Type: graph.Type{DType: t.DType, Shape: t.Value.Shape}, Const: t.Value}
	}
	if err := d.resolve(); err != nil {
		return err
	}
	if d.sorted, err = order(d.list); err != nil {
		return err
	}
	d.loaded = true
	return nil
}

// resolve finds the free names. A node also reads what the graphs among its attributes leave free.
func (d *body) resolve() error {
	defined := map[string]bool{"": true}
	for _, p := range d.inputs {
		defined[p.Name] = true
	}
	for name := range d.consts {
		defined[name] = true
	}
	for _, op := range d.list {
		for _, name := range op.out {
			if name != "" && defined[name] {
				return &Error{Code: CodeMalformed, Node: op.name, Op: op.kind, Want: "values defined once", Got: fmt.Sprintf("%q, also an input, an initializer or another output", name)}
			}
			defined[name] = true
		}
	}
	seen := map[string]bool{}
	for i := range d.list {
		op := &d.list[i]
		for _, v := range op.attrs {
			if sub, ok := v.(*body); ok {
				if err := sub.load(); err != nil {
					return err
				}
				op.captured = append(op.captured, sub.free...)
			}
		}
		for _, names := range [][]string{op.in, op.captured} {
			for _, name := range names {
				if !defined[name] && !seen[name] {
					seen[name] = true
					d.free = append(d.free, name)
				}
			}
		}
	}
	for _, p := range d.outputs {
		if !defined[p.Name] && !seen[p.Name] {
			seen[p.Name] = true
			d.free = append(d.free, p.Name)
		}
	}
	return nil
}
