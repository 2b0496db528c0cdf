package graph

// Absorber is an Op that another one can take the place of, together with what makes its inputs.
type Absorber interface {
	Op
	// Absorb gives that operator, its kind and its inputs; false where there is none.
	Absorb(in []*Value, m Makers) (kind string, op Op, inputs []*Value, ok bool)
}

// Makers tells which nodes of a graph make its values.
type Makers struct {
	by   map[*Value]*Node
	uses map[*Value]int
}

// Of is the node that makes v; nil for an input or a constant.
func (m Makers) Of(v *Value) *Node { return m.by[v] }

// Only is the node that makes v, where nothing but one node reads v, once; else nil.
func (m Makers) Only(v *Value) *Node {
	if m.uses[v] != 1 {
		return nil
	}
	return m.by[v]
}

// Absorb replaces every Absorber that can be. Nodes that nothing reads any more stay.
func (g *Graph) Absorb() {
	m := Makers{g.Producers(), g.Uses()}
	for _, n := range g.Nodes {
		if a, ok := n.Op.(Absorber); ok {
			if kind, op, in, ok := a.Absorb(n.In, m); ok {
				n.Kind, n.Op, n.In = kind, op, in
			}
		}
	}
}
