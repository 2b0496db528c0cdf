package onnx

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

// ReadTensor reads a TensorProto file, the form of ONNX's own test data: the name in the file, which may be empty,
// type and elements.
func ReadTensor(b []byte, opt Options) (name string, typ graph.Type, t *tensor.Float, err error) {
	p, err := parseTensor(b, opt.withDefaults(len(b)).MaxElements)
	if err != nil {
		return "", graph.Type{}, nil, err
	}
	r := p.tensor()
	return p.name, graph.Type{DType: r.DType, Shape: r.Value.Shape}, r.Value, nil
}
