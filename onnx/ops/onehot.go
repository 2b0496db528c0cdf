package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("OneHot", 9, decodeOneHot)
	register("OneHot", 11, decodeOneHot)
}

// oneHot (ONNX 9; 11 with negative indices) gives each index an axis of extent depth that holds on at the index and
// off elsewhere, or off all along where the index is beyond the axis.
type oneHot struct {
	axis, depth int
	off, on     float64
	negative    bool // indices count from the end
	out         tensor.DType
}

// Depth and values must be constant.
func decodeOneHot(a *Attrs) (graph.Op, error) {
	if !a.inputs(3, 3) {
		return nil, nil
	}
	o := oneHot{axis: a.int("axis", -1), negative: a.Opset >= 11, out: a.In[2].Type.DType}
	o.depth = saturate(a.constScalar(1, 0))
	if o.depth < 1 || o.depth > tensor.MaxElements {
		a.fail(CodeShape, "a depth of at least 1", fmt.Sprint(o.depth))
	}
	if v := a.constant(2); v != nil {
		if len(v.Data) != 2 {
			a.fail(CodeShape, "two values, off and on", v.Shape.String())
		} else {
			o.off, o.on = v.Data[0], v.Data[1]
		}
	}
	return o, nil
}

func (o oneHot) shape(s tensor.Shape) (axis int, out tensor.Shape, err error) {
	if axis, err = tensor.Axis(o.axis, len(s)+1); err != nil {
		return 0, nil, err
	}
	out = append(s[:axis].Clone(), o.depth)
	return axis, append(out, s[axis:]...), nil
}

func (o oneHot) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, s, err := o.shape(in[0].Type.Shape)
	return []graph.Type{{DType: o.out, Shape: s}}, err
}

// hot is the position that is on for index i, or depth for none.
func (o oneHot) hot(i int64) int64 {
	if i < 0 && o.negative {
		i += int64(o.depth)
	}
	if i < 0 || i >= int64(o.depth) {
		return int64(o.depth)
	}
	return i
}

func (o oneHot) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	axis, s, err := o.shape(in[0].Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](s)
	inner := s[axis+1:].Size()
	for i := range out.Data {
		x := in[0].Data[i/(o.depth*inner)*inner+i%inner]
		out.Data[i] = o.off
		if o.hot(int64(saturate(x))) == int64(i/inner%o.depth) {
			out.Data[i] = o.on
		}
	}
	return []*tensor.Float{out}, nil
}

// Lower selects from the rows of the result that there can be, and one that is off all along.
func (o oneHot) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	axis, s, err := o.shape(in[0].Shape())
	if err != nil {
		return nil, err
	}
	d := o.depth
	rows := tensor.New[float64](tensor.Shape{d + 1, d})
	for i := range rows.Data {
		rows.Data[i] = o.off
		if i/d == i%d {
			rows.Data[i] = o.on
		}
	}
	low := int64(-1)
	if o.negative {
		low = int64(-d - 1)
	}
	at, err := b.MapWhole(in[0], low, int64(d), o.hot)
	if err != nil {
		return nil, err
	}
	v, err := b.Select(b.Const(rows), at)
	if err != nil || axis == len(s)-1 {
		return one(v, err)
	}
	var perm []int
	for a := range len(s) - 1 {
		if a == axis {
			perm = append(perm, len(s)-1)
		}
		perm = append(perm, a)
	}
	return one(permuted(b, v, perm))
}
