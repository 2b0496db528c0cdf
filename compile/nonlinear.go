package compile

import "assay/ir/graph"

// nonlinear counts the elements that pass a non-linear operator of g.
func nonlinear(g *graph.Graph) int {
	n := 0
	for _, node := range g.Nodes {
		switch op := node.Op.(type) {
		case graph.Comparison:
			if op.Compares() {
				n += node.In[0].Type.Shape.Size()
			}
		case graph.Elementwise:
			if !affine(op.Func()) {
				n += node.Out[0].Type.Shape.Size()
			}
		}
	}
	return n
}
