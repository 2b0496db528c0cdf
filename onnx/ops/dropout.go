package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("Dropout", 1, decodeDropout1)
	register("Dropout", 7, decodeDropout7)
	register("Dropout", 12, decodeDropout)
}

// dropout is the identity in inference. The mask, when the model asks for it, keeps every element.
type dropout struct {
	relabel
	mask tensor.DType // undefined when there is none
}

// Dropout (ONNX 1, 6): is_test tells inference from training, which has no fixed result; the mask has the input's type.
func decodeDropout1(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.ignore("ratio", "consumed_inputs", "is_test")
	return newDropout(a), nil
}

// Dropout (ONNX 7, 10): ratio is an attribute; the mask has the input's type before 10.
func decodeDropout7(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	a.ignore("ratio")
	return newDropout(a), nil
}

// Dropout (ONNX 12, 13, 22): ratio is an input, which inference does not read; training_mode must be false.
func decodeDropout(a *Attrs) (graph.Op, error) {
	a.inputs(1, 3)
	a.ignore("seed")
	if t := a.constScalar(2, 0); t != 0 {
		a.fail(CodeBadAttribute, "training_mode false", fmt.Sprint(t))
	}
	return newDropout(a), nil
}

func newDropout(a *Attrs) graph.Op {
	a.outputs = 2
	o := dropout{relabel: relabel{same}}
	if x := a.input(0); x != nil && a.Outputs == 2 {
		o.mask = tensor.Bool
		if a.Opset < 10 {
			o.mask = x.Type.DType
		}
	}
	return o
}

func (o dropout) Infer(in []*graph.Value) ([]graph.Type, error) {
	types, err := o.relabel.Infer(in)
	if o.mask != tensor.Undefined {
		types = append(types, graph.Type{DType: o.mask, Shape: in[0].Type.Shape})
	}
	return types, err
}

func (o dropout) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out, err := o.relabel.Eval(in)
	if o.mask != tensor.Undefined {
		out = append(out, keepAll(in[0].Shape))
	}
	return out, err
}

func (o dropout) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	out, err := o.relabel.Lower(b, in)
	if o.mask != tensor.Undefined {
		out = append(out[:1:1], b.Const(keepAll(in[0].Shape())))
	}
	return out, err
}

func keepAll(s tensor.Shape) *tensor.Float {
	return mapTensor(tensor.New[float64](s), func(float64) float64 { return 1 })
}
