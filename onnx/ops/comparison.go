package ops

import "assay/ir/graph"

var (
	_ graph.Comparison = maxPool{}
	_ graph.Comparison = argMax{}
	_ graph.Comparison = global{}
)

// Compares implements graph.Comparison.
func (o maxPool) Compares() bool { return true }

// Compares implements graph.Comparison.
func (o argMax) Compares() bool { return true }

// Compares implements graph.Comparison: a global pooling compares if what it does over the whole extent does.
func (o global) Compares() bool {
	c, ok := o.pool(geometry{}).(graph.Comparison)
	return ok && c.Compares()
}
