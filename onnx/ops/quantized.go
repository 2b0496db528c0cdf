package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

// quantized applies an operator on reals to quantized tensors: some of its inputs are dequantized before it, and its
// result is quantized. The first is exact, so all rounding is that of the operator, where it rounds, and of the last
// step.
type quantized struct {
	kind   string
	op     graph.Op
	at     []int // inputs of the node that are operands of the operator
	in     []quantization
	result quantizeLinear
}

var _ graph.Composite = quantized{}

// operand reads the quantization of a whole tensor: input at, with scale and zero point the two after it.
func (a *Attrs) operand(at int) quantization {
	return a.quantization(nil, a.In[at].Type.DType, at+1, at+2, 0, 0)
}

// result reads the quantization of the result, of type d: scale and zero point are inputs scale and scale+1.
func (a *Attrs) result(d tensor.DType, scale int, before bool) quantizeLinear {
	return quantizeLinear{a.quantization(nil, d, scale, scale+1, 0, 0), before}
}

// newQuantized is the operator of kind for a node that it describes: operands and their quantizations, and the attributes to
// decode the operator with.
func newQuantized(a *Attrs, kind string, at []int, result quantizeLinear, opset int, as attrs) (graph.Op, error) {
	o := quantized{kind: kind, at: at, result: result}
	var reals []*graph.Value
	for _, i := range at {
		o.in = append(o.in, a.operand(i))
		reals = append(reals, &graph.Value{Type: graph.Type{DType: tensor.Float32, Shape: a.In[i].Type.Shape}})
	}
	if a.err != nil {
		return nil, nil
	}
	var err error
	o.op, err = Decode(kind, NewAttrs(opset, reals, 1, as))
	return o, err
}

func (o quantized) Infer(in []*graph.Value) ([]graph.Type, error) {
	reals := make([]*graph.Value, len(o.at))
	for i, at := range o.at {
		reals[i] = &graph.Value{Type: graph.Type{DType: tensor.Float32, Shape: in[at].Type.Shape}}
	}
	ts, err := o.op.Infer(reals)
	if err != nil {
		return nil, err
	}
	return []graph.Type{{DType: o.result.dtype, Shape: ts[0].Shape}}, nil
}

func (o quantized) Work(in []*graph.Value, out []graph.Type) int64 {
	w, ok := o.op.(graph.Worker)
	if !ok {
		return 0
	}
	reals := make([]*graph.Value, len(o.at))
	for i, at := range o.at {
		reals[i] = in[at]
	}
	return w.Work(reals, out)
}

func (o quantized) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	reals := make([]*tensor.Float, len(o.at))
	for i, at := range o.at {
		reals[i] = o.in[i].dequantize(in[at])
	}
	ys, err := o.op.Eval(reals)
	if err != nil {
		return nil, err
	}
	return o.result.Eval(ys)
}

func (o quantized) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	reals := make([]*graph.Value, len(o.at))
	for i, at := range o.at {
		reals[i] = c.apply("DequantizeLinear", dequantizeLinear{o.in[i], tensor.Float32}, in[at])
	}
	return c.done(c.apply("QuantizeLinear", o.result, c.apply(o.kind, o.op, reals...)))
}

// pick takes the attributes of the given names, as they are.
func (a *Attrs) pick(names ...string) attrs {
	as := attrs{}
	for _, n := range names {
		a.seen[n] = true
		if v, ok := a.values[n]; ok {
			as[n] = v
		}
	}
	return as
}
