package ops

import (
	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("ReduceProd", 1, func(a *Attrs) (graph.Op, error) { return newReduceProd(a, attrReduce) })
	register("ReduceProd", 18, func(a *Attrs) (graph.Op, error) { return newReduceProd(a, inputReduce) })
}

// reduceProd is ReduceProd (ONNX 1, 11, 13: axes is an attribute; 18: a constant input), a tree of products.
type reduceProd struct{ of reduce }

var _ graph.Composite = reduceProd{}

func newReduceProd(a *Attrs, read func(*Attrs, func(int) float64) (graph.Op, error)) (graph.Op, error) {
	o, err := read(a, sumWeight)
	if err != nil {
		return nil, err
	}
	return reduceProd{o.(reduce)}, nil
}

func (o reduceProd) Infer(in []*graph.Value) ([]graph.Type, error) { return o.of.Infer(in) }

func (o reduceProd) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	perm, n, shape, err := o.of.plan(in[0].Shape)
	if err != nil {
		return nil, err
	}
	x := transpose(in[0], perm)
	out := tensor.New[float64](shape)
	for i := range out.Data {
		out.Data[i] = 1
		for _, v := range x.Data[i*n : (i+1)*n] {
			out.Data[i] *= v
		}
	}
	return []*tensor.Float{out}, nil
}

// exactProduct multiplies two variables of one shape, more precisely than Mul.
var exactProduct = binary{
	f:     func(x, y float64) float64 { return x * y },
	lower: func(b *program.Builder, x, y *program.Value) (*program.Value, error) { return b.Multiply(x, y) },
}

// Expand implements graph.Composite.
func (o reduceProd) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	perm, n, shape, err := o.of.plan(in[0].Type.Shape)
	if err != nil {
		return nil, err
	}
	c := composing(x)
	if n == 0 {
		ones, err := o.Eval([]*tensor.Float{tensor.New[float64](in[0].Type.Shape)})
		if err != nil {
			return nil, err
		}
		return c.done(c.tensor(in[0], ones[0]))
	}
	if len(perm) == 0 {
		return c.done(c.op("Identity", nil, in[0]))
	}
	v := c.reshape(c.transpose(in[0], perm...), tensor.Shape{shape.Size(), n})
	for ; n > 1; n -= n / 2 {
		half := n / 2
		y := c.apply("Mul", exactProduct, c.slice(v, 1, 0, half), c.slice(v, 1, half, 2*half))
		if n%2 == 1 {
			y = c.concat(1, y, c.slice(v, 1, n-1, n))
		}
		v = y
	}
	return c.done(c.reshape(v, shape))
}
