package onnx

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"

	"assay/onnx/ops"
)

// preparer reads metadata and rewrites the model so that onnx-go decodes it: types of inputs and outputs are
// stripped, what it cannot represent is held aside, attributes without a type get one.
type preparer struct {
	metadata
	opt    Options
	graphs int
}

// prepare returns the metadata of a model file and the bytes for onnx-go.
func prepare(model []byte, opt Options) (*metadata, []byte, error) {
	if len(model) > opt.MaxBytes {
		return nil, nil, &Error{Code: CodeTooLarge, Want: fmt.Sprintf("at most %d bytes", opt.MaxBytes), Got: fmt.Sprint(len(model))}
	}
	p := &preparer{opt: opt}
	p.info.Domains, p.info.Ops = map[string]int{}, map[string]int{}
	p.initializer, p.held = map[string]bool{}, map[string]ops.Tensor{}
	var out []byte
	err := fields(model, func(x field) (err error) {
		switch x.num {
		case 1:
			p.info.IRVersion = int64(x.v)
		case 2:
			p.info.Producer = string(x.b)
		case 3:
			p.info.ProducerVersion = string(x.b)
		case 7:
			if p.graphs++; p.graphs > 1 {
				return fmt.Errorf("want one graph, got another")
			}
			var g []byte
			g, err = p.graph(x.b)
			out = appendBytes(out, 7, g)
		case 8:
			var domain string
			var version int
			domain, version, err = parseOpset(x.b)
			p.info.Domains[domain] = version
		}
		return err
	})
	if err == nil && p.graphs == 0 {
		err = fmt.Errorf("want a graph, got none")
	}
	if err != nil {
		return nil, nil, malformed("", err)
	}
	p.info.Opset = p.info.Domains[""]
	return &p.metadata, out, nil
}

func (p *preparer) graph(b []byte) (out []byte, err error) {
	var inputs []Port
	err = fields(b, func(x field) error {
		switch x.num {
		case 1:
			n, err := p.node(x.b)
			out = appendBytes(out, 1, n)
			return err
		case 2:
			p.info.Name = string(x.b)
		case 5:
			return p.parameter(x, &out)
		case 11, 12:
			v, err := parsePort(x.b)
			if err != nil {
				return malformed(v.Name, err)
			}
			if x.num == 11 {
				inputs = append(inputs, v)
			} else {
				p.info.Outputs = append(p.info.Outputs, v)
			}
			out = appendBytes(out, x.num, appendBytes(nil, 1, []byte(v.Name)))
		case 15:
			return &Error{Code: CodeTensor, Want: "dense initializers", Got: "a sparse one"}
		}
		return nil
	})
	for _, v := range inputs {
		if !p.initializer[v.Name] {
			p.info.Inputs = append(p.info.Inputs, v)
		}
	}
	return out, err
}

// parameter reads an initializer, and passes it on where onnx-go decodes it.
func (p *preparer) parameter(x field, out *[]byte) error {
	t, err := parseTensor(x.b, p.opt.MaxElements)
	if err != nil {
		return err
	}
	if t.name == "" || p.initializer[t.name] {
		return fmt.Errorf("initializer %d: want a name of its own, got %q", p.info.Initializers, t.name)
	}
	p.initializer[t.name] = true
	p.info.Initializers++
	if t.dtype.IsFloat() {
		p.info.Parameters += t.shape.Size()
	}
	if t.readable() {
		*out = append(*out, x.raw...)
	} else {
		p.held[t.name] = t.tensor()
	}
	return nil
}

func (p *preparer) node(b []byte) (out []byte, err error) {
	n := nodeMeta{held: map[string]any{}}
	seen := map[string]bool{}
	err = fields(b, func(x field) error {
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
			a, name, held, err := p.attribute(x.b)
			if err != nil {
				return err
			}
			if seen[name] {
				return fmt.Errorf("attribute %q is given twice", name)
			}
			if seen[name] = true; held != nil {
				n.held[name] = held
			}
			out = appendBytes(out, 5, a)
			return nil
		case 7:
			n.domain = defaultDomain(string(x.b))
		}
		out = append(out, x.raw...)
		return nil
	})
	if n.name == "" {
		n.name = fmt.Sprintf("%s_%d", n.kind, len(p.nodes))
	}
	switch {
	case err != nil:
	case n.kind == "" || n.outputs == 0:
		err = fmt.Errorf("want an operator and an output, got operator %q and %d outputs", n.kind, n.outputs)
	case n.inputs*n.outputs > maxEdges:
		err = &Error{Code: CodeTooLarge, Node: n.name, Want: fmt.Sprintf("inputs times outputs at most %d", maxEdges), Got: fmt.Sprintf("%d times %d", n.inputs, n.outputs)}
	case len(p.nodes) == p.opt.MaxNodes:
		err = &Error{Code: CodeTooLarge, Want: fmt.Sprintf("at most %d nodes", p.opt.MaxNodes), Got: "more"}
	}
	p.nodes = append(p.nodes, n)
	p.info.Nodes++
	p.info.Ops[Unsupported{Op: n.kind, Domain: n.domain}.qualified()]++
	return out, malformed(n.name, err)
}

// maxEdges bounds a node's edges, of which onnx-go makes one for each pair of input and output.
const maxEdges = 1 << 16

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
// the value.
func (p *preparer) attribute(b []byte) (out []byte, name string, held any, err error) {
	var kind, guess uint64
	var t *tensorProto
	err = fields(b, func(x field) (err error) {
		switch x.num {
		case 1:
			name = string(x.b)
		case 5:
			t, err = parseTensor(x.b, p.opt.MaxElements)
		case 20:
			kind = x.v
		case 21:
			err = fmt.Errorf("attribute %q refers to %q outside a function", name, x.b)
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
	case kind == kindTensor && t == nil:
		return nil, name, nil, fmt.Errorf("attribute %q: want a tensor, got none", name)
	case kind == kindTensor && !t.readable():
		held = t.tensor()
	case kind == 0 || kind == kindGraph || kind > kindStrings:
		held = opaque{kind}
	default:
		return b, name, nil, nil
	}
	return appendVarint(appendBytes(nil, 1, []byte(name)), 20, kindString), name, held, nil
}
