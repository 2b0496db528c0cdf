package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerML("Imputer", 1, decodeImputer) }

// imputer replaces the elements that equal one value by another, one for all features or one a feature. NaN stands for
// NaN. Inputs of a program are finite, so that replacing NaN costs nothing and does nothing there.
type imputer struct {
	replaced float64
	imputed  *tensor.Float
}

// Imputer (ai.onnx.ml 1).
func decodeImputer(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	o := imputer{replaced: a.float("replaced_value_float", 0), imputed: row(a.floats("imputed_value_floats", nil))}
	from, to := a.int("replaced_value_int64", 0), a.ints("imputed_value_int64s")
	if !a.In[0].Type.DType.IsFloat() {
		o.replaced, o.imputed = float64(from), &tensor.Float{Shape: tensor.Shape{len(to)}}
		for _, v := range to {
			o.imputed.Data = append(o.imputed.Data, float64(v))
		}
	}
	if len(o.imputed.Data) == 0 {
		a.refuse("imputed_value_floats or imputed_value_int64s", "for the type of the input", "none")
	}
	return o, nil
}

func (o imputer) Infer(in []*graph.Value) ([]graph.Type, error) {
	s, n := in[0].Type.Shape, len(o.imputed.Data)
	if len(s) == 0 || n != 1 && n != s[len(s)-1] {
		return nil, wantFeatures(n, s)
	}
	return []graph.Type{in[0].Type}, nil
}

func (o imputer) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	y, to := tensor.New[float64](in[0].Shape), o.imputed.BroadcastTo(in[0].Shape)
	for i, x := range in[0].Data {
		if y.Data[i] = x; x == o.replaced || x != x && o.replaced != o.replaced {
			y.Data[i] = to.Data[i]
		}
	}
	return []*tensor.Float{y}, nil
}

func (o imputer) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	v := in[0]
	if o.replaced != o.replaced {
		return c.done(c.op("Identity", nil, v))
	}
	met := c.reshape(c.equals(v, o.replaced), v.Type.Shape)
	return c.done(c.op("Where", nil, c.cast(met, tensor.Bool), c.tensor(v, o.imputed), v))
}
