package compile

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// observe executes g on samples and gives the interval of each value.
func observe(g *graph.Graph, samples []Sample) (map[*graph.Value]program.Interval, error) {
	seen := map[*graph.Value]program.Interval{}
	for i, s := range samples {
		var bad *graph.Value
		_, err := g.Run(s, func(v *graph.Value, t *tensor.Float) {
			if bad != nil {
				return
			}
			r, ok := seen[v]
			if !ok {
				r = program.Interval{Min: math.Inf(1), Max: math.Inf(-1)}
			}
			for _, x := range t.Data {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					bad = v
					return
				}
				r.Min, r.Max = math.Min(r.Min, x), math.Max(r.Max, x)
			}
			seen[v] = r
		})
		if err != nil {
			return nil, fmt.Errorf("calibrate: sample %d: %w", i, err)
		}
		if bad != nil {
			return nil, fmt.Errorf("calibrate: sample %d: %s: want finite values, got NaN or infinity", i, bad.Name)
		}
	}
	return seen, nil
}
