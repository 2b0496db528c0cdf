package testprogram

import (
	"math/rand"

	"assay/ir/program"
)

// Forest draws trees over features within r. Each node above the given depth is a leaf with the given probability;
// those at that depth all are.
func Forest(rng *rand.Rand, arg, features int, r program.Range, trees, depth, width int, leaf float64) *program.Forest {
	k := &program.Forest{Arg: arg, Width: width}
	k.Roots = make(program.Ints, trees)
	var open []func(name int64) // each names the next node where it is referred to
	var depths []int
	for t := range k.Roots {
		open, depths = append(open, func(name int64) { k.Roots[t] = name }), append(depths, 0)
	}
	for i := 0; i < len(open); i++ {
		if d := depths[i]; d < depth && (d == 0 || rng.Float64() >= leaf) {
			v := len(k.Feature)
			open[i](int64(v))
			k.Feature = append(k.Feature, int64(rng.Intn(features)))
			k.Threshold = append(k.Threshold, r.Min-1+rng.Int63n(r.Span()+2))
			k.Left, k.Right = append(k.Left, 0), append(k.Right, 0)
			open = append(open, func(name int64) { k.Left[v] = name }, func(name int64) { k.Right[v] = name })
			depths = append(depths, d+1, d+1)
			continue
		}
		open[i](int64(-1 - len(k.Values)/width))
		for range width {
			k.Values = append(k.Values, int64(rng.Intn(2001)-1000))
		}
	}
	return k
}
