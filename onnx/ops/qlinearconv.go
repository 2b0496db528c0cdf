package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("QLinearConv", 10, decodeQLinearConv) }

// qLinearConv is Conv of quantized tensors: the sum of integers (x - x_zero_point) * (w - w_zero_point), plus the
// integer bias, times the float32 x_scale * w_scale / y_scale, rounded to y's integers, halves to even. Weights may
// have a scale and a zero point for each output channel. Weights are constant; the
// integer form needs the bias constant too.
type qLinearConv struct {
	conv
	x, w, y quantization // scale and zero of w broadcast to the weights
	factor  *tensor.Float
}

// QLinearConv (ONNX 10). Inputs are x, x_scale, x_zero_point, the same of w and of y, and B.
func decodeQLinearConv(a *Attrs) (graph.Op, error) {
	if !a.inputs(8, 9) {
		return nil, nil
	}
	a.constant(3)
	x, w := a.In[0].Type, a.In[3].Type
	o := qLinearConv{conv: newConv(a), x: a.quantization(nil, x.DType, 1, 2, 0, 0), w: a.quantization(w.Shape, w.DType, 4, 5, 0, 0),
		y: a.quantization(nil, a.In[7].Type.DType, 6, 7, 0, 0)}
	channels := tensor.Scalar(o.w.scale.Data[0])
	if n := len(o.w.scale.Data); n > 1 {
		channels.Shape, channels.Data = make(tensor.Shape, len(w.Shape)-1), o.w.scale.Data
		for i := range channels.Shape {
			channels.Shape[i] = 1
		}
		channels.Shape[0] = n
	}
	if len(o.y.scale.Data) != 1 || a.err != nil {
		return nil, nil
	}
	var err error
	o.factor, err = multipliers(o.x.scale, channels, o.y.scale)
	return o, err
}

// operands picks x, w and the bias of Conv.
func operands[T any](in []*T) []*T {
	vs := []*T{in[0], in[3]}
	if len(in) > 8 && in[8] != nil {
		vs = append(vs, in[8])
	}
	return vs
}

func (o qLinearConv) Infer(in []*graph.Value) ([]graph.Type, error) {
	ts, err := o.conv.Infer(operands(in))
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: o.y.dtype, Shape: ts[0].Shape}}, nil
}

// Work is that of the convolution.
func (o qLinearConv) Work(in []*graph.Value, out []graph.Type) int64 {
	return o.conv.Work(operands(in), out)
}

func (o qLinearConv) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	vs := operands(in)
	vs[0], vs[1] = centred(vs[0], o.x.zero), centred(vs[1], o.w.zero)
	acc, err := o.conv.Eval(vs)
	if err != nil {
		return nil, err
	}
	return []*tensor.Float{rescale(acc[0], o.factor, o.y)}, nil
}

func (o qLinearConv) Lower(b *program.Builder, in []*program.Value) (_ []*program.Value, err error) {
	vs := operands(in)
	for i, q := range []quantization{o.x, o.w} {
		if vs[i], err = lowerCentred(b, vs[i], b.Const(q.zero)); err != nil {
			return nil, err
		}
	}
	acc, err := o.conv.Lower(b, vs)
	if err != nil {
		return nil, err
	}
	return one(b.Requantize(acc[0], o.factor, o.y.grid()))
}
