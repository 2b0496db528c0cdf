package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("QLinearMatMul", 10, decodeQLinearMatMul) }

// qLinearMatMul is MatMul of quantized tensors: the product of the integers a - a_zero_point and b - b_zero_point times
// the float32 a_scale * b_scale / y_scale, rounded to y's integers, halves to even. Scales and zero points are one
// number, or one for each row of a and each column of b.
type qLinearMatMul struct {
	matMul
	a, b, y quantization
	factor  *tensor.Float
}

// QLinearMatMul (ONNX 10, 21). Inputs are a, a_scale, a_zero_point, the same of b and of y.
func decodeQLinearMatMul(a *Attrs) (graph.Op, error) {
	if !a.inputs(8, 8) {
		return nil, nil
	}
	o := qLinearMatMul{a: a.rows(0, 0), b: a.rows(3, 1), y: a.quantization(nil, a.In[7].Type.DType, 6, 7, 0, 0)}
	if a.err != nil {
		return nil, nil
	}
	for _, i := range []int{0, 3} {
		if len(a.In[i].Type.Shape) < 2 && (len(o.a.scale.Data) > 1 || len(o.b.scale.Data) > 1) {
			a.fail(CodeShape, "one scale for each tensor where one is a vector", a.In[i].Type.Shape.String())
		}
	}
	var err error
	o.factor, err = multipliers(o.a.scale, o.b.scale, o.y.scale)
	return o, err
}

// rows is the quantization of a factor of a matrix product, input at and the two after it.
func (a *Attrs) rows(at, side int) quantization {
	x := a.In[at].Type
	s, axis := x.Shape, len(x.Shape)-2+side
	if len(s) < 2 || axis < 0 {
		s = nil
	}
	q := a.quantization(s, x.DType, at+1, at+2, axis, 0)
	// The leading axes are those of any tensor that the parameters meet.
	trim := func(t *tensor.Float) *tensor.Float {
		if len(t.Data) == 1 {
			return t
		}
		return &tensor.Float{Shape: t.Shape[len(t.Shape)-2:], Data: t.Data}
	}
	q.scale, q.zero = trim(q.scale), trim(q.zero)
	return q
}

func (o qLinearMatMul) Infer(in []*graph.Value) ([]graph.Type, error) {
	ts, err := o.matMul.Infer([]*graph.Value{in[0], in[3]})
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: o.y.dtype, Shape: ts[0].Shape}}, nil
}

// Work is that of the product.
func (o qLinearMatMul) Work(in []*graph.Value, out []graph.Type) int64 {
	return o.matMul.Work([]*graph.Value{in[0], in[3]}, out)
}

func (o qLinearMatMul) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	acc, err := o.matMul.Eval([]*tensor.Float{centred(in[0], o.a.zero), centred(in[3], o.b.zero)})
	if err != nil {
		return nil, err
	}
	return []*tensor.Float{rescale(acc[0], o.factor, o.y)}, nil
}

func (o qLinearMatMul) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	x, err := lowerCentred(b, in[0], b.Const(o.a.zero))
	if err != nil {
		return nil, err
	}
	y, err := lowerCentred(b, in[3], b.Const(o.b.zero))
	if err != nil {
		return nil, err
	}
	acc, err := o.matMul.Lower(b, []*program.Value{x, y})
	if err != nil {
		return nil, err
	}
	return one(b.Requantize(acc[0], o.factor, o.y.grid()))
}
