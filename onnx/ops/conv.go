package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Conv", 1, decodeConv) }

// conv (ONNX 1, 11, 22) correlates X, of shape N x C x spatial, with W, of shape M x C/group x kernel, and adds B,
// of shape M. Where W or B is variable it is a matrix product of gathered columns.
type conv struct {
	geometry
	groups int
}

func decodeConv(a *Attrs) (graph.Op, error) {
	a.inputs(2, 3)
	return newConv(a), nil
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
	var bias tensor.Shape
	if len(in) > 2 && in[2] != nil {
		bias = append(tensor.Shape{}, in[2].Type.Shape...)
	}
	_, out, err := o.fit(in[0].Type.Shape, in[1].Type.Shape, bias)
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, err
}

// Eval copies the elements under each window into a column, and multiplies the weights of each group by it.
func (o conv) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x, w := in[0], in[1]
	win, shape, err := o.fit(x.Shape, w.Shape, nil)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](shape)
	sp, spo := []int(x.Shape[2:]), []int(shape[2:])
	taps, area, places := w.Shape[2:].Size(), x.Shape[2:].Size(), shape[2:].Size()
	cg, mg := w.Shape[1], w.Shape[0]/o.groups
	column := make([]float64, cg*taps)
	type hit struct{ tap, at int }
	var hits []hit
	for p := range places {
		hits = hits[:0]
		win.Visit(sp, spo, p, func(tap, at int) { hits = append(hits, hit{tap, at}) })
		clear(column)
		for n := range shape[0] {
			for g := range o.groups {
				for c := range cg {
					src := x.Data[((n*o.groups+g)*cg+c)*area:]
					dst := column[c*taps:]
					for _, h := range hits {
						dst[h.tap] = src[h.at]
					}
				}
				for m := g * mg; m < (g+1)*mg; m++ {
					out.Data[(n*w.Shape[0]+m)*places+p] = dot(column, w.Data[m*cg*taps:(m+1)*cg*taps])
				}
			}
		}
	}
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

// Expand makes columns, N x groups x places x taps, of what each window reads, padding being a zero at the end of the
// input, and multiplies them by the weights, groups x taps x M/groups.
func (o conv) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	var bias *graph.Value
	if len(in) > 2 {
		bias = in[2]
	}
	if in[1].Const != nil && (bias == nil || bias.Const != nil) {
		return nil, graph.ErrAtomic
	}
	s, w := in[0].Type.Shape, in[1].Type.Shape
	win, out, err := o.fit(s, w, nil)
	if err != nil {
		return nil, err
	}
	c := composing(x)
	var y *graph.Value
	if in[1].Const != nil {
		outs, err := x.Add("Conv", o, in[0], in[1])
		if err != nil {
			return nil, err
		}
		y = outs[0]
	} else {
		index := o.columns(s, w, out, win)
		g, mg, k, places := o.groups, w[0]/o.groups, w[1:].Size(), out[2:].Size()
		flat := c.concat(0, c.reshape(in[0], tensor.Shape{s.Size()}), c.tensor(in[0], tensor.New[float64](tensor.Shape{1})))
		columns := c.reshape(c.op("Gather", nil, flat, c.ints(index...)), tensor.Shape{s[0], g, places, k})
		weights := c.transpose(c.reshape(in[1], tensor.Shape{1, g, mg, k}), 0, 1, 3, 2)
		y = c.reshape(c.transpose(c.matmul(columns, weights), 0, 1, 3, 2), out)
	}
	if bias != nil {
		b := make(tensor.Shape, len(out)-1)
		for i := range b {
			b[i] = 1
		}
		b[0] = w[0]
		y = c.add(y, c.reshape(bias, b))
	}
	return c.done(y)
}

// columns is the element of the input that each element of the columns is, or its size for padding.
func (o conv) columns(s, w, out tensor.Shape, win tensor.Window) []int {
	sp, spo := []int(s[2:]), []int(out[2:])
	area, places, taps, cg := s[2:].Size(), out[2:].Size(), w[2:].Size(), w[1]
	index := make([]int, 0, s[0]*o.groups*places*cg*taps)
	row := make([]int, taps)
	for n := range s[0] {
		for g := range o.groups {
			for p := range places {
				for i := range row {
					row[i] = -1
				}
				win.Visit(sp, spo, p, func(tap, at int) { row[tap] = at })
				for c := range cg {
					for _, at := range row {
						if at < 0 {
							index = append(index, s.Size())
						} else {
							index = append(index, ((n*o.groups+g)*cg+c)*area+at)
						}
					}
				}
			}
		}
	}
	return index
}
