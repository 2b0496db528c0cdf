package ops

import (
	"fmt"
	"math"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// scattered writes updates to a copy of the data: update i goes to element to[i], of which there may be several, and is
// combined with what is there as reduction says.
type scattered struct {
	to        []int
	shape     tensor.Shape // of the updates
	reduction string
}

var _ graph.Composite = scattered{}

// combinations are the reductions of a scatter.
var combinations = map[string]func(x, y float64) float64{
	"none": func(_, y float64) float64 { return y },
	"add":  func(x, y float64) float64 { return x + y },
	"mul":  func(x, y float64) float64 { return x * y },
	"min":  math.Min,
	"max":  math.Max,
}

// newScatter is the operator that sends the updates, input 2, to the given elements of input 0.
func newScatter(a *Attrs, reductions []string, to func(s tensor.Shape, at *tensor.Float, updates tensor.Shape) ([]int, error)) (graph.Op, error) {
	if !a.inputs(3, 3) {
		return nil, nil
	}
	o := scattered{shape: a.In[2].Type.Shape, reduction: "none"}
	if len(reductions) > 0 {
		o.reduction = a.string("reduction", "none")
		if !slices.Contains(reductions, o.reduction) {
			a.refuse("reduction", fmt.Sprintf("one of %v", reductions), o.reduction)
		}
	}
	at := a.constant(1)
	if at == nil {
		return o, nil
	}
	var err error
	if o.to, err = to(a.In[0].Type.Shape, at, o.shape); err != nil {
		return nil, &graph.Error{Code: CodeShape, Err: err}
	}
	return o, nil
}

func (o scattered) Infer(in []*graph.Value) ([]graph.Type, error) {
	if in[0].Type.DType != in[2].Type.DType {
		return nil, &graph.Error{Code: CodeType, Want: "data and updates of one type", Got: fmt.Sprintf("%v and %v", in[0].Type, in[2].Type)}
	}
	return []graph.Type{in[0].Type}, nil
}

func (o scattered) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	out := tensor.New[float64](in[0].Shape)
	copy(out.Data, in[0].Data)
	f := combinations[o.reduction]
	for i, j := range o.to {
		out.Data[j] = f(out.Data[j], in[2].Data[i])
	}
	return []*tensor.Float{out}, nil
}

// patch copies elements of tensors of the given shapes into one of shape out.
type patch struct {
	from []int
	out  tensor.Shape
}

func (o patch) shapes([]tensor.Shape) ([]tensor.Shape, error) { return []tensor.Shape{o.out}, nil }
func (o patch) index([]tensor.Shape, int, tensor.Shape) []int { return o.from }
func (o patch) op(data int, fill float64) graph.Op            { return move{mover: o, data: data, fill: fill} }

// layers split the updates into lists that write each element at most once: for each element, its update or -1.
func (o scattered) layers(n int) [][]int {
	var layers [][]int
	depth := make([]int, n)
	for i, j := range o.to {
		if depth[j] == len(layers) {
			layers = append(layers, slices.Repeat([]int{-1}, n))
		}
		layers[depth[j]][j] = i
		depth[j]++
	}
	return layers
}

// Expand implements graph.Composite.
func (o scattered) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	c := composing(x)
	out, s := in[0], in[0].Type.Shape
	n := s.Size()
	if o.reduction == "none" {
		from := make([]int, n)
		for i := range from {
			from[i] = i
		}
		for i, j := range o.to {
			from[j] = n + i
		}
		return c.done(c.apply("Scatter", patch{from, s}.op(2, 0), in[0], in[2]))
	}
	for _, from := range o.layers(n) {
		switch o.reduction {
		case "add":
			out = c.add(out, c.apply("Scatter", patch{from, s}.op(1, 0), in[2]))
		case "mul":
			out = c.apply("Mul", exactProduct, out, c.apply("Scatter", patch{from, s}.op(1, 1), in[2]))
		case "min", "max":
			for j := range from {
				if from[j] < 0 {
					from[j] = j
				} else {
					from[j] += n
				}
			}
			kind := map[string]string{"min": "Min", "max": "Max"}[o.reduction]
			out = c.op(kind, nil, out, c.apply("Scatter", patch{from, s}.op(2, 0), out, in[2]))
		default:
			return nil, fmt.Errorf("scatter: want a reduction, got %q", o.reduction)
		}
	}
	if out == in[0] {
		out = c.op("Identity", nil, out)
	}
	return c.done(out)
}
