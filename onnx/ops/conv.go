package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Conv", 1, decodeConv) }

// conv (ONNX 1, 11, 22) correlates X, of shape N x C x spatial, with W, of shape M x C/group x kernel, and adds B,
// of shape M. Its integer form needs W and B constant.
type conv struct {
	geometry
	groups int
}

func decodeConv(a *Attrs) (graph.Op, error) {
	a.inputs(2, 3)
	o := newConv(a)
	for i := 1; i < 3; i++ {
		if v := a.input(i); v != nil && v.Const == nil {
			return convOfVariables{o}, nil
		}
	}
	return o, nil
}

func newConv(a *Attrs) conv {
	o := conv{readGeometry(a), a.int("group", 1)}
	if o.groups < 1 {
		a.refuse("group", "at least 1", o.groups)
	}
	return o
}

// fit gives the window and the shape of the result.
func (o conv) fit(x, w, bias tensor.Shape) (win tensor.Window, out tensor.Shape, err error) {
	n, c, sp, err := spatial(x)
	if err != nil {
		return win, nil, fmt.Errorf("conv: %w", err)
	}
	if len(w) != len(x) || w[1]*o.groups != c || w[0]%o.groups != 0 {
		return win, nil, fmt.Errorf("conv: want weights M x %d/%d x kernel of %d axes with M divisible by %d, got %v", c, o.groups, len(sp), o.groups, w)
	}
	for _, k := range w[2:] {
		if k < 1 || k > maxGeometry {
			return win, nil, fmt.Errorf("conv: want kernel extents within [1, %d], got %v", maxGeometry, w)
		}
	}
	if o.kernel != nil && !w[2:].Equal(o.kernel) {
		return win, nil, fmt.Errorf("conv: kernel_shape %v does not agree with weights %v", o.kernel, w)
	}
	if bias != nil && !bias.Equal(tensor.Shape{w[0]}) {
		return win, nil, fmt.Errorf("conv: want a bias of shape %d, got %v", w[0], bias)
	}
	if win, _, err = o.window(w[2:], sp); err != nil {
		return win, nil, err
	}
	spo, err := win.Out(sp)
	if err != nil {
		return win, nil, err
	}
	return win, append(tensor.Shape{n, w[0]}, spo...), nil
}

func (o conv) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, out, err := o.fit(in[0].Type.Shape, in[1].Type.Shape, biasShape(in))
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, err
}

// biasShape is the shape of the bias, the third input, or nil where it is omitted.
func biasShape(in []*graph.Value) tensor.Shape {
	if len(in) < 3 || in[2] == nil {
		return nil
	}
	return append(tensor.Shape{}, in[2].Type.Shape...)
}

func (o conv) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x, w := in[0], in[1]
	win, shape, err := o.fit(x.Shape, w.Shape, nil)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](shape)
	places := shape[2:].Size()
	tensor.Correlate(tensor.Correlation{Batch: shape[0], In: x.Shape[1], Out: shape[1], Groups: o.groups,
		Spatial: x.Shape[2:], Result: shape[2:], Window: win}, x.Data, w.Data, out.Data)
	if len(in) > 2 && in[2] != nil {
		for i := range out.Data {
			out.Data[i] += in[2].Data[i/places%w.Shape[0]]
		}
	}
	return []*tensor.Float{out}, nil
}

func (o conv) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	w := in[1].Const()
	if w == nil {
		return nil, notLowered("constant weights", "variable weights")
	}
	var bias []float64
	if len(in) > 2 && in[2] != nil {
		if in[2].Const() == nil {
			return nil, notLowered("a constant bias", "a variable bias")
		}
		bias = in[2].Const().Data
	}
	win, _, err := o.fit(in[0].Shape(), w.Shape, nil)
	if err != nil {
		return nil, err
	}
	return one(b.Conv(in[0], w, bias, o.groups, win))
}
