package onnx

import (
	"fmt"
	"maps"
)

// function applies a function of the model: its nodes take the place of the call.
func (c *call) function(f *function) ([]binding, error) {
	if len(c.in) > len(f.inputs) {
		return nil, &Error{Code: CodeArity, Want: fmt.Sprintf("at most %d inputs", len(f.inputs)), Got: fmt.Sprint(len(c.in))}
	}
	if err := f.load(); err != nil {
		return nil, err
	}
	s := c.s.inside(f.body, c.o.name)
	s.outer, s.domains = nil, f.domains
	s.attrs = maps.Clone(f.defaults)
	for name, v := range c.attrs {
		if !f.attrs[name] {
			return nil, &Error{Code: CodeBadAttribute, Want: "attributes that the function has", Got: name}
		}
		s.attrs[name] = v
	}
	for i, p := range f.inputs {
		if s.names[p.Name] = (binding{}); i < len(c.in) {
			s.names[p.Name] = c.in[i]
		}
	}
	return c.outputsOf(s)
}
