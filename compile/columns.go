package compile

import (
	"math"

	"assay/ir/graph"
)

const (
	columnBits    = 14 // precision of the narrowest column of a small input
	maxColumnBits = 34
)

// columns is the least extent of a column of each small real input over samples, of those that vary at all. The
// features of a table differ in magnitude, and share one scale.
func columns(g *graph.Graph, samples []Sample) map[*graph.Value]float64 {
	least := map[*graph.Value]float64{}
	for _, in := range g.Inputs {
		s := in.Type.Shape
		if len(s) == 0 || s.Size() >= wideInput || !in.Type.DType.IsFloat() {
			continue
		}
		n := s[len(s)-1]
		low, high := make([]float64, n), make([]float64, n)
		for i := range n {
			low[i], high[i] = math.Inf(1), math.Inf(-1)
		}
		for _, sample := range samples {
			for i, x := range sample[in.Name].Data {
				low[i%n], high[i%n] = math.Min(low[i%n], x), math.Max(high[i%n], x)
			}
		}
		for i := range n {
			if d := high[i] - low[i]; d > 0 && (least[in] == 0 || d < least[in]) {
				least[in] = d
			}
		}
	}
	return least
}

// columnsWant is how many bits over an interval of the given extent keep the narrowest column precise.
func columnsWant(extent, least float64) int {
	if !(least > 0) || !(extent > least) {
		return 0
	}
	return min(int(math.Ceil(math.Log2(extent/least)))+columnBits, maxColumnBits)
}
