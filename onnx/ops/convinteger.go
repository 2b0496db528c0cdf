package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("ConvInteger", 10, decodeConvInteger) }

// convInteger is Conv of the integers x - x_zero_point and w - w_zero_point; the latter may have one for each output
// channel. Its integer form needs weights and zero points constant.
type convInteger struct{ conv }

// ConvInteger (ONNX 10). Inputs are x, w and their zero points.
func decodeConvInteger(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 4) {
		return nil, nil
	}
	for i, n := range []int{1, 0} {
		z := a.input(2 + i)
		if z == nil {
			continue
		}
		if w := a.In[1].Type.Shape; i == 1 && len(w) > 0 {
			n = w[0]
		}
		if size := z.Type.Shape.Size(); size != 1 && size != n {
			a.fail(CodeShape, fmt.Sprintf("input %d of one element or %d", 2+i, n), z.Type.Shape.String())
		}
	}
	return convInteger{newConv(a)}, nil
}

func (o convInteger) Infer(in []*graph.Value) ([]graph.Type, error) {
	ts, err := o.conv.Infer(in[:2])
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: tensor.Int32, Shape: ts[0].Shape}}, nil
}

// weightZero shapes a zero point for each output channel so that it broadcasts to the weights.
func weightZero(z *tensor.Float, w tensor.Shape) *tensor.Float {
	if len(z.Data) == 1 {
		return tensor.Scalar(z.Data[0])
	}
	s := make(tensor.Shape, len(w))
	for i := range s {
		s[i] = 1
	}
	s[0] = len(z.Data)
	return &tensor.Float{Shape: s, Data: z.Data}
}

func (o convInteger) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x, w := in[0], in[1]
	if len(in) > 2 && in[2] != nil {
		x = centred(x, tensor.Scalar(in[2].Data[0]))
	}
	if len(in) > 3 && in[3] != nil {
		w = centred(w, weightZero(in[3], w.Shape))
	}
	return o.conv.Eval([]*tensor.Float{x, w})
}

func (o convInteger) Lower(b *program.Builder, in []*program.Value) (_ []*program.Value, err error) {
	vs := []*program.Value{in[0], in[1]}
	for i, v := range in[2:] {
		if v != nil && v.Const() != nil && i == 1 {
			v = b.Const(weightZero(v.Const(), vs[1].Shape()))
		} else if v != nil && v.Const() != nil {
			v = b.Const(tensor.Scalar(v.Const().Data[0]))
		}
		if vs[i], err = lowerCentred(b, vs[i], v); err != nil {
			return nil, err
		}
	}
	return o.conv.Lower(b, vs)
}
