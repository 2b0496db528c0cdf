package compile

import "assay/ir/graph"

// Names says what the numbers of an output stand for, where the model gives strings or a map.
type Names struct {
	Output  string   `json:"output"`
	Strings []string `json:"strings,omitempty"` // that its elements are indices of
	Columns []string `json:"columns,omitempty"` // labels of its columns
}

// nameOutputs records the names of what the outputs hold.
func nameOutputs(g *graph.Graph, res *Result) error {
	producers := g.Producers()
	for _, out := range g.Outputs {
		v := out
		for n := producers[v]; n != nil; n = producers[v] {
			op, ok := n.Op.(graph.Named)
			if !ok {
				if m, ok := n.Op.(graph.Mover); ok && m.Moves() && len(n.In) == 1 {
					v = n.In[0]
					continue
				}
				break
			}
			for i, made := range n.Out {
				named := Names{Output: out.Name, Strings: op.Names(i)}
				if v == out {
					named.Columns = op.Columns(i)
				}
				if made == v && (named.Strings != nil || named.Columns != nil) {
					res.Names = append(res.Names, named)
				}
			}
			break
		}
	}
	return nil
}
