package optest

import "google.golang.org/protobuf/encoding/protowire"

// WithInitializers adds initializers to the graph of a well-formed model file; an input of the same name becomes a
// constant.
func WithInitializers(model []byte, init []Tensor) []byte {
	return patch(model, 7, func(graph []byte) []byte {
		for _, t := range init {
			graph = appendMessage(graph, 5, t.Marshal())
		}
		return graph
	})
}

// WithOpset lets a well-formed model file, all of whose operators are ONNX's own, import another opset.
func WithOpset(model []byte, opset int) []byte {
	return patch(model, 8, func([]byte) []byte { return appendInt(nil, 2, int64(opset)) })
}

// patch replaces the messages that are field num.
func patch(model []byte, num protowire.Number, f func([]byte) []byte) (out []byte) {
	for b := model; len(b) > 0; {
		at, typ, n := protowire.ConsumeTag(b)
		m := protowire.ConsumeFieldValue(at, typ, b[n:])
		if n < 0 || m < 0 {
			panic("optest: not a model file")
		}
		if at != num {
			out = append(out, b[:n+m]...)
		} else {
			v, _ := protowire.ConsumeBytes(b[n:])
			out = appendMessage(out, num, f(append([]byte{}, v...)))
		}
		b = b[n+m:]
	}
	return out
}
