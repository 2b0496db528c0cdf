package graph

// Absorber is an Op that another one can take the place of, together with what makes its inputs.
type Absorber interface {
	Op
	// Absorb gives that operator, its kind and its inputs; false where there is none. producer is the node that makes a
	// value which nothing else reads, else nil.
	Absorb(in []*Value, producer func(*Value) *Node) (kind string, op Op, inputs []*Value, ok bool)
}

// Absorb replaces every Absorber that can be. Nodes that nothing reads any more stay.
func (g *Graph) Absorb() {
	uses, by := g.Uses(), g.Producers()
	for _, n := range g.Nodes {
		a, ok := n.Op.(Absorber)
		if !ok {
			continue
		}
		kind, op, in, ok := a.Absorb(n.In, func(v *Value) *Node {
			if v == nil || uses[v] != 1 {
				return nil
			}
			return by[v]
		})
		if ok {
			n.Kind, n.Op, n.In = kind, op, in
		}
	}
}
