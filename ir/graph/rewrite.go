package graph

// Uses counts how often each value is read, by nodes and as an output of the graph.
func (g *Graph) Uses() map[*Value]int {
	uses := map[*Value]int{}
	for _, n := range g.Nodes {
		for _, v := range n.In {
			if v != nil {
				uses[v]++
			}
		}
	}
	for _, v := range g.Outputs {
		uses[v]++
	}
	return uses
}

// Producers maps each value that a node defines to that node.
func (g *Graph) Producers() map[*Value]*Node {
	by := map[*Value]*Node{}
	for _, n := range g.Nodes {
		for _, v := range n.Out {
			by[v] = n
		}
	}
	return by
}

// Consumers maps each value to the nodes that read it, in order, a node once for each time it reads the value.
func (g *Graph) Consumers() map[*Value][]*Node {
	by := map[*Value][]*Node{}
	for _, n := range g.Nodes {
		for _, v := range n.In {
			if v != nil {
				by[v] = append(by[v], n)
			}
		}
	}
	return by
}

// Replace makes every reader of old, nodes and outputs of the graph, read v instead.
func (g *Graph) Replace(old, v *Value) {
	for _, n := range g.Nodes {
		for i := range n.In {
			if n.In[i] == old {
				n.In[i] = v
			}
		}
	}
	for i := range g.Outputs {
		if g.Outputs[i] == old {
			g.Outputs[i] = v
		}
	}
}

// Prune drops the nodes that no output of the graph depends on. Inputs stay.
func (g *Graph) Prune() {
	live := map[*Value]bool{}
	for _, v := range g.Outputs {
		live[v] = true
	}
	keep := make([]bool, len(g.Nodes))
	for i := len(g.Nodes) - 1; i >= 0; i-- {
		for _, v := range g.Nodes[i].Out {
			keep[i] = keep[i] || live[v]
		}
		if keep[i] {
			for _, v := range g.Nodes[i].In {
				live[v] = true
			}
		}
	}
	nodes := g.Nodes[:0]
	for i, n := range g.Nodes {
		if keep[i] {
			nodes = append(nodes, n)
		}
	}
	g.Nodes = nodes
}
