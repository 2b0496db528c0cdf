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
	opt = opt.withDefaults()
	meta, clean, err := prepare(b, opt)
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
	list, consts, err := record(meta, clean)
	if err != nil {
		return nil, info, err
	}
	g, err := build(info, list, consts, opt)
	if err != nil {
		return nil, info, err
	}
	return g, info, nil
}

// Survey describes a model file, whether or not its operators and opset are supported. Unsupported lists nodes by
// the nearest supported version of their domain.
func Survey(b []byte) (*Info, error) {
	meta, _, err := prepare(b, Options{}.withDefaults())
	if err != nil {
		return nil, err
	}
	return meta.survey(), nil
}

func (m *metadata) survey() *Info {
	info := m.info
	for _, n := range m.nodes {
		first, last, _ := ops.Versions(n.domain)
		if _, ok := ops.Since(n.domain, n.kind, min(max(info.Domains[n.domain], first), last)); !ok {
			info.Unsupported = append(info.Unsupported, Unsupported{n.name, n.kind, n.domain})
		}
	}
	return &info
}

// versions checks that the model imports a supported version of each domain that its nodes use. Nodes of domains
// that are not known count as unsupported operators.
func (m *metadata) versions() error {
	for _, n := range m.nodes {
		first, last, ok := ops.Versions(n.domain)
		if got := m.info.Domains[n.domain]; ok && (got < first || got > last) {
			return &Error{Code: CodeOpset, Want: fmt.Sprintf("version %d to %d of the operators of domain %q", first, last, n.domain), Got: fmt.Sprint(got)}
		}
	}
	return nil
}
