package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() {
	register("MaxPool", 1, decodeMaxPool1)
	register("MaxPool", 10, decodeMaxPool)
}

// maxPool is the maximum under each window, padding left out. Indices, when the model asks for them, are the places
// of the maxima, the first among equals, in the whole input in row-major order; with columns, the last two axes are
// swapped.
type maxPool struct {
	geometry
	indices, columns bool
}

// MaxPool (ONNX 1, 8).
func decodeMaxPool1(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	if a.has("dilations") && a.Opset < 10 {
		a.refuse("dilations", "absent before opset 10", a.ints("dilations"))
	}
	o := maxPool{geometry: readGeometry(a), indices: a.Outputs > 1, columns: a.int("storage_order", 0) == 1}
	if a.Opset >= 8 {
		a.outputs = 2
	}
	if o.kernel == nil {
		a.refuse("kernel_shape", "present", "none")
	}
	return o, nil
}

// MaxPool (ONNX 10, 11, 12, 22) adds ceil_mode and dilations.
func decodeMaxPool(a *Attrs) (graph.Op, error) {
	ceil := a.flag("ceil_mode", false)
	op, err := decodeMaxPool1(a)
	if err != nil {
		return nil, err
	}
	o := op.(maxPool)
	o.ceil = ceil
	return o, nil
}

// pooled is the window, the padding that belongs to the input, and the shape of the result of a pool.
func (g geometry) pooled(x tensor.Shape) (win tensor.Window, after []int, out tensor.Shape, err error) {
	n, c, sp, err := spatial(x)
	if err != nil {
		return win, nil, nil, err
	}
	if win, after, err = g.window(g.kernel, sp); err != nil {
		return win, nil, nil, err
	}
	spo, err := win.Out(sp)
	if err != nil {
		return win, nil, nil, err
	}
	if err := covered(win, sp, spo); err != nil {
		return win, nil, nil, err
	}
	return win, after, append(tensor.Shape{n, c}, spo...), nil
}

func (o maxPool) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, _, out, err := o.pooled(in[0].Type.Shape)
	types := []graph.Type{{DType: in[0].Type.DType, Shape: out}}
	if o.indices {
		types = append(types, graph.Type{DType: tensor.Int64, Shape: out})
	}
	return types, err
}

func (o maxPool) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	win, _, shape, err := o.pooled(in[0].Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](shape)
	slide(in[0], out, win, func(hits []float64, _ int) float64 {
		m := math.Inf(-1)
		for _, v := range hits {
			m = max(m, v)
		}
		return m
	})
	if !o.indices {
		return []*tensor.Float{out}, nil
	}
	return []*tensor.Float{out, o.find(in[0], shape, win)}, nil
}

func (o maxPool) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	x := in[0].Shape()
	win, _, shape, err := o.pooled(x)
	if err != nil {
		return nil, err
	}
	if !o.indices {
		return one(b.MaxWindow(in[0], win))
	}
	members, numbers := o.members(x, shape, win)
	index, err := b.ArgMaxOf(in[0], members, numbers, shape)
	if err != nil {
		return nil, err
	}
	y, err := b.MaxWindow(in[0], win)
	return []*program.Value{y, index}, err
}

// slide sets each element of out to f of the real elements under its window and of its spatial position.
func slide(x, out *tensor.Float, win tensor.Window, f func(hits []float64, place int) float64) {
	sp, spo := []int(x.Shape[2:]), []int(out.Shape[2:])
	area, places := x.Shape[2:].Size(), out.Shape[2:].Size()
	var at []int
	var hits []float64
	for p := range places {
		at = at[:0]
		win.Visit(sp, spo, p, func(_, i int) { at = append(at, i) })
		for c := range x.Shape[0] * x.Shape[1] {
			hits = hits[:0]
			for _, i := range at {
				hits = append(hits, x.Data[c*area+i])
			}
			out.Data[c*places+p] = f(hits, p)
		}
	}
}
