package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Where", 9, decodeWhere) }

// where (ONNX 9, 16) takes x where the condition holds and y elsewhere, all three broadcasting.
type where struct{}

func decodeWhere(a *Attrs) (graph.Op, error) {
	a.inputs(3, 3)
	return where{}, nil
}

func (where) Infer(in []*graph.Value) ([]graph.Type, error) {
	if in[1].Type.DType != in[2].Type.DType {
		return nil, &graph.Error{Code: CodeType, Want: "choices of one type", Got: fmt.Sprintf("%v and %v", in[1].Type, in[2].Type)}
	}
	s, err := tensor.Broadcast(in[0].Type.Shape, in[1].Type.Shape, in[2].Type.Shape)
	return []graph.Type{{DType: in[1].Type.DType, Shape: s}}, err
}

// choose gives, for each element of the result, its element in the concatenation of x and y.
func choose(cond *tensor.Float, x, y tensor.Shape) (tensor.Shape, []int, error) {
	s, err := tensor.Broadcast(cond.Shape, x, y)
	if err != nil {
		return nil, nil, err
	}
	index, other := x.BroadcastIndex(s), y.BroadcastIndex(s)
	for i, j := range cond.Shape.BroadcastIndex(s) {
		if cond.Data[j] == 0 {
			index[i] = x.Size() + other[i]
		}
	}
	return s, index, nil
}

func (where) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s, index, err := choose(in[0], in[1].Shape, in[2].Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](s)
	n := len(in[1].Data)
	for i, j := range index {
		if j < n {
			out.Data[i] = in[1].Data[j]
		} else {
			out.Data[i] = in[2].Data[j-n]
		}
	}
	return []*tensor.Float{out}, nil
}

func (where) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if in[0].Const() == nil {
		s, err := tensor.Broadcast(in[0].Shape(), in[1].Shape(), in[2].Shape())
		if err != nil {
			return nil, err
		}
		full := make([]*program.Value, 3)
		for i, v := range in {
			if c := v.Const(); c != nil {
				full[i] = b.Const(c.BroadcastTo(s))
			} else if full[i], err = expand(b, v, s); err != nil {
				return nil, err
			}
		}
		return one(b.Where(full[0], full[1], full[2]))
	}
	s, index, err := choose(in[0].Const(), in[1].Shape(), in[2].Shape())
	if err != nil {
		return nil, err
	}
	return one(b.Gather(s, index, 0, in[1], in[2]))
}
