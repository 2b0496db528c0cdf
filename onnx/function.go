package onnx

import (
	"fmt"
	"slices"
)

// functionKey names a function of the model.
type functionKey struct{ domain, name, overload string }

// function is a FunctionProto: an operator that the model defines by others.
type function struct {
	*body
	attrs    map[string]bool // names of attributes that a call may give
	defaults map[string]any  // values of attributes that a call need not give
	domains  map[string]int  // version of each domain that the body uses
}

// function reads a FunctionProto.
func (p *preparer) function(b []byte) error {
	f := &function{body: newBody(), attrs: map[string]bool{}, defaults: map[string]any{}, domains: map[string]int{}}
	var key functionKey
	var defaults []byte
	p.inFunction = true
	defer func() { p.inFunction = false }()
	err := fields(b, func(x field) error {
		switch x.num {
		case 1:
			key.name = string(x.b)
			f.name = key.name
		case 4:
			f.inputs = append(f.inputs, Port{Name: string(x.b)})
		case 5:
			f.outputs = append(f.outputs, Port{Name: string(x.b)})
		case 6:
			f.attrs[string(x.b)] = true
		case 7:
			return p.node(f.body, x.b, 0)
		case 9:
			domain, version, err := parseOpset(x.b)
			f.domains[domain] = version
			return err
		case 10:
			key.domain = defaultDomain(string(x.b))
		case 11:
			a, name, held, err := p.attribute(x.b, 0)
			if err != nil {
				return err
			}
			f.attrs[name] = true
			if held != nil {
				f.defaults[name] = held
			} else {
				defaults = appendBytes(defaults, 5, a)
			}
		case 13:
			key.overload = string(x.b)
		}
		return nil
	})
	if err != nil {
		return malformed(key.name, fmt.Errorf("function: %w", err))
	}
	if key.name == "" || p.functions[key] != nil {
		return fmt.Errorf("function: want a name of its own, got %q of domain %q", key.name, key.domain)
	}
	if err := f.readDefaults(defaults); err != nil {
		return malformed(key.name, fmt.Errorf("function: %w", err))
	}
	p.functions[key] = f
	return nil
}

// readDefaults lets onnx-go decode attributes, as those of a node.
func (f *function) readDefaults(attrs []byte) error {
	if attrs == nil {
		return nil
	}
	node := appendBytes(appendBytes(slices.Clone(attrs), 2, []byte("y")), 4, []byte("Defaults"))
	d := newBody()
	d.nodes, d.clean = []nodeMeta{{outputs: 1}}, appendBytes(nil, 1, node)
	if err := d.load(); err != nil {
		return err
	}
	for name, v := range d.list[0].attrs {
		f.defaults[name] = v
	}
	return nil
}
