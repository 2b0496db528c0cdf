package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("GridSample", 16, func(a *Attrs) (graph.Op, error) {
		return decodeGridSample(a, "bilinear", map[string]string{"nearest": "nearest", "bilinear": "linear", "bicubic": "cubic"})
	})
	register("GridSample", 20, func(a *Attrs) (graph.Op, error) {
		return decodeGridSample(a, "linear", map[string]string{"nearest": "nearest", "linear": "linear", "cubic": "cubic"})
	})
}

// gridSample (ONNX 16, 20, 22) interpolates an image, batch by channels by spatial axes, at the points of a constant
// grid, whose coordinates, last axis first, count from -1 to 1: a linear map for each image.
type gridSample struct {
	grid          *tensor.Float
	mode, padding string
	corners       bool // -1 and 1 are the centres of the outermost elements, not their outer borders
}

var _ graph.Composite = gridSample{}

func decodeGridSample(a *Attrs, mode string, modes map[string]string) (graph.Op, error) {
	if !a.inputs(2, 2) {
		return nil, nil
	}
	o := gridSample{grid: a.constant(1), padding: a.string("padding_mode", "zeros"), corners: a.flag("align_corners", false)}
	mode = a.string("mode", mode)
	if o.mode = modes[mode]; o.mode == "" {
		a.refuse("mode", "nearest, linear or cubic", mode)
	}
	if o.padding != "zeros" && o.padding != "border" && o.padding != "reflection" {
		a.refuse("padding_mode", "zeros, border or reflection", o.padding)
	}
	return o, nil
}

// Infer implements graph.Op.
func (o gridSample) Infer(in []*graph.Value) ([]graph.Type, error) {
	s, g := in[0].Type.Shape, in[1].Type.Shape
	r := len(s) - 2
	if r < 1 || len(g) != r+2 || g[0] != s[0] || g[r+1] != r || s[2:].Size() < 1 {
		return nil, fmt.Errorf("sample %v at %v: want batch by channels by spatial axes, and a point of each for each result", s, g)
	}
	if n := s[2:].Size(); n > tensor.MaxElements/max(1, g[1:r+1].Size()) {
		return nil, fmt.Errorf("sample %v at %v: want a map of at most %d elements", s, g, tensor.MaxElements)
	}
	out := append(s[:2:2].Clone(), g[1:r+1]...)
	return []graph.Type{{DType: in[0].Type.DType, Shape: out}}, nil
}

// tap is an element along an axis and its weight; -1 stands for none.
type tap struct {
	at     int
	weight float64
}

// taps are those of coordinate v along an axis of n elements.
func (o gridSample) taps(v float64, n int) []tap {
	low, high := -0.5, float64(n)-0.5
	if o.corners {
		low, high = 0, float64(n)-1
		v = (v + 1) / 2 * (float64(n) - 1)
	} else {
		v = ((v+1)*float64(n) - 1) / 2
	}
	if o.mode == "nearest" {
		v = math.RoundToEven(v)
	}
	outside := v < low || v > high
	switch {
	case o.padding == "border" && outside:
		v = math.Max(0, math.Min(float64(n-1), v))
	case o.padding == "reflection" && outside:
		v = reflect(v, low, high)
	}
	var list []tap
	put := func(i, weight float64) {
		switch {
		case o.padding == "border":
			i = math.Max(0, math.Min(float64(n-1), i))
		case o.padding == "reflection":
			i = math.Trunc(reflect(i, low, high))
		}
		if at := saturate(i); i >= 0 && at < n {
			list = append(list, tap{at, weight})
		}
	}
	switch first := math.Floor(v); o.mode {
	case "nearest":
		put(math.Trunc(v), 1)
	case "linear":
		put(first, 1-(v-first))
		put(first+1, v-first)
	default:
		for i, w := range cubicTaps(v-first, -0.75) {
			put(first-1+float64(i), w)
		}
	}
	return list
}

// reflect mirrors v at the ends of an interval until it lies within.
func reflect(v, low, high float64) float64 {
	span := high - low
	if span <= 0 {
		return low
	}
	d := math.Mod(math.Abs(v-low), 2*span)
	if d > span {
		d = 2*span - d
	}
	return low + d
}

// cubicTaps are the weights of the four elements around a point, t after the second (R. Keys, Cubic convolution
// interpolation for digital image processing, 1981).
func cubicTaps(t, a float64) [4]float64 {
	far := func(x float64) float64 { return ((a*x-5*a)*x+8*a)*x - 4*a }
	near := func(x float64) float64 { return ((a+2)*x-(a+3))*x*x + 1 }
	return [4]float64{far(t + 1), near(t), near(1 - t), far(2 - t)}
}

// matrix is the map from the elements of image b, of spatial extents s, to the results.
func (o gridSample) matrix(b int, s tensor.Shape) *tensor.Float {
	r := len(s)
	points := o.grid.Shape[1 : r+1].Size()
	st := s.Strides()
	w := tensor.New[float64](tensor.Shape{s.Size(), points})
	for p := range points {
		at := []tap{{0, 1}}
		for a := range r {
			v := o.grid.Data[(b*points+p)*r+r-1-a]
			var next []tap
			for _, t := range at {
				for _, u := range o.taps(v, s[a]) {
					next = append(next, tap{t.at + u.at*st[a], t.weight * u.weight})
				}
			}
			at = next
		}
		for _, t := range at {
			w.Data[t.at*points+p] += t.weight
		}
	}
	return w
}

// Eval implements graph.Op.
func (o gridSample) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	s, g := in[0].Shape, in[1].Shape
	spatial := s[2:]
	n, m := spatial.Size(), g[1:len(g)-1].Size()
	y := tensor.New[float64](append(s[:2:2].Clone(), g[1:len(g)-1]...))
	o.grid = in[1]
	for b := range s[0] {
		multiply(y.Data[b*s[1]*m:(b+1)*s[1]*m], in[0].Data[b*s[1]*n:], o.matrix(b, spatial).Data, s[1], n, m)
	}
	return []*tensor.Float{y}, nil
}

// Expand implements graph.Composite.
func (o gridSample) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	s, g := in[0].Type.Shape, in[1].Type.Shape
	spatial := s[2:]
	c := composing(x)
	var list []*graph.Value
	for b := range s[0] {
		image := c.reshape(c.slice(in[0], 0, b, b+1), tensor.Shape{s[1], spatial.Size()})
		y := c.matmul(image, c.tensor(in[0], o.matrix(b, spatial)))
		list = append(list, c.reshape(y, append(tensor.Shape{1, s[1]}, g[1:len(g)-1]...)))
	}
	return c.done(c.concat(0, list...))
}
