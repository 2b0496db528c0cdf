package compile

import (
	"encoding/binary"
	"math"
	"slices"

	"assay/ir/graph"
	"assay/ir/program"
)

// uniteLoss bounds by what factor a function's result is rounded more coarsely so that it can share a table.
const uniteLoss = 1.25

// united gives the intervals over which results of functions are quantized: those that were observed or, where results
// of one function have about the same, one for all, so that they have one table. A function of which any multiple has
// the same table anyway keeps its own.
func united(g *graph.Graph, observed map[*graph.Value]observation) map[*graph.Node]program.Interval {
	type use struct {
		node *graph.Node
		over program.Interval
	}
	var order []string
	uses := map[string][]use{}
	for _, n := range g.Nodes {
		op, ok := n.Op.(graph.Elementwise)
		if !ok || len(n.Out) != 1 {
			continue
		}
		o, ok := observed[n.Out[0]]
		if f := op.Func(); ok && o.Valid() && !o.masked && !homogeneous(f) {
			id := fingerprint(f)
			if uses[id] == nil {
				order = append(order, id)
			}
			uses[id] = append(uses[id], use{n, o.Interval})
		}
	}
	span := func(r program.Interval) float64 { return r.Max - r.Min }
	r := map[*graph.Node]program.Interval{}
	for _, id := range order {
		list := uses[id]
		slices.SortStableFunc(list, func(a, b use) int {
			switch d := span(b.over) - span(a.over); {
			case d > 0:
				return 1
			case d < 0:
				return -1
			}
			return 0
		})
		for from := 0; from < len(list); {
			// The last is the narrowest.
			to, all := from+1, list[from].over
			for ; to < len(list); to++ {
				next := program.Interval{Min: math.Min(all.Min, list[to].over.Min), Max: math.Max(all.Max, list[to].over.Max)}
				if span(next) > uniteLoss*span(list[to].over) {
					break
				}
				all = next
			}
			for _, u := range list[from:to] {
				r[u.node] = all
			}
			from = to
		}
	}
	return r
}

// probes are where functions are compared.
func probes(f func(x float64)) {
	for e := -8.0; e <= 8; e += 0.5 {
		f(1.37 * math.Exp2(e))
		f(-1.37 * math.Exp2(e))
	}
	f(0)
}

// fingerprint is equal for functions that are equal at all probes.
func fingerprint(f func(float64) float64) string {
	var b []byte
	probes(func(x float64) {
		y := f(x)
		if math.IsNaN(y) {
			y = math.NaN()
		}
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(y))
	})
	return string(b)
}

// homogeneous reports whether f(2x) is 2 f(x), at all probes.
func homogeneous(f func(float64) float64) bool {
	same := true
	probes(func(x float64) {
		same = same && math.Abs(f(2*x)-2*f(x)) <= 1e-9*math.Abs(f(2*x))
	})
	return same
}
