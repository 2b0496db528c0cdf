package ops

import (
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// encoding maps each element that equals a key to the value of that key, and any other to a last value. Values that
// are strings are indices of names.
type encoding struct {
	keys   []float64
	values []float64 // one more than keys
	out    tensor.DType
	names  []string
}

// strings makes the values indices of strings.
func (o *encoding) strings(values []string) {
	o.out = tensor.Int64
	for _, v := range values {
		i := slices.Index(o.names, v)
		if i < 0 {
			i = len(o.names)
			o.names = append(o.names, v)
		}
		o.values = append(o.values, float64(i))
	}
}

// of is the index of the value of x. NaN equals NaN.
func (o encoding) of(x float64) int {
	for i, k := range o.keys {
		if x == k || x != x && k != k {
			return i
		}
	}
	return len(o.keys)
}

func (o encoding) Infer(in []*graph.Value) ([]graph.Type, error) {
	return []graph.Type{{DType: o.out, Shape: in[0].Type.Shape}}, nil
}

func (o encoding) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	return []*tensor.Float{mapTensor(in[0], func(x float64) float64 { return o.values[o.of(x)] })}, nil
}

// Expand adds, to the last value, what each key changes where it is met. NaN is never met.
func (o encoding) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	last := o.values[len(o.keys)]
	form := linearForm{tensor.New[float64](tensor.Shape{0, 1}), []float64{last}}
	var keys []float64
	for i, k := range o.keys {
		if k == k && o.of(k) == i && o.values[i] != last {
			keys = append(keys, k)
			form.weights.Data = append(form.weights.Data, o.values[i]-last)
		}
	}
	form.weights.Shape[0] = len(keys)
	s := in[0].Type.Shape
	if len(keys) == 0 {
		return c.done(c.cast(c.op("Add", nil, c.times(c.cast(in[0], tensor.Float32), 0), c.x.Const(tensor.Float32, tensor.Scalar(last))), o.out))
	}
	met := c.equals(c.reshape(in[0], tensor.Shape{s.Size()}), keys...)
	return c.done(c.cast(c.reshape(form.expand(c, met), s), o.out))
}

// Names are the strings that the results index, nil where they are numbers.
func (o encoding) Names(int) []string { return o.names }

// Columns implements graph.Named.
func (o encoding) Columns(int) []string { return nil }
