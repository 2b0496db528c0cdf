package onnx

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"

	"assay/ir/tensor"
)

// metadata is a model file as far as onnx-go hides it or cannot represent it.
type metadata struct {
	info      Info
	main      *body
	functions map[functionKey]*function
}

// nodeMeta is what onnx-go hides of a node.
type nodeMeta struct {
	name, domain, kind, overload string
	inputs, outputs              int
	held                         map[string]any // attributes that onnx-go cannot represent
}

// opaque is an attribute of a type that no operator reads: types, sparse tensors and lists of them and of graphs.
type opaque struct{ kind uint64 }

// reference is an attribute of a node of a function: its value is that of the named attribute of the call.
type reference struct{ name string }

func parseOpset(b []byte) (domain string, version int, err error) {
	err = fields(b, func(x field) error {
		switch x.num {
		case 1:
			domain = defaultDomain(string(x.b))
		case 2:
			version = int(x.v)
		}
		return nil
	})
	return domain, version, err
}

// defaultDomain spells ONNX's own domain as "".
func defaultDomain(d string) string {
	if d == "ai.onnx" {
		return ""
	}
	return d
}

// parsePort reads a ValueInfoProto.
func parsePort(b []byte) (p Port, err error) {
	err = fields(b, func(x field) error {
		switch x.num {
		case 1:
			p.Name = string(x.b)
		case 2:
			return within(x, 1, func(x field) error { return p.parseType(x) })
		}
		return nil
	})
	return p, err
}

// parseType reads a field of TypeProto.Tensor.
func (p *Port) parseType(x field) error {
	switch x.num {
	case 1:
		p.DType = tensor.DType(x.v)
	case 2:
		p.Known = true
		return fields(x.b, func(x field) error {
			if x.num != 1 {
				return nil
			}
			var d Dim
			err := fields(x.b, func(x field) error {
				switch x.num {
				case 1:
					if int64(x.v) > tensor.MaxElements {
						return &Error{Code: CodeTooLarge, Node: p.Name, Want: fmt.Sprintf("extents of at most %d", tensor.MaxElements), Got: fmt.Sprint(int64(x.v))}
					}
					d = Dim{Size: int(x.v)}
				case 2:
					d = Dim{Symbol: string(x.b)}
				}
				return nil
			})
			if p.Dims = append(p.Dims, d); len(p.Dims) > maxRank {
				return &Error{Code: CodeTooLarge, Node: p.Name, Want: fmt.Sprintf("at most %d axes", maxRank), Got: "more"}
			}
			return err
		})
	}
	return nil
}

// within calls f for the fields of the messages that are field num of message x.
func within(x field, num protowire.Number, f func(field) error) error {
	return fields(x.b, func(y field) error {
		if y.num != num {
			return nil
		}
		return fields(y.b, f)
	})
}
