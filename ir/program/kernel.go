package program

import (
	"fmt"
	"sort"

	"assay/ir/tensor"
)

// Kernel is one exact integer operation. Its fields are its operands and constants; it serializes as JSON.
type Kernel interface {
	// Kind is the registered name.
	Kind() string
	// Args are the operand tensors, in the order in which Infer and Eval take them.
	Args() []int
	// Infer derives shape and range of the result, and refuses operands that do not fit.
	Infer(in []Tensor) (tensor.Shape, Range, error)
	// Eval computes the result. Operands are within the ranges that Infer saw.
	Eval(in []*tensor.Int) (*tensor.Int, error)
	// String gives the constants in brief, for the text dump.
	String() string
}

var kernels = map[string]func() Kernel{}

func registerKernel(kind string, make func() Kernel) {
	if kernels[kind] != nil {
		panic("program: kernel " + kind + " is registered twice")
	}
	kernels[kind] = make
}

// Kinds lists the registered kernels.
func Kinds() []string {
	var ks []string
	for k := range kernels {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	return ks
}

func newKernel(kind string) (Kernel, error) {
	f := kernels[kind]
	if f == nil {
		return nil, fmt.Errorf("kernel: want one of %v, got %q", Kinds(), kind)
	}
	return f(), nil
}
