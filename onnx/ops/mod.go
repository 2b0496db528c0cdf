package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
)

func init() { register("Mod", 10, decodeMod) }

// Mod (ONNX 10, 13): the remainder of x by y, of the sign of y for integers, as in Python; with fmod of the sign of x,
// as in C. Reals have an integer form where y is a constant of one element.
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
		if !truncated {
			a.refuse("fmod", "1 for reals", 0)
		}
		if at, c, ok := withScalar(a); ok && at == 0 {
			return unary{f: func(x float64) float64 { return f(x, c) }}, nil
		}
		return binary{f: f}, nil
	}
	return binary{f: f, lower: func(b *program.Builder, x, y *program.Value) (*program.Value, error) {
		x, y = alike(b, x, y)
		return b.Modulo(x, y, truncated)
	}}, nil
}
