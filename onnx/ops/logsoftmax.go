package ops

import (
	"math"

	"assay/ir/graph"
)

func init() {
	register("LogSoftmax", 1, func(a *Attrs) (graph.Op, error) { return newNormalize(a, 1, true, true) })
	register("LogSoftmax", 13, func(a *Attrs) (graph.Op, error) { return newNormalize(a, -1, false, true) })
}

// logSoftmax is the logarithms of the shares of rows along their last axis.
func (c *compose) logSoftmax(rows *graph.Value) *graph.Value {
	rows = c.fine(rows, scoreStep)
	e, top := c.softExp(rows)
	return c.sub(c.sub(rows, top), c.precisely("Log", math.Log, c.reduce("ReduceSum", e, -1)))
}
