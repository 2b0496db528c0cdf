package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("ConvTranspose", 1, decodeConvTranspose) }

// convTranspose (ONNX 1, 11, 22) spreads each element of X, of shape N x C x spatial, over the result by W, of shape
// C x M/group x kernel, and adds B, of shape M. With variable W or B it is a matrix product whose elements are added
// up where they lie.
type convTranspose struct {
	geometry
	groups       int
	more, extent []int // output_padding, output_shape
}

func decodeConvTranspose(a *Attrs) (graph.Op, error) {
	a.inputs(2, 3)
	o := convTranspose{readGeometry(a), a.int("group", 1), a.ints("output_padding"), a.ints("output_shape")}
	if o.groups < 1 {
		a.refuse("group", "at least 1", o.groups)
	}
	for _, v := range append(append([]int{}, o.more...), o.extent...) {
		if v < 0 || v > maxGeometry {
			a.refuse("output_padding", fmt.Sprintf("and output_shape within [0, %d]", maxGeometry), v)
		}
	}
	return o, nil
}

// fit gives the window, of which Begin cuts off the result, and the shape of the result.
func (o convTranspose) fit(x, w, bias tensor.Shape) (win tensor.Window, out tensor.Shape, err error) {
	n, c, sp, err := spatial(x)
	if err != nil {
		return win, nil, fmt.Errorf("transposed convolution: %w", err)
	}
	if len(w) != len(x) || w[0] != c || c%o.groups != 0 {
		return win, nil, fmt.Errorf("transposed convolution: want weights %d x M/%d x kernel of %d axes with %d divisible by %d, got %v", c, o.groups, len(sp), c, o.groups, w)
	}
	for _, k := range w[1:] {
		if k < 1 || k > maxGeometry {
			return win, nil, fmt.Errorf("transposed convolution: want kernel extents within [1, %d], got %v", maxGeometry, w)
		}
	}
	m := w[1] * o.groups
	if o.kernel != nil && !w[2:].Equal(o.kernel) {
		return win, nil, fmt.Errorf("transposed convolution: kernel_shape %v does not agree with weights %v", o.kernel, w)
	}
	if bias != nil && !bias.Equal(tensor.Shape{m}) {
		return win, nil, fmt.Errorf("transposed convolution: want a bias of shape %d, got %v", m, bias)
	}
	axes := len(sp)
	win = tensor.Window{Kernel: w[2:], Strides: fill(o.strides, axes), Dilations: fill(o.dilations, axes), Begin: make([]int, axes), End: make([]int, axes)}
	for name, v := range map[string][]int{"strides": win.Strides, "dilations": win.Dilations, "output_padding": o.more, "output_shape": o.extent} {
		if len(v) != axes && len(v) != 0 {
			return win, nil, fmt.Errorf("transposed convolution: %s: want %d values, got %v", name, axes, v)
		}
	}
	if len(o.pads) != 0 && len(o.pads) != 2*axes {
		return win, nil, fmt.Errorf("transposed convolution: pads: want %d values, got %v", 2*axes, o.pads)
	}
	out = tensor.Shape{n, m}
	for i := range axes {
		full := (sp[i]-1)*win.Strides[i] + (win.Kernel[i]-1)*win.Dilations[i] + 1
		if len(o.more) > 0 {
			full += o.more[i]
		}
		extent := o.cut(&win, i, full, sp[i])
		if extent < 1 || extent > maxGeometry {
			return win, nil, fmt.Errorf("transposed convolution: axis %d: want an extent within [1, %d], got %d", i, maxGeometry, extent)
		}
		out = append(out, extent)
	}
	return win, out, nil
}

// cut sets the padding of an axis whose uncut result has extent full, and gives the extent that remains. An output
// shape beyond the uncut result leaves the rest to the bias.
func (o convTranspose) cut(win *tensor.Window, i, full, in int) int {
	extent := 0
	switch {
	case len(o.extent) > 0:
		extent = o.extent[i]
	case o.autoPad == "SAME_UPPER" || o.autoPad == "SAME_LOWER":
		extent = in * win.Strides[i]
	case o.autoPad == "VALID" || len(o.pads) == 0:
		return full
	default:
		win.Begin[i], win.End[i] = o.pads[i], o.pads[len(win.Kernel)+i]
		return full - win.Begin[i] - win.End[i]
	}
	total := max(0, full-extent)
	win.Begin[i] = total - total/2
	if o.autoPad == "SAME_UPPER" {
		win.Begin[i] = total / 2
	}
	win.End[i] = total - win.Begin[i]
	return extent
}

func (o convTranspose) Infer(in []*graph.Value) ([]graph.Type, error) {
	_, out, err := o.fit(in[0].Type.Shape, in[1].Type.Shape, biasShape(in))
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, err
}

func (o convTranspose) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	x, w := in[0], in[1]
	win, shape, err := o.fit(x.Shape, w.Shape, nil)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](shape)
	area, places, taps := x.Shape[2:].Size(), shape[2:].Size(), w.Shape[2:].Size()
	targets := scatter(win, x.Shape[2:], shape[2:])
	cg, mg := x.Shape[1]/o.groups, w.Shape[1]
	for n := range shape[0] {
		for c := range x.Shape[1] {
			src := x.Data[(n*x.Shape[1]+c)*area:][:area]
			for m := range mg {
				weights := w.Data[(c*mg+m)*taps:][:taps]
				dst := out.Data[(n*shape[1]+c/cg*mg+m)*places:][:places]
				for p, v := range src {
					for k, at := range targets[p*taps : (p+1)*taps] {
						if at >= 0 {
							dst[at] += v * weights[k]
						}
					}
				}
			}
		}
	}
	if len(in) > 2 && in[2] != nil {
		for i := range out.Data {
			out.Data[i] += in[2].Data[i/places%shape[1]]
		}
	}
	return []*tensor.Float{out}, nil
}

// scatter gives, for each input position and tap, the position of the result, or -1 where it is cut off.
func scatter(win tensor.Window, in, out tensor.Shape) []int {
	taps := tensor.Shape(win.Kernel)
	st := out.Strides()
	targets := make([]int, 0, in.Size()*taps.Size())
	walk(in, func(_ int, p []int) {
		walk(taps, func(_ int, k []int) {
			at := 0
			for a := range p {
				x := p[a]*win.Strides[a] + k[a]*win.Dilations[a] - win.Begin[a]
				if x < 0 || x >= out[a] {
					at = -1
					break
				}
				at += x * st[a]
			}
			targets = append(targets, at)
		})
	})
	return targets
}

func (o convTranspose) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
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
	win, out, err := o.fit(in[0].Shape(), w.Shape, nil)
	if err != nil {
		return nil, err
	}
	return one(b.ConvTranspose(in[0], w, bias, o.groups, win, out[2:]))
}

// Expand multiplies the weights, groups x M/groups*taps x C/groups, by the input, groups x C/groups x places, and adds
// up what falls on one position of the result.
func (o convTranspose) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
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
		y = c.apply("ConvTranspose", o, in[0], in[1])
	} else {
		g, cg, rows, area := o.groups, w[0]/o.groups, w[1:].Size(), s[2:].Size()
		weights := c.transpose(c.reshape(in[1], tensor.Shape{1, g, cg, rows}), 0, 1, 3, 2)
		parts := c.matmul(weights, c.reshape(in[0], tensor.Shape{s[0], g, cg, area}))
		y = c.apply("Col2Im", spread{func(tensor.Shape) (spreading, error) { return o.gathering(s, out, win), nil }}, parts)
	}
	if bias != nil {
		y = c.addToChannels(y, bias)
	}
	return c.done(y)
}

// gathering adds up, of taps x places products for each channel of the result, those that reach a position.
func (o convTranspose) gathering(in, out tensor.Shape, win tensor.Window) spreading {
	area, taps := in[2:].Size(), tensor.Shape(win.Kernel).Size()
	p := spreading{out: out, in: taps * area, outer: out[0] * out[1], inner: 1, rows: make([][]program.Weight, out[2:].Size())}
	for i, at := range scatter(win, in[2:], out[2:]) {
		if at >= 0 {
			p.rows[at] = append(p.rows[at], program.Weight{Index: i%taps*area + i/taps, Coef: 1})
		}
	}
	return p
}
