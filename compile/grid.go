package compile

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// gridOf is the grid of an input that only reaches the model through operators that round it to that grid, perhaps
// after its elements have moved: the program takes its integers, and rounds nothing itself.
func gridOf(g *graph.Graph, in *graph.Value) (grid program.Grid, ok bool) {
	consumers := g.Consumers()
	outputs := map[*graph.Value]bool{}
	for _, v := range g.Outputs {
		outputs[v] = true
	}
	found := false
	seen := map[*graph.Value]bool{}
	queue := []*graph.Value{in}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		if seen[v] {
			continue
		}
		if seen[v] = true; outputs[v] {
			return grid, false
		}
		for _, n := range consumers[v] {
			switch op := n.Op.(type) {
			case graph.Gridded:
				to, one := op.Grid()
				if !one || n.In[0] != v || found && !same(to, grid) {
					return grid, false
				}
				grid, found = to, true
			case graph.Mover:
				if !op.Moves() {
					return grid, false
				}
				queue = append(queue, n.Out...)
			default:
				return grid, false
			}
		}
	}
	return grid, found
}

func same(a, b program.Grid) bool {
	return a.Scale.Data[0] == b.Scale.Data[0] && a.Zero.Data[0] == b.Zero.Data[0] && a.Low == b.Low && a.High == b.High && a.Before == b.Before
}

// nearest is the integer of a real of a tensor of the given scale. Where the scale is a float32 other than 1, as those of
// quantized models are, it divides as float32 does, so that the integer is the one that the model itself rounds to.
func nearest(x, scale float64) float64 {
	if s := float32(scale); float64(s) == scale && s != 1 {
		return math.RoundToEven(float64(float32(x) / s))
	}
	return math.RoundToEven(x / scale)
}

// within narrows the integers of a grid to a declared interval.
func within(g program.Grid, r program.Interval) program.Grid {
	scale, zero := g.Scale.Data[0], g.Zero.Data[0]
	low := math.Max(float64(g.Low), math.Ceil(r.Min/scale)+zero)
	high := math.Min(float64(g.High), math.Floor(r.Max/scale)+zero)
	if low > high {
		return g
	}
	g.Zero = tensor.Scalar(zero)
	g.Low, g.High = int64(low), int64(high)
	return g
}
