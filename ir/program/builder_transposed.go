package program

import (
	"fmt"

	"assay/ir/tensor"
)

// ConvTranspose is the transpose of Conv: x, of shape N x C x spatial, gives N x M x extent by weights w, of shape
// C x M/groups x kernel, and bias of length M (nil for none). Padding of win before an axis cuts off output
// positions; that after is what extent leaves.
func (b *Builder) ConvTranspose(x *Value, w *tensor.Float, bias []float64, groups int, win tensor.Window, extent []int) (*Value, error) {
	if len(x.shape) < 3 || len(w.Shape) != len(x.shape) || !w.Shape[2:].Equal(win.Kernel) || groups < 1 ||
		w.Shape[0] != x.shape[1] || w.Shape[0]%groups != 0 || len(extent) != len(win.Kernel) || bias != nil && len(bias) != w.Shape[1]*groups {
		return nil, fmt.Errorf("%s: transposed: %v does not take weights %v in %d groups with %d biases", b.name, x.shape, w.Shape, groups, len(bias))
	}
	id, err := b.narrow(x)
	if err != nil {
		return nil, err
	}
	form := TransposedMap{Batch: x.shape[0], In: x.shape[1], Out: w.Shape[1] * groups, Groups: groups, Spatial: x.shape[2:], Extent: extent,
		Kernel: win.Kernel, Strides: win.Strides, Dilations: win.Dilations, Begin: win.Begin}
	m := &realTransposed{form, w.Data, tensor.Shape(extent).Size()}
	full := []float64{0}
	if bias != nil {
		full = nil
		for range form.Batch {
			full = append(full, bias...)
		}
	}
	return newValue(append(tensor.Shape{form.Batch, form.Out}, extent...), &linear{[]realTerm{{id, m}}, full}), nil
}

// realTransposed is a TransposedMap before its weights are rounded.
type realTransposed struct {
	form    TransposedMap // without weights
	weights []float64
	outSize int
}

func (m *realTransposed) scale(s []float64) (realMap, bool) {
	for i := range s {
		if s[i] != s[i/m.outSize%m.form.Out*m.outSize] {
			return nil, false
		}
	}
	r := *m
	r.weights = make([]float64, len(m.weights))
	taps := tensor.Shape(m.form.Kernel).Size()
	cg, og := m.form.In/m.form.Groups, m.form.Out/m.form.Groups
	for i, w := range m.weights {
		c, o := i/taps/og, i/taps%og
		r.weights[i] = w * s[(c/cg*og+o)*m.outSize]
	}
	return &r, true
}

func (m *realTransposed) fanIn() int {
	n := m.form.In / m.form.Groups
	for i, k := range m.form.Kernel {
		n *= (k + m.form.Strides[i] - 1) / m.form.Strides[i]
	}
	return n
}

func (m *realTransposed) coefficients() []float64 { return m.weights }

func (m *realTransposed) quantize(f float64) Map {
	q := m.form
	q.Weights = roundAll(m.weights, f)
	return &q
}
