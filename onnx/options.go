package onnx

import "assay/ir/tensor"

// Options binds a model's free dimensions and limits its size. The zero value is usable: its limits admit models
// whose size is in keeping with their files, and keep small files that ask for much from getting it.
type Options struct {
	// Dims binds symbolic dimensions by name, or any unknown one as "input.axis". Unbound, the leading axis of an
	// input is 1 and any other unknown dimension is an error.
	Dims map[string]int
	// Constants fixes inputs, by name: axes, shapes, a sampling rate. They are then no inputs of the graph. Their
	// elements must be values of the input's element type.
	Constants map[string]*tensor.Float
	// Large says that the file is trusted: limits that are not given are then those of a large machine, whatever the size
	// of the file: 2^28 elements of one tensor, 2^29 of all computed constants, 2^30 of all variables, and 2^37
	// elementary operations.
	Large bool
	// MaxBytes is the largest file, by default 1 GiB.
	MaxBytes int
	// MaxNodes is the most nodes in the file, by default 2^15.
	MaxNodes int
	// MaxUnrolled is the most operators after loops, branches and functions are unrolled, by default 2^16.
	MaxUnrolled int
	// MaxElements is the most elements of one tensor, by default 2^26.
	MaxElements int
	// MaxFolded is the most elements of all constants computed at import together, by default 2^23 and 4 for each byte
	// of the file.
	MaxFolded int
	// MaxActivations is the most elements of all variables together, by default 2^23 and 512 for each byte of the file.
	MaxActivations int
	// MaxWork is the most elementary operations that one execution of the graph may need, by default 2^28 and 2^15 for
	// each byte of the file, and at most 2^35. Computing constants at import may take an eighth of it.
	MaxWork int
}

// withDefaults fills in the limits for a file of so many bytes.
func (o Options) withDefaults(bytes int) Options {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&o.MaxBytes, 1<<30)
	def(&o.MaxNodes, 1<<15)
	if o.Large {
		def(&o.MaxElements, 1<<28)
		def(&o.MaxFolded, 1<<29)
		def(&o.MaxActivations, 1<<30)
		def(&o.MaxWork, 1<<37)
	}
	def(&o.MaxUnrolled, 1<<16)
	def(&o.MaxElements, 1<<26)
	bytes = min(bytes, o.MaxBytes)
	def(&o.MaxFolded, 1<<23+4*bytes)
	def(&o.MaxActivations, 1<<23+512*bytes)
	def(&o.MaxWork, min(1<<28+bytes<<15, 1<<35))
	o.MaxElements = min(o.MaxElements, tensor.MaxElements)
	return o
}
