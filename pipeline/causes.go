package pipeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/circuits"
	"assay/cost"
)

// causes names the parts of a circuit of size s that take the most memory by the rates, and what would help.
func causes(m *circuits.Model, s cost.Size, rates cost.Rates) string {
	type part struct {
		what  string
		bytes float64
	}
	all := rates.Of(s)
	stored := rates.Stored*float64(s.Stored) + rates.Distinct*float64(s.Distinct)
	each, weight := (all-rates.Fixed-stored)/float64(s.Constraints), stored/float64(max(s.Stored, 1))
	tables := m.Plan.Tables()
	parts := []part{{"the program itself", rates.Fixed}, {fmt.Sprintf("shared tables (%d constraints)", tables), each * float64(tables)}}
	weights := cost.Stored(m.Program)
	for i, n := range m.Plan.Nodes {
		what := fmt.Sprintf("%s (%s, %d constraints)", m.Program.Tensors[m.Program.Nodes[i].Out].Name, n.Kind, n.Constraints)
		if n.Constraints == 0 {
			what = fmt.Sprintf("%s (%s, %d weights)", m.Program.Tensors[m.Program.Nodes[i].Out].Name, n.Kind, weights[i])
		}
		parts = append(parts, part{what, each*float64(n.Constraints) + weight*float64(weights[i])})
	}
	slices.SortStableFunc(parts, func(x, y part) int { return cmp.Compare(y.bytes, x.bytes) })
	var said []string
	for _, p := range parts[:min(3, len(parts))] {
		if p.bytes > all/100 {
			said = append(said, fmt.Sprintf("%.0f %% for %s", 100*p.bytes/all, p.what))
		}
	}
	return fmt.Sprintf("%s; fewer bits an activation, a smaller input or a machine with more memory would help", strings.Join(said, ", "))
}
