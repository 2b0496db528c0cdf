package reference

import (
	"fmt"
	"math"
	"math/rand"
	"slices"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx/ops"
)

// family draws uses of one operator. The outputs of a case that it draws say only how many there are.
type family struct {
	op   string
	make func(d *draw) optest.Case
}

var families []family

// register adds a family for each of ops.
func register(make func(d *draw) optest.Case, ops ...string) {
	for _, op := range ops {
		families = append(families, family{op, make})
	}
}

// draw is a source of random choices for a case of an operator.
type draw struct {
	*rand.Rand
	op    string
	opset int
}

// runtimeOpset is the last opset whose operators ONNX Runtime has kernels for.
const runtimeOpset = 23

// opsets are those from first on at which the operator can be used here and there.
func opsets(op string, first int) []int {
	var all []int
	for v := first; v <= min(ops.MaxOpset, runtimeOpset); v++ {
		if _, ok := ops.Since("", op, v); ok && v >= ops.MinOpset {
			all = append(all, v)
		}
	}
	return all
}

// one picks an element.
func one[T any](d *draw, list ...T) T { return list[d.Intn(len(list))] }

// chance is true one in n times.
func (d *draw) chance(n int) bool { return d.Intn(n) == 0 }

// between draws from [low, high].
func (d *draw) between(low, high int) int { return low + d.Intn(high-low+1) }

// shape has a rank within [low, high] and extents of 1 to 5.
func (d *draw) shape(low, high int) tensor.Shape {
	s := make(tensor.Shape, d.between(low, high))
	for i := range s {
		s[i] = d.between(1, 5)
	}
	return s
}

// axis is one of rank axes, counted from either end.
func (d *draw) axis(rank int) int {
	a := d.Intn(rank)
	if d.chance(2) {
		a -= rank
	}
	return a
}

// axes are some of rank axes, at least one.
func (d *draw) axes(rank int) []int {
	p := d.Perm(rank)[:d.between(1, rank)]
	slices.Sort(p)
	return p
}

// real draws float32 numbers from [low, high].
func (d *draw) real(s tensor.Shape, low, high float64) optest.Tensor {
	data := make([]float64, s.Size())
	for i := range data {
		data[i] = float64(float32(low + d.Float64()*(high-low)))
	}
	return optest.F(s, data...)
}

// normal draws from [-3, 3].
func (d *draw) normal(s tensor.Shape) optest.Tensor { return d.real(s, -3, 3) }

// whole draws integers of a type from [low, high].
func (d *draw) whole(t tensor.DType, s tensor.Shape, low, high int) optest.Tensor {
	data := make([]float64, s.Size())
	for i := range data {
		data[i] = float64(d.between(low, high))
	}
	x := optest.I(s, data...)
	x.DType = t
	return x
}

// truth draws truth values.
func (d *draw) truth(s tensor.Shape) optest.Tensor { return d.whole(tensor.Bool, s, 0, 1) }

// list is a fixed list of integers.
func list(v ...int) optest.Tensor {
	data := make([]float64, len(v))
	for i, x := range v {
		data[i] = float64(x)
	}
	return optest.List(data...)
}

// floats is a fixed list of float32.
func floats(v ...float64) optest.Tensor { return optest.Fix(optest.F(tensor.Shape{len(v)}, v...)) }

// broadcast gives shapes that broadcast together.
func (d *draw) broadcast(n int) []tensor.Shape {
	full := d.shape(1, 4)
	all := make([]tensor.Shape, n)
	for i := range all {
		all[i] = slices.Clone(full)
		for a := range all[i] {
			if d.chance(4) {
				all[i][a] = 1
			}
		}
		if d.chance(3) {
			all[i] = all[i][d.Intn(len(all[i])+1):]
		}
	}
	return all
}

// use is a case of the drawn operator with n outputs.
func (d *draw) use(attrs map[string]any, n int, in ...optest.Tensor) optest.Case {
	return optest.Case{Opset: d.opset, Attrs: attrs, In: in, Out: make([]optest.Tensor, n)}
}

// attrs collects attributes, each left to its default one in three times.
type attrs map[string]any

func (a attrs) maybe(d *draw, name string, v any) {
	if !d.chance(3) {
		a[name] = v
	}
}

// round keeps what float32 holds of a number.
func round(x float64) float64 { return float64(float32(x)) }

// near compares as float32 arithmetic in another order allows.
func near(got, want *tensor.Float, integer bool) error {
	if !got.Shape.Equal(want.Shape) {
		return fmt.Errorf("want shape %v, got %v", want.Shape, got.Shape)
	}
	var scale float64
	for _, w := range want.Data {
		if !math.IsInf(w, 0) && !math.IsNaN(w) {
			scale = max(scale, math.Abs(w))
		}
	}
	for i, w := range want.Data {
		g := got.Data[i]
		if g == w || math.IsNaN(g) && math.IsNaN(w) {
			continue
		}
		if integer || !(math.Abs(g-w) <= 1e-5+1e-5*scale+1e-3*math.Abs(w)) {
			return fmt.Errorf("element %d: want %v, got %v", i, w, g)
		}
	}
	return nil
}
