package onnx

import (
	"errors"
	"fmt"
	"strings"

	"assay/ir/graph"
	"assay/onnx/ops"
)

// Error is a failure with a stable code and an address in the model.
type Error = graph.Error

// Codes of the errors that Decode and Survey report. They are stable.
const (
	CodeMalformed     = "ONNX_MALFORMED"      // not an ONNX file, or one that contradicts itself
	CodeTooLarge      = "ONNX_TOO_LARGE"      // a limit of Options is exceeded
	CodeOpset         = "ONNX_OPSET"          // opset missing or outside MinOpset to MaxOpset
	CodeCycle         = "ONNX_CYCLE"          // nodes depend on each other
	CodeMissingTensor = "ONNX_MISSING_TENSOR" // a name that nothing defines
	CodeExternalData  = "ONNX_EXTERNAL_DATA"  // a tensor's data is in another file
	CodeTensor        = "ONNX_TENSOR"         // a tensor of a kind that is not supported
	CodeDims          = "ONNX_DIMS"           // a dimension is not bound, or a binding fits none
	CodeValue         = "ONNX_VALUE"          // a constant that is not a number, or not one of its element type
	CodeInternal      = "ONNX_INTERNAL"       // a mistake in the importer, which the file brought out
	CodeEval          = "ONNX_EVAL"           // a constant could not be computed

	CodeUnsupportedOp = ops.CodeUnsupportedOp
	CodeBadAttribute  = ops.CodeBadAttribute
	CodeArity         = ops.CodeArity
	CodeNotConstant   = ops.CodeNotConstant
	CodeType          = ops.CodeType
	CodeShape         = ops.CodeShape
)

// UnsupportedError lists every node whose operator is not supported. It unwraps to one *Error a node, of code
// ONNX_UNSUPPORTED_OP.
type UnsupportedError struct {
	Nodes []Unsupported
	Opset int
}

// Error names operators and nodes.
func (e *UnsupportedError) Error() string {
	var list []string
	for _, n := range e.Nodes[:min(len(e.Nodes), maxListed)] {
		list = append(list, n.String())
	}
	if more := len(e.Nodes) - maxListed; more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("%s: %d nodes at opset %d: %s", CodeUnsupportedOp, len(e.Nodes), e.Opset, strings.Join(list, ", "))
}

// maxListed is how many nodes a message lists.
const maxListed = 20

// Unwrap gives an *Error for each node.
func (e *UnsupportedError) Unwrap() []error {
	var list []error
	for _, n := range e.Nodes {
		list = append(list, &Error{Code: CodeUnsupportedOp, Node: n.Node, Op: n.Op, Want: "a supported operator", Got: n.qualified()})
	}
	return list
}

// malformed places err, unless it already has a code.
func malformed(node string, err error) error {
	var e *Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	return &Error{Code: CodeMalformed, Node: node, Err: err}
}
