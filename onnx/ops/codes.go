package ops

// Codes of the errors that decoding and inferring an operator report. They are stable.
const (
	CodeUnsupportedOp = "ONNX_UNSUPPORTED_OP" // operator unknown to this opset, or not supported
	CodeBadAttribute  = "ONNX_BAD_ATTRIBUTE"  // attribute unknown, of the wrong type, or of an unsupported value
	CodeArity         = "ONNX_ARITY"          // wrong number of inputs or outputs
	CodeNotConstant   = "ONNX_NOT_CONSTANT"   // an input that shapes the result is not known at compile time
	CodeType          = "ONNX_TYPE"           // element type not supported here
	CodeShape         = "ONNX_SHAPE"          // shapes do not fit
)
