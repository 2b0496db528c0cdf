package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// shifted is x*scale plus a shift: one for all elements, or one for each channel of N x C x spatial.
type shifted struct {
	scale float64
	shift []float64
}

// broadcast gives the shift the axes of x.
func (o shifted) broadcast(x tensor.Shape) (*tensor.Float, error) {
	if len(o.shift) == 1 {
		return tensor.Scalar(o.shift[0]), nil
	}
	if len(x) < 2 || x[1] != len(o.shift) {
		return nil, fmt.Errorf("shift: want %d channels, got %v", len(o.shift), x)
	}
	s := make(tensor.Shape, len(x)-1)
	for i := range s {
		s[i] = 1
	}
	s[0] = x[1]
	return tensor.From(s, o.shift)
}

func (o shifted) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, err := o.broadcast(in[0].Type.Shape)
	return []graph.Type{in[0].Type}, err
}

func (o shifted) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	shift, err := o.broadcast(in[0].Shape)
	if err != nil {
		return nil, err
	}
	y := mapTensor(in[0], func(x float64) float64 { return x * o.scale })
	for i, v := range shift.BroadcastTo(y.Shape).Data {
		y.Data[i] += v
	}
	return []*tensor.Float{y}, nil
}

func (o shifted) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	shift, err := o.broadcast(in[0].Shape())
	if err != nil {
		return nil, err
	}
	return one(b.Affine(in[0], tensor.Scalar(o.scale), shift))
}
