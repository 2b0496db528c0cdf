package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("LpPool", 2, decodeLpPool)
	register("LpPool", 18, func(a *Attrs) (graph.Op, error) {
		ceil := a.flag("ceil_mode", false)
		op, err := decodeLpPool(a)
		o, _ := op.(lpPool)
		o.ceil = ceil
		return o, err
	})
}

// order is that of a norm.
type order struct{ p int }

func newOrder(a *Attrs) order {
	o := order{a.int("p", 2)}
	if o.p < 1 {
		a.refuse("p", "positive", o.p)
	}
	return o
}

func (o order) of(xs []float64) float64 {
	p := float64(o.p)
	return math.Pow(sumOf(xs, func(x float64) float64 { return math.Pow(math.Abs(x), p) }), 1/p)
}

// power is |x|^p.
func (o order) power(c *compose, x *graph.Value) *graph.Value {
	switch o.p {
	case 1:
		return c.abs(x)
	case 2:
		return c.square(c.operand(x))
	}
	return c.op("Pow", nil, c.abs(x), c.number(x, float64(o.p)))
}

// root is x^(1/p).
func (o order) root(c *compose, x *graph.Value) *graph.Value {
	if o.p == 1 {
		return x
	}
	return c.op("Pow", nil, x, c.number(x, 1/float64(o.p)))
}

// lpPool is the norm of the elements under each window.
type lpPool struct {
	geometry
	order
}

var _ graph.Composite = lpPool{}

// LpPool (ONNX 2, 11; 18, 22: ceil_mode and dilations).
func decodeLpPool(a *Attrs) (graph.Op, error) {
	if a.has("dilations") && a.Opset < 18 {
		a.refuse("dilations", "absent before opset 18", a.ints("dilations"))
	}
	a.inputs(1, 1)
	o := lpPool{readGeometry(a), newOrder(a)}
	if o.kernel == nil {
		a.refuse("kernel_shape", "present", "none")
	}
	return o, nil
}

func (o lpPool) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, out, err := o.pooled(in[0].Type.Shape)
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, err
}

func (o lpPool) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	win, _, shape, err := o.pooled(in[0].Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](shape)
	slide(in[0], out, win, func(hits []float64, _ int) float64 { return o.of(hits) })
	return []*tensor.Float{out}, nil
}

func (o lpPool) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	return c.done(o.root(c, c.apply("SumPool", sumPool{o.geometry}, c.exact(o.power(c, in[0])))))
}

// sumPool is the sum of the elements under each window.
type sumPool struct{ geometry }

func (o sumPool) Infer(in []*graph.Value) ([]graph.Type, error) {
	return lpPool{geometry: o.geometry}.Infer(in)
}

func (o sumPool) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	win, _, shape, err := o.pooled(in[0].Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](shape)
	slide(in[0], out, win, func(hits []float64, _ int) float64 { return sumOf(hits, identical) })
	return []*tensor.Float{out}, nil
}

func (o sumPool) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	win, _, shape, err := o.pooled(in[0].Shape())
	if err != nil {
		return nil, err
	}
	ones := make([]float64, shape[2:].Size())
	for i := range ones {
		ones[i] = 1
	}
	return one(b.WindowSum(in[0], win, ones))
}

func (o lpPool) Work(_ []*graph.Value, out []graph.Type) int64 { return o.visits(out[0]) }

func (o sumPool) Work(_ []*graph.Value, out []graph.Type) int64 { return o.visits(out[0]) }
