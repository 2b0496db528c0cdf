package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Mod", 10, decodeMod) }

// Mod (ONNX 10, 13, 28): the remainder of x by y, of the sign of y, as in Python; with fmod of the sign of x, as in C.
// For reals y must be constant.
func decodeMod(a *Attrs) (graph.Op, error) {
	truncated := a.flag("fmod", false)
	if !a.inputs(2, 2) {
		return nil, nil
	}
	f := func(x, y float64) float64 {
		r := math.Mod(x, y)
		if !truncated && r != 0 && (r < 0) != (y < 0) {
			r += y
		}
		return r
	}
	if !a.In[0].Type.DType.IsInteger() {
		if at, c, ok := withScalar(a); ok && at == 0 {
			return unary{f: func(x float64) float64 { return f(x, c) }}, nil
		}
		if y := a.constant(1); y == nil {
			return nil, nil
		}
		return binary{f: f, lower: func(b *program.Builder, x, y *program.Value) (*program.Value, error) {
			return lowerMod(b, x, y, f)
		}}, nil
	}
	return binary{f: f, lower: func(b *program.Builder, x, y *program.Value) (*program.Value, error) {
		x, y = alike(b, x, y)
		return b.Modulo(x, y, truncated)
	}}, nil
}

// lowerMod applies f to the elements that each divisor divides.
func lowerMod(b *program.Builder, x, y *program.Value, f func(x, y float64) float64) (*program.Value, error) {
	_, y = alike(b, x, y)
	of := map[float64][]int{}
	var divisors []float64
	for i, d := range y.Const().Data {
		if of[d] == nil {
			divisors = append(divisors, d)
		}
		of[d] = append(of[d], i)
	}
	var parts []*program.Value
	index, n := make([]int, x.Shape().Size()), 0
	for _, d := range divisors {
		part, err := b.Gather(tensor.Shape{len(of[d])}, of[d], 0, x)
		if err != nil {
			return nil, err
		}
		if part, err = b.Map(part, func(v float64) float64 { return f(v, d) }); err != nil {
			return nil, err
		}
		parts = append(parts, part)
		for _, i := range of[d] {
			index[i] = n
			n++
		}
	}
	return b.Gather(x.Shape(), index, 0, parts...)
}
