package ops

// OptionalGetElement (ONNX 15, 18) of a tensor is that tensor.
func init() { register("OptionalGetElement", 15, decodeIdentity) }
