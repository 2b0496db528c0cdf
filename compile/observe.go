package compile

import (
	"fmt"
	"math"
	"slices"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// observe executes g on samples and gives the interval of each value; the values of a group have one together.
//
// Elements that a mask moved out of the way, to minus infinity or to -10^9 as models do before a softmax, are left
// out: they would take all levels from the others. The interval reaches maskReach beyond the others instead, and
// they saturate there. What is not a number in between, as the softmax of a row that a mask leaves nothing of, is left
// out as well: a model that has such numbers has others in their place at the end.
func observe(g *graph.Graph, samples []Sample) (map[*graph.Value]observation, error) {
	seen := map[*graph.Value]*extent{}
	given, final := map[*graph.Value]bool{}, map[*graph.Value]bool{}
	for _, v := range g.Inputs {
		given[v] = true
	}
	for _, v := range g.Outputs {
		final[v] = true
	}
	groups := map[string]*extent{}
	for i, s := range samples {
		var bad *graph.Value
		_, err := g.Run(s, func(v *graph.Value, t *tensor.Float) {
			e := seen[v]
			if e == nil {
				if e = groups[v.Group]; e == nil || v.Group == "" {
					e = newExtent()
				}
				if seen[v] = e; v.Group != "" {
					groups[v.Group] = e
				}
			}
			if !e.add(t.Data, given[v]) && bad == nil && (given[v] || final[v]) {
				bad = v
			}
		})
		if err != nil {
			return nil, fmt.Errorf("calibrate: sample %d: %w", i, err)
		}
		if bad != nil {
			return nil, fmt.Errorf("calibrate: sample %d: %s: want finite values, got NaN or infinity", i, bad.Name)
		}
	}
	all := map[*graph.Value]observation{}
	least := columns(g, samples)
	for v, e := range seen {
		o := e.observation()
		o.column = least[v]
		all[v] = o
	}
	return all, nil
}

// observation is what calibration saw of a value.
type observation struct {
	program.Interval
	masked  bool    // elements were left out of the interval
	endless [2]bool // they were infinite: negative ones, positive ones
	column  float64 // least extent of a column of a small input; 0 where none varies
}

const (
	maskLeast = 1e6  // least magnitude of a masked element
	maskRatio = 1e4  // how far it is from all others, as a multiple of their magnitude
	maskTight = 1e-3 // how close masked elements are to each other
	maskReach = 32   // exp(-maskReach) is nothing to a softmax
)

// extent is what the elements of a value span.
type extent struct {
	low, high float64 // of elements that are not far
	far       [2]cluster
}

// cluster is the elements below -maskLeast, or those above maskLeast.
type cluster struct {
	any       bool
	low, high float64 // of magnitudes
}

func newExtent() *extent {
	return &extent{low: math.Inf(1), high: math.Inf(-1)}
}

// add takes elements in, apart from NaN. It is false where there are any, and where all must be finite for infinity.
func (e *extent) add(xs []float64, finite bool) bool {
	ok := true
	for _, x := range xs {
		switch a := math.Abs(x); {
		case math.IsNaN(x), finite && math.IsInf(x, 0):
			ok = false
		case a >= maskLeast && !finite:
			c := &e.far[0]
			if x > 0 {
				c = &e.far[1]
			}
			if !c.any {
				*c = cluster{true, a, a}
			}
			c.low, c.high = math.Min(c.low, a), math.Max(c.high, a)
		default:
			e.low, e.high = math.Min(e.low, x), math.Max(e.high, x)
		}
	}
	return ok
}

// observation is the interval to quantize over.
func (e *extent) observation() observation {
	r := observation{Interval: program.Interval{Min: e.low, Max: e.high}}
	rest := 0.0
	if e.low <= e.high {
		rest = math.Max(math.Abs(e.low), math.Abs(e.high))
	}
	for i, c := range e.far {
		if !c.any {
			continue
		}
		// Not a mask: infinite elements aside, the interval takes them in.
		if !math.IsInf(c.low, 0) && (c.low < maskRatio*rest || !(c.high-c.low <= maskTight*c.low || math.IsInf(c.high, 0)) || e.low > e.high) {
			top := c.high
			if math.IsInf(top, 0) {
				top = c.low
			}
			if i == 0 {
				r.Min, r.Max = math.Min(r.Min, -top), math.Max(r.Max, -c.low)
			} else {
				r.Min, r.Max = math.Min(r.Min, c.low), math.Max(r.Max, top)
			}
			continue
		}
		r.masked = true
		r.endless[i] = math.IsInf(c.low, 0)
		if e.low > e.high {
			r.Min, r.Max = math.Min(r.Min, 0), math.Max(r.Max, 0)
		}
		reach := math.Max(maskReach, e.high-e.low)
		if i == 0 {
			r.Min = math.Min(r.Min, r.Max-reach-math.Max(e.high-e.low, 0))
		} else {
			r.Max = math.Max(r.Max, r.Min+reach+math.Max(e.high-e.low, 0))
		}
	}
	return r
}

// endless reports whether a constant has an infinite element.
func endless(c *tensor.Float) bool {
	return slices.ContainsFunc(c.Data, func(x float64) bool { return math.IsInf(x, 0) })
}

// unmask gives a constant that masks a result elements to compute with: those far beyond the interval of the result
// move to where they saturate it.
func unmask(c *tensor.Float, result program.Interval) *tensor.Float {
	bound := 4*(math.Abs(result.Min)+math.Abs(result.Max)) + 2*maskReach
	var r *tensor.Float
	for i, x := range c.Data {
		if math.Abs(x) < maskLeast || math.Abs(x) < maskRatio*bound {
			continue
		}
		if r == nil {
			r = &tensor.Float{Shape: c.Shape, Data: append([]float64(nil), c.Data...)}
		}
		r.Data[i] = math.Copysign(bound, x)
	}
	if r == nil {
		return c
	}
	return r
}
