package program

import (
	"slices"

	"assay/ir/tensor"
)

// A linear map of an unrounded sum of linear maps is a sum of linear maps too: where their forms compose, the sum is
// never rounded, which costs no constraints and loses nothing, but more entries.
const (
	composeEntries = 1024    // entries more that an element may cost which is not rounded
	composeTotal   = 1 << 25 // of all compositions of a program
	composeTerms   = 12      // maps that are composed with one
	composeBits    = 2       // by which operands may be wider than what rounding would leave
)

// composed applies a convolution and a bias for each of its channels, or nil, to an unrounded x. It gives nil where x is
// better rounded first.
func (b *Builder) composed(x *Value, outer *realConv, bias []float64) *linear {
	l, err := b.pushed(x)
	if err != nil {
		return nil
	}
	if l == nil {
		if e, ok := x.expr.(*linear); ok {
			l = e
		}
	}
	if l == nil || len(l.terms) > composeTerms {
		return nil
	}
	bits := x.bits
	if bits == 0 {
		bits = b.opt.Bits
	}
	r := &linear{bias: biasAfter(l.bias, outer, bias)}
	more := -outer.entries()
	for _, t := range l.terms {
		if b.p.Tensors[t.id].Range.MaxAbs() > 1<<(bits+composeBits) {
			return nil
		}
		inner, ok := t.m.(convolved)
		if !ok {
			return nil
		}
		m := inner.then(outer, composeEntries*x.shape.Size()+outer.entries())
		if m == nil {
			return nil
		}
		more += m.entries()
		r.terms = append(r.terms, realTerm{t.id, m})
	}
	if more > composeEntries*x.shape.Size() || b.composedEntries+more > composeTotal {
		return nil
	}
	b.composedEntries += max(more, 0)
	return r
}

// biasAfter is the bias of a convolution of a sum that has the bias inner.
func biasAfter(inner []float64, outer *realConv, bias []float64) []float64 {
	planes := outer.batch * outer.out
	y := make([]float64, planes*outer.outSize)
	if len(bias) > 0 {
		for i := range y {
			y[i] = bias[i/outer.outSize%outer.out]
		}
	}
	if slices.ContainsFunc(inner, func(v float64) bool { return v != 0 }) {
		out, err := outer.window.Out(outer.spatial)
		if err != nil {
			return nil
		}
		x := expand(inner, outer.batch*outer.in*tensor.Shape(outer.spatial).Size())
		tensor.Correlate(tensor.Correlation{Batch: outer.batch, In: outer.in, Out: outer.out, Groups: outer.groups,
			Spatial: outer.spatial, Result: out, Window: outer.window}, x, outer.weights, y)
	}
	return compress(y)
}

// convolved is a map that composes with convolutions.
type convolved interface {
	// then is the convolution that applies the map and outer after it, of about as many entries as most at most; nil
	// where there is none.
	then(outer *realConv, most int) *realConv
}

// entries is the number of entries of all rows, or a little more at padded borders.
func (m *realConv) entries() int {
	n := 0
	for _, w := range m.weights {
		if w != 0 {
			n++
		}
	}
	return n * m.batch * m.outSize
}

// then scales the channels of outer.
func (m *realDiagonal) then(outer *realConv, _ int) *realConv {
	place := m.size / (outer.batch * outer.in) // elements of a channel
	w := expand(m.weights, m.size)
	for i := range w {
		if w[i] != w[i/place%outer.in*place] {
			return nil
		}
	}
	r := *outer
	r.weights = slices.Clone(outer.weights)
	cg := outer.in / outer.groups
	taps := len(outer.weights) / outer.out / cg
	for i := range r.weights {
		o, c := i/taps/cg, i/taps%cg
		r.weights[i] *= w[(o/(outer.out/outer.groups)*cg+c)*place]
	}
	return &r
}

// conv views a window of equal weights as a convolution of each channel by itself; nil where weights differ.
func (m *realWindow) conv(batch int) *realConv {
	if len(compress(m.weights)) != 1 {
		return nil
	}
	c := m.planes / batch
	return &realConv{batch: batch, in: c, out: c, groups: c, spatial: m.spatial, window: m.window,
		outSize: len(m.weights), weights: expand(m.weights[:1], c*tensor.Shape(m.window.Kernel).Size())}
}

// then composes windows of equal weights.
func (m *realWindow) then(outer *realConv, most int) *realConv {
	if m.planes != outer.batch*outer.in {
		return nil
	}
	if c := m.conv(outer.batch); c != nil {
		return c.then(outer, most)
	}
	return nil
}

// then composes two convolutions where one of them has a single tap and no padding, or the outer one no padding: padding
// between them reads zeros, where their composition would read what the inner one sees there.
func (m *realConv) then(outer *realConv, most int) *realConv {
	mid, err := m.window.Out(m.spatial)
	if err != nil || m.batch != outer.batch || m.out != outer.in || !slices.Equal(mid, outer.spatial) {
		return nil
	}
	win, tap, ok := compose(m.window, outer.window, m.spatial, mid)
	if !ok {
		return nil
	}
	r := &realConv{batch: m.batch, in: m.in, out: outer.out, groups: gcd(m.groups, outer.groups), spatial: m.spatial, window: win, outSize: outer.outSize}
	taps := tensor.Shape(win.Kernel).Size()
	cg, per := r.in/r.groups, r.out/r.groups
	if r.out*cg*taps > most/max(1, r.batch*r.outSize) {
		return nil
	}
	r.weights = make([]float64, r.out*cg*taps)
	innerTaps, outerTaps := tensor.Shape(m.window.Kernel).Size(), tensor.Shape(outer.window.Kernel).Size()
	mg, ig := outer.in/outer.groups, m.in/m.groups // channels of a group in the middle, and before it
	for o := range outer.out {
		to := r.weights[o*cg*taps:]
		for i := range mg {
			c := o/(outer.out/outer.groups)*mg + i // channel in the middle
			from := c / (m.out / m.groups) * ig    // first channel that it reads
			for a, v := range outer.weights[(o*mg+i)*outerTaps : (o*mg+i+1)*outerTaps] {
				if v == 0 {
					continue
				}
				for j := range ig {
					at := (from + j - o/per*cg) * taps
					for e, w := range m.weights[(c*ig+j)*innerTaps : (c*ig+j+1)*innerTaps] {
						to[at+tap(a, e)] += v * w
					}
				}
			}
		}
	}
	return r
}

// compose is the window of a window of a window, from an extent of in through one of mid, and the tap that taps of the
// outer and the inner one make; false where there is none.
func compose(inner, outer tensor.Window, in, mid []int) (w tensor.Window, tap func(outer, inner int) int, ok bool) {
	n := len(in)
	type axis struct{ outer, inner int } // steps in the kernel that a step of each makes
	steps := make([]axis, n)
	for i := range n {
		ki, ko := inner.Kernel[i], outer.Kernel[i]
		si := inner.Strides[i]
		point := ki == 1 && inner.Begin[i] == 0 && inner.End[i] == 0
		if !point && (outer.Begin[i] != 0 || outer.End[i] != 0) {
			return w, nil, false
		}
		kernel, dilation := ko, outer.Dilations[i]*si
		begin, end := inner.Begin[i], inner.End[i]
		steps[i] = axis{1, 0}
		switch {
		case point:
			begin, end = outer.Begin[i]*si, max(0, outer.End[i]*si+(mid[i]-1)*si+1-in[i])
		case ko == 1:
			kernel, dilation, steps[i] = ki, inner.Dilations[i], axis{0, 1}
		case ki > 1:
			dilation = 1
			steps[i] = axis{outer.Dilations[i] * si, inner.Dilations[i]}
			kernel = (ko-1)*steps[i].outer + (ki-1)*steps[i].inner + 1
		}
		w.Kernel, w.Dilations = append(w.Kernel, kernel), append(w.Dilations, dilation)
		w.Strides = append(w.Strides, si*outer.Strides[i])
		w.Begin, w.End = append(w.Begin, begin), append(w.End, end)
	}
	want, err := outer.Out(mid)
	if err != nil {
		return w, nil, false
	}
	if got, err := w.Out(in); err != nil || !slices.Equal(got, want) {
		return w, nil, false
	}
	return w, func(a, e int) int {
		t, place := 0, 1
		for i := n - 1; i >= 0; i-- {
			ka, ke := a%outer.Kernel[i], e%inner.Kernel[i]
			a, e = a/outer.Kernel[i], e/inner.Kernel[i]
			t += (ka*steps[i].outer + ke*steps[i].inner) * place
			place *= w.Kernel[i]
		}
		return t
	}, true
}
