package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("DequantizeLinear", 10, decodeDequantizeLinear10)
	register("DequantizeLinear", 13, decodeDequantizeLinear13)
	register("DequantizeLinear", 21, decodeDequantizeLinear21)
	registerIn(DomainMicrosoft, "DequantizeLinear", 1, decodeDequantizeLinear13)
}

// dequantizeLinear gives the reals that integers stand for: (x - x_zero_point) * x_scale, exactly. ONNX Runtime
// rounds the product to float32.
type dequantizeLinear struct {
	quantization
	to tensor.DType
}

// DequantizeLinear (ONNX 10): one scale for the tensor.
func decodeDequantizeLinear10(a *Attrs) (graph.Op, error) { return newDequantizeLinear(a, 0, 0) }

// DequantizeLinear (ONNX 13, 19; com.microsoft 1) adds a scale for each element of an axis.
func decodeDequantizeLinear13(a *Attrs) (graph.Op, error) {
	return newDequantizeLinear(a, a.int("axis", 1), 0)
}

// DequantizeLinear (ONNX 21, 23, 25) adds scales for blocks.
func decodeDequantizeLinear21(a *Attrs) (graph.Op, error) {
	return newDequantizeLinear(a, a.int("axis", 1), a.block())
}

func newDequantizeLinear(a *Attrs, axis, block int) (graph.Op, error) {
	if !a.inputs(2, 3) {
		return nil, nil
	}
	to := a.In[1].Type.DType
	if a.Opset >= 23 {
		if t := tensor.DType(a.int("output_dtype", 0)); t != tensor.Undefined {
			to = t
		}
	}
	if !to.IsFloat() {
		a.fail(CodeType, "a result of reals", to.String())
	}
	x := a.In[0].Type
	return dequantizeLinear{a.quantization(x.Shape, x.DType, 1, 2, axis, block), to}, nil
}

func (o dequantizeLinear) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: o.to, Shape: in[0].Type.Shape}}, nil
}

func (o dequantizeLinear) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{o.dequantize(in[0])}, nil
}

func (o dequantizeLinear) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	return one(b.Dequantize(in[0], o.scale, o.zero))
}
