package compile

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// limits are the integers of the narrow types.
var limits = map[tensor.DType][2]int64{
	tensor.Bool: {0, 1}, tensor.Uint8: {0, math.MaxUint8}, tensor.Int8: {math.MinInt8, math.MaxInt8},
	tensor.Uint16: {0, math.MaxUint16}, tensor.Int16: {math.MinInt16, math.MaxInt16},
}

// integers is the interval of an integer input: the declared one, or that of its type, or what its readers accept
// as indices, or the observed one, which takes zero in.
func integers(g *graph.Graph, in *graph.Value, r program.Interval, declared bool) (low, high int64) {
	if declared {
		return int64(math.Ceil(r.Min)), int64(math.Floor(r.Max))
	}
	if l, ok := limits[in.Type.DType]; ok {
		return l[0], l[1]
	}
	low, high = int64(math.Min(math.Floor(r.Min), 0)), int64(math.Max(math.Ceil(r.Max), 0))
	for _, n := range g.Nodes {
		x, ok := n.Op.(graph.Indexer)
		if !ok {
			continue
		}
		for i, v := range n.In {
			if v != in {
				continue
			}
			if extent, ok := x.Indexes(n.In, i); ok {
				low, high = min(low, 0), max(high, int64(extent)-1)
			}
		}
	}
	return low, high
}
