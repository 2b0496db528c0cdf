package ops

import (
	"assay/ir/graph"
)

func init() {
	register("InstanceNormalization", 6, func(a *Attrs) (graph.Op, error) {
		a.inputs(3, 3)
		return groupNorm{epsilon: a.float("epsilon", 1e-5), each: true}, nil
	})
}
