package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("ArgMin", 1, func(a *Attrs) (graph.Op, error) { return asArgMin(decodeArgMax(a)) })
	register("ArgMin", 12, func(a *Attrs) (graph.Op, error) { return asArgMin(decodeArgMaxLast(a)) })
}

// argMin is ArgMin (ONNX 1, 11; 12, 13 with select_last_index): the index of the largest negated element.
type argMin struct{ argMax }

func asArgMin(o graph.Op, err error) (graph.Op, error) { return argMin{o.(argMax)}, err }

func (o argMin) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return o.argMax.Eval([]*tensor.Float{mapTensor(in[0], func(x float64) float64 { return -x })})
}

func (o argMin) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	x, err := b.Negate(in[0])
	if err != nil {
		return nil, err
	}
	return o.argMax.Lower(b, []*program.Value{x})
}
