package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { registerIn(DomainMicrosoft, "QGemm", 1, decodeQGemm) }

// qGemm is Gemm of quantized tensors: the product of the integers A - a_zero_point and B - b_zero_point, plus the
// integers C, times the float32 alpha * a_scale * b_scale / y_scale, rounded to y's integers, halves to even; without
// y_scale the reals that the sum of integers stands for. B may have a scale and a zero point for each column.
type qGemm struct {
	gemm
	a, b, y quantization
	factor  *tensor.Float
	reals   bool
}

// QGemm (com.microsoft 1). Inputs are A, its scale and zero point, the same of B, C, and scale and zero point of y.
func decodeQGemm(a *Attrs) (graph.Op, error) {
	if !a.inputs(6, 9) {
		return nil, nil
	}
	o := qGemm{gemm: gemm{1, 1, a.flag("transA", false), a.flag("transB", false)}, reals: a.input(7) == nil}
	alpha := a.float("alpha", 1)
	axis := 1
	if o.transB {
		axis = 0
	}
	w := a.In[3].Type
	o.a, o.b = a.operand(0), a.quantization(w.Shape, w.DType, 4, 5, axis, 0)
	o.y = quantization{tensor.Float32, tensor.Scalar(1.0), tensor.Scalar(0.0)}
	if !o.reals {
		d := a.In[0].Type.DType
		if z := a.input(8); z != nil {
			d = z.Type.DType
		}
		o.y = a.quantization(nil, d, 7, 8, 0, 0)
	}
	if a.err != nil {
		return nil, nil
	}
	columns := &tensor.Float{Data: o.b.scale.Data}
	if len(columns.Data) > 1 {
		columns.Shape = tensor.Shape{len(columns.Data)}
	}
	x := tensor.Scalar(float64(float32(alpha) * float32(o.a.scale.Data[0])))
	var err error
	o.factor, err = multipliers(x, columns, o.y.scale)
	return o, err
}

// values picks A, B and C of Gemm.
func (o qGemm) values(in []*graph.Value) []*graph.Value {
	vs := []*graph.Value{in[0], in[3]}
	if len(in) > 6 && in[6] != nil {
		vs = append(vs, in[6])
	}
	return vs
}

func (o qGemm) Infer(in []*graph.Value) ([]graph.Type, error) {
	ts, err := o.gemm.Infer(o.values(in))
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: o.y.dtype, Shape: ts[0].Shape}}, nil
}

// Work is that of the product.
func (o qGemm) Work(in []*graph.Value, out []graph.Type) int64 {
	return o.gemm.Work(o.values(in), out)
}

func (o qGemm) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	vs := []*tensor.Float{centred(in[0], o.a.zero), centred(in[3], o.b.zero)}
	if len(in) > 6 && in[6] != nil {
		vs = append(vs, in[6])
	}
	acc, err := o.gemm.Eval(vs)
	if err != nil {
		return nil, err
	}
	if !o.reals {
		return []*tensor.Float{rescale(acc[0], o.factor, o.y)}, nil
	}
	f := o.factor.BroadcastTo(acc[0].Shape).Data
	for i := range acc[0].Data {
		acc[0].Data[i] *= f[i]
	}
	return acc, nil
}

func (o qGemm) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	x, err := lowerCentred(b, in[0], b.Const(o.a.zero))
	if err != nil {
		return nil, err
	}
	w, err := lowerCentred(b, in[3], b.Const(o.b.zero))
	if err != nil {
		return nil, err
	}
	vs := []*program.Value{x, w}
	if len(in) > 6 && in[6] != nil {
		vs = append(vs, in[6])
	}
	acc, err := o.gemm.Lower(b, vs)
	if err != nil {
		return nil, err
	}
	if o.reals {
		return one(b.Affine(acc[0], o.factor, nil))
	}
	return one(b.Requantize(acc[0], o.factor, o.y.grid()))
}
