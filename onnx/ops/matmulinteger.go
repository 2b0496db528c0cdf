package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("MatMulInteger", 10, decodeMatMulInteger) }

// matMulInteger is MatMul of the integers A - a_zero_point and B - b_zero_point. Zero points are one number, or one
// for each row of A and each column of B.
type matMulInteger struct{ matMul }

// MatMulInteger (ONNX 10). Inputs are A, B and their zero points.
func decodeMatMulInteger(a *Attrs) (graph.Op, error) {
	if !a.inputs(2, 4) {
		return nil, nil
	}
	for i := range 2 {
		z := a.input(2 + i)
		if z == nil {
			continue
		}
		s := rowShape(z.Type.Shape, i)
		if out, err := tensor.Broadcast(s, a.In[i].Type.Shape); err != nil || !out.Equal(a.In[i].Type.Shape) {
			a.fail(CodeShape, "a zero point for the tensor, each row of A or each column of B", z.Type.Shape.String())
		}
	}
	return matMulInteger{}, nil
}

// reshaped is x, perhaps constant, in another shape.
func reshaped(b *program.Builder, x *program.Value, s tensor.Shape) (*program.Value, error) {
	if t := x.Const(); t != nil {
		return b.Const(&tensor.Float{Shape: s, Data: t.Data}), nil
	}
	return b.Reshape(x, s)
}

// rowShape is the shape in which parameters of the left (side 0) or right factor of a matrix product broadcast to it:
// a list has one for each row on the left, and for each column on the right.
func rowShape(s tensor.Shape, side int) tensor.Shape {
	switch {
	case s.Size() == 1:
		return nil
	case side == 0 && len(s) == 1:
		return tensor.Shape{s[0], 1}
	}
	return s
}

func (o matMulInteger) Infer(in []*graph.Value) ([]graph.Type, error) {
	ts, err := o.matMul.Infer(in[:2])
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: tensor.Int32, Shape: ts[0].Shape}}, nil
}

func (o matMulInteger) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	vs := []*tensor.Float{in[0], in[1]}
	for i, z := range in[2:] {
		if z != nil {
			vs[i] = centred(vs[i], &tensor.Float{Shape: rowShape(z.Shape, i), Data: z.Data})
		}
	}
	return o.matMul.Eval(vs)
}

func (o matMulInteger) Lower(b *program.Builder, in []*program.Value) (_ []*program.Value, err error) {
	vs := []*program.Value{in[0], in[1]}
	for i, z := range in[2:] {
		if z != nil {
			if z, err = reshaped(b, z, rowShape(z.Shape(), i)); err != nil {
				return nil, err
			}
		}
		if vs[i], err = lowerCentred(b, vs[i], z); err != nil {
			return nil, err
		}
	}
	return o.matMul.Lower(b, vs)
}
