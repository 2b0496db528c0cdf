package compile

import (
	"assay/ir/graph"
	"assay/ir/program"
)

// passedBits is how many bits an input has at least that reaches a graph.Precise operator by way of others.
const passedBits = 32

// preciseBits is how many bits the operators that compare elements of an input with constants want of it; 0 where
// there are none.
func preciseBits(g *graph.Graph, in *graph.Value, r program.Interval) int {
	consumers := g.Consumers()
	bits := 0
	seen := map[*graph.Value]bool{in: true}
	for queue := []*graph.Value{in}; len(queue) > 0; queue = queue[1:] {
		v := queue[0]
		for _, n := range consumers[v] {
			if p, ok := n.Op.(graph.Precise); ok {
				want := passedBits
				if v == in {
					want = p.InputBits(r)
				}
				bits = max(bits, want)
				continue
			}
			for _, out := range n.Out {
				if transparent(n) && !seen[out] {
					seen[out] = true
					queue = append(queue, out)
				}
			}
		}
	}
	return bits
}

// transparent reports whether the results of a node may hold elements of its inputs, or each an affine function of one.
func transparent(n *graph.Node) bool {
	switch op := n.Op.(type) {
	case graph.Mover:
		return op.Moves()
	case graph.Elementwise:
		return affine(op.Func())
	case graph.Binary:
		return len(n.In) == 2 && (n.In[0].Const != nil || n.In[1].Const != nil)
	}
	return false
}
