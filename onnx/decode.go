package onnx

import (
	"fmt"

	"assay/ir/graph"
	"assay/onnx/ops"
)

// Decode reads a model file into a graph with static shapes, its constants folded and dead nodes dropped. The Info
// is set whenever the file could be parsed, also beside an error. Errors are *Error, or *UnsupportedError where
// operators are not supported.
func Decode(b []byte, opt Options) (*graph.Graph, *Info, error) {
	opt = opt.withDefaults(len(b))
	meta, err := prepare(b, opt)
	if err != nil {
		return nil, nil, err
	}
	info := meta.survey()
	if err := meta.versions(); err != nil {
		return nil, info, err
	}
	if len(info.Unsupported) > 0 {
		return nil, info, &UnsupportedError{Nodes: info.Unsupported, Opset: info.Opset}
	}
	g, err := meta.build(opt)
	if err != nil {
		return nil, info, malformed("", err)
	}
	return g, info, nil
}

// Survey describes a model file, whether or not its operators and opset are supported. Unsupported lists nodes by
// the nearest supported version of their domain.
func Survey(b []byte) (*Info, error) {
	meta, err := prepare(b, Options{}.withDefaults(len(b)))
	if err != nil {
		return nil, err
	}
	return meta.survey(), nil
}

func (m *metadata) survey() *Info {
	info := m.info
	m.unsupported(m.main, info.Domains, map[*body]bool{}, func(n nodeMeta) {
		info.Unsupported = append(info.Unsupported, Unsupported{n.name, n.kind, n.domain})
	})
	return &info
}

// unsupported calls f for the nodes of d whose operators are not supported, those of the bodies and functions that
// they apply included. What If does not reach need not be supported, and is left out.
func (m *metadata) unsupported(d *body, domains map[string]int, seen map[*body]bool, f func(nodeMeta)) {
	if seen[d] {
		return
	}
	seen[d] = true
	for _, n := range d.nodes {
		if fn := m.functions[functionKey{n.domain, n.kind, n.overload}]; fn != nil {
			m.unsupported(fn.body, fn.domains, seen, f)
			continue
		}
		first, last, _ := ops.Versions(n.domain)
		version := min(max(domains[n.domain], first), last)
		apply := control(n.domain, n.kind, version)
		if forms := controls[[2]string{n.domain, n.kind}]; apply != nil && forms[0].until <= last {
			version = emitOpset // which the operator becomes
			apply = nil
		}
		if apply == nil {
			if _, ok := ops.Since(n.domain, n.kind, version); !ok {
				f(n)
			}
			continue
		}
		for _, v := range n.held {
			if sub, ok := v.(*body); ok && n.kind != "If" {
				m.unsupported(sub, domains, seen, f)
			}
		}
	}
}

// versions checks that the model imports a supported version of each domain that its nodes use. Nodes of domains
// that are not known count as unsupported operators.
func (m *metadata) versions() error {
	for _, n := range m.main.nodes {
		if m.functions[functionKey{n.domain, n.kind, n.overload}] != nil {
			continue
		}
		first, last, ok := ops.Versions(n.domain)
		if got := m.info.Domains[n.domain]; ok && (got < first || got > last) {
			return &Error{Code: CodeOpset, Want: fmt.Sprintf("version %d to %d of the operators of domain %q", first, last, n.domain), Got: fmt.Sprint(got)}
		}
	}
	return nil
}
