package onnx

import "assay/ir/tensor"

// Options binds a model's free dimensions and limits its size. The zero value is usable.
type Options struct {
	// Dims binds symbolic dimensions by name, or any unknown one as "input.axis". Unbound, the leading axis of an
	// input is 1 and any other unknown dimension is an error.
	Dims map[string]int
	// MaxBytes is the largest file, by default 1 GiB.
	MaxBytes int
	// MaxNodes is the most nodes, by default 2^18.
	MaxNodes int
	// MaxElements is the most elements of one tensor, by default 2^26.
	MaxElements int
	// MaxFolded is the most elements of all constants computed at import together, by default 2^27.
	MaxFolded int
}

func (o Options) withDefaults() Options {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&o.MaxBytes, 1<<30)
	def(&o.MaxNodes, 1<<18)
	def(&o.MaxElements, 1<<26)
	def(&o.MaxFolded, 1<<27)
	o.MaxElements = min(o.MaxElements, tensor.MaxElements)
	return o
}
