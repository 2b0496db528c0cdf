package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("GlobalLpPool", 2, func(a *Attrs) (graph.Op, error) {
		a.inputs(1, 1)
		return globalLpPool{newOrder(a)}, nil
	})
}

// globalLpPool (ONNX 2, 22) is the norm of each channel.
type globalLpPool struct{ order }

var _ graph.Composite = globalLpPool{}

func (o globalLpPool) Infer(in []*graph.Value) ([]graph.Type, error) {
	x := in[0].Type
	if _, _, _, err := spatial(x.Shape); err != nil {
		return nil, err
	}
	return []graph.Type{{DType: x.DType, Shape: kept(x.Shape)}}, nil
}

// kept is the shape of a pool over all spatial axes.
func kept(x tensor.Shape) tensor.Shape {
	s := x.Clone()
	for i := 2; i < len(s); i++ {
		s[i] = 1
	}
	return s
}

func (o globalLpPool) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x := in[0]
	out := tensor.New[float64](kept(x.Shape))
	n := x.Shape[2:].Size()
	for i := range out.Data {
		out.Data[i] = o.of(x.Data[i*n : (i+1)*n])
	}
	return []*tensor.Float{out}, nil
}

func (o globalLpPool) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	s := in[0].Type.Shape
	rows := c.reshape(in[0], tensor.Shape{s[:2].Size(), s[2:].Size()})
	return c.done(c.reshape(o.root(c, c.reduce("ReduceSum", o.power(c, rows), 1)), kept(s)))
}
