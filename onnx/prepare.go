package onnx

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// preparer reads metadata and rewrites the model so that onnx-go decodes it: types of inputs and outputs are
// stripped, what it cannot represent is held aside, attributes without a type get one.
type preparer struct {
	metadata
	opt        Options
	edges      int  // of all nodes together
	inFunction bool // attributes may refer to those of a function
}

// prepare reads a model file up to where onnx-go takes over.
func prepare(model []byte, opt Options) (*metadata, error) {
	if len(model) > opt.MaxBytes {
		return nil, &Error{Code: CodeTooLarge, Want: fmt.Sprintf("at most %d bytes", opt.MaxBytes), Got: fmt.Sprint(len(model))}
	}
	p := &preparer{opt: opt}
	p.info.Domains, p.info.Ops = map[string]int{}, map[string]int{}
	p.functions = map[functionKey]*function{}
	err := fields(model, func(x field) (err error) {
		switch x.num {
		case 1:
			p.info.IRVersion = int64(x.v)
		case 2:
			p.info.Producer = string(x.b)
		case 3:
			p.info.ProducerVersion = string(x.b)
		case 7:
			if p.main != nil {
				return fmt.Errorf("want one graph, got another")
			}
			p.main, err = p.graph(x.b, 0)
		case 8:
			var domain string
			var version int
			domain, version, err = parseOpset(x.b)
			p.info.Domains[domain] = version
		case 25:
			err = p.function(x.b)
		}
		return err
	})
	if err == nil && p.main == nil {
		err = fmt.Errorf("want a graph, got none")
	}
	if err != nil {
		return nil, malformed("", err)
	}
	p.info.Opset = p.info.Domains[""]
	for _, f := range p.functions {
		for domain, version := range p.info.Domains {
			if f.domains[domain] == 0 {
				f.domains[domain] = version
			}
		}
	}
	p.info.Name, p.info.Outputs = p.main.name, p.main.outputs
	for _, v := range p.main.inputs {
		if !p.main.initializer[v.Name] {
			p.info.Inputs = append(p.info.Inputs, v)
		}
	}
	return &p.metadata, nil
}

// graph reads a GraphProto at a depth of nesting.
func (p *preparer) graph(b []byte, depth int) (*body, error) {
	if depth > maxDepth {
		return nil, &Error{Code: CodeTooLarge, Want: fmt.Sprintf("graphs nested at most %d deep", maxDepth), Got: "deeper"}
	}
	d := newBody()
	var waiting []waiting
	err := fields(b, func(x field) error {
		switch x.num {
		case 1:
			return p.node(d, x.b, depth)
		case 2:
			d.name = string(x.b)
		case 5:
			t, err := p.parameter(d, x)
			if err != nil {
				return err
			}
			if t != nil {
				waiting = append(waiting, *t)
			}
		case 11, 12:
			v, err := parsePort(x.b)
			if err != nil {
				return malformed(v.Name, err)
			}
			if x.num == 11 {
				d.inputs = append(d.inputs, v)
			} else {
				d.outputs = append(d.outputs, v)
			}
		case 15:
			return &Error{Code: CodeTensor, Want: "dense initializers", Got: "a sparse one"}
		}
		return nil
	})
	for _, t := range waiting {
		if len(d.nodes) > 0 {
			d.clean = append(d.clean, t.raw...)
		} else {
			d.held[t.name] = t.tensor()
		}
	}
	return d, err
}

// waiting is an initializer that onnx-go decodes if there are nodes: it refuses a graph without.
type waiting struct {
	*tensorProto
	raw []byte
}

// maxDepth bounds how deep graphs nest.
const maxDepth = 32

// parameter reads an initializer. It gives those that onnx-go can decode, and holds the others.
func (p *preparer) parameter(d *body, x field) (*waiting, error) {
	t, err := parseTensor(x.b, p.opt.MaxElements)
	if err != nil {
		return nil, err
	}
	if t.name == "" || d.initializer[t.name] {
		return nil, fmt.Errorf("initializer %d: want a name of its own, got %q", p.info.Initializers, t.name)
	}
	d.initializer[t.name] = true
	p.info.Initializers++
	if t.dtype.IsFloat() {
		p.info.Parameters += t.shape.Size()
	}
	if t.readable() {
		return &waiting{t, x.raw}, nil
	}
	d.held[t.name] = t.tensor()
	return nil, nil
}

// node reads a NodeProto.
func (p *preparer) node(d *body, b []byte, depth int) error {
	n := nodeMeta{}
	seen := map[string]bool{}
	var out []byte
	err := fields(b, func(x field) error {
		switch x.num {
		case 1:
			n.inputs++
		case 2:
			n.outputs++
		case 3:
			n.name = string(x.b)
		case 4:
			n.kind = string(x.b)
		case 5:
			a, name, held, err := p.attribute(x.b, depth)
			if err != nil {
				return err
			}
			if seen[name] {
				return fmt.Errorf("attribute %q is given twice", name)
			}
			if seen[name] = true; held != nil {
				if n.held == nil {
					n.held = map[string]any{}
				}
				n.held[name] = held
			}
			out = appendBytes(out, 5, a)
			return nil
		case 7:
			n.domain = defaultDomain(string(x.b))
		case 8:
			n.overload = string(x.b)
		}
		out = append(out, x.raw...)
		return nil
	})
	if n.name == "" {
		n.name = fmt.Sprintf("%s_%d", n.kind, len(d.nodes))
	}
	p.edges += n.inputs * n.outputs
	switch {
	case err != nil:
	case n.kind == "" || n.outputs == 0:
		err = fmt.Errorf("want an operator and an output, got operator %q and %d outputs", n.kind, n.outputs)
	case n.inputs*n.outputs > maxEdges || p.edges > maxAllEdges:
		err = &Error{Code: CodeTooLarge, Node: n.name, Want: fmt.Sprintf("inputs times outputs at most %d, and %d in all", maxEdges, maxAllEdges), Got: fmt.Sprintf("%d times %d", n.inputs, n.outputs)}
	case p.info.Nodes == p.opt.MaxNodes:
		err = &Error{Code: CodeTooLarge, Want: fmt.Sprintf("at most %d nodes", p.opt.MaxNodes), Got: "more"}
	}
	d.nodes = append(d.nodes, n)
	d.clean = appendBytes(d.clean, 1, out)
	p.info.Nodes++
	p.info.Ops[Unsupported{Op: n.kind, Domain: n.domain}.qualified()]++
	return malformed(n.name, err)
}

// Bounds on a node's edges and on all, of which onnx-go makes one for each pair of input and output.
const (
	maxEdges    = 1 << 16
	maxAllEdges = 1 << 21
)

// attributeKind is the type of an attribute by the field that holds its data (AttributeProto.AttributeType).
var attributeKind = map[protowire.Number]uint64{2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 7, 9: 8, 10: 9, 11: 10, 22: 11, 23: 12, 14: 13, 15: 14}

// Attribute types with a meaning here.
const (
	kindString  = 3
	kindTensor  = 4
	kindGraph   = 5
	kindStrings = 8
)

// attribute returns an AttributeProto for onnx-go; where onnx-go cannot represent it that is a stand-in, and held
// the value: a tensor, a graph, a reference, or one that no operator reads.
func (p *preparer) attribute(b []byte, depth int) (out []byte, name string, held any, err error) {
	var kind, guess uint64
	var t *tensorProto
	var g []byte
	var ref string
	err = fields(b, func(x field) (err error) {
		switch x.num {
		case 1:
			name = string(x.b)
		case 5:
			t, err = parseTensor(x.b, p.opt.MaxElements)
		case 6:
			g = x.b
		case 20:
			kind = x.v
		case 21:
			ref = string(x.b)
		}
		if k := attributeKind[x.num]; k != 0 {
			guess = k
		}
		return err
	})
	if err != nil {
		return nil, name, nil, err
	}
	if kind == 0 {
		kind = guess
		b = appendVarint(append([]byte{}, b...), 20, kind)
	}
	switch {
	case ref != "" && p.inFunction:
		held = reference{ref}
	case ref != "":
		return nil, name, nil, fmt.Errorf("attribute %q refers to %q outside a function", name, ref)
	case kind == kindTensor && t == nil:
		return nil, name, nil, fmt.Errorf("attribute %q: want a tensor, got none", name)
	case kind == kindTensor && !t.readable():
		held = t.tensor()
	case kind == kindGraph:
		if held, err = p.graph(g, depth+1); err != nil {
			return nil, name, nil, fmt.Errorf("attribute %q: %w", name, err)
		}
	case kind == 0 || kind > kindStrings:
		held = opaque{kind}
	default:
		return b, name, nil, nil
	}
	return appendVarint(appendBytes(nil, 1, []byte(name)), 20, kindString), name, held, nil
}
