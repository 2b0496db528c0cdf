package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Mul", 7, decodeMul) }

// mul is the product of two tensors.
type mul struct{ binary }

// Mul (ONNX 7, 13, 14).
func decodeMul(a *Attrs) (graph.Op, error) {
	a.inputs(2, 2)
	return mul{binary{f: func(x, y float64) float64 { return x * y }, lower: lowerMul}}, nil
}

// Lower rounds two variables before they are repeated.
func (o mul) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if in[0].Const() == nil && in[1].Const() == nil {
		s, err := tensor.Broadcast(in[0].Shape(), in[1].Shape())
		if err != nil {
			return nil, err
		}
		for _, v := range in {
			if v.Shape().Equal(s) {
				continue
			}
			if _, err := b.Round(v); err != nil {
				return nil, err
			}
		}
	}
	return o.binary.Lower(b, in)
}

func lowerMul(b *program.Builder, x, y *program.Value) (*program.Value, error) {
	switch {
	case y.Const() != nil:
		return b.Affine(x, y.Const(), nil)
	case x.Const() != nil:
		return b.Affine(y, x.Const(), nil)
	}
	return b.Product(x, y)
}
