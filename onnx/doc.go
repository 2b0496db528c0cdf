// Package onnx reads .onnx files into ir/graph.
//
// onnx-go decodes the graph: nodes, edges, attributes and tensors of float32, float64, int32 and int64. It hides
// opset, node names, domains and symbolic dimensions, and refuses or misreads several forms, so a pass of this
// package over the wire format runs first: it reads what onnx-go hides, holds aside what it refuses, and hands it
// bytes that it decodes exactly. What is read is then bound to static shapes, sorted, typed and folded.
//
// Every failure is an *Error with a stable code and an address. Sizes are checked before memory is asked for.
package onnx
