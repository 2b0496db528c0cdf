package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("QuantizeLinear", 10, decodeQuantizeLinear10)
	register("QuantizeLinear", 13, decodeQuantizeLinear13)
	register("QuantizeLinear", 19, decodeQuantizeLinear19)
	register("QuantizeLinear", 21, decodeQuantizeLinear21)
	registerIn(DomainMicrosoft, "QuantizeLinear", 1, decodeQuantizeLinear13)
}

// quantizeLinear rounds reals to integers: saturate(round(x / y_scale) + y_zero_point), the quotient in float32 and
// halves to even. before adds the zero point before rounding, as some operators of ONNX Runtime do.
type quantizeLinear struct {
	quantization
	before bool
}

// QuantizeLinear (ONNX 10): one scale for the tensor.
func decodeQuantizeLinear10(a *Attrs) (graph.Op, error) { return newQuantizeLinear(a, 0, 0) }

// QuantizeLinear (ONNX 13; com.microsoft 1) adds a scale for each element of an axis.
func decodeQuantizeLinear13(a *Attrs) (graph.Op, error) {
	return newQuantizeLinear(a, a.int("axis", 1), 0)
}

// QuantizeLinear (ONNX 19). saturate concerns 8-bit floats only, which are not supported.
func decodeQuantizeLinear19(a *Attrs) (graph.Op, error) {
	a.ignore("saturate")
	return decodeQuantizeLinear13(a)
}

// QuantizeLinear (ONNX 21, 23, 25) adds scales for blocks. precision only admits float32 or its absence.
func decodeQuantizeLinear21(a *Attrs) (graph.Op, error) {
	if p := tensor.DType(a.int("precision", 0)); p != tensor.Undefined && p != tensor.Float32 {
		a.refuse("precision", "float32", p)
	}
	a.ignore("saturate")
	return newQuantizeLinear(a, a.int("axis", 1), a.block())
}

// block is the attribute block_size, 0 for none.
func (a *Attrs) block() int {
	n := a.int("block_size", 0)
	if n < 0 || n > tensor.MaxElements {
		a.refuse("block_size", "at least 0", n)
		return 0
	}
	return n
}

func newQuantizeLinear(a *Attrs, axis, block int) (graph.Op, error) {
	if !a.inputs(2, 3) {
		return nil, nil
	}
	d := tensor.Uint8
	wanted := tensor.DType(0)
	if a.Opset >= 21 {
		wanted = tensor.DType(a.int("output_dtype", 0))
	}
	if z := a.input(2); z != nil {
		if d = z.Type.DType; wanted != tensor.Undefined && wanted != d {
			a.refuse("output_dtype", fmt.Sprintf("that of the zero point, %v", d), wanted)
		}
	} else if wanted != tensor.Undefined {
		d = wanted
	}
	return quantizeLinear{quantization: a.quantization(a.In[0].Type.Shape, d, 1, 2, axis, block)}, nil
}

func (o quantizeLinear) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: o.dtype, Shape: in[0].Type.Shape}}, nil
}

func (o quantizeLinear) grid() program.Grid {
	g := o.quantization.grid()
	g.Before = o.before
	return g
}

// Grid implements graph.Gridded.
func (o quantizeLinear) Grid() (program.Grid, bool) {
	g := o.grid()
	return g, g.Uniform()
}

func (o quantizeLinear) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{o.grid().Integers(in[0])}, nil
}

func (o quantizeLinear) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Quantize(in[0], o.grid()))
}
