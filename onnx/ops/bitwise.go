package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// newBitwise is the operator of f on the bits of pairs of integers.
func newBitwise(a *Attrs, f func(x, y int64) int64) (graph.Op, error) {
	integers(a)
	a.inputs(2, 2)
	return binary{
		f: func(x, y float64) float64 { return float64(f(int64(saturate(x)), int64(saturate(y)))) },
		lower: func(b *program.Builder, x, y *program.Value) (*program.Value, error) {
			if x.Const() != nil {
				x, y = y, x
			}
			_, y = alike(b, x, y)
			return b.Bitwise(x, y, f)
		},
	}, nil
}

// integers requires inputs of integers.
func integers(a *Attrs) {
	for _, v := range a.In {
		if v != nil && !v.Type.DType.IsInteger() {
			a.fail(CodeType, "integers", v.Type.String())
		}
	}
}

// widths are the bits of the types of integers.
var widths = map[tensor.DType]int{tensor.Int8: 8, tensor.Uint8: 8, tensor.Int16: 16, tensor.Uint16: 16,
	tensor.Int32: 32, tensor.Uint32: 32, tensor.Int64: 64, tensor.Uint64: 64}

// unsigned gives the bits of a type of integers of at least 0.
func unsigned(d tensor.DType) (width int, err error) {
	switch d {
	case tensor.Uint8, tensor.Uint16, tensor.Uint32, tensor.Uint64:
		return widths[d], nil
	}
	return 0, &graph.Error{Code: CodeType, Want: "unsigned integers", Got: fmt.Sprint(d)}
}
