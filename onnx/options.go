package onnx

import "assay/ir/tensor"

// Options binds a model's free dimensions and limits its size. The zero value is usable.
type Options struct {
	// Dims binds symbolic dimensions by name, or any unknown one as "input.axis". Unbound, the leading axis of an
	// input is 1 and any other unknown dimension is an error.
	Dims map[string]int
	// Constants fixes inputs, by name: axes, shapes, a sampling rate. They are then no inputs of the graph. Their
	// elements must be values of the input's element type.
	Constants map[string]*tensor.Float
	// MaxBytes is the largest file, by default 1 GiB.
	MaxBytes int
	// MaxNodes is the most nodes in the file, by default 2^16.
	MaxNodes int
	// MaxUnrolled is the most operators after loops, branches and functions are unrolled, by default 2^16.
	MaxUnrolled int
	// MaxElements is the most elements of one tensor, by default 2^26.
	MaxElements int
	// MaxFolded is the most elements of all constants computed at import together, by default 2^27.
	MaxFolded int
	// MaxWork is the most elementary operations that one execution of the graph may need, by default 2^34: six times
	// those of a ResNet-50. Constants that are computed at import count sixteenfold.
	MaxWork int64
}

func (o Options) withDefaults() Options {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&o.MaxBytes, 1<<30)
	def(&o.MaxNodes, 1<<16)
	def(&o.MaxUnrolled, 1<<16)
	def(&o.MaxElements, 1<<26)
	def(&o.MaxFolded, 1<<27)
	if o.MaxWork <= 0 {
		o.MaxWork = 1 << 34
	}
	o.MaxElements = min(o.MaxElements, tensor.MaxElements)
	return o
}
