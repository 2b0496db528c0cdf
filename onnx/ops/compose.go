package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// composeOpset is the opset whose operators expansions are written in.
const composeOpset = 21

// attrs are the attributes of an operator in an expansion.
type attrs map[string]any

// compose writes the expansion of a composite operator in ONNX's own operators. Its first failure is kept: after
// it every method gives nil, and done reports it. Inputs broadcast as ONNX's do.
type compose struct {
	x   *graph.Expansion
	err error
}

func composing(x *graph.Expansion) *compose { return &compose{x: x} }

// done is the result of Expand.
func (c *compose) done(outs ...*graph.Value) ([]*graph.Value, error) {
	if c.err != nil {
		return nil, c.err
	}
	return outs, nil
}

// fail keeps an error.
func (c *compose) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// all applies an operator with any number of outputs; nil stands for an omitted input.
func (c *compose) all(kind string, outputs int, as attrs, in ...*graph.Value) []*graph.Value {
	none := make([]*graph.Value, outputs)
	if c.err != nil {
		return none
	}
	op, err := Decode(kind, NewAttrs(composeOpset, in, outputs, as))
	if err != nil {
		c.err = fmt.Errorf("%s: %w", kind, err)
		return none
	}
	outs, err := c.x.Add(kind, op, in...)
	if err != nil {
		c.err = err
		return none
	}
	return outs
}

// op applies an operator with one output.
func (c *compose) op(kind string, as attrs, in ...*graph.Value) *graph.Value {
	return c.all(kind, 1, as, in...)[0]
}

// number is a constant of rank 0 of the type of like.
func (c *compose) number(like *graph.Value, v float64) *graph.Value {
	if c.err != nil {
		return nil
	}
	return c.x.Const(like.Type.DType, tensor.Scalar(v))
}

// tensor is a constant of the type of like.
func (c *compose) tensor(like *graph.Value, t *tensor.Float) *graph.Value {
	if c.err != nil {
		return nil
	}
	return c.x.Const(like.Type.DType, t)
}

// ints is a constant list of int64.
func (c *compose) ints(vs ...int) *graph.Value {
	t := tensor.New[float64](tensor.Shape{len(vs)})
	for i, v := range vs {
		t.Data[i] = float64(v)
	}
	return c.x.Const(tensor.Int64, t)
}

// shape is the shape of v, nil after a failure.
func (c *compose) shape(v *graph.Value) tensor.Shape {
	if c.err != nil {
		return nil
	}
	return v.Type.Shape
}

func (c *compose) add(a, b *graph.Value) *graph.Value { return c.op("Add", nil, a, b) }
func (c *compose) sub(a, b *graph.Value) *graph.Value { return c.op("Sub", nil, a, b) }
func (c *compose) mul(a, b *graph.Value) *graph.Value { return c.op("Mul", nil, a, b) }
func (c *compose) div(a, b *graph.Value) *graph.Value { return c.op("Div", nil, a, b) }

// plus and times take a constant of one element.
func (c *compose) plus(a *graph.Value, v float64) *graph.Value  { return c.add(a, c.number(a, v)) }
func (c *compose) times(a *graph.Value, v float64) *graph.Value { return c.mul(a, c.number(a, v)) }

func (c *compose) neg(a *graph.Value) *graph.Value        { return c.op("Neg", nil, a) }
func (c *compose) abs(a *graph.Value) *graph.Value        { return c.op("Abs", nil, a) }
func (c *compose) exp(a *graph.Value) *graph.Value        { return c.op("Exp", nil, a) }
func (c *compose) log(a *graph.Value) *graph.Value        { return c.op("Log", nil, a) }
func (c *compose) sqrt(a *graph.Value) *graph.Value       { return c.op("Sqrt", nil, a) }
func (c *compose) reciprocal(a *graph.Value) *graph.Value { return c.op("Reciprocal", nil, a) }

// square is a*a.
func (c *compose) square(a *graph.Value) *graph.Value { return c.mul(a, a) }

func (c *compose) matmul(a, b *graph.Value) *graph.Value { return c.op("MatMul", nil, a, b) }

// reduce applies ReduceSum, ReduceMean, ReduceMax, ... along axes, which keep extent 1; none stands for all.
func (c *compose) reduce(kind string, a *graph.Value, axes ...int) *graph.Value {
	if len(axes) == 0 {
		return c.op(kind, attrs{"keepdims": int64(1)}, a)
	}
	return c.op(kind, attrs{"keepdims": int64(1)}, a, c.ints(axes...))
}

func (c *compose) reshape(a *graph.Value, s tensor.Shape) *graph.Value {
	if c.err != nil || a.Type.Shape.Equal(s) {
		return a
	}
	return c.op("Reshape", attrs{"allowzero": int64(1)}, a, c.ints(s...))
}

// transpose permutes axes as perm says.
func (c *compose) transpose(a *graph.Value, perm ...int) *graph.Value {
	p := make([]int64, len(perm))
	for i, v := range perm {
		p[i] = int64(v)
	}
	return c.op("Transpose", attrs{"perm": p}, a)
}

// slice takes the elements from start to before end along axis.
func (c *compose) slice(a *graph.Value, axis, start, end int) *graph.Value {
	return c.op("Slice", nil, a, c.ints(start), c.ints(end), c.ints(axis))
}

func (c *compose) concat(axis int, vs ...*graph.Value) *graph.Value {
	if len(vs) == 1 {
		return vs[0]
	}
	return c.op("Concat", attrs{"axis": int64(axis)}, vs...)
}

// expand repeats a to shape s.
func (c *compose) expand(a *graph.Value, s tensor.Shape) *graph.Value {
	if c.err != nil || a.Type.Shape.Equal(s) {
		return a
	}
	return c.op("Expand", nil, a, c.ints(s...))
}

// cast converts to d.
func (c *compose) cast(a *graph.Value, d tensor.DType) *graph.Value {
	if c.err != nil || a.Type.DType == d {
		return a
	}
	return c.op("Cast", attrs{"to": int64(d)}, a)
}

// group makes values be quantized alike, with all others of that name in the expansion.
func (c *compose) group(name string, vs ...*graph.Value) {
	if c.err == nil {
		c.x.Group(name, vs...)
	}
}

// apply adds an operator that is decoded already.
func (c *compose) apply(kind string, op graph.Op, in ...*graph.Value) *graph.Value {
	if c.err != nil {
		return nil
	}
	outs, err := c.x.Add(kind, op, in...)
	if err != nil {
		c.err = err
		return nil
	}
	return outs[0]
}

// addToChannels adds a list of one number a channel to y, of shape N x C x spatial.
func (c *compose) addToChannels(y, bias *graph.Value) *graph.Value {
	if c.err != nil {
		return nil
	}
	s := make(tensor.Shape, len(y.Type.Shape)-1)
	for i := range s {
		s[i] = 1
	}
	s[0] = y.Type.Shape[1]
	return c.add(y, c.reshape(bias, s))
}
