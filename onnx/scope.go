package onnx

import "assay/ir/graph"

// binding is what a name stands for: a value, a sequence of values, or, where neither is set, an omitted input.
type binding struct {
	value *graph.Value
	list  []*graph.Value
	isSeq bool
}

// scope is one use of a body: the names of its inputs, initializers and nodes.
type scope struct {
	body    *body
	outer   *scope // whose names are visible too; nil for the model's graph and for functions
	names   map[string]binding
	domains map[string]int // version of each domain
	attrs   map[string]any // of the call, in a function
	prefix  string         // of the names of nodes and values
	group   string         // prefix of the groups of values that correspond in every iteration; "" outside of loops
	depth   int            // of bodies within each other

	done     []done // by operator, for the iteration that follows
	previous []done // the done of the iteration before
}

// done is an operator that was added: what it read and what it made.
type done struct{ in, out []*graph.Value }

// inside is the scope for a use of a body in s.
func (s *scope) inside(d *body, prefix string) *scope {
	return &scope{body: d, outer: s, names: map[string]binding{}, domains: s.domains, attrs: s.attrs, prefix: s.prefix + prefix + "/", group: s.group, depth: s.depth + 1}
}

// find gives what name stands for here.
func (s *scope) find(name string) (binding, bool) {
	for ; s != nil; s = s.outer {
		if b, ok := s.names[name]; ok {
			return b, true
		}
		if v := s.body.consts[name]; v != nil {
			return binding{value: v}, true
		}
	}
	return binding{}, false
}
