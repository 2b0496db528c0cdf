package compile

import (
	"assay/ir/graph"
)

// stripFinal makes the operand of a final operator the output, and leaves the operator to the reader.
func stripFinal(g *graph.Graph, res *Result) error {
	producers := g.Producers()
	for i, out := range g.Outputs {
		n := producers[out]
		if n == nil {
			continue
		}
		f, ok := n.Op.(graph.Final)
		if !ok || g.Uses()[out] != 1 {
			continue
		}
		if _, _, err := f.FinalAxes(len(n.In[0].Type.Shape)); err != nil {
			return n.Wrap(graph.CodeLower, err)
		}
		if n.In[0].Const != nil {
			continue
		}
		g.Outputs[i] = n.In[0]
		res.Reader = append(res.Reader, Reader{n.In[0].Name, n.Kind})
	}
	return nil
}
